import { dirname, join, resolve } from 'node:path';
import { MANIFEST_FILE, type DiscoverOptions, type PluginOrigin } from '../../contract/index.js';
import { nodeModulesAbove } from '../../platform/index.js';
import { isWithin, realPath } from '../../platform/real-path.js';
import { look } from './look.js';
import { projectFolders } from './project-folders.js';

/** A folder that is searched for plugins. */
export interface SearchRoot {
  readonly origin: PluginOrigin;
  /** Absolute, with links resolved. */
  readonly folder: string;
  /** Whether it holds packages, or is one. */
  readonly kind: 'packages' | 'package';
  /** The folder of the project that it belongs to. */
  readonly project?: string;
}

/** The folders that are searched, in order of precedence: those that are the same wherever the host works, and the project's. */
export interface SearchRoots {
  readonly lasting: readonly SearchRoot[];
  readonly project: readonly SearchRoot[];
}

/** Where a host is, and what it is asked to search. */
export interface SearchOptions extends Omit<DiscoverOptions, 'cache' | 'trust'> {
  /** Absolute paths of the host's modules. */
  readonly locations: readonly string[];
  /** The `node_modules` folders that the host itself is installed in. */
  readonly hostTrees: readonly string[];
}

/** Where to search. Only what is there is named; nothing but these folders is looked at. */
export function searchRoots({ locations, hostTrees, host = true, linkFolder, userFolder, folders = [], project }: SearchOptions): SearchRoots {
  const found = new Set<string>();
  const root = (origin: PluginOrigin, folder: string, owner?: { readonly project: string }): readonly SearchRoot[] => {
    const known = look(folder)?.isDirectory() === true ? realPath(folder) : undefined;
    if (known === undefined || found.has(known)) return [];
    found.add(known);
    const isPackage = origin === 'configured' && look(join(known, MANIFEST_FILE)) !== undefined;
    return [{ origin, folder: known, kind: isPackage ? 'package' : 'packages', ...owner }];
  };
  const seen = host ? locations.flatMap((location) => nodeModulesAbove(dirname(location))).filter((folder) => look(folder)?.isDirectory() === true) : [];
  const beside = seen.filter((folder) => isBeside(folder, hostTrees));
  const own = [
    ...beside.flatMap((folder) => root('host', folder)),
    ...(linkFolder === undefined ? [] : root('linked', resolve(linkFolder))),
    ...(userFolder === undefined ? [] : root('user', resolve(userFolder, 'node_modules'))),
    ...folders.flatMap((folder) => configured(resolve(folder), root)),
  ];
  const projects = foldersOf(project).flatMap((folder) => root('project', join(folder, 'node_modules'), { project: folder }));
  // What the host sees without being installed there speaks for nothing: any other source goes before.
  return { lasting: [...own, ...seen.flatMap((folder) => root('host', folder))], project: projects };
}

/** Whether a folder lies in one of the host's own. */
function isBeside(folder: string, hostTrees: readonly string[]): boolean {
  const real = realPath(folder);
  return real !== undefined && hostTrees.some((tree) => isWithin(real, tree));
}

function configured(folder: string, root: (origin: PluginOrigin, folder: string) => readonly SearchRoot[]): readonly SearchRoot[] {
  const found = root('configured', folder);
  // What is in the node_modules of a plugin is what it needs, not what was asked for.
  return found[0]?.kind === 'package' ? found : [...found, ...root('configured', join(folder, 'node_modules'))];
}

/** The folders of a project, nearest first. */
export function foldersOf(project: string | undefined): readonly string[] {
  const folder = project === undefined ? undefined : realPath(project);
  return folder === undefined ? [] : projectFolders(folder);
}
