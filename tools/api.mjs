/**
 * `npm run api`: the declarations that packages ship, and their copies below api-docs/api, which are committed so that
 * a change of the public API is always seen. With `--check` the copies are compared, not written.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { declarationsOf } from './lib/declarations.mjs';
import { makeReady } from './lib/ready.mjs';
import { publicPackages, root } from './lib/workspace.mjs';
import { writeIfChanged } from './lib/write.mjs';

const reports = join(root, 'api-docs/api');

makeReady();
mkdirSync(reports, { recursive: true });
const current = new Map(publicPackages().filter(hasSources).flatMap(writeDeclarations));
if (process.argv.includes('--check')) check();
else update();

/** @param {import('./lib/workspace.mjs').Package} package_ */
function hasSources({ folder }) {
  return existsSync(join(folder, 'src/index.ts'));
}

/**
 * @param {import('./lib/workspace.mjs').Package} package_
 * @returns {[string, string][]} the reports, by file name
 */
function writeDeclarations(package_) {
  return declarationsOf(package_).map(({ entry, files, text }) => {
    for (const file of files) writeIfChanged(file, text);
    const name = package_.name.replace('@structum/', '');
    return [`${entry === 'index' ? name : `${name}-${entry}`}.d.ts`, text];
  });
}

function update() {
  for (const [name, text] of current) writeFileSync(join(reports, name), text);
  for (const name of readdirSync(reports)) if (!current.has(name)) rmSync(join(reports, name));
}

function check() {
  for (const name of new Set([...current.keys(), ...readdirSync(reports)])) {
    const committed = existsSync(join(reports, name)) ? readFileSync(join(reports, name), 'utf8') : '';
    const text = current.get(name) ?? '';
    if (text === committed) continue;
    process.exitCode = 1;
    console.error(createTwoFilesPatch(`api-docs/api/${name}`, 'the sources', committed, text, '', '', { context: 3 }));
  }
  if (process.exitCode === 1) console.error('The public API changed. If that is meant, run `npm run api` and commit the result.');
}
