import type { PluginUnit } from '../../plugins/plugin-unit.js';

const ids = new WeakMap<PluginUnit, string>();
let count = 0;

/** Tells the units of plugins in this process from each other. */
export function unitId(unit: PluginUnit): string {
  let id = ids.get(unit);
  if (id === undefined) {
    count += 1;
    id = `${unit.name}#${String(count)}`;
    ids.set(unit, id);
  }
  return id;
}
