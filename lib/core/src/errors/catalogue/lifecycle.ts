import { ExitCode } from '../exit-code.js';
import { linked, withoutStop } from '../wording.js';
import { entry } from './entry.js';

/** The life of a plugin: loaded, up, reloaded, down. */
export const lifecycleErrors = {
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
} as const;

/** Why a plugin cannot be used, where the reason may be a sentence about the plugin itself. */
function unusable(subject: string, reason: string): string {
  if (reason.startsWith(`${subject} cannot be used`)) return reason;
  return `${subject} cannot be used: ${reason.startsWith(`${subject} `) ? `it${reason.slice(subject.length)}` : reason}`;
}

/** What a plugin did not do in time, where the phase's name does not say it. */
const PHASES: Readonly<Record<string, string>> = { configure: 'take its new settings', health: 'say how it is' };

function modulesOf(count: number, bytes: number): string {
  return `${String(count)} ${count === 1 ? 'ES module' : 'ES modules'} (${sizeOf(bytes)})`;
}

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} bytes`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
