import { usageErrors } from '../errors.js';
import { GLOBAL_OPTIONS, negationOf, type GlobalOption, type GlobalValues } from './global-options.js';

/** The start of a command line: what stands before the first option that is not global. */
export interface Leading {
  /** The words, of which the first ones name the command. */
  readonly words: readonly string[];
  /** Everything from the first other option on. */
  readonly rest: readonly string[];
}

/**
 * Splits a command line; global options on the way go to `globals`. A `--` before all words says nothing: package
 * managers hand on the one that parts their own options from the program's.
 * @throws `OPTION_VALUE_MISSING`, `OPTION_VALUE_UNEXPECTED` for global options.
 */
export function readLeading(argv: readonly string[], globals: GlobalValues): Leading {
  const words: string[] = [];
  let index = 0;
  while (index < argv.length) {
    const token = argv[index] ?? '';
    const taken = token === '--' && words.length === 0 ? 1 : takeGlobal(argv, index, globals);
    if (taken === 0 && token.startsWith('-') && token !== '-') break;
    if (taken === 0) words.push(token);
    index += Math.max(1, taken);
  }
  return { words, rest: argv.slice(index) };
}

/** Takes the global option at `index`, if there is one, and returns how many tokens that were. */
export function takeGlobal(argv: readonly string[], index: number, globals: GlobalValues): number {
  const token = argv[index] ?? '';
  if (!token.startsWith('-')) return 0;
  const [flag, value] = splitBound(token);
  const option = GLOBAL_OPTIONS.find(({ flags }) => flags.includes(flag));
  if (option === undefined) return takeNegation(token, globals);
  if (option.placeholder !== undefined) return takeValue(option, flag, value, argv[index + 1], globals);
  if (value !== undefined) throw usageErrors.optionWithValue(flag, value);
  setGlobal(globals, option.name, true);
  return 1;
}

/** `--flag=value` as its two parts. */
export function splitBound(token: string): readonly [flag: string, value: string | undefined] {
  const equals = token.indexOf('=');
  return equals === -1 ? [token, undefined] : [token.slice(0, equals), token.slice(equals + 1)];
}

/** Whether a token can only be an option: `-` alone stands for standard input or output. */
export function looksLikeOption(token: string): boolean {
  return token.startsWith('-') && token !== '-';
}

function takeNegation(token: string, globals: GlobalValues): number {
  const negated = GLOBAL_OPTIONS.find(({ flags, negatable }) => negatable === true && flags.some((flag) => negationOf(flag) === token));
  if (negated === undefined) return 0;
  setGlobal(globals, negated.name, false);
  return 1;
}

function takeValue(option: GlobalOption, flag: string, value: string | undefined, next: string | undefined, globals: GlobalValues): number {
  const given = value ?? (next === undefined || looksLikeOption(next) ? undefined : next);
  if (given === undefined || given === '') throw usageErrors.optionWithoutValue(flag, option.placeholder ?? 'value');
  setGlobal(globals, option.name, option.isList === true ? [...(globals.set ?? []), given] : given);
  return value === undefined ? 2 : 1;
}

function setGlobal(globals: GlobalValues, name: keyof GlobalValues, value: string | boolean | readonly string[]): void {
  Object.assign(globals, { [name]: value });
}
