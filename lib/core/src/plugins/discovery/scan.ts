import type { Dirent, Stats } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { MANIFEST_FILE } from '../../contract/index.js';
import { isWithin, realPath } from '../../platform/real-path.js';
import { list, look, lookAtLink } from './look.js';
import type { SearchRoot } from './roots.js';

/** A package with a manifest, valid or not. */
export interface PackagePlace {
  /** Which of the roots led to it. */
  readonly root: number;
  /** Absolute, as it was found. */
  readonly linked: string;
  /** Absolute, with links resolved, as Node does it: a linked package lives where the link points. */
  readonly folder: string;
  /** Of its manifest. */
  readonly stats: Stats;
  /** Why its manifest is not to be opened: it is a folder or a pipe, or a link that leads nowhere or out of the package. */
  readonly problem?: string;
}

/** Finds the packages with a manifest in folders, each once. No file is opened. */
export class Scan {
  /** The folders within the roots that hold packages of a scope. */
  readonly scopes: string[] = [];
  readonly #seen = new Set<string>();
  readonly #folders = new Set<string>();
  readonly #mostNames: number;
  #names = 0;

  /** @param mostNames - How many names are looked at: links can make a folder endless. */
  constructor(mostNames = Infinity) {
    this.#mostNames = mostNames;
  }

  /** Whether not all was looked at. */
  get isCutOff(): boolean {
    return this.#names > this.#mostNames;
  }

  /** Those in `root`, which is the `index`-th, by name. */
  packagesIn(root: SearchRoot, index: number): readonly PackagePlace[] {
    if (root.kind === 'package') return this.#placeOf(root.folder, index, true).filter((place) => this.take(place));
    return this.#namesIn(root.folder).flatMap(({ name, mayBeLink }) => {
      // A package that is nearer hides its namesakes further away, as it does for import.
      const key = root.origin === 'host' || root.origin === 'project' ? name : `${String(index)} ${name}`;
      if (this.#seen.has(key)) return [];
      const places = this.#placeOf(root.folder + sep + name, index, mayBeLink);
      if (places.length > 0) this.#seen.add(key);
      return places.filter((place) => this.take(place));
    });
  }

  /**
   * The folders with packages that a package imports from and that no root holds: its own `node_modules`, and those that
   * stores of package managers put beside and around it.
   */
  foldersBeside({ folder }: PackagePlace, root: SearchRoot): readonly string[] {
    const around = folder.lastIndexOf(`${sep}node_modules${sep}`);
    return [
      join(folder, 'node_modules'),
      // What lies beside a package that was linked from elsewhere is nobody's store.
      ...(isWithin(folder, root.folder) ? [join(dirname(folder), 'node_modules')] : []),
      ...(around === -1 ? [] : [folder.slice(0, around + `${sep}node_modules`.length)]),
    ];
  }

  /** Those in any folder, which belongs to the `index`-th root. */
  placesIn(folder: string, index: number): readonly PackagePlace[] {
    return this.#namesIn(folder).flatMap(({ name, mayBeLink }) => this.#placeOf(folder + sep + name, index, mayBeLink));
  }

  /** Counts a package as found; whether it was not found before, by another way. */
  take({ folder }: PackagePlace): boolean {
    const isNew = !this.#folders.has(folder);
    this.#folders.add(folder);
    return isNew;
  }

  #placeOf(linked: string, root: number, mayBeLink: boolean): readonly PackagePlace[] {
    // Most packages are no plugins: nothing dearer than this look is spent on them.
    const stats = lookAtLink(linked + sep + MANIFEST_FILE);
    if (stats === undefined) return [];
    const folder = mayBeLink ? realPath(linked) : linked;
    if (folder === undefined) return [];
    if (stats.isFile()) return [{ root, linked, folder, stats }];
    return [stats.isSymbolicLink() ? linkedManifest({ root, linked, folder, stats }) : { root, linked, folder, stats, problem: 'it is no file' }];
  }

  /** Names of the packages in a folder, scoped ones as `@scope/name`. */
  #namesIn(folder: string): readonly PackageName[] {
    return list(folder).flatMap((entry) => {
      if (!mayBeFolder(entry) || this.isCutOff) return [];
      this.#names += 1;
      if (!entry.name.startsWith('@')) return [{ name: entry.name, mayBeLink: entry.isSymbolicLink() }];
      const scope = folder + sep + entry.name;
      this.scopes.push(scope);
      const inside = list(scope).filter(mayBeFolder);
      this.#names += inside.length;
      return inside.map((inner) => ({ name: entry.name + sep + inner.name, mayBeLink: inner.isSymbolicLink() || entry.isSymbolicLink() }));
    });
  }
}

/** A manifest that is a link. */
function linkedManifest(place: PackagePlace): PackagePlace {
  const file = realPath(place.folder + sep + MANIFEST_FILE);
  const stats = file === undefined ? undefined : look(file);
  if (file === undefined || stats === undefined) return { ...place, problem: 'it is a link that leads nowhere' };
  // The folder of a root may be linked from further up.
  if (!isWithin(file, realPath(place.folder) ?? place.folder)) return { ...place, stats, problem: 'it is a link that leads out of its package' };
  return stats.isFile() ? { ...place, stats } : { ...place, stats, problem: 'it is no file' };
}

interface PackageName {
  readonly name: string;
  readonly mayBeLink: boolean;
}

/** Folders whose names begin with a dot are those of package managers. */
function mayBeFolder(entry: Dirent): boolean {
  return !entry.name.startsWith('.') && (entry.isDirectory() || entry.isSymbolicLink());
}
