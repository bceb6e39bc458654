/** A tree of more than 25,000 files as people write them: packages from npm, under git. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bench, cached, runNpm } from './cache.mjs';

/**
 * @typedef {object} Corpus
 * @property {string} folder
 * @property {number} files
 */

/** @returns {Corpus} */
export function corpus() {
  const list = readFileSync(join(bench, 'corpus.json'), 'utf8');
  const folder = cached('corpus', list, (empty) => {
    for (const specifier of JSON.parse(list)) unpack(specifier, join(empty, specifier.slice(0, specifier.lastIndexOf('@'))));
    git(empty, 'init', '--quiet');
    git(empty, 'add', '--all');
  });
  return { folder, files: git(folder, 'ls-files', '-z').split('\0').length - 1 };
}

/**
 * @param {string} specifier `name@version`
 * @param {string} folder
 */
function unpack(specifier, folder) {
  mkdirSync(folder, { recursive: true });
  const tarball = runNpm(['pack', '--silent', '--ignore-scripts', specifier], folder).trim();
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1'], { cwd: folder });
  rmSync(join(folder, tarball));
}

/**
 * @param {string} cwd
 * @param {...string} args
 */
function git(cwd, ...args) {
  return execFileSync('git', ['-c', 'core.autocrlf=false', ...args], { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}
