/** Whether the last complete build still matches its inputs, and is as it was made. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packages, root } from './workspace.mjs';
import { writeIfChanged } from './write.mjs';

const stamp = join(root, 'build/stamp.json');
const OUTPUT_FOLDERS = new Set(['build', 'dist', 'node_modules', '.cache', '.git']);

/**
 * @param {string} [file] where the stamp is
 * @returns {boolean}
 */
export function isUpToDate(file = stamp) {
  try {
    const { inputs, outputs, made } = JSON.parse(readFileSync(file, 'utf8'));
    return inputs === fingerprint() && made === fingerprintOf(outputs.map((/** @type {string} */ path) => join(root, path)));
  } catch {
    return false;
  }
}

/** Forgets the last build: until `writeStamp`, every build is a full one. */
export function removeStamp() {
  rmSync(stamp, { force: true });
}

/**
 * @param {string} inputs the fingerprint taken before the build
 * @param {string[]} outputs absolute paths
 * @param {string} [file] where the stamp goes
 */
export function writeStamp(inputs, outputs, file = stamp) {
  writeIfChanged(file, JSON.stringify({ inputs, outputs: outputs.map((path) => relative(root, path)), made: fingerprintOf(outputs) }));
}

/** One hash over path, size and modification time of everything that a build reads. */
export function fingerprint() {
  return fingerprintOf(inputs());
}

/** @param {string[]} paths */
function fingerprintOf(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths) {
    const { size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { size: -1, mtimeMs: 0 };
    hash.update(`${relative(root, path)}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function inputs() {
  return [
    ...['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.base.json'].map((name) => join(root, name)),
    join(root, 'node_modules/.package-lock.json'),
    ...filesBelow(join(root, 'tools')),
    ...packages().flatMap(({ folder }) => filesBelow(folder)),
  ];
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return OUTPUT_FOLDERS.has(entry.name) ? [] : filesBelow(join(folder, entry.name));
    // The build writes the manifests itself.
    const isInput = /\.(?:[cm]?[jt]s|json)$/.test(entry.name) && entry.name !== 'structum.manifest.json';
    return isInput ? [join(folder, entry.name)] : [];
  });
}
