import { dirname, resolve } from 'node:path';
import { catalogued, messageOf, StructumError } from '../../errors/index.js';
import { withFileLock } from '../../platform/file-lock.js';
import { makeFolder, removeLeftovers, targetOf, writeAtomically } from '../../platform/index.js';
import { readConfigFile } from '../config-file.js';
import { knownFormatOf, type ConfigFormat } from '../formats/index.js';

/** How a file is changed. */
export interface EditOptions {
  /** Whether a new file is for its user alone. */
  readonly isPrivate: boolean;
}

/**
 * Changes a configuration file while nobody else does; whether that changed anything. It is written in one step, and its
 * folder made where there is none.
 *
 * @param edit - Gives the new text for the present one, which is empty where there is no file.
 * @throws `CONFIG_UNREADABLE`, `CONFIG_FORMAT_UNKNOWN`, `CONFIG_UNWRITABLE`, `LOCK_TIMEOUT`, and what `edit` throws.
 */
export async function editFile(file: string, edit: (text: string, format: ConfigFormat) => Promise<string>, { isPrivate }: EditOptions): Promise<boolean> {
  try {
    const target = await targetOf(file);
    // Where a link leads to nothing, nothing is made.
    if (target !== resolve(file)) readConfigFile(file);
    makeFolder(dirname(target));
    return await withFileLock(target, async () => {
      await removeLeftovers(target);
      const before = readConfigFile(file) ?? '';
      const after = await edit(before, knownFormatOf(file));
      if (after === before) return false;
      await writeAtomically(file, after, { mode: isPrivate ? 0o600 : 0o666 });
      return true;
    });
  } catch (error) {
    if (StructumError.is(error)) throw error;
    throw catalogued('CONFIG_UNWRITABLE', { file, reason: messageOf(error) }, error);
  }
}
