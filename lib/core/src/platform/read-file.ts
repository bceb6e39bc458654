import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/**
 * Opens a file to be read. Unlike `openSync` it does not wait where the file is a pipe that nobody writes into: reading
 * that gives nothing.
 */
export function openWithoutWaiting(file: string): number {
  return openSync(file, READ_WITHOUT_WAITING);
}

/**
 * The content of a file.
 *
 * @param most - In bytes: of a larger file nothing is read.
 * @throws an `Error` where it is larger, or no file at all, and what the file system says.
 */
export function readLimited(file: string, most: number): Buffer {
  const descriptor = openWithoutWaiting(file);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new Error('it is no file');
    if (stats.size > most) throw new Error(`it has more than ${sizeOf(most)}`);
    return readAtMost(descriptor, Buffer.allocUnsafe(stats.size));
  } finally {
    closeSync(descriptor);
  }
}

/** As {@link readLimited}, of a file that nobody else could have written. */
export function readOwn(file: string, most: number): Buffer {
  const descriptor = openOwn(file);
  try {
    const { size } = fstatSync(descriptor);
    if (size > most) throw new Error(`it has more than ${sizeOf(most)}`);
    return readAtMost(descriptor, Buffer.allocUnsafe(size));
  } finally {
    closeSync(descriptor);
  }
}

/**
 * As {@link openWithoutWaiting}, of a file that nobody else could have written.
 *
 * @throws an `Error` where it belongs to somebody else than the process's user and the system, or others may write it.
 */
export function openOwn(file: string): number {
  const descriptor = openWithoutWaiting(file);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new Error('it is no file');
    if (!isOwn(stats, process.getuid?.())) throw new Error('others than its user may have written it');
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Windows has no such numbers: there, whoever may write is for the folder to say. */
function isOwn({ uid, mode }: Stats, user: number | undefined): boolean {
  return user === undefined || ((uid === user || uid === 0) && (mode & WRITABLE_BY_OTHERS) === 0);
}

const WRITABLE_BY_OTHERS = 0o022;

/** Reads a file from its beginning into `space`, until that is full; what of `space` was filled. */
export function readAtMost(descriptor: number, space: Buffer): Buffer {
  let length = 0;
  while (length < space.length) {
    const read = readSync(descriptor, space, length, space.length - length, length);
    if (read === 0) break;
    length += read;
  }
  return space.subarray(0, length);
}

/** Windows has no such flag, and no such files. */
const READ_WITHOUT_WAITING = constants.O_RDONLY | ((constants as Partial<typeof constants>).O_NONBLOCK ?? 0);

function sizeOf(bytes: number): string {
  return bytes < 2 ** 20 ? `${String(bytes / 1024)} KB` : `${String(bytes / 2 ** 20)} MB`;
}
