/** Writing files that other processes may be reading. */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Replaces a file in one step, and leaves it alone when nothing would change.
 * @param {string} path
 * @param {string | Uint8Array} contents
 * @returns {boolean} whether it was written
 */
export function writeIfChanged(path, contents) {
  const bytes = Buffer.from(contents);
  if (read(path)?.equals(bytes) === true) return false;
  const temporary = `${path}.${process.pid}.tmp`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(temporary, bytes);
  renameSync(temporary, path);
  return true;
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
