import { packageOf } from '../platform/index.js';
import { packageFolder } from '../plugins/package-folder.js';
import type { PluginUnit } from '../plugins/plugin-unit.js';

/** Whether an operator of a host mends with it what keeps others from running: Structum's own, and not another one of that name. */
export function isMending(unit: PluginUnit): boolean {
  return unit.isOfHost && MENDING.has(unit.name) && isPackage(unit, `@structum/plugin-${unit.name}`);
}

/** They are not locked out, and wait for no plugin of somebody else. */
const MENDING = new Set(['config', 'plugins', 'security']);

/** What a package says of itself may be a lie: where it is installed, its folder has to bear that name, too. */
function isPackage(unit: PluginUnit, name: string): boolean {
  const folder = packageFolder(unit);
  if (folder === undefined || packageNameIn(folder) !== name) return false;
  const installed = folder.replaceAll('\\', '/').split('/node_modules/').slice(1).at(-1);
  return installed === undefined || installed === name;
}

function packageNameIn(folder: string): string | undefined {
  try {
    return packageOf(folder)?.packageJson.name;
  } catch {
    // What cannot be read is told of where it is needed.
    return undefined;
  }
}
