import { dirname, resolve } from 'node:path';
import { isInFolder, thisSystem } from '../../../platform/path-system.js';
import { walkedPath } from '../../../platform/walked-path.js';
import type { Confinement, FollowedPath } from '../../../security/sandbox/index.js';

/**
 * Without what lies in folders that may be written, and be read with them: whoever writes there could have a link in the place of
 * something that is granted by itself, and so say what is read.
 *
 * @param paths - Absolute, with all links resolved; those to write too.
 */
export function besideWritable(paths: readonly string[], write: readonly string[]): readonly string[] {
  return paths.filter((path) => !liesIn(path, write));
}

/** With all of a folder that others may write in the place of what lies there, for the same reason; what they may write, they may read. */
export function wholeFolders(paths: readonly string[], writable: readonly string[]): readonly string[] {
  return [...new Set(paths.map((path) => outermost(writable.filter((folder) => isInFolder(path, folder, thisSystem))) ?? path))];
}

function outermost(folders: readonly string[]): string | undefined {
  return folders.toSorted((one, other) => one.length - other.length)[0];
}

/** The same for what was followed: no link that lies there leads anywhere. */
export function followedBeside(found: readonly FollowedPath[], write: readonly string[]): readonly FollowedPath[] {
  return found.filter(({ path, links }) => [path, ...links.map((link) => link.path)].every((passed) => !liesIn(passed, write)));
}

/** And for code, but that what lies directly in such a folder stays as it is: nobody can put anything in the place of that. */
export function heldCode(code: readonly FollowedPath[], write: readonly string[]): readonly FollowedPath[] {
  return [...followedBeside(code, write), ...code.filter(({ path }) => write.includes(dirname(path)))];
}

/** Whether a plugin may know that a folder is there. That it works in one itself, and has a temporary one, is no secret. */
export function isSeen(folder: string, { read, write, found = [], cwd }: Pick<Confinement, 'read' | 'write' | 'found' | 'cwd'>): boolean {
  if (folder === resolve(cwd) || folder === TEMPORARY_FOLDER) return true;
  const real = walkedPath(folder)?.path;
  return real !== undefined && liesIn(real, [...read, ...write, ...found.map(({ path }) => path)]);
}

/** Where programs are confined at all. */
const TEMPORARY_FOLDER = '/tmp';

function liesIn(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => isInFolder(path, folder, thisSystem));
}
