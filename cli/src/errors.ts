import { ExitCode, StructumError, type PluginProblem } from '@structum/core';
import type { DanglingLink } from './dangling-links.js';

/** Errors of a command line that was not written as its commands want it; all end with exit code 2. */
export const usageErrors = {
  commandMissing: (token: string, program: string): StructumError =>
    usageError('COMMAND_MISSING', `No command stands before ${quoted(token)}.`, `Options of a command stand after it: ${program} <command> ${token}`),
  commandUnknown: (path: string, suggestions: readonly string[], program: string, problems: readonly PluginProblem[] = [], links: readonly DanglingLink[] = []): StructumError =>
    usageError(
      'COMMAND_UNKNOWN',
      `There is no command ${quoted(path)}.`,
      [didYouMean(suggestions) ?? `Run "${program} --help" for all commands.`, ...withheld(problems), ...links.slice(0, 1).map((link) => leadsNowhere(link, program))].join(' '),
      { command: path, suggestions, ...(problems.length === 0 ? {} : { problems }) },
    ),
  optionUnknown: (flag: string, suggestions: readonly string[]): StructumError =>
    usageError('OPTION_UNKNOWN', `There is no option ${flag}.`, didYouMean(suggestions), { option: flag, suggestions }),
  optionWithoutValue: (flag: string, placeholder: string): StructumError =>
    usageError('OPTION_VALUE_MISSING', `The option ${flag} needs a value.`, `Write ${flag} <${placeholder}>, or ${bound(flag)} for a value that begins with "-".`, {
      option: flag,
    }),
  optionWithValue: (flag: string, value: string): StructumError =>
    usageError('OPTION_VALUE_UNEXPECTED', `The option ${flag} takes no value, and got ${quoted(value)}.`, undefined, { option: flag, value }),
  argumentMissing: (name: string, choices: readonly (string | number)[] | undefined): StructumError =>
    usageError('ARGUMENT_MISSING', `The argument <${name}> is missing.`, choices === undefined ? undefined : `Give one of ${choices.join(', ')}.`, { argument: name }),
  argumentUnexpected: (word: string): StructumError =>
    usageError('ARGUMENT_UNEXPECTED', `The argument ${quoted(word)} is one too many.`, undefined, { argument: word }),
  folderGone: (): StructumError =>
    usageError('FOLDER_UNUSABLE', 'The current folder is not there any more.', 'Change to another one, or give one with --cwd.'),
  folderUnusable: (folder: string): StructumError =>
    usageError('FOLDER_UNUSABLE', `The folder ${quoted(folder)} given with --cwd is not there, or is no folder.`, undefined, { folder }),
} as const;

/** Codes of errors that the usage line of the command helps with. */
export const USAGE_CODES: ReadonlySet<string> = new Set([
  'OPTION_UNKNOWN', 'OPTION_VALUE_MISSING', 'OPTION_VALUE_UNEXPECTED', 'ARGUMENT_MISSING', 'ARGUMENT_UNEXPECTED', 'INPUT_INVALID',
]);

function usageError(code: string, message: string, hint?: string, details?: Readonly<Record<string, unknown>>): StructumError {
  return new StructumError({ code, message, hint, details, exitCode: ExitCode.usage });
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function bound(flag: string): string {
  return flag.startsWith('--') ? `${flag}=…` : `${flag}…`;
}

function didYouMean(suggestions: readonly string[]): string | undefined {
  return suggestions.length === 0 ? undefined : `Did you mean ${suggestions.map(quoted).join(' or ')}?`;
}

/** What may have offered the command, had it been usable. */
function withheld(problems: readonly PluginProblem[]): readonly string[] {
  const [first, ...others] = problems;
  if (first === undefined) return [];
  const { message, hint = '' } = first.error;
  return [`${message} ${hint}`.trim(), ...(others.length === 0 ? [] : [`${String(others.length)} more cannot be used either: "--verbose" says why.`])];
}

function leadsNowhere({ name, target }: DanglingLink, program: string): string {
  return `The linked plugin ${quoted(name)} is not in ${target} any more: link it where it is now, or run "${program} plugins unlink ${name}".`;
}
