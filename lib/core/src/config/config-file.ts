import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { catalogued, messageOf } from '../errors/index.js';

/** The most that a configuration file may hold, in bytes. */
export const LARGEST_CONFIG = 10 * 1024 * 1024;

/**
 * The text of a configuration file, as it is, with a byte order mark where it has one; `undefined` where there is none.
 *
 * @throws `CONFIG_UNREADABLE` for a folder and whatever else is no file, for more than 10 MB, for what is not UTF-8, and
 *   where the file system refuses.
 */
export function readConfigFile(file: string): string | undefined {
  try {
    return readText(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw catalogued('CONFIG_UNREADABLE', { file, reason: messageOf(error) }, error);
  }
}

function readText(file: string): string {
  // A pipe that nobody writes to would be waited for; Windows knows neither such pipes nor the flag.
  const descriptor = openSync(file, constants.O_RDONLY | ((constants as { O_NONBLOCK?: number }).O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) throw new Error('it is a folder');
    if (!stats.isFile()) throw new Error('it is no file');
    if (stats.size > LARGEST_CONFIG) throw new Error(`it is larger than ${String(LARGEST_CONFIG / 1024 / 1024)} MB`);
    return decoded(readFileSync(descriptor));
  } finally {
    closeSync(descriptor);
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error('it is not text in UTF-8');
  }
}
