/** Structum as its users have it: packed, and installed from the tarballs. */

import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packAll } from '../../tools/lib/pack.mjs';
import { publicPackages, readJson, root } from '../../tools/lib/workspace.mjs';
import { bench, cached, installInto } from './cache.mjs';
import { temporary } from './temporary.mjs';

/**
 * @typedef {object} Installation
 * @property {string} bin the program, for node to run
 * @property {string} probes the scripts of bench/probes, where they find the installed packages
 */

/** @type {Installation | undefined} */
let installed;

/** @returns {Installation} one for all benchmarks of this process */
export function installation() {
  installed ??= install();
  return installed;
}

/** Outside of the repository: there, plugins would be looked for in the workspace's node_modules, too. */
function install() {
  const packed = cached('packed', fingerprint(), (empty) => {
    const dependencies = [...packAll(empty)].map(([name, file]) => [name, `file:${file}`]);
    writeFileSync(join(empty, 'dependencies.json'), JSON.stringify(Object.fromEntries(dependencies)));
  });
  const folder = temporary();
  installInto(folder, readJson(join(packed, 'dependencies.json')));
  const probes = join(folder, 'probes');
  cpSync(join(bench, 'probes'), probes, { recursive: true });
  return { bin: join(folder, 'node_modules/structum/bin/structum.cjs'), probes };
}

/** One hash over what the packages run. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const folder of [root, ...publicPackages().map((package_) => package_.folder)]) {
    for (const file of ['package.json', 'structum.manifest.json', ...codeIn(folder, 'bin'), ...codeIn(folder, 'dist')]) {
      if (existsSync(join(folder, file))) hash.update(`${file}\0`).update(readFileSync(join(folder, file)));
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @param {string} child
 */
function codeIn(folder, child) {
  if (!existsSync(join(folder, child))) return [];
  return readdirSync(join(folder, child)).filter((name) => /\.c?js$/.test(name)).sort().map((name) => join(child, name));
}
