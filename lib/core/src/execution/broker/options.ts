import { checkOptions, optionRules, type ExecOptions, type FetchOptions, type OptionRules } from '../../contract/index.js';
import { textOrBytes } from '../check-chunk.js';

/** @throws `OPTION_INVALID` */
export function checkFetch(options: FetchOptions): void {
  checkOptions('context.fetch()', options, FETCH_OPTIONS);
}

/** @throws `OPTION_INVALID` */
export function checkExec(program: string, args: readonly string[], options: ExecOptions): void {
  checkOptions('context.exec()', { program, args }, CALLED);
  checkOptions('context.exec()', options, EXEC_OPTIONS);
}

const { milliseconds, limitOf, oneOf, text, texts, valuesOf } = optionRules;

const FETCH_OPTIONS: OptionRules<FetchOptions> = {
  method: text, headers: valuesOf(text), body: textOrBytes, timeout: milliseconds, maxBytes: limitOf('bytes'), redirect: oneOf('follow', 'manual', 'error'),
};

const CALLED: OptionRules<{ readonly program: string; readonly args: readonly string[] }> = { program: text, args: texts };

const EXEC_OPTIONS: OptionRules<ExecOptions> = { cwd: text, input: textOrBytes, timeout: milliseconds, maxBytes: limitOf('bytes'), env: valuesOf(text) };
