import { readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { MANIFEST_FILE, type PluginManifest } from '../contract/index.js';
import { catalogued, messageOf, StructumError } from '../errors/index.js';
import { readManifest } from '../manifest/read.js';
import { nodeModulesAbove } from '../platform/index.js';

/** A package with a manifest, or with one that cannot be used. */
export type FoundPackage =
  | { readonly folder: string; readonly manifestFile: string; readonly manifest: PluginManifest }
  | { readonly folder: string; readonly manifestFile: string; readonly error: StructumError };

/**
 * Finds packages that carry a manifest. Nothing but the manifests is read, and no plugin code is run.
 *
 * An index kept on disk can take the place of {@link NodeModulesDiscovery}.
 */
export interface Discovery {
  /** The packages found, nearest first; in the same order however the file system lists them. */
  find(): readonly FoundPackage[];
}

/** Looks into the `node_modules` folders that modules at `locations` import from. */
export class NodeModulesDiscovery implements Discovery {
  readonly #locations: readonly string[];

  /** @param locations - Absolute paths of modules. */
  constructor(locations: readonly string[]) {
    this.#locations = locations;
  }

  find(): readonly FoundPackage[] {
    const seen = new Set<string>();
    const found: FoundPackage[] = [];
    for (const folder of new Set(this.#locations.flatMap((location) => nodeModulesAbove(dirname(location))))) {
      for (const name of packageNames(folder)) {
        if (seen.has(name)) continue;
        // Most packages are no plugins: nothing dearer than this look is spent on them.
        if (statOrUndefined(`${folder}/${name}/${MANIFEST_FILE}`)?.isFile() !== true) continue;
        // A package that is nearer hides its namesakes further away, as it does for import.
        seen.add(name);
        found.push(readPackage(join(folder, name)));
      }
    }
    return found;
  }
}

function readPackage(linked: string): FoundPackage {
  let folder = linked;
  let manifestFile = join(folder, MANIFEST_FILE);
  try {
    // As Node does it: a linked package lives where the link points.
    folder = realpathSync(linked);
    manifestFile = join(folder, MANIFEST_FILE);
    const manifest = readManifest(manifestFile);
    if (manifest.entry === undefined) throw catalogued('MANIFEST_INVALID', { file: manifestFile, problems: ['it names no entry'] });
    return { folder, manifestFile, manifest };
  } catch (error) {
    const known = StructumError.is(error) ? error : catalogued('MANIFEST_UNREADABLE', { file: manifestFile, reason: messageOf(error) }, error);
    return { folder, manifestFile, error: known };
  }
}

/** Names of the packages in a `node_modules` folder, scoped ones as `@scope/name`, sorted. */
function packageNames(folder: string): readonly string[] {
  return entries(folder).flatMap((name) => (name.startsWith('@') ? entries(join(folder, name)).map((inner) => `${name}/${inner}`) : [name]));
}

function entries(folder: string): readonly string[] {
  // Most folders on the way up have no node_modules, and an error would cost more than this look.
  if (statOrUndefined(folder)?.isDirectory() !== true) return [];
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.')).sort();
  } catch {
    return []; // What may not be read cannot be imported from either.
  }
}

const WITHOUT_ERROR = { throwIfNoEntry: false } as const;

/** Asks without an error for what is not there; what cannot be asked, in a loop of links or a closed folder, is not there either. */
function statOrUndefined(path: string): Stats | undefined {
  try {
    return statSync(path, WITHOUT_ERROR);
  } catch {
    return undefined;
  }
}
