import { dirname } from 'node:path';
import { isInFolder, thisSystem } from '../../../platform/path-system.js';
import type { FollowedPath } from '../../../security/sandbox/index.js';

/**
 * Without what lies in folders that may be written, and be read with them: whoever writes there could have a link in the place of
 * something that is granted by itself, and so say what is read.
 *
 * @param paths - Absolute, with all links resolved; those to write too.
 */
export function besideWritable(paths: readonly string[], write: readonly string[]): readonly string[] {
  return paths.filter((path) => !isWritable(path, write));
}

/** The same for what was followed: no link that lies there leads anywhere. */
export function followedBeside(found: readonly FollowedPath[], write: readonly string[]): readonly FollowedPath[] {
  return found.filter(({ path, links }) => [path, ...links.map((link) => link.path)].every((passed) => !isWritable(passed, write)));
}

/** And for code, but that what lies directly in such a folder stays as it is: nobody can put anything in the place of that. */
export function heldCode(code: readonly FollowedPath[], write: readonly string[]): readonly FollowedPath[] {
  return [...followedBeside(code, write), ...code.filter(({ path }) => write.includes(dirname(path)))];
}

function isWritable(path: string, write: readonly string[]): boolean {
  return write.some((folder) => isInFolder(path, folder, thisSystem));
}
