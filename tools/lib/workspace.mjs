/** The packages of the workspace: where they are, what kind they are, and which bundles each one ships. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The workspace's root folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * @typedef {object} Package
 * @property {string} name the npm name
 * @property {string} folder absolute path
 * @property {string} path relative to the root, with forward slashes
 * @property {'library' | 'cli' | 'plugin' | 'private'} kind
 * @property {Record<string, any>} manifest its package.json
 */

/**
 * Every workspace package, in the order of `workspaces` in the root's package.json.
 * @param {string} [from] the root of another workspace
 * @returns {Package[]}
 */
export function packages(from = root) {
  return folders(from, readJson(join(from, 'package.json')).workspaces).map((path) => {
    const folder = join(from, path);
    const manifest = readJson(join(folder, 'package.json'));
    return { name: manifest.name, folder, path, kind: kindOf(path, manifest), manifest };
  });
}

/**
 * The packages that are published, without the meta-package at the root.
 * @returns {Package[]}
 */
export function publicPackages() {
  return packages().filter(({ kind }) => kind !== 'private');
}

/**
 * @param {string} path
 * @returns {any}
 */
export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * @param {string} from
 * @param {string[]} patterns
 */
function folders(from, patterns) {
  const excluded = new Set(patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)));
  return patterns
    .filter((pattern) => !pattern.startsWith('!'))
    .flatMap((pattern) => (pattern.endsWith('/*') ? children(from, pattern.slice(0, -2)) : [pattern]))
    .filter((path) => !excluded.has(path) && existsSync(join(from, path, 'package.json')));
}

/**
 * @param {string} from
 * @param {string} parent
 */
function children(from, parent) {
  if (!existsSync(join(from, parent))) return [];
  return readdirSync(join(from, parent)).sort().map((name) => `${parent}/${name}`);
}

/**
 * @param {string} path
 * @param {Record<string, any>} manifest
 * @returns {Package['kind']}
 */
function kindOf(path, manifest) {
  if (manifest.private === true) return 'private';
  if (path.startsWith('plugins/')) return 'plugin';
  return path === 'cli' ? 'cli' : 'library';
}
