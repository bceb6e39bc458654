import { closeSync, existsSync, fstatSync, mkdirSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What attacks are told of what they are to reach. */
export interface BaitData {
  /** A file outside. */
  readonly secret: string;
  /** A path outside where nothing is yet. */
  readonly written: string;
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

/** Something for each attack to reach, and how to see that it was. */
export class Bait implements AsyncDisposable {
  readonly data: BaitData;
  readonly readable: string;
  readonly #folder: string;
  readonly #opened: number | undefined;
  readonly #close: () => Promise<void>;

  private constructor(folder: string, leftOpen: number | undefined, port: number, close: () => Promise<void>) {
    this.#folder = folder;
    this.#opened = leftOpen === undefined ? openSync(join(folder, 'secret'), 'r') : undefined;
    this.#close = close;
    this.readable = join(folder, 'readable');
    this.data = {
      secret: join(folder, 'secret'), written: join(folder, 'written'), readable: join(this.readable, 'file'),
      port, host: process.pid, inode: fstatSync(leftOpen ?? this.#opened ?? 0).ino,
    };
  }

  /** @param leftOpen - A file that this process was started with; it opens one itself when left out. */
  static async lay(leftOpen?: number): Promise<Bait> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'structum-bait-')));
    mkdirSync(join(folder, 'readable'));
    for (const file of ['secret', 'readable/file']) writeFileSync(join(folder, file), SECRET, { mode: MODE });
    const server = createServer().listen(0, '127.0.0.1').unref();
    await new Promise((resolve) => { server.once('listening', resolve); });
    const close = (): Promise<void> => new Promise((resolve) => { server.close(() => { resolve(); }); });
    return new Bait(folder, leftOpen, (server.address() as AddressInfo).port, close);
  }

  /** Whether files outside, or those that may only be read, are otherwise than before. */
  get isTouched(): boolean {
    const { secret, readable, written } = this.data;
    return existsSync(written) || [secret, readable].some((file) => readFileSync(file, 'utf8') !== SECRET || (process.platform !== 'win32' && (statSync(file).mode & 0o777) !== MODE));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#opened !== undefined) closeSync(this.#opened);
    rmSync(this.#folder, { recursive: true, force: true });
    await this.#close();
  }
}
