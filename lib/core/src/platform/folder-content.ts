import type { Hash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { LinkTrail } from './link-trail.js';

/** What is looked at. */
export interface ContentOptions {
  /**
   * All that is below these, also behind links to folders; what is in `node_modules` or has a name that begins with a
   * dot is left out.
   */
  readonly folders: readonly string[];
  /** Further files: read at each look, so that they may become others. */
  readonly files?: readonly string[];
  /** Which of the files in the folders count. */
  readonly counts: (file: string) => boolean;
  /** Whether a file that was merely written again is another one: then none is read. */
  readonly countsWrites?: boolean;
}

/** What files hold. One that was merely written again is no other one, unless that counts. */
export class FolderContent {
  readonly #options: ContentOptions;
  #look: Look;

  constructor(options: ContentOptions) {
    this.#options = options;
    this.#look = new Look(options, new Map());
    this.update();
  }

  /** The folders that hold what is looked at, as far as they are there; by path, with what tells one from another that takes its place. */
  get folders(): ReadonlyMap<string, string> {
    return this.#look.folders;
  }

  /** Entries of further folders that decide what the further files are: by folder. */
  get trail(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#look.trail.entries;
  }

  /** The files that there are, as of the last look. */
  get files(): { has(file: string): boolean } {
    return this.#look.files;
  }

  /** The same for the same content of the same files. */
  get digest(): string {
    const hash = sha256();
    for (const [file, content] of [...this.#look.files].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${file}\0${content.hash}\0`);
    return hash.digest('base64');
  }

  /** Looks again. The files that hold something else than before, came, or went. */
  update(): readonly string[] {
    const { folders, files = [] } = this.#options;
    const before = this.#look.files;
    const look = new Look(this.#options, before);
    for (const folder of folders) look.enter(folder);
    for (const file of files) {
      look.take(file);
      look.trail.follow(file);
    }
    this.#look = look;
    return [...new Set([...before.keys(), ...look.files.keys()])].filter((file) => before.get(file)?.hash !== look.files.get(file)?.hash);
  }
}

/** What tells a folder from another one that takes its place, also where that gets the same number; undefined where there is none. */
export function identityOf(folder: string): string | undefined {
  try {
    const stats = statSync(folder, { bigint: true });
    return stats.isDirectory() ? [stats.dev, stats.ino, stats.birthtimeNs].join() : undefined;
  } catch {
    return undefined;
  }
}

/** One look at everything. */
class Look {
  readonly files = new Map<string, FileContent>();
  readonly folders = new Map<string, string>();
  readonly trail = new LinkTrail();
  readonly #options: ContentOptions;
  readonly #before: ReadonlyMap<string, FileContent>;
  /** Links may lead to one folder in several ways, or in a circle. */
  readonly #entered = new Set<string>();

  constructor(options: ContentOptions, before: ReadonlyMap<string, FileContent>) {
    this.#options = options;
    this.#before = before;
  }

  enter(folder: string): void {
    const root = realPathOf(folder);
    if (root === undefined) return;
    const links: string[] = [];
    this.#walk(folder, links);
    // What can be had without a link is known by that path, and what can be had by several by the same each time.
    for (let link = links.sort().shift(); link !== undefined; link = links.sort().shift()) this.#follow(link, root, links);
  }

  take(file: string): void {
    try {
      const stats = statSync(file, { bigint: true });
      // Reading another kind of file may take for ever.
      if (!stats.isFile()) return;
      const { size, mtimeNs, ino } = stats;
      const stamp = [size, mtimeNs, ino].join();
      const known = this.#before.get(file);
      this.files.set(file, known?.stamp === stamp ? known : { stamp, hash: size > LARGEST || this.#options.countsWrites === true ? stamp : hashOf(file) });
    } catch {
      // It is gone, or not to be read: as good as not there.
    }
  }

  #walk(folder: string, links: string[]): void {
    const identity = identityOf(folder);
    if (identity === undefined || this.#entered.has(identity)) return;
    this.#entered.add(identity);
    this.folders.set(folder, identity);
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isSymbolicLink()) links.push(path);
      else if (entry.isDirectory()) this.#walk(path, links);
      else if (this.#options.counts(path)) this.take(path);
    }
  }

  #follow(link: string, root: string, links: string[]): void {
    const target = realPathOf(link);
    if (target === undefined) return;
    if (identityOf(link) !== undefined) {
      if (mayEnter(target, root)) this.#walk(link, links);
    } else if (this.#options.counts(link)) {
      this.take(link);
      const folder = dirname(target);
      const identity = identityOf(folder);
      if (identity !== undefined) this.folders.set(folder, identity);
    }
  }
}

/** What is around the root is not part of it, and may be the whole disk; packages in `node_modules` are code of their own. */
function mayEnter(target: string, root: string): boolean {
  const way = relative(target, root).split(sep);
  const isAround = way[0] !== '..' && !/^[A-Za-z]:/.test(way[0] ?? '');
  return !isAround && !relative(root, target).split(sep).includes('node_modules');
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

interface FileContent {
  /** As long as it is the same, so is the content. */
  readonly stamp: string;
  readonly hash: string;
}

/** Bytes up to which a file is read. */
const LARGEST = 8 * 1024 * 1024;

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function hashOf(file: string): string {
  return sha256().update(readFileSync(file)).digest('base64');
}

/** Most hosts never watch anything: they do without the time that loading it takes. */
function sha256(): Hash {
  return process.getBuiltinModule('node:crypto').createHash('sha256');
}
