import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/**
 * Reads a file of settings or patterns whole; `undefined` when there is none, or none that may be read.
 *
 * Somebody else may have put it there: a pipe must not make us wait, nor a device or a giant fill the memory.
 */
export function readSmallFile(path: string): Buffer | undefined {
  try {
    return readRegularFile(path);
  } catch {
    return undefined;
  }
}

/** Like {@link readSmallFile}, but throws what `node:fs` throws when there is a file and it cannot be read. */
export function readRegularFile(path: string, flags = 0): Buffer | undefined {
  const file = openSync(path, constants.O_RDONLY | NO_WAITING | flags);
  try {
    const stats = fstatSync(file);
    return stats.isFile() && stats.size <= MAX_SIZE ? readFileSync(file) : undefined;
  } finally {
    closeSync(file);
  }
}

/** Opening a pipe does not wait for its writer; Windows has neither the flag nor such pipes. */
const NO_WAITING = (constants as { readonly O_NONBLOCK?: number }).O_NONBLOCK ?? 0;

/** The most that git reads of such a file. */
const MAX_SIZE = 100 * 1024 * 1024;
