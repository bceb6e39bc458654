import type { PluginUnit } from '../../plugins/plugin-unit.js';

const ids = new WeakMap<object, string>();
let count = 0;

/** Tells the units of plugins in this process from each other. */
export function unitId(unit: PluginUnit): string {
  return idOf(unit, unit.name);
}

/** Tells the settings that a unit has by now from those that it had. */
export function settingsId({ name, config }: PluginUnit): string {
  return idOf(config, name);
}

function idOf(of: object, name: string): string {
  let id = ids.get(of);
  if (id === undefined) {
    count += 1;
    id = `${name}#${String(count)}`;
    ids.set(of, id);
  }
  return id;
}
