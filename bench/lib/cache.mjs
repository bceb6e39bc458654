/** What benchmarks need and the workspace does not hold: made once, kept in bench/.cache. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from '../../tools/lib/npm.mjs';

/** The folder of the benchmarks. */
export const bench = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * A folder below bench/.cache; `fill` makes its content when it is new or was made for another key.
 * @param {string} name
 * @param {string} key says what the content depends on
 * @param {(folder: string) => void} fill
 * @returns {string} the folder, absolute
 */
export function cached(name, key, fill) {
  const folder = join(bench, '.cache', name);
  // Beside the folder: inside it would be content.
  const stamp = `${folder}.key`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return folder;
  console.error(`making ${join('bench/.cache', name)} …`);
  rmSync(stamp, { force: true });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  fill(folder);
  writeFileSync(stamp, key);
  return folder;
}

/**
 * Installs packages into an empty folder.
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} dependencies
 */
export function installInto(folder, dependencies) {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'bench', private: true, type: 'module', dependencies }, undefined, 2));
  runNpm(['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error'], folder);
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {string} what npm wrote to stdout
 */
export function runNpm(args, cwd) {
  const { program, first, shell } = npm();
  return execFileSync(program, [...first, ...args], { cwd, shell, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
