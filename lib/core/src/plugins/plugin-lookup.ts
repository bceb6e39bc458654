import type { PluginUnit } from './plugin-unit.js';

/** Where plugins are found by those that judge whether they fit together. */
export interface PluginLookup {
  /** The plugin that counts of that name, whether it can be used or not. */
  unit(name: string): PluginUnit | undefined;
  /** The plugin that provides a service. */
  providerUnit(serviceId: string): PluginUnit | undefined;
  /** The plugin that would provide a service, but may not be there. */
  withheldProvider(serviceId: string): PluginUnit | undefined;
  /** Firm plugins that cannot work beside versions of `name`. */
  opponentsOf(name: string): readonly PluginUnit[];
  /** Whether it may be there at all: not disabled, not untrusted, and no other one has what it claims. */
  isAdmitted(unit: PluginUnit): boolean;
  /** Whether it was given to the host or is up: it does not give way to what was merely discovered. */
  isFirm(unit: PluginUnit): boolean;
}

/** `base` as it would be with `fresh` in the place of their namesakes: to judge plugins before they are there. */
export function overlay(base: PluginLookup, fresh: readonly PluginUnit[]): PluginLookup {
  const names = new Map(fresh.map((unit) => [unit.name, unit]));
  const providers = new Map(fresh.flatMap((unit) => unit.manifest.provides.map((id) => [id, unit] as const)));
  const isReplaced = (unit: PluginUnit): boolean => names.has(unit.name) && names.get(unit.name) !== unit;
  return {
    unit: (name) => names.get(name) ?? base.unit(name),
    providerUnit: (id) => {
      const found = providers.get(id) ?? base.providerUnit(id);
      return found === undefined || isReplaced(found) ? undefined : found;
    },
    withheldProvider: (id) => base.withheldProvider(id),
    opponentsOf: (name) => [
      ...fresh.filter(({ manifest }) => Object.hasOwn(manifest.conflicts, name)),
      ...base.opponentsOf(name).filter((unit) => !isReplaced(unit)),
    ],
    isAdmitted: (unit) => names.get(unit.name) === unit || base.isAdmitted(unit),
    isFirm: (unit) => names.get(unit.name) === unit || base.isFirm(unit),
  };
}
