/** Installs and builds what is missing. Uses Node's own modules only: it runs in a fresh clone. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { isUpToDate } from './stamp.mjs';
import { root } from './workspace.mjs';

const INSTALLED = 'node_modules/.package-lock.json';

/** Ends the process when installing or building fails; both have said why on stderr. */
export function makeReady() {
  if (!isInstalled()) installPackages();
  if (!isUpToDate()) run(process.execPath, [join(root, 'tools/build.mjs')]);
}

/** Whether node_modules holds what package-lock.json asks for on this platform. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const found = packagesOf(INSTALLED);
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return true;
    const installed = found[path];
    // Optional packages for other platforms are in the lock file and nowhere else.
    if (installed === undefined) return entry.optional === true;
    return installed.version === entry.version
      && installed.integrity === entry.integrity
      && existsSync(join(root, path));
  });
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>}
 */
function packagesOf(path) {
  return existsSync(join(root, path)) ? JSON.parse(readFileSync(join(root, path), 'utf8')).packages : {};
}

function installPackages() {
  // `npm ci` takes the lock file literally; a tree that is already there is only brought up to date.
  const command = existsSync(join(root, INSTALLED)) ? 'install' : 'ci';
  const { program, first, shell } = npm();
  run(program, [...first, command, '--no-audit', '--no-fund'], shell);
}

/**
 * @param {string} program
 * @param {string[]} arguments_
 * @param {boolean} [shell]
 */
function run(program, arguments_, shell = false) {
  // What these programs print is about the work, not its result: it all goes to stderr.
  const { status, error } = spawnSync(program, arguments_, { cwd: root, shell, stdio: ['ignore', 2, 2] });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
