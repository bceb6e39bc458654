import { dirname, join } from 'node:path';
import type { DiscoverOptions, PluginOrigin } from '../../contract/index.js';
import { foldersFrom } from '../../platform/folders.js';
import { plugAndPlayProjectOf } from '../../platform/plug-and-play.js';
import { list, look } from './look.js';
import { foldersOf } from './roots.js';

/** A project whose packages are installed by Plug'n'Play, so that no folder holds them. */
export interface PlugAndPlayProject {
  /** Whose plugins cannot be found there. */
  readonly origin: PluginOrigin;
  readonly folder: string;
}

/**
 * The projects whose plugins cannot be found, each once.
 *
 * @param locations - Absolute paths of the host's modules.
 */
export function plugAndPlayProjects(locations: readonly string[], { host = true, project }: DiscoverOptions): readonly PlugAndPlayProject[] {
  const all = [
    ...(host ? locations : []).map((location) => ({ origin: 'host' as const, folder: plugAndPlayProjectOf(location) ?? plugAndPlayAmong(foldersFrom(dirname(location))) })),
    { origin: 'project' as const, folder: plugAndPlayAmong(foldersOf(project)) },
  ];
  return all.flatMap(({ origin, folder }, index) => (folder === undefined || all.findIndex((other) => other.folder === folder) < index ? [] : [{ origin, folder }]));
}

/** The nearest folder that says where its packages are, unless one that is nearer holds packages. */
function plugAndPlayAmong(folders: Iterable<string>): string | undefined {
  for (const folder of folders) {
    if (holdsPackages(join(folder, 'node_modules'))) return undefined;
    if (PLUG_AND_PLAY_FILES.some((name) => look(join(folder, name))?.isFile() === true)) return folder;
  }
  return undefined;
}

/** Build tools keep caches in a `node_modules` whoever installs the packages. */
function holdsPackages(modules: string): boolean {
  return list(modules).some(({ name }) => !name.startsWith('.'));
}

/** Those of yarn from its third version on, and of its second. */
const PLUG_AND_PLAY_FILES = ['.pnp.cjs', '.pnp.loader.mjs', '.pnp.js'];
