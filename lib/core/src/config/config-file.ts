import { isAscii, isUtf8 } from 'node:buffer';
import { lstatSync, readFileSync, statSync } from 'node:fs';
import { catalogued, messageOf } from '../errors/index.js';
import { stampOf, type Stamp } from '../platform/stamp.js';

/** The most that a configuration file may hold, in bytes. */
const LARGEST_CONFIG = 10 * 1024 * 1024;

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

function readText(file: string): string | undefined {
  // Most folders have no such file, and an error costs more than the answer.
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) {
    if (isLink(file)) throw new Error('it is a link that leads to nothing');
    return undefined;
  }
  if (stats.isDirectory()) throw new Error('it is a folder');
  if (!stats.isFile()) throw new Error('it is no file');
  if (stats.size > LARGEST_CONFIG) throw new Error(`it is larger than ${String(LARGEST_CONFIG / 1024 / 1024)} MB`);
  const stamp = stats.size < LARGE ? undefined : stampOf(stats, Date.now());
  if (stamp !== undefined && lastLarge?.file === file && lastLarge.stamp === stamp) return lastLarge.text;
  const text = decoded(readFileSync(file));
  if (stamp !== undefined) lastLarge = { file, stamp, text };
  return text;
}

function decoded(bytes: Buffer): string {
  // Most files are, and megabytes of it are read in a fraction of the time.
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (!isUtf8(bytes)) throw new Error('it is not text in UTF-8');
  return bytes.toString();
}

/** Whether there is anything at a path: also a link that leads to nothing. Throws what the file system says of those that it closes. */
export function isAnything(path: string): boolean {
  // Most folders have no such file, and an error costs more than the answer.
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** In bytes. */
const LARGE = 128 * 1024;

/** The large file that was read last: a change needs it several times, and each copy of it costs milliseconds. */
let lastLarge: { readonly file: string; readonly stamp: Stamp; readonly text: string } | undefined;

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
