import { mkdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whether the folder is there, or could be made, for the user alone. */
export function makeFolder(folder: string): boolean {
  try {
    makeFolders(folder, 0o700);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes a folder, and those above it that are not there. Node's own recursive `mkdir` spins for ever where nothing can be
 * made although the parent is there, as in `/proc`.
 *
 * Throws what the file system says; then none of them is left.
 * @param mode - The permissions of new ones, before the process's mask; `0o777` when left out.
 * @returns the new ones, outermost first.
 */
export function makeFolders(folder: string, mode = 0o777): readonly string[] {
  try {
    return makeOne(folder, mode);
  } catch (error) {
    const parent = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) throw error;
    return makeBelow(makeFolders(parent, mode), folder, mode);
  }
}

function makeBelow(above: readonly string[], folder: string, mode: number): readonly string[] {
  try {
    return [...above, ...makeOne(folder, mode)];
  } catch (error) {
    for (const made of [...above].reverse()) removeEmpty(made);
    throw error;
  }
}

function makeOne(folder: string, mode: number): readonly string[] {
  try {
    mkdirSync(folder, { mode });
    return [folder];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return [];
    throw error;
  }
}

/** Somebody else may have put something into it meanwhile. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Then it stays.
  }
}
