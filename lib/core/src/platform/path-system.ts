import { lstatSync, readlinkSync } from 'node:fs';
import { posix, win32, type PlatformPath } from 'node:path';
import { realPath } from './real-path.js';

/** Nothing, a link and where that leads, or anything else. */
export type PathEntry = 'missing' | 'entry' | { readonly target: string };

/** What paths are on a system, and what is at them. */
export interface PathSystem {
  readonly path: PlatformPath;
  /** Whether `A` and `a` name the same file. */
  readonly ignoresCase: boolean;
  /** What is at a path. @throws where nobody can look. */
  entryAt(path: string): PathEntry;
  /** A path that is there and behind no link, written as the file system has it. */
  spelled(path: string): string;
}

/** The system that this process runs on. Its file system may tell `A` and `a` apart all the same: then less is taken for the same. */
export const thisSystem: PathSystem = {
  path: process.platform === 'win32' ? win32 : posix,
  ignoresCase: process.platform === 'win32' || process.platform === 'darwin',
  entryAt: (path) => {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return 'missing';
    return stats.isSymbolicLink() ? { target: readlinkSync(path) } : 'entry';
  },
  spelled: (path) => realPath(path) ?? path,
};

/** Whether an absolute path is `folder` or lies in it. */
export function isInFolder(path: string, folder: string, { path: paths, ignoresCase }: PathSystem): boolean {
  const way = ignoresCase ? paths.relative(folder.toLowerCase(), path.toLowerCase()) : paths.relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${paths.sep}`) && !paths.isAbsolute(way));
}
