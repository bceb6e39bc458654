import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { realPath } from '../../platform/real-path.js';
import { look } from './look.js';

/**
 * The folders of the project that `folder` belongs to, from itself up to the project's root: the outermost one with a
 * `package.json`, in the same repository and below the home folder. Where there is none, `folder` alone.
 *
 * @param folder - Absolute, with links resolved.
 */
export function projectFolders(folder: string, home = homeFolder()): readonly string[] {
  const folders: string[] = [];
  let length = 1;
  for (let current = folder; ; current = dirname(current)) {
    if (current === home && folders.length > 0) break;
    folders.push(current);
    if (look(join(current, 'package.json'))?.isFile() === true) length = folders.length;
    if (current === home || dirname(current) === current || look(join(current, '.git')) !== undefined) break;
  }
  return folders.slice(0, length);
}

/** `undefined` for a user without one. */
export function homeFolder(): string | undefined {
  try {
    return realPath(homedir());
  } catch {
    return undefined;
  }
}
