import { inPhase } from './blame.js';
import type { PluginUnit } from './plugin-unit.js';

/**
 * Ends what there is of a plugin, up or half up: `onDeactivate` where it was up, what it owns, what was made for it.
 *
 * @param limit - Milliseconds for each.
 * @returns what went wrong; the rest is ended all the same.
 */
export async function shutDown(unit: PluginUnit, limit: number): Promise<readonly unknown[]> {
  const { instance, container } = unit;
  const errors: unknown[] = [];
  try {
    await inPhase(unit.name, 'deactivate', limit, () => instance?.onDeactivate?.());
  } catch (error) {
    errors.push(error);
  }
  errors.push(...(await unit.owned.dispose(limit)));
  try {
    errors.push(...((await (await container)?.dispose(limit)) ?? []));
  } catch {
    // The container could not be opened: that is the failure that is being cleaned up after.
  }
  unit.instance = undefined;
  unit.container = undefined;
  unit.commandTypes.clear();
  return errors;
}
