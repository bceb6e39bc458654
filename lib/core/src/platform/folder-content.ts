import type { Hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';

/** What is looked at. */
export interface ContentOptions {
  /** All that is below these; what is in `node_modules` or has a name that begins with a dot is left out. */
  readonly folders: readonly string[];
  /** Further files. */
  readonly files?: readonly string[];
  /** Which of the files in the folders count. */
  readonly counts: (file: string) => boolean;
}

/** What files hold. One that was merely written again is no other one. */
export class FolderContent {
  readonly #options: ContentOptions;
  #files: ReadonlyMap<string, FileContent> = new Map();
  #folders: readonly string[] = [];

  constructor(options: ContentOptions) {
    this.#options = options;
    this.update();
  }

  /** The folders that there are. */
  get folders(): readonly string[] {
    return this.#folders;
  }

  /** The same for the same content of the same files. */
  get digest(): string {
    const hash = sha256();
    for (const [file, content] of [...this.#files].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${file}\0${content.hash}\0`);
    return hash.digest('base64');
  }

  /** Looks again. The files that hold something else than before, came, or went. */
  update(): readonly string[] {
    const files = new Map<string, FileContent>();
    const folders: string[] = [];
    for (const folder of this.#options.folders) this.#walk(folder, files, folders);
    for (const file of this.#options.files ?? []) this.#look(file, files);
    const before = this.#files;
    this.#files = files;
    this.#folders = folders;
    return [...new Set([...before.keys(), ...files.keys()])].filter((file) => before.get(file)?.hash !== files.get(file)?.hash);
  }

  #walk(folder: string, files: Map<string, FileContent>, folders: string[]): void {
    folders.push(folder);
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isDirectory()) this.#walk(path, files, folders);
      else if (this.#options.counts(path)) this.#look(path, files);
    }
  }

  #look(file: string, files: Map<string, FileContent>): void {
    try {
      const { size, mtimeNs, ino } = statSync(file, { bigint: true });
      const stamp = [size, mtimeNs, ino].join();
      const known = this.#files.get(file);
      files.set(file, known?.stamp === stamp ? known : { stamp, hash: size > LARGEST ? stamp : hashOf(file) });
    } catch {
      // It is gone, or not to be read: as good as not there.
    }
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
