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
  const way = dirname(location);
  const folder = realPath(way);
  if (folder === undefined) return [];
  const around = installationAround(folder);
  // A link that it was started through is part of the host as well: who could put another one there could start another host.
  const trees = [...installationAround(way), ...(around.length === 0 ? modulesOfProject(folder) : around)];
  return trees.map(realPath).filter((tree) => tree !== undefined);
}

/** The topmost `node_modules` on the way to `folder`; the installation that it is a store of where it is one of pnpm's. */
function installationAround(folder: string): readonly string[] {
  const segments = folder.split(sep);
  const index = segments.indexOf('node_modules');
  if (index === -1) return [];
  // What pnpm installs for all projects it keeps beside, not in, the folder of what was asked for: <folder>/.pnpm/<package>/node_modules.
  const store = segments[index - 2] === PNPM_STORE ? segments.slice(0, index - 1) : undefined;
  return store === undefined ? [segments.slice(0, index + 1).join(sep)] : [store.join(sep), [...store.slice(0, -1), 'node_modules'].join(sep)];
}

const PNPM_STORE = '.pnpm';

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
