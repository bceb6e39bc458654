import { ExitCode } from '../exit-code.js';
import { describeFileProblem, type FileProblem } from '../file-problem.js';
import { didYouMean, list } from '../wording.js';
import { entry } from './entry.js';

/** Where a configuration stands: files, variables, the command line. */
export const configurationErrors = {
  CONFIG_UNREADABLE: entry<{ file: string; reason: string }>({
    exitCode: ExitCode.usage,
    message: ({ file, reason }) => `The configuration file ${file} could not be read: ${reason}.`,
    hint: () => 'Mend or remove it.',
  }),
  CONFIG_FILE_INVALID: entry<{ file: string; problems: readonly FileProblem[] }>({
    exitCode: ExitCode.usage,
    message: ({ file, problems }) =>
      `The configuration is not valid: ${problems.map((problem) => describeFileProblem(file, problem)).join('; ')}.`,
    hint: ({ problems }) => didYouMean(problems.flatMap(({ suggestions = [] }) => suggestions)) ?? 'Correct the file; nothing of it is used until then.',
  }),
  CONFIG_UNUSABLE: entry<{ problems: readonly { readonly code: string; readonly message: string; readonly hint?: string }[] }>({
    exitCode: ExitCode.usage,
    message: ({ problems }) => problems.map(({ message }) => message).join(' '),
    hint: ({ problems }) => sentences(problems.flatMap(({ hint }) => hint ?? [])),
  }),
  CONFIG_FORMAT_UNKNOWN: entry<{ file: string; extensions: readonly string[] }>({
    exitCode: ExitCode.usage,
    message: ({ file }) => `The configuration file ${file} is in no language that is known.`,
    hint: ({ extensions }) => `Its name must end with ${extensions.join(', ')}.`,
  }),
  CONFIG_AMBIGUOUS: entry<{ files: readonly string[] }>({
    exitCode: ExitCode.usage,
    message: ({ files }) => `There are several configuration files where one counts: ${list(files)}.`,
    hint: () => 'Bring them together in one, and remove the others.',
  }),
  CONFIG_FILE_MISSING: entry<{ file: string }>({
    exitCode: ExitCode.usage,
    message: ({ file }) => `There is no configuration file ${file}.`,
  }),
  CONFIG_ENVIRONMENT_INVALID: entry<{ environment: string }>({
    exitCode: ExitCode.usage,
    message: ({ environment }) => `${JSON.stringify(environment)} can be no environment: it is part of the names of files.`,
    hint: () => 'Use letters, digits, - and _, and not "local".',
  }),
  CONFIG_KEY_INVALID: entry<{ key: string; problem: string; /** The list that it is within. */ list?: string }>({
    exitCode: ExitCode.usage,
    message: ({ key, problem }) => `The key ${JSON.stringify(key)} ${problem}.`,
    hint: ({ list }) => (list === undefined ? 'Keys have dots between them, and quotes around what has dots or brackets itself: plugins.tree.theme, colors.".ts"; an item of a list is hosts[1].' : `Set the whole list, ${list}: its items with commas between, or JSON.`),
  }),
  CONFIG_OVERRIDE_INVALID: entry<{ assignment: string; /** Whether its key is that of a section. */ isSection?: boolean }>({
    exitCode: ExitCode.usage,
    message: ({ assignment, isSection = false }) => `${JSON.stringify(assignment)} sets nothing${isSection ? ': a section holds settings' : ''}.`,
    hint: ({ isSection = false }) => (isSection ? 'Name one of them, or give them as JSON: plugins.tree={"theme":"ascii"}' : 'Write a key and a value: plugins.tree.theme=ascii'),
  }),
  CONFIG_CHANGE_REFUSED: entry<{ plugin: string }>({
    exitCode: ExitCode.refused,
    message: ({ plugin }) => `Plugin "${plugin}" may not change the configuration: it is no part of the host.`,
    hint: () => 'Change it with "structum config set" or "structum plugins enable" yourself, or install the plugin beside the host, where its word counts as that of the host does.',
  }),
  CONFIG_REVEAL_REFUSED: entry<{ plugin: string }>({
    exitCode: ExitCode.refused,
    message: ({ plugin }) => `Plugin "${plugin}" may not see secrets: it is no part of the host.`,
    hint: () => 'Install it beside the host, where its word counts as that of the host does.',
  }),
  CONFIG_VARIABLE_UNKNOWN: entry<{ variable: string; suggestions: readonly string[]; /** Whether it is for a whole section, and holds no settings. */ isSection?: boolean }>({
    message: ({ variable, isSection = false }) => (isSection ? `The environment variable ${variable} is for a whole section, and holds no mapping as JSON.` : `The environment variable ${variable} sets nothing that is known.`),
    hint: ({ variable, suggestions, isSection = false }) =>
      didYouMean(suggestions) ?? (isSection ? `Write JSON, as ${variable}='{"theme":"ascii"}', or set one setting, as STRUCTUM_PLUGINS__TREE__THEME does.` : 'Variables for settings have two underlines between keys, as STRUCTUM_PLUGINS__TREE__THEME; those for a whole section hold JSON. Leave it out if it is not for Structum, or name it in configSources.otherVariables of your own host.'),
  }),
  CONFIG_UNEDITABLE: entry<{ file: string; setting: string; change: 'set' | 'removal'; reason?: string }>({
    message: ({ file, setting, change, reason = 'without changing something else in it' }) =>
      `${setting} cannot be ${change === 'removal' ? 'removed from' : 'set in'} ${file} ${reason}.`,
    hint: ({ file, setting, change }) => `Edit ${file} yourself: ${change === 'removal' ? `take ${setting} out` : `give ${setting} its value there`}.`,
  }),
  CONFIG_UNWRITABLE: entry<{ file: string; reason: string }>({
    message: ({ file, reason }) => `The configuration file ${file} could not be written: ${reason}.`,
    hint: () => 'Look at the permissions of the file and its folder.',
  }),
  POLICY_SCOPE_UNAVAILABLE: entry<{ scope: string }>({
    exitCode: ExitCode.usage,
    message: ({ scope }) => `This host keeps no ${scope} policy of plugins.`,
    hint: ({ scope }) => `Name its file: create({ configSources: { ${scope === 'user' ? 'global' : scope}: … } }).`,
  }),
  CONFIG_IGNORED: entry<{ file: string; settings: readonly string[]; /** How many settings there are beside those. */ more?: number; project: string; /** Whether its project is not trusted, only its user may say so, or it does not fit. */ reason: 'untrusted' | 'user' | 'unfit'; /** In what it does not fit. */ problems?: readonly string[] }>({
    message: ({ file, settings, more, reason, problems = [] }) => {
      const why = reason === 'unfit' ? problems.join('; ') : reason === 'user' ? 'that is for its user to say' : 'its project is not trusted';
      return `What ${file} says of ${list(settings, more)} is ignored: ${why}.`;
    },
    hint: ({ project, reason }) => {
      if (reason === 'unfit') return 'Correct it there.';
      return reason === 'user' ? 'Move it to your own configuration.' : `If you trust it, add ${JSON.stringify(project)} to plugin_policy.trusted_projects of your own configuration.`;
    },
  }),
} as const;

/** Each once; undefined where there is none. */
function sentences(hints: readonly string[]): string | undefined {
  return hints.length === 0 ? undefined : [...new Set(hints)].join(' ');
}
