import { closeSync, existsSync, fstatSync, mkdirSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOfOthers } from './others.js';

/** What attacks are told of what they are to reach. */
export interface BaitData {
  /** Files outside, in several places: what is hidden of one may be shown of another. */
  readonly secrets: readonly string[];
  /** Paths outside where nothing is yet. */
  readonly written: readonly string[];
  /** Files and folders of this machine that the host itself may read. */
  readonly others: readonly string[];
  /** A file that may be read, and nothing else. */
  readonly readable: string;
  /** Of a server on this machine. */
  readonly port: number;
  readonly host: number;
  /** Which file the host has open. */
  readonly inode: number;
}

const SECRET = 'secret';
const MODE = 0o600;

/** For everybody's temporary files, beside the one of this process. */
const SHARED_FOLDERS = process.platform === 'win32' ? [] : ['/var/tmp', '/dev/shm'];

/** Something for each attack to reach, and how to see that it was. */
export class Bait implements AsyncDisposable {
  readonly data: BaitData;
  /** The one folder that may be read. */
  readonly readable: string;
  readonly #folders: readonly string[];
  readonly #opened: number | undefined;
  readonly #close: () => Promise<void>;

  private constructor([first, ...others]: readonly [string, ...string[]], leftOpen: number | undefined, port: number, close: () => Promise<void>) {
    this.#folders = [first, ...others];
    this.#opened = leftOpen === undefined ? openSync(join(first, 'secret'), 'r') : undefined;
    this.#close = close;
    this.readable = join(first, 'readable');
    this.data = {
      secrets: this.#folders.map((folder) => join(folder, 'secret')), written: this.#folders.map((folder) => join(folder, 'written')),
      others: filesOfOthers([this.readable]), readable: join(this.readable, 'file'),
      port, host: process.pid, inode: fstatSync(leftOpen ?? this.#opened ?? 0).ino,
    };
  }

  /**
   * @param places - Folders in which to lay some, beside those for temporary files, as far as they are there and may be written.
   * @param leftOpen - A file that this process was started with; it opens one itself when left out.
   */
  static async lay(places: readonly string[] = [], leftOpen?: number): Promise<Bait> {
    const folder = folderIn(tmpdir());
    mkdirSync(join(folder, 'readable'));
    writeFileSync(join(folder, 'readable/file'), SECRET, { mode: MODE });
    const folders = [folder, ...[...SHARED_FOLDERS, ...places].flatMap(folderWherePossible)] as const;
    for (const each of folders) writeFileSync(join(each, 'secret'), SECRET, { mode: MODE });
    const server = createServer().listen(0, '127.0.0.1').unref();
    await new Promise((resolve) => { server.once('listening', resolve); });
    const close = (): Promise<void> => new Promise((resolve) => { server.close(() => { resolve(); }); });
    return new Bait(folders, leftOpen, (server.address() as AddressInfo).port, close);
  }

  /** Whether files outside, or those that may only be read, are otherwise than before. */
  get isTouched(): boolean {
    const { secrets, readable, written } = this.data;
    return written.some((path) => existsSync(path)) || [...secrets, readable].some(isChanged);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#opened !== undefined) closeSync(this.#opened);
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
    await this.#close();
  }
}

function folderWherePossible(parent: string): string[] {
  try {
    return [folderIn(parent)];
  } catch {
    // It is not there, or not for this user to write.
    return [];
  }
}

function folderIn(parent: string): string {
  return realpathSync(mkdtempSync(join(parent, 'structum-bait-')));
}

function isChanged(file: string): boolean {
  return !existsSync(file) || readFileSync(file, 'utf8') !== SECRET || (process.platform !== 'win32' && (statSync(file).mode & 0o777) !== MODE);
}
