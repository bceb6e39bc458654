import { lstatSync, readlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * The entries of folders that decide what files are, beside the entries of the files themselves: each link on the way to
 * one of them, what such a link leads to, and what is missing on the way.
 */
export class LinkTrail {
  /** By folder, which is there and behind no link: the names in it. */
  readonly entries = new Map<string, Set<string>>();
  /** Real paths of what was passed; undefined where nothing is there. */
  readonly #passed = new Map<string, string | undefined>();

  follow(file: string): void {
    const real = this.#realPath(file);
    if (real !== undefined && real !== file) this.#add(dirname(real), basename(real));
  }

  #realPath(path: string): string | undefined {
    const parent = dirname(path);
    if (parent === path) return path;
    if (this.#passed.has(path)) return this.#passed.get(path);
    // Links may lead in a circle.
    this.#passed.set(path, undefined);
    const folder = this.#realPath(parent);
    const real = folder === undefined ? undefined : this.#realEntry(folder, basename(path));
    this.#passed.set(path, real);
    return real;
  }

  #realEntry(folder: string, name: string): string | undefined {
    const path = join(folder, name);
    try {
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats?.isSymbolicLink() === false) return path;
      this.#add(folder, name);
      return stats === undefined ? undefined : this.#realPath(resolve(folder, readlinkSync(path)));
    } catch {
      // Nobody can look there.
      return undefined;
    }
  }

  /** What systems link below their root, nobody changes; and some would tell of every change anywhere. */
  #add(folder: string, name: string): void {
    if (dirname(folder) === folder) return;
    this.entries.set(folder, (this.entries.get(folder) ?? new Set()).add(name));
  }
}
