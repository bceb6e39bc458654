import { keyText, list } from './wording.js';

/** What a plugin may be denied: by kind of permission, and what no permission allows. */
export type DeniedPermission = 'read' | 'write' | 'net' | 'env' | 'run' | 'services' | 'addons' | 'workers' | 'wasi' | 'inspector' | 'signals';

/** What a plugin has its host do, because its own process may not. */
export type HostService = 'context.exec()' | 'context.fetch()' | 'context.replaceFile()';

/**
 * What can allow what was denied, where its description is not it: the configuration, which takes it away; the host, which
 * does it where it is allowed; those for which it runs, who may not do it either; where a link leads, and what was not there in time, named in another way; or nothing.
 */
export type DenialRemedy = 'configuration' | 'host' | 'callers' | 'target' | 'folder' | 'none';

/** What was denied, and what would help. */
export interface DenialFacts {
  readonly plugin: string;
  readonly permission: DeniedPermission;
  /** What it wanted to use: a path, a host, a name; empty where nothing says. */
  readonly wanted: string;
  /** What allows that, as its description has it. */
  readonly entry?: string;
  readonly reason?: string;
  readonly remedy?: DenialRemedy;
  /** The plugins for which it runs, outermost first, where it may do no more than they may. */
  readonly callers?: readonly string[];
  /** By what the host does it for the plugin. */
  readonly through?: HostService;
}

/** What a plugin may not do, as a sentence. */
export function denialText({ plugin, permission, wanted, reason, remedy }: DenialFacts): string {
  const [verb, all] = TEXTS.get(permission) ?? [permission, ''];
  const what = wanted === '' ? all : ` ${wanted}`;
  return `Plugin "${plugin}" may not ${verb}${what}${remedy === 'host' ? ' itself' : ''}${reason === undefined ? '' : `: ${reason}`}.`;
}

/** As it reads before what it is about, and what follows where nothing says that. */
const TEXTS: ReadonlyMap<DeniedPermission, readonly [string, string]> = new Map([
  ['read', ['read', ' that']], ['write', ['write', ' that']], ['net', ['connect to', ' that']], ['env', ['see the environment variable', ' that']], ['run', ['run', ' programs']], ['services', ['use the service', ' that']],
  ['addons', ['load native code', '']], ['workers', ['start threads', '']], ['wasi', ['use WASI', '']], ['inspector', ['open the inspector', '']], ['signals', ['send signals to other processes', '']],
]);

/** What allows it. */
export function denialHint(denial: DenialFacts): string {
  const { plugin, permission, wanted, entry = wanted, remedy, callers = [], through } = denial;
  const configured = `security.plugins.${keyText(plugin)}.permissions.${permission} of your configuration`;
  const byHost = through === undefined ? '' : ` In a process of its own, a plugin does that by ${through}, which has the host do it.`;
  if (remedy === 'none') return 'No permission allows that: do without it.';
  if (remedy === 'host') return byHost.trimStart();
  if (remedy === 'target') return `What is behind a link counts by where that leads: name that in permissions.${permission} of its description, or for an argument or option.`;
  if (remedy === 'folder') return 'What is not there yet when a call begins is not granted with it: make it before, or grant the folder that it is to be in.';
  if (remedy === 'configuration') return `Add ${JSON.stringify(entry)} to ${configured}, or leave that out.${byHost}`;
  if (UNGRANTABLE.has(permission)) return 'No permission allows that: only a plugin of the host can, where security.sandbox_mode lets it.';
  if (remedy === 'callers') return `It runs for ${list(callers.map((caller) => `"${caller}"`))}, and may do no more than both may: if it is to, the description of each of them needs permissions: { ${permission}: [${JSON.stringify(entry)}] }.${byHost}`;
  const named = permission === 'read' || permission === 'write' ? ' A path that is named for an argument or option which says so is allowed for that call.' : '';
  return `If it is to, its description needs permissions: { ${permission}: [${entry === '' ? '…' : JSON.stringify(entry)}] }, unless ${configured} takes that away.${named}${byHost}`;
}

/** No description can ask for it. */
const UNGRANTABLE: ReadonlySet<DeniedPermission> = new Set(['addons', 'workers', 'wasi', 'inspector', 'signals']);
