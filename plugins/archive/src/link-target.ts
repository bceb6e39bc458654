import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Where a file is made when `path` is opened for writing: where a symbolic link leads, also when nothing is
 * there yet, and when there is no folder for it.
 * @throws what `node:fs` throws.
 */
export function linkTarget(path: string): string {
  let target = path;
  for (let followed = 0; followed < MOST_LINKS; followed++) {
    if (!existsSync(dirname(target))) return target;
    // `..` in a link counts from the folder that the link is really in.
    const real = join(realpathSync.native(dirname(target)), basename(target));
    if (lstatSync(real, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return real;
    target = resolve(dirname(real), readlinkSync(real));
  }
  // In a circle: let the system say so.
  return realpathSync.native(path);
}

/** As many as Linux follows. */
const MOST_LINKS = 40;
