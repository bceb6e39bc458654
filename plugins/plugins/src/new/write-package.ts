import { promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolders, writeAtomically } from '@structum/core';
import { folderNotEmpty, folderUnusable, pluginUnwritable, systemCode } from '../errors.js';

/**
 * Refuses a folder that a new plugin cannot have for itself. One that is not there will do, and an empty one, in which
 * git may have begun already.
 * @throws `PLUGIN_FOLDER_NOT_EMPTY`, `PLUGIN_FOLDER_UNUSABLE`.
 */
export async function refuseUsedFolder(folder: string, isForced: boolean): Promise<void> {
  const entries = (await entriesOf(folder)).filter((name) => name !== '.git');
  if (entries.length > 0 && !isForced) throw folderNotEmpty(folder, entries);
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await fs.readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    if (systemCode(error) === 'ENOTDIR') throw folderUnusable(folder);
    throw pluginUnwritable(folder, error);
  }
}

/**
 * Writes files into a folder, which is made where it is not there. When one cannot be written, those that were new go
 * again, and so do the folders that were made for them.
 * @throws `PLUGIN_UNWRITABLE`.
 */
export async function writePackage(folder: string, files: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
  const made: string[] = [];
  try {
    for (const [path, text] of files) {
      signal.throwIfAborted();
      const file = join(folder, path);
      made.push(...makeFolders(dirname(file)));
      const isNew = !(await exists(file));
      await writeAtomically(file, text, { durable: false });
      if (isNew) made.push(file);
    }
  } catch (error) {
    for (const path of made.reverse()) await remove(path);
    throw signal.aborted ? error : pluginUnwritable(folder, error);
  }
}

async function exists(path: string): Promise<boolean> {
  return fs.lstat(path).then(() => true, () => false);
}

/** Files that somebody else put into a new folder meanwhile keep it. */
async function remove(path: string): Promise<void> {
  await fs.unlink(path).catch(() => fs.rmdir(path)).catch(() => undefined);
}
