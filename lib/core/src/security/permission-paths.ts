import { isAbsolutePath, PLACES } from '../manifest/permission-entry.js';
import { isInFolder, type PathSystem } from '../platform/path-system.js';
import { walkedPath, type WalkedPath } from '../platform/walked-path.js';

/** The folders that permissions name, absolute; one that is left out grants nothing. */
export interface PermissionPlaces {
  readonly workspace?: string;
  readonly plugin?: string;
  readonly data?: string;
  /** For `~`: the user's. */
  readonly home?: string;
}

/** What paths in permissions are, as they are by now. */
export class PermissionPaths {
  readonly #places: PermissionPlaces;
  readonly #system: PathSystem;
  /** Folders in which somebody may put links whom the host does not trust: the plugin itself, or whoever wrote what is worked in. */
  readonly #open: readonly string[];

  /** @param writable - What the plugin asks to write. */
  constructor(places: PermissionPlaces, writable: readonly string[], system: PathSystem) {
    this.#system = system;
    this.#places = Object.fromEntries([...PLACES, 'home' as const].flatMap((name) => {
      const folder = places[name];
      const real = folder === undefined ? undefined : walkedPath(folder, system);
      return real === undefined ? [] : [[name, real.path]];
    }));
    const named = writable.flatMap((entry) => this.#walk(entry)?.path ?? []);
    this.#open = [...PLACES.flatMap((place) => this.#places[place] ?? []), ...named];
  }

  /**
   * Real paths. A link on the way, in a folder where others may put such, grants nothing outside of that folder.
   *
   * @param options.isThere - Whether what is not there grants nothing.
   */
  resolved(entries: readonly string[], { isThere }: { readonly isThere: boolean }): readonly string[] {
    const found = entries.flatMap((entry) => this.#walk(entry) ?? []);
    return found.filter((walked) => (walked.exists || !isThere) && this.#keepsWithin(walked)).map(({ path }) => path);
  }

  #walk(entry: string): WalkedPath | undefined {
    const path = this.#absolute(entry);
    return path === undefined ? undefined : walkedPath(path, this.#system);
  }

  #absolute(entry: string): string | undefined {
    const { path: paths } = this.#system;
    const [, place = '', rest = ''] = /^(?:\$(\w+)|~)(?:\/(.*))?$/s.exec(entry) ?? [];
    // On Windows, what begins with a slash is on whichever drive the host happens to be on.
    if (!/^[$~]/.test(entry)) return isAbsolutePath(entry) && entry.startsWith('/') === (paths.sep === '/') ? entry : undefined;
    const name = entry.startsWith('~') ? 'home' : PLACES.find((known) => known === place);
    const folder = name === undefined ? undefined : this.#places[name];
    return folder === undefined ? undefined : paths.join(folder, rest);
  }

  #keepsWithin({ path, linkFolders }: WalkedPath): boolean {
    return linkFolders.every((folder) => this.#open.every((open) => !isInFolder(folder, open, this.#system) || isInFolder(path, open, this.#system)));
  }
}
