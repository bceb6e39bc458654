import { constants, promises as fs, rmSync, type Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { codeOf } from './error-code.js';
import { inheritAccess } from './file-access.js';
import { renameOver } from './rename-over.js';
import { isTemporaryNameOf, temporaryOf } from './temporary-name.js';

/** How a file is written. */
export interface WriteOptions {
  /**
   * Whether the new content is on the disk itself when it is in its place, and survives a power failure; true when left out.
   * What can be made again does without.
   */
  readonly durable?: boolean;
  /** The permissions of a file that is new, before the process's mask; `0o666` when left out. */
  readonly mode?: number;
}

/**
 * A new content for a file, written beside it and put in its place in one step: whoever reads it meanwhile, and whoever
 * starts after this process was killed, sees the old content or the new one, never a part.
 *
 * A file that is there keeps its permissions and, where the process may give it away, its owner. A link stays one: what
 * it leads to is written. All methods reject with what the file system says.
 */
export class ReplacedFile {
  readonly #target: string;
  readonly #temporary: string;
  readonly #handle: fs.FileHandle;
  readonly #durable: boolean;
  /** What was asked for last: one thing is done after the other. */
  #last: Promise<void> = Promise.resolve();
  #isOpen = true;
  #isDone = false;

  private constructor(target: string, temporary: string, handle: fs.FileHandle, durable: boolean) {
    this.#target = target;
    this.#temporary = temporary;
    this.#handle = handle;
    this.#durable = durable;
  }

  static async open(file: string, { durable = true, mode = 0o666 }: WriteOptions = {}): Promise<ReplacedFile> {
    const target = await targetOf(file);
    const before = await fs.stat(target).catch(unlessMissing);
    if (before?.isFile() === false) throw notAFile(target, before);
    // A rename would replace also what its user protected from being written.
    if (before !== undefined) await fs.access(target, constants.W_OK);
    const temporary = temporaryOf(target);
    // What will be nobody else's to read is not theirs for a moment either.
    const handle = await fs.open(temporary, flagsFor(durable), before === undefined ? mode : before.mode & 0o600).catch(asOf(target, temporary));
    unfinished.add(temporary);
    const replaced = new ReplacedFile(target, temporary, handle, durable);
    try {
      if (before !== undefined) await inheritAccess(handle, temporary, target, before);
    } catch (error) {
      await replaced.discard();
      throw error;
    }
    return replaced;
  }

  /** Adds to the new content; resolves when `bytes` may change. */
  write(bytes: Uint8Array): Promise<void> {
    return this.#next(async () => {
      for (let offset = 0; offset < bytes.byteLength;) offset += (await this.#handle.write(bytes, offset)).bytesWritten;
    });
  }

  /** Closes the file: no more is written. */
  finish(): Promise<void> {
    return this.#next(async () => {
      if (!this.#isOpen) return;
      if (this.#durable) await this.#handle.sync().catch(unlessWrittenThrough);
      await this.#close();
    });
  }

  /** Puts the new content in its place. */
  async commit(): Promise<void> {
    await this.finish();
    await this.#next(async () => {
      if (this.#isDone) return;
      await renameOver(this.#temporary, this.#target);
      this.#isDone = true;
      unfinished.delete(this.#temporary);
      if (this.#durable) await syncFolder(dirname(this.#target));
    });
  }

  /** Leaves everything as it was. Does nothing after `commit`. */
  async discard(): Promise<void> {
    await this.#last.catch(() => undefined);
    if (this.#isDone) return;
    this.#isDone = true;
    await this.#close().catch(() => undefined);
    await fs.rm(this.#temporary, { force: true }).catch(() => undefined);
    unfinished.delete(this.#temporary);
  }

  /** After a failure there is nothing left to do but to discard it. */
  #next(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work);
    this.#last.catch(() => undefined);
    return this.#last;
  }

  async #close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#handle.close();
  }
}

/** What a process that ends by itself leaves behind nowhere. */
class Unfinished {
  readonly #files = new Set<string>();
  readonly #remove = (): void => { for (const file of this.#files) rmSync(file, { force: true }); };

  add(file: string): void {
    if (this.#files.size === 0) process.once('exit', this.#remove);
    this.#files.add(file);
  }

  delete(file: string): void {
    this.#files.delete(file);
    if (this.#files.size === 0) process.off('exit', this.#remove);
  }
}

const unfinished = new Unfinished();

/** Where Node checks what may be used, newer ones sync no open file: each piece has to be on the disk when it is written. */
function flagsFor(durable: boolean): number {
  return constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (durable && 'permission' in process ? WRITE_THROUGH : 0);
}

/** For Windows, Node has a number and no name for it. */
const WRITE_THROUGH = process.platform === 'win32' ? 0x04000000 : constants.O_DSYNC;

function unlessWrittenThrough(error: unknown): void {
  if (codeOf(error) !== 'ERR_ACCESS_DENIED') throw error;
}

/** The file that a path leads to, through links, whether it is there or not. Rejects with `ELOOP` for links in a circle. */
export async function targetOf(file: string): Promise<string> {
  let target = resolve(file);
  for (let links = 0; links < LINKS; links += 1) {
    const stats = await fs.lstat(target).catch(unlessMissing);
    if (stats?.isSymbolicLink() !== true) return target;
    // `..` in a link counts from the folder that the link is really in.
    target = resolve(await fs.realpath(dirname(target)), await fs.readlink(target));
  }
  throw Object.assign(new Error(`ELOOP: too many links, open '${file}'`), { code: 'ELOOP', syscall: 'open', path: file });
}

/** As many as Linux follows. */
const LINKS = 40;

/**
 * Removes what writers of `file` left behind when they were killed. Only for who holds the lock of that file: what a
 * living writer is about to rename goes too.
 */
export async function removeLeftovers(file: string): Promise<void> {
  const target = await targetOf(file);
  const folder = dirname(target);
  const names = await fs.readdir(folder).catch(() => []);
  const leftovers = names.filter((name) => isTemporaryNameOf(name, target));
  await Promise.all(leftovers.map((name) => fs.rm(join(folder, name), { force: true }).catch(() => undefined)));
}

/** What is no file cannot be replaced as one. */
function notAFile(target: string, stats: Stats): Error {
  const code = stats.isDirectory() ? 'EISDIR' : 'EINVAL';
  return Object.assign(new Error(`${code}: ${target} is no file`), { code, syscall: 'open', path: target });
}

/** Tells what became of the file beside it as that of the file which was meant. */
function asOf(target: string, temporary: string): (error: unknown) => never {
  return (error) => {
    for (const name of ['message', 'stack', 'path', 'resource']) {
      const text: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
      if (typeof text === 'string') Object.assign(error as Error, { [name]: text.replaceAll(temporary, target) });
    }
    throw error;
  };
}

/** The name of a new file is on the disk when its folder is. Windows has no such thing, nor do some file systems. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await fs.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // The file is written; this only hastened it.
  }
}

function unlessMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
  return undefined;
}
