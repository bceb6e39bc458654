import { deciderText, enablingHint, type DecisionOrigin } from './decision-text.js';
import { firstOf } from './first-of.js';
import { kindOf } from './kind-of.js';
import { StructumError } from './structum-error.js';

/** Exit codes of a command line, by the kind of failure. */
export const ExitCode = { failed: 1, usage: 2, refused: 3, timedOut: 124, interrupted: 130 } as const;

interface Entry<Params> {
  readonly exitCode?: number | ((params: Params) => number);
  readonly message: (params: Params) => string;
  readonly hint?: (params: Params) => string | undefined;
}

function entry<Params>(definition: Entry<Params>): Entry<Params> {
  return definition;
}

const list = (items: readonly string[], more = 0): string => `${items.join(', ')}${more === 0 ? '' : ` and ${String(more)} more`}`;
/** Problems of which there may be any number. */
const abridgedProblems = (problems: readonly string[]): string => {
  const { first, more } = firstOf(problems);
  return `${first.join('; ')}${more === 0 ? '' : `; and ${String(more)} more`}`;
};
/** A plugin, and where it is. */
const placed = (plugin: string, folder: string | undefined): string => `"${plugin}"${folder === undefined ? '' : ` (${folder})`}`;
/** That a version is none of a range because it is a pre-release. */
const preRelease = (takenBy: string | undefined): string =>
  takenBy === undefined ? '' : `, which is a pre-release: a range takes it only where it names one of the same version, as ${takenBy} does`;
/** Plugins that require each other, the first one first. */
const linked = (chain: readonly string[]): string => chain.map((name) => (name === '…' ? name : `"${name}"`)).join(', which requires ');
/** The ends of what is too long to be read. */
const abridged = (chain: readonly string[]): readonly string[] => (chain.length > 24 ? [...chain.slice(0, 12), '…', ...chain.slice(-8)] : chain);
/** Each once; undefined where there is none. */
const sentences = (hints: readonly string[]): string | undefined => (hints.length === 0 ? undefined : [...new Set(hints)].join(' '));
const didYouMean = (suggestions: readonly string[]): string | undefined =>
  suggestions.length === 0 ? undefined : `Did you mean ${suggestions.map((name) => `"${name}"`).join(' or ')}?`;

/** One problem with one setting of a configuration. */
export interface SettingProblem {
  /** The keys that lead to it, with dots between: `plugins.tree.depth`. */
  readonly path: string;
  /** As it reads after the path: `must be an integer`. */
  readonly problem: string;
  /** What a key that is not known may have been meant as, best first. */
  readonly suggestions?: readonly string[];
  /** The rule that is broken, named as in JSON Schema or class-validator: `minimum`, `isEmail`. */
  readonly rule?: string;
  /** What is there; hidden where it is a secret, absent where it may be one. */
  readonly value?: unknown;
  /** Who says it; absent where nobody does, or the host itself. */
  readonly origin?: SettingOrigin;
}

