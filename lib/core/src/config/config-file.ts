import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { catalogued, messageOf } from '../errors/index.js';

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
  if (stats === undefined) return undefined;
  if (stats.isDirectory()) throw new Error('it is a folder');
  if (!stats.isFile()) throw new Error('it is no file');
  if (stats.size > LARGEST_CONFIG) throw new Error(`it is larger than ${String(LARGEST_CONFIG / 1024 / 1024)} MB`);
  const text = readFileSync(file, 'utf8');
  // What stands for bytes that are none: seldom enough to look at them only then.
  if (text.includes('\uFFFD') && !isUtf8(readFileSync(file))) throw new Error('it is not text in UTF-8');
  return text;
}
