import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, readlinkSync, realpathSync, renameSync, rmdirSync, symlinkSync, unlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { makeFolders } from '@structum/core';
import { inTheWay, linkUnwritable, systemCode } from '../errors.js';

/** A link to a package under development. */
export interface PackageLink {
  /** The package's name: `structum-plugin-hello`, `@team/hello`. */
  readonly name: string;
  /** Where the link is. */
  readonly path: string;
  /** Where it leads, links resolved; `undefined` when there is nothing any more. */
  readonly folder: string | undefined;
  /** Where it says that it leads, whatever is there: an absolute path. */
  readonly target: string;
}

/** What became of a link. */
export type LinkChange = 'linked' | 'changed' | 'unchanged';

/**
 * A folder with links to packages, by their names: `<folder>/hello`, `<folder>/@team/hello`.
 *
 * A link is there or it is not, and leads to the old or to the new folder, whenever a process is killed and however
 * many change it at once. Entries that begin with a dot are on their way in or out.
 */
export class LinkFolder {
  readonly path: string;
  readonly #replaces: boolean;

  /** @param replaces - Whether the system can rename a link over another one: Windows cannot, its links are folders. */
  constructor(path: string, replaces = process.platform !== 'win32') {
    this.path = path;
    this.#replaces = replaces;
  }

  /** Where the link of the package `name` is, or would be. */
  pathOf(name: string): string {
    return join(this.path, name);
  }

  /** The link of the package `name`; `undefined` where there is none. */
  link(name: string): PackageLink | undefined {
    return isLink(this.pathOf(name)) ? this.#linkOf(name) : undefined;
  }

  /** All links, by name. */
  links(): readonly PackageLink[] {
    this.#tidy();
    const names = entriesOf(this.path).flatMap((name) =>
      name.startsWith('@') ? entriesOf(join(this.path, name)).map((child) => `${name}/${child}`) : [name],
    );
    return names.filter((name) => isLink(this.pathOf(name))).sort().map((name) => this.#linkOf(name));
  }

  /**
   * Links the package `name` to `folder`, an absolute path without links in it.
   * @throws `LINK_IN_THE_WAY`, `LINK_UNWRITABLE`.
   */
  async place(name: string, folder: string): Promise<LinkChange> {
    const path = this.pathOf(name);
    const isThere = this.#isPlaced(path);
    if (isThere && targetOf(path) === folder) return 'unchanged';
    const fresh = this.#temporary(name, 'new');
    try {
      makeFolders(this.path);
      this.#tidy();
      symlinkSync(folder, fresh, 'junction');
      await persistently(() => { this.#moveIn(fresh, path, name); });
    } catch (error) {
      this.#finish(fresh, undefined);
      throw linkUnwritable(path, error);
    }
    return isThere ? 'changed' : 'linked';
  }

  /**
   * Removes the link of the package `name`; whether there was one.
   * @throws `LINK_IN_THE_WAY`, `LINK_UNWRITABLE`.
   */
  async remove(name: string): Promise<boolean> {
    const path = this.pathOf(name);
    if (!this.#isPlaced(path)) return false;
    try {
      await persistently(() => { removeLink(path); });
    } catch (error) {
      throw linkUnwritable(path, error);
    }
    if (name.startsWith('@')) removeEmptyFolder(dirname(path));
    return true;
  }

  #linkOf(name: string): PackageLink {
    const path = this.pathOf(name);
    return { name, path, folder: targetOf(path), target: writtenIn(path) };
  }

  #isPlaced(path: string): boolean {
    const kind = kindAt(path);
    if (kind === 'other') throw inTheWay(path);
    return kind === 'link';
  }

  /** The folder of a scope may have been removed by another process since it was made. */
  #moveIn(fresh: string, path: string, name: string): void {
    makeFolders(dirname(path));
    if (this.#replaces || !isLink(path)) {
      renameSync(fresh, path);
      return;
    }
    const old = this.#temporary(name, 'old');
    renameSync(path, old);
    try {
      renameSync(fresh, path);
    } catch (error) {
      renameSync(old, path);
      throw error;
    }
    removeLink(old);
  }

  #temporary(name: string, age: Age): string {
    return join(this.path, `.${String(process.pid)}.${randomBytes(4).toString('hex')}.${age}.${encodeURIComponent(name)}`);
  }

  /** Finishes what processes began that are no more: an old link whose place nobody took goes back there. */
  #tidy(): void {
    for (const entry of hiddenEntriesOf(this.path)) {
      const [, pid, age, encoded] = /^\.(\d+)\.[0-9a-f]{8}\.(new|old)\.(.+)$/.exec(entry) ?? [];
      if (pid === undefined || encoded === undefined || isRunning(Number(pid))) continue;
      this.#finish(join(this.path, entry), age === 'old' ? this.pathOf(decodeURIComponent(encoded)) : undefined);
    }
  }

  #finish(leftover: string, place: string | undefined): void {
    try {
      if (place !== undefined && kindAt(place) === undefined) renameSync(leftover, place);
      else removeLink(leftover);
    } catch {
      // Another process was faster, or the folder is read-only; a leftover harms nobody.
    }
  }
}

/** A link on its way in, or on its way out. */
type Age = 'new' | 'old';

function entriesOf(folder: string): readonly string[] {
  return allEntriesOf(folder).filter((name) => !name.startsWith('.'));
}

function hiddenEntriesOf(folder: string): readonly string[] {
  return allEntriesOf(folder).filter((name) => name.startsWith('.'));
}

function allEntriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isLink(path: string): boolean {
  return kindAt(path) === 'link';
}

/** Junctions count as links. */
function kindAt(path: string): 'link' | 'other' | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? 'link' : 'other';
  } catch {
    return undefined;
  }
}

function targetOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Junctions are written with a slash at their ends. */
function writtenIn(path: string): string {
  try {
    return resolve(dirname(path), readlinkSync(path));
  } catch {
    return path;
  }
}

function removeLink(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

function removeEmptyFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Other links of the scope are in it.
  }
}

/** Tries again what somebody else was in the way of: the folder of a scope was just removed, or, on Windows, a virus scanner looks at it. */
async function persistently(action: () => void): Promise<void> {
  const passing = new Set(process.platform === 'win32' ? ['EPERM', 'EBUSY', 'EACCES', 'ENOENT'] : ['ENOENT']);
  for (let attempt = 1; ; attempt += 1) {
    try {
      action();
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !passing.has(systemCode(error) ?? '')) throw error;
      await setTimeout(attempt * PAUSE_MS);
    }
  }
}

const ATTEMPTS = 10;
const PAUSE_MS = 10;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}
