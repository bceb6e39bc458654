import { mkdirSync } from 'node:fs';
import type { Permissions } from '../../../contract/index.js';
import { resolvePermissions, type PermissionPlaces } from '../../../security/index.js';

/**
 * Makes the folders that are granted as such, with a slash behind them, and are not there: a confined plugin could not. Nothing
 * is made around them, nor where a link leads out of the place that they are named by.
 *
 * @param asked - Of the manifest.
 * @param granted - What may be written in the end: absolute, with all links resolved.
 */
export function makeGrantedFolders({ write = [] }: Permissions, granted: readonly string[], places: PermissionPlaces): void {
  const named = write.filter((entry) => NAMED_FOLDER.test(entry));
  if (named.length === 0) return;
  const folders = resolvePermissions({ write: named }, [], places).write;
  for (const folder of folders.filter((path) => granted.includes(path))) {
    try {
      mkdirSync(folder);
    } catch {
      // It is there, or cannot be: the plugin finds out.
    }
  }
}

const NAMED_FOLDER = /^\$(?:workspace|data)\/.+\/$/s;
