import { join } from 'node:path';
import { makeFolder } from '../platform/index.js';
import type { PluginUnit } from '../plugins/plugin-unit.js';

/**
 * The folder of a plugin for data of its own; it is made where it is not there. `undefined` where the plugin does not ask
 * for one, the host keeps none, or it cannot be made.
 *
 * @param dataFolder - Where the host keeps them.
 */
export function dataFolderOf({ name, manifest: { permissions: { read = [], write = [] } } }: PluginUnit, dataFolder: string | undefined): string | undefined {
  if (dataFolder === undefined || ![...read, ...write].some((path) => path.startsWith('$data'))) return undefined;
  const folder = join(dataFolder, name);
  return makeFolder(folder) ? folder : undefined;
}
