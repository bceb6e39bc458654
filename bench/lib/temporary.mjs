/** Folders for one run of a benchmark. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @type {string[]} */
const folders = [];
process.once('exit', () => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }); });

/** An empty folder, which goes with this process. */
export function temporary() {
  const folder = mkdtempSync(join(tmpdir(), 'structum-bench-'));
  folders.push(folder);
  return folder;
}

/**
 * The variables of a user whose home is in `folder`: nothing of the real one's counts.
 * @param {string} folder
 * @returns {Readonly<Record<string, string>>}
 */
export function homeIn(folder) {
  return Object.fromEntries(['cache', 'config', 'data', 'state'].map((kind) => [`STRUCTUM_${kind.toUpperCase()}_HOME`, join(folder, kind)]));
}
