import { ExitCode } from '../exit-code.js';
import { firstOf } from '../first-of.js';
import { describeSetting, type SettingProblem } from '../setting-problem.js';
import { didYouMean, list, withoutStop } from '../wording.js';
import { entry } from './entry.js';

/** The options of calls, and the settings of a configuration. */
export const settingErrors = {
  LOCATION_INVALID: entry<{ location: string; reason: string }>({
    exitCode: ExitCode.usage,
    message: ({ location, reason }) => `${location} is no place of a module: ${reason}.`,
    hint: () => 'Pass import.meta.url, __filename, or another path or file: URL.',
  }),
  OPTION_INVALID: entry<{ /** As its caller writes it: `create()`. */ call: string; /** Empty for all options as one value. */ option: string; problem: string; known?: readonly string[]; suggestions?: readonly string[] }>({
    exitCode: ExitCode.usage,
    message: ({ call, option, problem }) => `${option === '' ? `What ${call} is given as its options` : `The option ${option} of ${call}`} ${problem}.`,
    hint: ({ known, suggestions = [] }) => didYouMean(suggestions) ?? (known === undefined ? 'Correct it, or leave it out.' : `There are ${list(known)}.`),
  }),
  CONFIG_INVALID: entry<{ problems: readonly SettingProblem[] }>({
    exitCode: ExitCode.usage,
    message: ({ problems }) => `The configuration is not valid: ${abridgedProblems(problems.map(describeSetting))}.`,
    hint: ({ problems }) => `${didYouMean(problems.flatMap(({ suggestions = [] }) => suggestions)) ?? 'Correct these settings; nothing that needs them runs until then.'} "structum config validate" finds all that is wrong.`,
  }),
  CONFIG_REFUSED: entry<{ reason: string; remedy?: string }>({
    exitCode: ExitCode.usage,
    message: ({ reason }) => `The configuration has changed and is not heeded, and goes on as it was: ${reason}`,
    hint: ({ remedy }) => remedy,
  }),
  CONFIG_KEY_UNKNOWN: entry<{ path: string; suggestions: readonly string[]; file?: string; isRefused?: boolean; /** Whether anybody sets it; so it is when left out. */ isSet?: boolean; /** How many others nothing knows beside it, which are not told one by one. */ more?: number }>({
    exitCode: ExitCode.usage,
    message: ({ path, file, isRefused = false, isSet = true, more }) => `Nothing knows the setting ${path}${more === undefined ? '' : `, nor ${String(more)} more,`}${file === undefined ? '' : ` in ${file}`}: ${isRefused ? 'it would have no effect' : isSet ? 'it has no effect' : 'nobody sets it either'}.`,
    hint: ({ suggestions, isRefused = false, isSet = true }) => didYouMean(suggestions) ?? (!isSet ? '"structum config list --all" tells all that there are.' : isRefused ? 'Where that is meant, set it with --force.' : undefined),
  }),
  CONFIG_DEPRECATED: entry<{ path: string; reason: string; file?: string }>({
    message: ({ path, reason, file }) => `The setting ${path}${file === undefined ? '' : ` in ${file}`} is deprecated: ${withoutStop(reason)}.`,
    hint: ({ path }) => `"structum config explain ${path}" tells who sets it.`,
  }),
  CONFIG_SCOPE_REFUSED: entry<{ key: string; scope: string; problem?: string }>({
    exitCode: ExitCode.usage,
    message: ({ key, scope, problem }) => (problem === undefined
      ? `${key} counts for nothing in the ${scope} configuration: no project may say it, only its user.`
      : `${key} cannot be that in the ${scope} configuration: it ${problem}.`),
    hint: () => 'Set it in your own configuration, which is the scope "global".',
  }),
  CONFIG_SCOPE_UNAVAILABLE: entry<{ scope: string; environment?: string }>({
    exitCode: ExitCode.usage,
    message: ({ scope, environment }) => `There is no ${scope} configuration${environment === undefined ? '' : ` for the environment "${environment}"`}.`,
    hint: ({ scope, environment }) => (environment !== undefined && scope === 'local' ? 'What is not shared is the same in every environment.' : 'The host does not say where it is: create({ configSources: { global, project } }).'),
  }),
} as const;

/** Problems of which there may be any number. */
function abridgedProblems(problems: readonly string[]): string {
  const { first, more } = firstOf(problems);
  return `${first.join('; ')}${more === 0 ? '' : `; and ${String(more)} more`}`;
}
