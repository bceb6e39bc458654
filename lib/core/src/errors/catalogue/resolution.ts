import { linked } from '../wording.js';
import { entry } from './entry.js';

/** What plugins claim, require and cannot be beside. */
export const resolutionErrors = {
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
} as const;

/** A plugin, and where it is. */
function placed(plugin: string, folder: string | undefined): string {
  return `"${plugin}"${folder === undefined ? '' : ` (${folder})`}`;
}

/** That a version is none of a range because it is a pre-release. */
function preRelease(takenBy: string | undefined): string {
  return takenBy === undefined ? '' : `, which is a pre-release: a range takes it only where it names one of the same version, as ${takenBy} does`;
}

/** The ends of what is too long to be read. */
function abridged(chain: readonly string[]): readonly string[] {
  return chain.length > 24 ? [...chain.slice(0, 12), '…', ...chain.slice(-8)] : chain;
}
