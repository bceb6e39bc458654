import { AssertionError } from 'node:assert';

/** What a check found that is not as it should be: mocha, vitest and node:test all show it as a failed assertion. */
export interface Failure {
  /** One sentence: which plugin, and what is wrong with it. */
  readonly message: string;
  /** What in particular, a line each. */
  readonly problems?: readonly string[];
  /** One sentence: what to do. */
  readonly remedy: string;
  readonly actual?: unknown;
  readonly expected?: unknown;
  readonly cause?: unknown;
}

/** An `AssertionError` that names the plugin, what was expected, and the remedy. */
export function failure({ message, problems = [], remedy, actual, expected, cause }: Failure): AssertionError {
  const lines = [message, ...problems.map((problem) => `- ${problem.replaceAll('\n', '\n  ')}`), remedy];
  const error = new AssertionError({ message: lines.join('\n'), actual, expected, operator: 'structum', stackStartFn: failure });
  // Runners print a difference of these where there is one to print.
  if (actual === undefined && expected === undefined) Object.assign(error, { generatedMessage: false });
  return cause === undefined ? error : Object.assign(error, { cause });
}
