import { constants, promises as fs, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { sleep } from './sleep.js';
import { uniqueName } from './unique.js';

/** A text, bytes, or pieces of them. */
export type WrittenContent = string | Uint8Array | readonly Uint8Array[];

/** How a file is written. */
export interface WriteOptions {
  /**
   * Whether the new content is on the disk itself when this resolves, and survives a power failure; true when left out.
   * What can be made again does without.
   */
  readonly durable?: boolean;
  /** The permissions of a file that is new, before the process's mask; `0o666` when left out. */
  readonly mode?: number;
}

/**
 * Gives a file a new content in one step: whoever reads it meanwhile, and whoever starts after this process was killed,
 * sees the old content or the new one, never a part.
 *
 * A file that is there keeps its permissions and, where the process may give it away, its owner. A link stays one: what
 * it leads to is written. Rejects with what the file system says; then everything is as it was.
 */
export async function writeAtomically(file: string, content: WrittenContent, options: WriteOptions = {}): Promise<void> {
  const { durable = true, mode = 0o666 } = options;
  const target = await targetOf(file);
  const before = await statsOf(target);
  if (before?.isFile() === false) throw new Error(`${target} is no file`);
  // A rename would replace also what its user protected from being written.
  if (before !== undefined) await fs.access(target, constants.W_OK);
  const temporary = temporaryOf(target);
  try {
    await writeNew(temporary, content, { durable, mode, before });
    await renameOver(temporary, target);
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  if (durable) await syncFolder(dirname(target));
}

/** The file that a path leads to, through links, whether it is there or not. Rejects with `ELOOP` for links in a circle. */
export async function targetOf(file: string): Promise<string> {
  let target = resolve(file);
  for (let links = 0; links < LINKS; links += 1) {
    const stats = await fs.lstat(target).catch(unlessMissing);
    if (stats?.isSymbolicLink() !== true) return target;
    target = resolve(dirname(target), await fs.readlink(target));
  }
  throw Object.assign(new Error(`ELOOP: too many links, '${file}'`), { code: 'ELOOP' });
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
  const prefix = `.${basename(target)}.`;
  const names = await fs.readdir(folder).catch(() => []);
  const leftovers = names.filter((name) => name.startsWith(prefix) && /^[0-9a-z]{20}\.tmp$/.test(name.slice(prefix.length)));
  await Promise.all(leftovers.map((name) => fs.rm(join(folder, name), { force: true }).catch(() => undefined)));
}

/** Beside the file, so that both are on one file system. */
function temporaryOf(target: string): string {
  return join(dirname(target), `.${basename(target)}.${uniqueName()}.tmp`);
}

interface NewFile {
  readonly durable: boolean;
  readonly mode: number;
  /** Of the file that it is going to replace. */
  readonly before: Stats | undefined;
}

async function writeNew(file: string, content: WrittenContent, { durable, mode, before }: NewFile): Promise<void> {
  // What will be nobody else's to read is not theirs for a moment either.
  const handle = await fs.open(file, 'wx', before === undefined ? mode : before.mode & 0o600);
  try {
    if (before !== undefined) {
      const { uid, gid } = await handle.stat();
      if (uid !== before.uid || gid !== before.gid) await handle.chown(before.uid, before.gid).catch(() => undefined);
      await handle.chmod(before.mode & 0o7777);
    }
    await fs.writeFile(handle, content);
    if (durable) await handle.sync();
  } finally {
    await handle.close();
  }
}

/** How a rename is done, for tests. */
interface RenameOptions {
  readonly platform?: NodeJS.Platform;
  readonly renameFile?: (from: string, to: string) => Promise<void>;
}

/**
 * Renames a file over another one. On Windows that fails as long as somebody reads the other one, a virus scanner for
 * example: it is tried again for about two seconds.
 */
export async function renameOver(from: string, to: string, { platform = process.platform, renameFile = fs.rename }: RenameOptions = {}): Promise<void> {
  for (let delay = 10; ; delay *= 2) {
    try {
      await renameFile(from, to);
      return;
    } catch (error) {
      if (platform !== 'win32' || !BUSY.has(codeOf(error)) || delay > LONGEST_DELAY) throw error;
      await sleep(delay);
    }
  }
}

const BUSY: ReadonlySet<string | undefined> = new Set(['EPERM', 'EACCES', 'EBUSY']);
const LONGEST_DELAY = 1000;

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

async function statsOf(file: string): Promise<Stats | undefined> {
  return fs.stat(file).catch(unlessMissing);
}

function unlessMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
  return undefined;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
