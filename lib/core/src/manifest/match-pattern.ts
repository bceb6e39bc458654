import type { Context, Script } from 'node:vm';

/** What comes of holding a text against a pattern. */
export type PatternMatch = 'matches' | 'differs' | 'takes too long';

/**
 * Holds a text against a pattern that anybody may have written, as a description of a plugin has it: matching some of them takes
 * longer than anybody waits, so that it is ended.
 *
 * @param pattern - A regular expression, as JSON Schema has it.
 */
export function matchPattern(pattern: string, text: string): PatternMatch {
  if (isQuick(pattern, text)) return new RegExp(pattern, 'u').test(text) ? 'matches' : 'differs';
  const start = performance.now();
  try {
    return matchWithin(pattern, text, lost > MOST_LOST ? SHORT : LONG) ? 'matches' : 'differs';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    lost += performance.now() - start;
    return 'takes too long';
  }
}

/** Milliseconds for one, and what is left for each where so many were lost already. */
const LONG = 100;
const SHORT = 5;
const MOST_LOST = 1000;

/** Milliseconds, in this process. */
let lost = 0;

/** Whether it takes no time to speak of: at most one part may be repeated without an end, and no group at all. */
function isQuick(pattern: string, { length }: string): boolean {
  return length <= LONGEST_QUICK && (pattern.match(/[*+]|,\}/g) ?? []).length <= 1 && !/\)[*+{]/.test(pattern);
}

const LONGEST_QUICK = 1000;

let matcher: { readonly context: Context; readonly script: Script } | undefined;

/** Only a script of its own can be ended. */
function matchWithin(pattern: string, text: string, timeout: number): boolean {
  const { createContext, Script } = process.getBuiltinModule('node:vm');
  const { context, script } = (matcher ??= { context: createContext(), script: new Script(`new RegExp(pattern, 'u').test(text)`) });
  Object.assign(context, { pattern, text });
  return script.runInContext(context, { timeout }) as boolean;
}
