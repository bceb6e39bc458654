import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Whether the folder is there, or could be made, for the user alone. Node's own recursive `mkdir` spins for ever where
 * nothing can be made although the parent is there, as in `/proc`.
 */
export function makeFolder(folder: string): boolean {
  if (makeOne(folder)) return true;
  const parent = dirname(folder);
  return parent !== folder && makeFolder(parent) && makeOne(folder);
}

function makeOne(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST';
  }
}
