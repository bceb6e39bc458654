import type { PluginRegistry } from './plugin-registry.js';
import type { PluginUnit } from './plugin-unit.js';

/** The plugins that are up or on their way. */
export interface LivingUnits {
  /** Those that are up, each after what it requires. */
  readonly active: Iterable<PluginUnit>;
  readonly comingUp: Iterable<PluginUnit>;
  /** Whether all of them are being taken down. */
  readonly isClosing: boolean;
}

/** Finds for a unit those that require it and are up or on their way, and when all end also those that may use it: as it is now. */
export function dependentsAmong({ active, comingUp, isClosing }: LivingUnits, registry: PluginRegistry): (unit: PluginUnit) => readonly PluginUnit[] {
  const users = new Map<PluginUnit, Set<PluginUnit>>();
  const undecided: PluginUnit[] = [];
  const add = (used: PluginUnit, user: PluginUnit): void => void (users.get(used) ?? users.set(used, new Set()).get(used))?.add(user);
  for (const user of [...active, ...comingUp]) {
    for (const used of user.requirements) add(used, user);
    if (user.state === 'discovered') undecided.push(user);
  }
  if (isClosing) {
    // What is up sees what it may use for as long, where that came up before it.
    const before = new Set<PluginUnit>();
    for (const user of active) {
      for (const used of user.options) if (before.has(used)) add(used, user);
      before.add(user);
    }
  }
  return (unit) => {
    const isListed = undecided.length > 0 && registry.unit(unit.name) === unit;
    const wanting = isListed ? undecided.filter((other) => other !== unit && wants(other, unit)) : [];
    return [...(users.get(unit) ?? []), ...wanting];
  };
}

/** Whether a plugin that was not judged yet is going to require `unit`. */
function wants({ manifest: { requires, requiresServices = [] } }: PluginUnit, { name, manifest }: PluginUnit): boolean {
  return Object.hasOwn(requires, name) || requiresServices.some((id) => manifest.provides.includes(id));
}
