import type { PluginUnit } from './plugin-unit.js';

/** Whether its code is there, or about to be: what runs stays what it is. */
export function isUp({ state, isBegun }: PluginUnit): boolean {
  return state === 'loaded' || state === 'active' || (isBegun && state === 'resolved');
}

/** Whether it stays as it is when others are looked for: a command that was found is not to lose its plugin. It is firm only once it begins. */
export function isHeld(unit: PluginUnit): boolean {
  return isUp(unit) || unit.running.size > 0;
}
