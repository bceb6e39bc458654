import { dirname, join, sep } from 'node:path';
import { foldersFrom } from '../../platform/folders.js';
import { realPath } from '../../platform/real-path.js';
import { look } from './look.js';
import { homeFolder, projectFolders } from './project-folders.js';

/**
 * The `node_modules` folders that the host itself is installed in, or installs what it needs into: whoever can write
 * there can change the host's own code.
 *
 * @param locations - Absolute paths of the host's modules.
 */
export function hostTrees(locations: readonly string[]): readonly string[] {
  return [...new Set(locations.flatMap(treesOf))];
}

function treesOf(location: string): readonly string[] {
  const folder = realPath(dirname(location));
  if (folder === undefined) return [];
  const around = outermostModules(folder);
  const trees = around === undefined ? modulesOfProject(folder) : [around];
  return trees.map(realPath).filter((tree) => tree !== undefined);
}

/** The topmost `node_modules` on the way to `folder`. */
function outermostModules(folder: string): string | undefined {
  const segments = folder.split(sep);
  const index = segments.indexOf('node_modules');
  return index === -1 ? undefined : segments.slice(0, index + 1).join(sep);
}

function modulesOfProject(folder: string): readonly string[] {
  const own = projectFolders(folder).filter((current) => !isShared(current));
  if (own.some((current) => look(join(current, 'package.json')) !== undefined)) return own.map((current) => join(current, 'node_modules'));
  // A program without a package of its own imports from the nearest folder that there is.
  const home = homeFolder();
  for (const current of foldersFrom(folder)) {
    if (isShared(current) || (current === home && current !== folder)) break;
    if (look(join(current, 'node_modules'))?.isDirectory() === true) return [join(current, 'node_modules')];
  }
  return [];
}

/** Whether any user may put files there, as in `/tmp`. */
function isShared(folder: string): boolean {
  return ((look(folder)?.mode ?? 0) & STICKY_FOR_ALL) === STICKY_FOR_ALL;
}

const STICKY_FOR_ALL = 0o1002;
