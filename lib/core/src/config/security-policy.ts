import type { EffectiveLimits, Permissions, PluginPolicy, SecurityPolicy } from '../contract/index.js';
import type { Configuration } from './configuration.js';
import { PERMISSION_KINDS } from '../manifest/permission-entry.js';
import { formatKeyPath } from './key-path.js';
import { concurrencyIn, isWithin, limitIn, LIMITS, modeIn, SECURITY_SECTION, textsAt } from './security-section.js';
import { isMapping, valueAt, type Section } from './section.js';

/**
 * What a configuration decides about the containment of plugins.
 *
 * @param policy - What is decided about plugins otherwise.
 */
export function securityOf(configuration: Configuration, { executor = {} }: PluginPolicy): SecurityPolicy {
  const said = configuration.coreSection(SECURITY_SECTION);
  const section = isMapping(said) ? said : {};
  return {
    mode: modeIn(section),
    audit: section['audit'] !== false,
    concurrency: { global: concurrencyIn(section, 'global'), perPlugin: concurrencyIn(section, 'per_plugin'), queue: concurrencyIn(section, 'queue') },
    limitsFor: (plugin, command) => limitsIn(section, plugin, command),
    permissionsFor: (plugin) => permissionsIn(section, plugin),
    executorOf: (plugin) => (Object.hasOwn(executor, plugin) ? executor[plugin] : undefined),
  };
}

function limitsIn(section: Section, plugin: string, command: string | undefined): EffectiveLimits {
  const entries = Object.entries(LIMITS).map(([key, { name }]) => [name, limitIn(section, key, plugin, command)] as const);
  const limits = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  const keys = command === undefined ? {} : keysOfCommand(section, plugin, command);
  return Object.keys(keys).length === 0 ? limits : { ...limits, keys };
}

/** Where limits are set for a command itself. */
function keysOfCommand(section: Section, plugin: string, command: string): NonNullable<EffectiveLimits['keys']> {
  const paths = Object.entries(LIMITS).map(([key, limit]) => ({ ...limit, path: ['plugins', plugin, 'commands', command, 'limits', key] }));
  const said = paths.filter(({ path, schema }) => isWithin(valueAt(section, path), schema));
  return Object.fromEntries(said.map(({ name, path }) => [name, formatKeyPath([SECURITY_SECTION, ...path])]));
}

/** A list that cannot be understood was meant to narrow something: it allows nothing. */
function permissionsIn(section: Section, plugin: string): Permissions {
  const said = valueAt(section, ['plugins', plugin, 'permissions']);
  if (!isMapping(said)) return {};
  return Object.fromEntries(PERMISSION_KINDS.filter((kind) => Object.hasOwn(said, kind)).map((kind) => [kind, textsAt(said, kind) ?? []]));
}