/** Where a setting stands. */
export interface SettingOrigin extends DecisionOrigin {
  /** From 1, where a file says it. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** One problem in a configuration file. */
export interface FileProblem {
  /** From 1. */
  readonly line: number;
  readonly column?: number;
  /** Absent for what is no setting. */
  readonly path?: string;
  readonly problem: string;
  readonly suggestions?: readonly string[];
}

/** One problem with one field of a command's input. */
export interface InputProblem {
  /** The field, or a path into it: `times`, `tags[2]`. Empty for the input as a whole. */
  readonly field: string;
  /** The rule that was broken, named as in JSON Schema or class-validator: `minimum`, `isEmail`. */
  readonly rule: string;
  /** What is expected, as it reads after the field: `must be at least 1`. */
  readonly message: string;
  /** The value received. */
  readonly received?: unknown;
  /** Where the value came from, when that was not the caller: an environment variable's name. */
  readonly origin?: string;
}

/** What a plugin may be denied: by kind of permission, and what no permission allows. */
export type DeniedPermission = 'read' | 'write' | 'net' | 'env' | 'run' | 'services' | 'addons' | 'workers' | 'wasi' | 'inspector' | 'signals';

/** As it reads before what it is about. */
const DENIED: Readonly<Record<DeniedPermission, string>> = {
  read: 'read', write: 'write', net: 'connect to', env: 'see the environment variable', run: 'run', services: 'use the service',
  addons: 'load native code', workers: 'start threads', wasi: 'use WASI', inspector: 'open the inspector', signals: 'send signals to other processes',
};

const isGrantable = (permission: DeniedPermission): boolean => !['addons', 'workers', 'wasi', 'inspector', 'signals'].includes(permission);
/** A name, as it stands in a path of keys. */
const keyText = (name: string): string => (/^[\w-]+$/.test(name) ? name : JSON.stringify(name));

/** What a plugin did not do in time, where the phase's name does not say it. */
const PHASES: Readonly<Record<string, string>> = { configure: 'take its new settings', health: 'say how it is' };

/** Where each decorator belongs, and how often. */
const DECORATOR_PLACES: Readonly<Record<string, string>> = {
  Plugin: 'Put it once on the class of the plugin.',
  Command: 'Put it once on the class of the command.',
  Argument: 'Put it on a property of the input class.',
  Option: 'Put it on a property of the input class.',
  Inject: 'Put it on a parameter of the constructor.',
};

/** What a command may use up. */
export type LimitName = 'wallTime' | 'cpuTime' | 'memory' | 'output' | 'message' | 'openFiles' | 'processes';

const LIMIT_KEYS: Readonly<Record<LimitName, string>> = { wallTime: 'wall_time', cpuTime: 'cpu_time', memory: 'memory', output: 'output', message: 'message', openFiles: 'open_files', processes: 'processes' };
const LIMIT_NAMES: Readonly<Record<LimitName, string>> = { wallTime: 'time', cpuTime: 'processor time', memory: 'memory', output: 'output', message: 'one message', openFiles: 'open files', processes: 'processes' };
const LIMIT_UNITS: Readonly<Record<LimitName, string>> = { wallTime: 'ms of ', cpuTime: 'ms of ', memory: 'bytes of ', output: 'bytes of ', message: 'bytes of ', openFiles: '', processes: '' };

/** Every error that the core itself raises: its code, message, hint and exit code in one place. */
export const catalogue = {
  // Contract: wrong use by a plugin author.
  DECORATORS_STANDARD: entry<{ decorator: string }>({
    message: ({ decorator }) => `@${decorator} was applied as a standard (TC39) decorator, which cannot decorate parameters.`,
    hint: () => 'Set "experimentalDecorators": true in tsconfig.json, or use definePlugin() and defineCommand().',
  }),
  DECORATOR_MISPLACED: entry<{ decorator: string; where: string }>({
    message: ({ decorator, where }) => `@${decorator} cannot be used ${where}.`,
    hint: ({ decorator }) => DECORATOR_PLACES[decorator],
  }),
  PLUGIN_NOT_DESCRIBED: entry<{ subject: string }>({
    message: ({ subject }) => `${subject} is not a plugin: it has no @Plugin description.`,
    hint: () => 'Decorate the class with @Plugin, or export what definePlugin() returns as the default export.',
  }),
  COMMAND_NOT_DESCRIBED: entry<{ subject: string; plugin: string }>({
    message: ({ subject, plugin }) => `${subject}, listed in the commands of plugin "${plugin}", is not a command: it has no @Command description.`,
    hint: () => 'Decorate the class with @Command, or export what defineCommand() returns.',
  }),
  REFERENCE_INVALID: entry<{ subject: string; found: string }>({
    message: ({ subject, found }) => `${subject} is ${found}.`,
    hint: ({ found }) =>
      found === 'undefined'
        ? 'Do two modules import each other? Then one of them sees nothing of the other yet: move what both need into a third one.'
        : undefined,
  }),
  SERVICE_ID_INVALID: entry<{ id: string }>({
    message: ({ id }) => `"${id}" cannot name a service.`,
    hint: () => 'Write the id as words separated by dots: "acme.search".',
  }),
  DESCRIPTION_UNSUPPORTED: entry<{ subject: string; version: number; supported: number }>({
    message: ({ subject, version, supported }) =>
      `${subject} was described by another copy of @structum/core in format ${String(version)}; this one reads format ${String(supported)}.`,
    hint: () => 'Install versions of @structum/core and of the plugin that fit together.',
  }),
  PLUGIN_INVALID: entry<{ plugin: string; problems: readonly string[] }>({
    message: ({ plugin, problems }) => `Plugin ${plugin} is not valid: ${problems.join('; ')}.`,
    hint: () => 'Correct its @Plugin or definePlugin() description.',
  }),
  COMMAND_INVALID: entry<{ command: string; problems: readonly string[] }>({
    message: ({ command, problems }) => `Command ${command} is not valid: ${problems.join('; ')}.`,
    hint: () => 'Correct its @Command, @Argument and @Option descriptions.',
  }),
  INJECTION_TYPE_ERASED: entry<{ target: string; index: number; emitted: string }>({
    message: ({ target, index, emitted }) =>
      `Parameter ${String(index + 1)} of the constructor of ${target} has no type at run time (the compiler emitted ${emitted}).`,
    hint: () =>
      'Write @Inject(TheClassOrToken) before the parameter. Interfaces and "import type" are erased, so a class must be imported as a value.',
  }),
  INJECTION_TYPE_UNKNOWN: entry<{ target: string; index: number }>({
    message: ({ target, index }) =>
      `Nothing says what to inject into parameter ${String(index + 1)} of the constructor of ${target}: the compiler emitted no decorator metadata.`,
    hint: () => 'Write @Inject(TheClassOrToken) before the parameter, or set "emitDecoratorMetadata": true.',
  }),
  INJECTION_CYCLE: entry<{ chain: readonly string[] }>({
    message: ({ chain }) => `Providers need each other in a circle: ${chain.join(' -> ')}.`,
    hint: () => 'Break the circle: inject one side later, or move what both need into a third provider.',
  }),
  INJECTION_SCOPE: entry<{ holder: string; held: string; through?: readonly string[] }>({
    message: ({ holder, held, through = [] }) =>
      `${holder} lives as long as its plugin and injects ${held}${through.length === 0 ? '' : ` through ${list(through)}`}, but ${held} lives for one execution only.`,
    hint: ({ held }) => `Inject ${held} into commands and into what has the scope "execution", or give it the scope "plugin".`,
  }),
  PROVIDER_UNKNOWN: entry<{ token: string; wantedBy: string }>({
    message: ({ token, wantedBy }) => `Nobody provides ${token}, which ${wantedBy} injects.`,
    hint: ({ token }) => `Add ${token} to the plugin's providers, or mark the parameter with @Inject(…, { optional: true }).`,
  }),
  SERVICE_UNKNOWN: entry<{ service: string; wantedBy: string }>({
    message: ({ service, wantedBy }) => `No plugin provides the service "${service}", which ${wantedBy} asks for.`,
    hint: () => 'Add a plugin that provides it to the host.',
  }),
  SERVICE_UNPROVIDED: entry<{ service: string; plugin: string }>({
    message: ({ service, plugin }) => `Plugin "${plugin}" says that it provides the service "${service}", and has no provider for it.`,
    hint: () => 'Add { provide: TheToken, useClass: TheClass } to its providers.',
  }),
  SERVICE_SCOPE: entry<{ service: string; plugin: string }>({
    message: ({ service, plugin }) => `Plugin "${plugin}" offers other plugins the service "${service}", and makes it for one execution only.`,
    hint: () => 'Give its provider the scope "plugin" or "transient".',
  }),
  SERVICE_WITHDRAWN: entry<{ service: string; provider: string; plugin: string; /** Whether the provider is there in a version without the service. */ isDropped?: boolean }>({
    message: ({ service, provider, plugin, isDropped = false }) =>
      isDropped
        ? `Plugin "${plugin}" uses the service "${service}", which the new version of plugin "${provider}" no longer provides.`
        : `Plugin "${plugin}" uses the service "${service}" of plugin "${provider}", which is not active.`,
    hint: ({ provider, plugin, isDropped = false }) =>
      isDropped
        ? `Let "${provider}" provide it again, or change "${plugin}" first, so that it does without.`
        : `Inject it with @Inject(…, { optional: true }), or require "${provider}", so that it stays while it is used.`,
  }),
  SERVICE_NOT_REQUIRED: entry<{ service: string; provider: string; plugin: string; version: string; field: 'requires' | 'optional' }>({
    message: ({ service, provider, plugin }) =>
      `Plugin "${plugin}" uses the service "${service}" of plugin "${provider}" without requiring that plugin.`,
    hint: ({ provider, plugin, version, field }) => `Add ${field}: { '${provider}': '^${version}' } to the description of "${plugin}".`,
  }),
  SERVICE_NOT_GRANTED: entry<{ service: string; plugin: string; /** The plugin whose command uses it for that one. */ through?: string; /** Whether the configuration narrows what it asks for. */ isTakenAway?: boolean }>({
    exitCode: ExitCode.refused,
    message: ({ service, plugin, through }) => `Plugin "${plugin}" uses the core service "${service}"${through === undefined ? '' : `, through plugin "${through}",`} without permission.`,
    hint: ({ service, plugin, isTakenAway = false }) =>
      isTakenAway ? `Add ${JSON.stringify(service)} to security.plugins.${keyText(plugin)}.permissions.services of your configuration, or leave that out.` : `Add permissions: { services: ['${service}'] } to its description.`,
  }),
  PERMISSION_DENIED: entry<{ plugin: string; permission: DeniedPermission; /** What it wanted to use: a path, a host, a name. */ wanted: string; /** What allows that, as its description has it. */ entry?: string; reason?: string; /** What can allow it, where that is not its description: the configuration, which takes it away, or nothing. */ remedy?: 'configuration' | 'none' }>({
    exitCode: ExitCode.refused,
    message: ({ plugin, permission, wanted, reason }) => `Plugin "${plugin}" may not ${DENIED[permission]}${wanted === '' ? '' : ` ${wanted}`}${reason === undefined ? '' : `: ${reason}`}.`,
    hint: ({ plugin, permission, wanted, entry: allowing = wanted, remedy }) => {
      if (remedy === 'none') return 'No permission allows that: do without it.';
      if (remedy === 'configuration') return `Add ${JSON.stringify(allowing)} to security.plugins.${keyText(plugin)}.permissions.${permission} of your configuration, or leave that out.`;
      if (!isGrantable(permission)) return 'No permission allows that: only a plugin of the host can, where security.sandbox_mode lets it.';
      const named = permission === 'read' || permission === 'write' ? ' A path that is named for an argument or option which says so is allowed for that call.' : '';
      return `If it is to, its description needs permissions: { ${permission}: [${JSON.stringify(allowing)}] }, unless security.plugins.${keyText(plugin)}.permissions.${permission} of your configuration takes that away.${named}`;
    },
  }),
  AUDIT_UNWRITABLE: entry<{ reason: string }>({
    message: ({ reason }) => `What plugins do could not be recorded: ${reason}.`,
    hint: () => 'Look at the permissions of the folder and at the room that is left; security.audit: false ends it.',
  }),
  SANDBOX_DEGRADED: entry<{ /** Controls that only Node keeps, or nobody. */ degraded: readonly string[]; platform: string }>({
    message: ({ degraded }) => `Isolated plugins are contained by less than there could be: on this machine the kernel does not enforce ${list(degraded)}.`,
    hint: ({ platform }) => `${platform === 'linux' ? 'Install bubblewrap (apt install bubblewrap, dnf install bubblewrap) and allow user namespaces. ' : ''}"structum security doctor" says what holds; security.sandbox_mode "strict" runs no plugin where something does not.`,
  }),
  SANDBOX_UNAVAILABLE: entry<{ /** Controls that the kernel does not enforce. */ missing: readonly string[]; platform: string }>({
    exitCode: ExitCode.refused,
    message: ({ missing }) => `Plugins cannot be confined strictly on this machine: the kernel does not enforce ${list(missing)}.`,
    hint: ({ platform }) =>
      platform === 'linux'
        ? 'Install bubblewrap (apt install bubblewrap, dnf install bubblewrap) and allow user namespaces, or set security.sandbox_mode to "standard". "structum security doctor" says what holds.'
        : 'Set security.sandbox_mode to "standard", or run on Linux with bubblewrap. "structum security doctor" says what holds.',
  }),

  // Registration and resolution.
  PLUGIN_UNKNOWN: entry<{ plugin: string; suggestions?: readonly string[] }>({
    exitCode: ExitCode.usage,
    message: ({ plugin }) => `There is no plugin "${plugin}".`,
    hint: ({ suggestions = [] }) => didYouMean(suggestions),
  }),
  PLUGIN_DUPLICATE: entry<{ plugin: string; first: string; second: string; why?: string }>({
    message: ({ plugin, first, second, why }) =>
      `Two plugins are named "${plugin}": ${first} and ${second}.${why === undefined ? '' : ` The first one is used, because ${why}.`}`,
    hint: () => 'Remove one of them, or rename it.',
  }),
  PLUGIN_DISABLED: entry<{ plugin: string } & DecisionOrigin>({
    exitCode: ExitCode.refused,
    message: (params) => `Plugin "${params.plugin}" is disabled by ${deciderText(params)}.`,
    hint: (params) => enablingHint(params.plugin, params),
  }),
  PLUGIN_UNTRUSTED: entry<{ plugin: string; folder: string; project?: string }>({
    exitCode: ExitCode.refused,
    message: ({ plugin, folder }) => `Plugin "${plugin}" is not loaded: nobody said that what is in ${folder} is to be trusted.`,
    hint: ({ folder, project }) =>
      project === undefined
        ? `If you trust it, run: structum plugins link ${JSON.stringify(folder)}`
        : `If you trust that project, add it to your own configuration: plugin_policy: { trusted_projects: [${JSON.stringify(project)}] }.`,
  }),
  PLUGIN_UNFIT: entry<{ plugin: string; reasons: readonly { readonly code: string; readonly message: string }[]; remedy?: string }>({
    message: ({ plugin, reasons }) =>
      `Plugin "${plugin}" cannot be used for ${String(reasons.length)} reasons: ${reasons.map(({ message }, index) => `(${String(index + 1)}) ${message}`).join(' ')}`,
    hint: ({ remedy }) => remedy,
  }),
  PLUGIN_IN_USE: entry<{ plugin: string; dependents: readonly string[]; how?: 'deactivate' }>({
    message: ({ plugin, dependents }) => `Plugin "${plugin}" is required by ${list(dependents)}.`,
    hint: ({ how }) =>
      how === 'deactivate'
        ? `Deactivate those first, or pass { dependents: 'first' } to take them down before it.`
        : 'Unregister those first, or pass { dependents: true } to take them along.',
  }),
  PLUGIN_NOT_FOUND: entry<{ subject: string; from: string; reason?: string }>({
    message: ({ subject, from, reason }) => `The plugin ${subject} could not be found from ${from}${reason === undefined ? '' : `: ${reason}`}.`,
    hint: () => 'Install the package, or pass create({ from: import.meta.url }) so that names resolve from your own module.',
  }),
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
  COMMAND_DUPLICATE: entry<{ command: string; first: string; second: string; /** The first one. */ holder: string; /** The second one. */ plugin: string; why?: string; remedy?: string }>({
    message: ({ command, first, second, why }) =>
      `The command "${command}" is claimed by both ${first} and ${second}.${why === undefined ? '' : ` The first one keeps it, because ${why}.`}`,
    hint: ({ remedy }) => remedy ?? 'Rename the command or the alias in one of them, or remove one plugin.',
  }),
  SERVICE_DUPLICATE: entry<{ service: string; first: string; second: string; /** The first one. */ holder: string; /** The second one. */ plugin: string; why?: string; remedy?: string }>({
    message: ({ service, first, second, why }) =>
      `The service "${service}" is provided by both ${first} and ${second}.${why === undefined ? '' : ` The first one keeps it, because ${why}.`}`,
    hint: ({ remedy }) => remedy ?? 'Remove one of the two plugins.',
  }),
  ENGINE_MISMATCH: entry<{ plugin: string; folder?: string; engine: string; core: string; /** Whether the plugin is too old, rather than the core. */ isOutdated: boolean; takenBy?: string; run?: string }>({
    message: ({ plugin, folder, engine, core, takenBy }) => `Plugin ${placed(plugin, folder)} works with @structum/core ${engine}, and this is ${core}${preRelease(takenBy)}.`,
    hint: ({ plugin, engine, isOutdated, run }) =>
      isOutdated
        ? `Install a newer version of "${plugin}"${run === undefined ? '' : `: ${run}`}.`
        : `Upgrade the host: npm install "@structum/core@${engine}" for an application of your own, npm install --global structum@latest for the command line.`,
  }),
  RANGE_INVALID: entry<{ plugin: string; of: string; range: string }>({
    message: ({ plugin, of, range }) => `Plugin "${plugin}" names the range "${range}" of ${of}, which is not one that npm understands.`,
    hint: () => 'Write it as in package.json: ^2.0.0, >=2.1 <3, 2.x.',
  }),
  REQUIREMENT_MISSING: entry<{ plugin: string; folder?: string; required: string; range: string; run?: string }>({
    message: ({ plugin, folder, required, range }) => `Plugin ${placed(plugin, folder)} requires "${required}" ${range}, and it is not there.`,
    hint: ({ required, range, run }) =>
      run === undefined
        ? `Add the plugin "${required}" to the host, in a version within ${range}: install its package with npm, or link its folder with "structum plugins link".`
        : `Run: ${run}`,
  }),
  REQUIREMENT_MISMATCH: entry<{ plugin: string; folder?: string; required: string; range: string; found: string; foundIn?: string; takenBy?: string; run?: string }>({
    message: ({ plugin, folder, required, range, found, foundIn, takenBy }) =>
      `Plugin ${placed(plugin, folder)} requires "${required}" ${range}, and version ${found} is there${foundIn === undefined ? '' : ` (${foundIn})`}${preRelease(takenBy)}.`,
    hint: ({ required, range, run }) => (run === undefined ? `Add a version of "${required}" within ${range}.` : `Run: ${run}`),
  }),
  REQUIREMENT_REJECTED: entry<{ plugin: string; required: string; service?: string; chain: readonly string[]; reason: string; remedy?: string }>({
    message: ({ plugin, service, chain, reason }) =>
      `Plugin "${plugin}" requires ${service === undefined ? '' : `the service "${service}" of `}${linked(chain.slice(1))}, which cannot be used: ${reason}`,
    hint: ({ remedy }) => remedy,
  }),
  REQUIREMENT_CYCLE: entry<{ plugin: string; chain: readonly string[] }>({
    message: ({ chain }) => `Plugins require each other in a circle: ${abridged(chain).join(' -> ')}.`,
    hint: () => 'Remove one of these requirements, or make it optional.',
  }),
  REQUIREMENT_DISCORD: entry<{ plugin: string; reason: string; remedy?: string }>({
    message: ({ plugin, reason }) => `Plugin "${plugin}" cannot be there with all that it requires: ${reason}`,
    hint: ({ remedy }) => remedy,
  }),
  SERVICE_MISSING: entry<{ plugin: string; folder?: string; service: string }>({
    message: ({ plugin, folder, service }) => `Plugin ${placed(plugin, folder)} requires the service "${service}", and no plugin provides it.`,
    hint: ({ service }) => `Add a plugin that provides "${service}" to the host: install its package with npm, or link its folder with "structum plugins link".`,
  }),
  CONFLICT: entry<{ plugin: string; folder?: string; other: string; range: string; found: string; foundIn?: string; loser: string }>({
    message: ({ plugin, folder, other, range, found, foundIn }) =>
      `Plugin ${placed(plugin, folder)} cannot work beside "${other}" ${range}, and version ${found} is there${foundIn === undefined ? '' : ` (${foundIn})`}.`,
    hint: ({ plugin, other }) =>
      `Leave one of them out: run "structum plugins disable ${other}", which writes plugin_policy: { enabled: { "${other}": false } }, or the same for "${plugin}".`,
  }),
  CORE_DUPLICATE: entry<{ plugin: string; theirs: string; ours: string }>({
    message: ({ plugin, theirs, ours }) => `Plugin "${plugin}" uses a second copy of @structum/core: ${theirs}, beside ${ours}.`,
    hint: () => 'It works, but costs time and memory: make @structum/core a peer dependency of the plugin, and run "npm dedupe".',
  }),
  COMMAND_RESERVED: entry<{ command: string; plugin: string; word: string; remedy: string }>({
    message: ({ command, plugin, word }) => `The command "${command}" of plugin "${plugin}" begins with the word "${word}", which the host keeps for itself.`,
    hint: ({ remedy }) => `Give it another name in its plugin, or write into your configuration: ${remedy}.`,
  }),
  OPTION_RESERVED: entry<{ plugin: string; command: string; flag: string }>({
    message: ({ command, flag }) => `The option ${flag} of the command "${command}" is reserved by the host.`,
    hint: () => 'Give the option another name.',
  }),

  // Manifests.
  MANIFEST_UNREADABLE: entry<{ file: string; reason: string }>({
    message: ({ file, reason }) => `The manifest ${file} could not be read: ${reason}.`,
    hint: () => 'Make it again with "structum plugins manifest".',
  }),
  MANIFEST_INVALID: entry<{ file: string; problems: readonly string[] }>({
    message: ({ file, problems }) => `The manifest ${file} is not valid: ${problems.join('; ')}.`,
    hint: () => 'Make it again with "structum plugins manifest".',
  }),
  MANIFEST_STALE: entry<{ plugin: string; file: string; differences?: readonly string[] }>({
    message: ({ plugin, file, differences = [] }) =>
      `The manifest of plugin "${plugin}" (${file}) no longer describes its code${differences.length > 0 ? `: ${list(differences)} ${differences.length === 1 ? 'differs' : 'differ'}` : ''}.`,
    hint: () => 'Run "structum plugins manifest" in the plugin\'s folder.',
  }),
  MANIFEST_MISSING: entry<{ folder: string }>({
    message: ({ folder }) => `There is no structum.manifest.json in ${folder}.`,
    hint: () => 'Run "structum plugins manifest" there.',
  }),
  PNP_UNSUPPORTED: entry<{ folder: string }>({
    message: ({ folder }) => `The packages of ${folder} are installed by Plug'n'Play, where no plugins can be found.`,
    hint: () => 'Write "nodeLinker: node-modules" into .yarnrc.yml, and run "yarn install".',
  }),
  PACKAGE_UNREADABLE: entry<{ file: string; reason: string }>({
    exitCode: ExitCode.usage,
    message: ({ file, reason }) => `The package file ${file} could not be used: ${reason}.`,
    hint: () => 'Mend it, or install the package again.',
  }),
  PLUGIN_ENTRY_MISSING: entry<{ folder: string; entry: string }>({
    exitCode: ExitCode.usage,
    message: ({ folder, entry: file }) => `The entry ${file} of the package in ${folder} does not exist, as if it were not built.`,
    hint: () => 'Run "npm install" and "npm run build" there, or correct "structum.entry", "exports" or "main" of its package.json.',
  }),

  // Configuration and files.
  CONFIG_UNREADABLE: entry<{ file: string; reason: string }>({
    exitCode: ExitCode.usage,
    message: ({ file, reason }) => `The configuration file ${file} could not be read: ${reason}.`,
    hint: () => 'Mend or remove it.',
  }),
  CONFIG_FILE_INVALID: entry<{ file: string; problems: readonly FileProblem[] }>({
    exitCode: ExitCode.usage,
    message: ({ file, problems }) =>
      `The configuration is not valid: ${problems.map(({ line, column, path, problem }) => `${[file, line, ...(column === undefined ? [] : [column])].join(':')}: ${path === undefined ? '' : `${path} `}${problem}`).join('; ')}.`,
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
  SECRET_UNAVAILABLE: entry<{ problems: readonly { readonly path: string; readonly reference: string; readonly place: string; readonly problem: string }[]; remedy?: string }>({
    exitCode: ExitCode.usage,
    message: ({ problems }) => `Secrets could not be resolved: ${problems.map(({ path, reference, place, problem }) => `${reference} of ${path} (${place}): ${problem}`).join('; ')}.`,
    hint: ({ remedy }) => remedy ?? 'Provide them, or change these settings; nothing that needs them runs until then.',
  }),
  SECRET_TIMED_OUT: entry<{ path: string; reference: string; place: string; problem: string }>({
    exitCode: ExitCode.timedOut,
    message: ({ path, reference, place, problem }) => `The secret ${reference} of ${path} (${place}) took too long: ${problem}.`,
    hint: () => 'Who resolves it may wait for a password, or for something that never comes: try that by hand, and then this again. A host allows more time with create({ limits: { secret: … } }).',
  }),
  SECRET_REFUSED: entry<{ path: string; reference: string; place: string; problem: string; remedy: string }>({
    exitCode: ExitCode.refused,
    message: ({ path, reference, place, problem }) => `The secret ${reference} of ${path} (${place}) is not resolved: ${problem}.`,
    hint: ({ remedy }) => remedy,
  }),
  SECRET_SCHEME_UNKNOWN: entry<{ path: string; reference: string; place: string; problem: string; scheme: string; known: readonly string[]; suggestions: readonly string[] }>({
    exitCode: ExitCode.usage,
    message: ({ path, reference, place, problem }) => `Nobody resolves the secret ${reference} of ${path} (${place}): ${problem}.`,
    hint: ({ scheme, suggestions }) => `${didYouMean(suggestions) ?? `Add a plugin that provides "${scheme}".`} If it is meant as it is written, write $$\{${scheme}:…}.`,
  }),
  KEYRING_MISSING: entry<{ path: string; reference: string; place: string; problem: string }>({
    message: ({ path, reference, place, problem }) => `The secret ${reference} of ${path} (${place}) cannot be resolved: ${problem}.`,
    hint: () => 'Run: npm install @napi-rs/keyring, with --global where the command line was installed so.',
  }),
  SECRET_SCHEME_INVALID: entry<{ scheme: string; isBuiltIn: boolean }>({
    exitCode: ExitCode.usage,
    message: ({ scheme, isBuiltIn }) => (isBuiltIn ? `The scheme "${scheme}" of secrets is the core's own.` : `"${scheme}" can be no scheme of secrets.`),
    hint: () => 'Choose another name, of lower-case letters, digits, - and _: "vault".',
  }),
  LOCK_TIMEOUT: entry<{ lock: string; limit: number; pid?: number; host?: string }>({
    message: ({ lock, limit, pid, host }) =>
      `The lock ${lock} was not free within ${String(limit)} ms${pid === undefined || host === undefined ? '' : `: process ${String(pid)} on ${host} holds it`}.`,
    hint: () => 'Try again; if that process does something else by now, remove the lock.',
  }),

  // Life of a plugin.
  PLUGIN_REJECTED: entry<{ plugin: string; reason: string; remedy?: string }>({
    message: ({ plugin, reason }) => unusable(`Plugin "${plugin}"`, reason),
    hint: ({ remedy }) => remedy,
  }),
  PLUGIN_LOAD_FAILED: entry<{ plugin: string; file: string; /** The line that is to blame, as `file:line`. */ at?: string; reason: string; remedy?: string }>({
    message: ({ plugin, file, at, reason }) => `Plugin "${plugin}" failed to load from ${at ?? file}: ${reason}`,
    hint: ({ plugin, remedy }) => remedy ?? `Mend or remove "${plugin}"; the other plugins keep working.`,
  }),
  PLUGIN_ACTIVATE_FAILED: entry<{ plugin: string; reason: string; remedy?: string; /** From what it requires to the one that is to blame. */ requires?: readonly string[] }>({
    message: ({ plugin, reason, requires = [] }) =>
      requires.length === 0
        ? `Plugin "${plugin}" failed while it was activated: ${reason}`
        : `Plugin "${plugin}" cannot be activated, as it requires ${linked(requires)}: ${reason}`,
    hint: ({ plugin, requires = [], remedy }) => remedy ?? `Mend or remove "${requires.at(-1) ?? plugin}"; the other plugins keep working.`,
  }),
  PLUGIN_NOT_STARTED: entry<{ plugin: string; event: string; reason: string }>({
    message: ({ plugin, event, reason }) => `Plugin "${plugin}", which asks to be activated at "${event}", could not be: ${reason}`,
    hint: ({ plugin }) => `Mend, disable or remove "${plugin}"; what it was to be activated for goes on without it.`,
  }),
  RESOURCE_INVALID: entry<{ plugin: string; /** Missing where that is what is wrong. */ label?: string }>({
    message: ({ plugin, label }) =>
      label === undefined ? `Plugin "${plugin}" hands over something without a label.` : `Plugin "${plugin}" hands over "${label}", which nobody knows how to end.`,
    hint: ({ label }) =>
      label === undefined
        ? `Say what it is, for those who look at what the plugin owns: context.own(resource, 'the watcher of sources').`
        : 'Hand over a function that ends it, or something with Symbol.dispose or Symbol.asyncDispose.',
  }),
  PLUGIN_PHASE_TIMEOUT: entry<{ plugin: string; phase: string; limit: number }>({
    exitCode: ExitCode.timedOut,
    message: ({ plugin, phase, limit }) => `Plugin "${plugin}" did not ${PHASES[phase] ?? phase} within ${String(limit)} ms.`,
    hint: ({ phase }) => `It may wait for something that never comes, or need a longer limit: create({ limits: { ${phase}: … } }).`,
  }),
  PLUGIN_CONFIGURE_FAILED: entry<{ plugin: string; reason: string; remedy?: string }>({
    message: ({ plugin, reason }) => `Plugin "${plugin}" failed when it was told that its settings have changed: ${reason}`,
    hint: ({ plugin, remedy }) => remedy ?? `The new settings are in force; reload "${plugin}" for it to begin anew with them.`,
  }),
  DISPOSAL_TIMEOUT: entry<{ subject: string; plugin: string; limit: number }>({
    exitCode: ExitCode.timedOut,
    message: ({ subject, plugin, limit }) => `${subject}, made for plugin "${plugin}", was not disposed within ${String(limit)} ms.`,
    hint: () => 'It may wait for something that never comes, or need a longer limit: create({ limits: { deactivate: … } }).',
  }),
  RELOAD_FAILED: entry<{ plugin: string; reason: string; remedy?: string }>({
    message: ({ plugin, reason }) => `Plugin "${plugin}" could not be reloaded, and goes on as it was: ${reason}`,
    hint: ({ plugin, remedy }) => remedy ?? `Mend "${plugin}": its next version that works takes over.`,
  }),
  RELOAD_GONE: entry<{ plugin: string; folder: string }>({
    message: ({ plugin, folder }) => `The folder of plugin "${plugin}" is not there any more: ${folder}.`,
    hint: ({ plugin }) => `Put it back, or take "${plugin}" out of the host.`,
  }),
  RELOAD_IMPOSSIBLE: entry<{ plugin: string }>({
    message: ({ plugin }) => `Plugin "${plugin}" was given as a class, and nothing says which module to load it from again.`,
    hint: () => 'Add module: import.meta.url to its description, or give the name of its package instead of the class.',
  }),
  RELOAD_RENAMED: entry<{ plugin: string; found: string; file: string }>({
    message: ({ plugin, found, file }) => `The plugin in ${file} is called "${found}" now, not "${plugin}".`,
    hint: () => 'Restart the host to take up a plugin of another name.',
  }),
  RELOAD_UNHEALTHY: entry<{ plugin: string; /** The plugin that is new, where that is another one, which this one uses. */ used?: string; reason?: string }>({
    message: ({ plugin, used, reason }) =>
      `${used === undefined ? `The new version of plugin "${plugin}"` : `Plugin "${plugin}", with the new version of "${used}",`} says that it is DOWN${reason === undefined ? '' : `: ${withoutStop(reason)}`}.`,
    hint: ({ plugin }) => `Look at the checkHealth of "${plugin}" and at what it needs.`,
  }),
  RELOAD_RETAINED: entry<{ modules: number; bytes: number; limit: number }>({
    message: ({ modules, bytes, limit }) =>
      `Reloading has left ${modulesOf(modules, bytes)} behind in this process, which Node cannot free; no more than ${sizeOf(limit)} will be left.`,
    hint: () => 'Restart the process to free them; plugins in CommonJS leave nothing behind.',
  }),
  RELOAD_LIMIT: entry<{ plugin: string; modules: number; bytes: number; limit: number }>({
    message: ({ plugin, modules, bytes, limit }) =>
      `Plugin "${plugin}" is not loaded anew: reloading has left ${modulesOf(modules, bytes)} behind in this process already, and no more than ${sizeOf(limit)} may be left.`,
    hint: () => 'Restart the process, or raise create({ limits: { retained: … } }).',
  }),
  WATCH_FAILED: entry<{ plugin?: string; folder: string; reason: string }>({
    message: ({ plugin, folder, reason }) =>
      plugin === undefined
        ? `The configuration files in ${folder} cannot be watched, and are looked at every few seconds instead: ${reason}`
        : `The files of plugin "${plugin}" in ${folder} cannot be watched: ${reason}`,
    hint: () => 'On Linux, fs.inotify.max_user_watches says how many folders can be watched.',
  }),
  WATCH_OWN_CHANGES: entry<{ plugin: string; files: readonly string[] }>({
    message: ({ plugin, files: [first = '', ...others] }) =>
      `Plugin "${plugin}" is not reloaded for ${first}${others.length === 0 ? '' : ` and ${String(others.length)} more`}: that changes whenever the plugin comes up, or is at work.`,
    hint: () => 'Let it write outside of its package. What is saved while it is not at work is followed as ever.',
  }),
  DISPOSED: entry<{ subject: string }>({
    message: ({ subject }) => `${subject} has been disposed.`,
    hint: () => 'Create a new one.',
  }),

  // Running a command.
  COMMAND_UNKNOWN: entry<{ command: string; suggestions: readonly string[] }>({
    exitCode: ExitCode.usage,
    message: ({ command }) => `There is no command "${shortened(command)}".`,
    hint: ({ suggestions }) => didYouMean(suggestions),
  }),
  INPUT_INVALID: entry<{ command: string; problems: readonly InputProblem[] }>({
    exitCode: ExitCode.usage,
    message: ({ command, problems }) => `The input of "${command}" is not valid: ${problems.map(describeProblem).join('; ')}.`,
  }),
  INPUT_NOT_CLONEABLE: entry<{ command: string; reason: string }>({
    exitCode: ExitCode.usage,
    message: ({ command, reason }) => `The input of "${command}" is not plain data: ${reason}`,
    hint: () => 'Pass what structuredClone() can copy: no functions, no class instances with behaviour.',
  }),
  RESULT_NOT_CLONEABLE: entry<{ command: string; reason: string }>({
    message: ({ command, reason }) => `The command "${command}" returned something that is not plain data: ${reason}`,
    hint: () => 'Return what structuredClone() can copy: a command must give the same result in every executor.',
  }),
  COMMAND_FAILED: entry<{ command: string; plugin?: string; reason: string }>({
    message: ({ command, reason }) => `The command "${command}" failed: ${reason}`,
  }),
  COMMAND_CANCELLED: entry<{ command: string; reason?: string }>({
    exitCode: ExitCode.interrupted,
    message: ({ command, reason }) => `The command "${command}" was cancelled${reason === undefined ? '' : `: ${withoutStop(reason)}`}.`,
  }),
  PLUGIN_CRASHED: entry<{ plugin: string; how: string }>({
    message: ({ plugin, how }) => `Plugin "${plugin}" ended what it ran in: it ${how}.`,
    hint: () => 'The host goes on, and starts it anew with the next call. What it wrote before is among the log lines.',
  }),
  PROTOCOL_VIOLATION: entry<{ plugin: string; reason: string }>({
    message: ({ plugin, reason }) => `The process of plugin "${plugin}" was ended: it sent ${reason}.`,
    hint: () => 'No plugin does that that only uses what it is given: look at what it is, or remove it.',
  }),
  GUEST_VERSION_MISMATCH: entry<{ plugin: string; version: number; expected: number }>({
    message: ({ plugin, version, expected }) => `What runs plugin "${plugin}" speaks version ${String(version)} of the protocol between hosts and isolated plugins, and this host speaks ${String(expected)}.`,
    hint: () => '@structum/core was replaced while this host runs: start it anew. Where that does not help, install @structum/core again.',
  }),
  LIMIT_EXCEEDED: entry<{ plugin: string; command: string; limit: LimitName; allowed?: number }>({
    exitCode: ({ limit }) => (limit === 'wallTime' || limit === 'cpuTime' ? ExitCode.timedOut : ExitCode.failed),
    message: ({ command, limit, allowed }) => `"${command}" was ended: it took more than the ${allowed === undefined ? '' : `${String(allowed)} ${LIMIT_UNITS[limit]}`}${LIMIT_NAMES[limit]} that it may.`,
    hint: ({ plugin, limit }) => `Give it less to do, or raise security.plugins.${plugin}.limits.${LIMIT_KEYS[limit]}.`,
  }),
  MESSAGE_TOO_LARGE: entry<{ bytes: number; allowed: number }>({
    message: ({ bytes, allowed }) => `A message between the host and an isolated plugin would have ${String(bytes)} bytes, and ${String(allowed)} are allowed.`,
    hint: () => 'Give it less input, or have it answer less at once, as items of a stream; or raise security.limits.message.',
  }),
  QUEUE_FULL: entry<{ plugin: string; waiting: number }>({
    message: ({ plugin, waiting }) => `A command of plugin "${plugin}" could not wait for its turn: ${String(waiting)} do already.`,
    hint: () => 'Start fewer at once, or raise security.concurrency.queue.',
  }),
  CALLS_TOO_DEEP: entry<{ command: string; most: number }>({
    message: ({ command, most }) => `"${command}" was not run: ${String(most)} commands wait for each other already, each for the next one.`,
    hint: () => 'A command that runs itself, also by way of others, has to stop at some point.',
  }),
  PLUGIN_NOT_IMPORTABLE: entry<{ plugin: string }>({
    message: ({ plugin }) => `Plugin "${plugin}" cannot run elsewhere than in this thread: nothing says what its module is.`,
    hint: () => 'Set "module: import.meta.url" in its @Plugin description, or give it to the host by the name of its package.',
  }),
  PLUGIN_ISOLATED: entry<{ plugin: string }>({
    message: ({ plugin }) => `Plugin "${plugin}" runs isolated: none of its code is imported into this process.`,
  }),
  SERVICE_NOT_REMOTE: entry<{ service: string; provider: string }>({
    message: ({ service, provider }) => `The service "${service}" cannot be had here: its plugin "${provider}" runs isolated.`,
    hint: ({ service }) => `Declare it with defineService('${service}', { remote: true }), if its methods return promises, or have the plugin run inline.`,
  }),
  SERVICE_METHOD_UNKNOWN: entry<{ service: string; method: string }>({
    message: ({ service, method }) => `The service "${service}" has no method "${method}".`,
    hint: () => 'Look up how its plugin describes it; only methods can be called from elsewhere.',
  }),
  COMMAND_TIMED_OUT: entry<{ command: string }>({
    exitCode: ExitCode.timedOut,
    message: ({ command }) => `The command "${command}" was cancelled: its time was up.`,
    hint: () => 'Give it more time, or less to do.',
  }),
  EXIT_CODE_INVALID: entry<{ command: string; received: string }>({
    message: ({ command, received }) => `The command "${command}" set the exit code ${received}, which is no whole number from 0 to 255.`,
  }),
  CONFIRMATION_UNAVAILABLE: entry<{ command: string; question: string }>({
    exitCode: ExitCode.usage,
    message: ({ command, question }) => `The command "${command}" asks "${question}", and nobody is there to answer.`,
    hint: () => 'Run it in a terminal, or give the answer as an option.',
  }),
  ANSWER_UNAVAILABLE: entry<{ command: string; question: string }>({
    exitCode: ExitCode.usage,
    message: ({ command, question }) => `The command "${command}" asks "${question}", and nobody is there to answer.`,
    hint: () => 'Run it in a terminal, or give the answer as an option.',
  }),
  ANSWER_INVALID: entry<{ command: string; question: string; answer: string; choices: readonly string[] }>({
    exitCode: ExitCode.usage,
    message: ({ command, question, answer }) => `The command "${command}" asks "${question}", and "${answer}" is none of the answers.`,
    hint: ({ choices }) => `Answer one of ${choices.join(', ')}.`,
  }),
  OUTPUT_UNAVAILABLE: entry<{ command: string }>({
    exitCode: ExitCode.usage,
    message: ({ command }) => `The command "${command}" writes to the output, and the host gave it none.`,
    hint: () => 'Pass { output } to run(), or let the command write to a file. With --json there is no output.',
  }),
  VALIDATOR_MISSING: entry<{ subject: string; module: string }>({
    message: ({ subject, module }) => `The class that describes ${subject} uses class-validator, and ${module} is not installed beside the plugin.`,
    hint: ({ module }) => `Run: npm install ${module}`,
  }),

  // What the host does for plugins.
  FETCH_FAILED: entry<{ plugin: string; url: string; reason: string }>({
    message: ({ url, reason }) => `${url} cannot be fetched: ${withoutStop(reason)}.`,
  }),
  FETCH_TIMED_OUT: entry<{ plugin: string; url: string; timeout: number }>({
    message: ({ url, timeout }) => `${url} was not fetched within ${String(timeout)} ms.`,
    hint: () => 'Try again, or give it more time: { timeout }.',
  }),
  FETCH_TOO_LARGE: entry<{ plugin: string; url: string; limit: number }>({
    message: ({ url, limit }) => `${url} gives more than ${String(limit)} bytes.`,
    hint: () => 'Ask for less, or in parts: by the header "range".',
  }),
  EXEC_FAILED: entry<{ plugin: string; program: string; reason: string }>({
    message: ({ program, reason }) => `The program ${program} cannot be run: ${withoutStop(reason)}.`,
  }),
  EXEC_TIMED_OUT: entry<{ plugin: string; program: string; timeout: number }>({
    message: ({ program, timeout }) => `The program ${program} was ended: it took longer than ${String(timeout)} ms.`,
    hint: () => 'Give it more time, { timeout }, or less to do.',
  }),
  EXEC_TOO_LARGE: entry<{ plugin: string; program: string; limit: number }>({
    message: ({ program, limit }) => `The program ${program} was ended: it wrote more than ${String(limit)} bytes.`,
    hint: () => 'Let it write to a file, or less.',
  }),
} as const;

/** A code of the core's own catalogue. Plugins throw codes of their own. */
export type ErrorCode = keyof typeof catalogue;

/** The facts that the message of `Code` is made from. */
export type ErrorParams<Code extends ErrorCode> = (typeof catalogue)[Code] extends Entry<infer Params> ? Params : never;

/** Makes the error `code` of the catalogue; its params become the error's details. */
export function catalogued<Code extends ErrorCode>(code: Code, params: ErrorParams<Code>, cause?: unknown): StructumError {
  const definition = catalogue[code] as unknown as Entry<ErrorParams<Code>>;
  return new StructumError({
    code,
    message: definition.message(params),
    hint: definition.hint?.(params),
    details: params as Readonly<Record<string, unknown>>,
    exitCode: exitCodeOf(definition, params),
    cause,
  });
}

function exitCodeOf<Params>({ exitCode = ExitCode.failed }: Entry<Params>, params: Params): number {
  return typeof exitCode === 'number' ? exitCode : exitCode(params);
}

/** Whether an error is one of these, rather than one with a code of a plugin's own. */
export function isCatalogued(error: unknown): error is StructumError {
  return StructumError.is(error) && Object.hasOwn(catalogue, error.code);
}

/** Why a plugin cannot be used, where the reason may be a sentence about the plugin itself. */
function unusable(subject: string, reason: string): string {
  if (reason.startsWith(`${subject} cannot be used`)) return reason;
  return `${subject} cannot be used: ${reason.startsWith(`${subject} `) ? `it${reason.slice(subject.length)}` : reason}`;
}

/** A text that something else may end as a sentence, or not. */
function withoutStop(text: string): string {
  return text.replace(/\.+$/, '');
}

function modulesOf(count: number, bytes: number): string {
  return `${String(count)} ${count === 1 ? 'ES module' : 'ES modules'} (${sizeOf(bytes)})`;
}

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} bytes`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function describeSetting({ path, problem, value, origin }: SettingProblem): string {
  const place = origin === undefined ? undefined : placeOf(origin);
  return `${place === undefined ? '' : `${place}: `}${path} ${problem}${value === undefined ? '' : `, got ${shown(value)}`}`;
}

/** Undefined where there is nothing to look at. */
function placeOf({ file, line, column, source }: SettingOrigin): string | undefined {
  return file === undefined ? source : [file, line, column].filter((part) => part !== undefined).join(':');
}

function describeProblem({ field, message, received, origin }: InputProblem): string {
  const subject = field === '' ? 'it' : field;
  const from = origin === undefined ? '' : ` (from ${origin})`;
  const value = received === undefined ? '' : `, got ${shown(received)}`;
  return `${subject}${from} ${message}${value}`;
}

function shown(value: unknown): string {
  return shortened(asJson(value) ?? (typeof value === 'bigint' ? `${String(value)}n` : kindOf(value)));
}

/** `value` as JSON; `undefined` for what JSON does not know, or cannot hold: big integers and circles. */
function asJson(value: unknown): string | undefined {
  // JSON has no infinity.
  if (typeof value === 'number') return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Keeps what others wrote from burying the message. */
function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
