/** The licences of other people's code that a bundle contains. */

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './workspace.mjs';

/** Sources that were made from somebody else's data, and the package that the data came in. */
const DERIVED = new Map([[join(root, 'plugins/archive/src/language-table.ts'), 'linguist-languages']]);

/**
 * @param {string[]} inputs the files that went into a bundle, absolute
 * @returns {string | undefined} undefined when all of them are our own
 */
export function noticesFor(inputs) {
  const folders = [...new Set(inputs.flatMap((input) => packageFolderOf(input) ?? []))].sort();
  if (folders.length === 0) return undefined;
  return ['This package contains the following software.', ...folders.map(noticeOf)].join(`\n\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} folder */
function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice|copyrightnotice|thirdpartynotice)/i.test(file)).sort();
  const texts = files.length > 0 ? files.map((file) => readText(join(folder, file)).trim()) : licenceInReadme(folder);
  if (texts.length === 0) throw new Error(`${name} ${version} is bundled and has no licence text`);
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}

/**
 * Some packages have their licence in the readme only, as its last section.
 * @param {string} folder
 */
function licenceInReadme(folder) {
  const readme = readdirSync(folder).find((file) => /^readme\.md$/i.test(file));
  if (readme === undefined) return [];
  return /^#+ *licen[cs]e\b[^\n]*\n(.*copyright.*)/ims.exec(readText(join(folder, readme)))?.slice(1).map((text) => text.trim()) ?? [];
}

/** @param {string} path */
function readText(path) {
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
}

/** @param {string} input */
function packageFolderOf(input) {
  const origin = DERIVED.get(input);
  if (origin !== undefined) return join(root, 'node_modules', origin);
  if (!input.includes('node_modules')) return undefined;
  let folder = dirname(input);
  // Some packages hold a package.json without a name in a subfolder, only to say which module format it has.
  while (folder !== root && !isPackage(folder)) folder = dirname(folder);
  return folder === root ? undefined : folder;
}

/** @param {string} folder */
function isPackage(folder) {
  const path = join(folder, 'package.json');
  return existsSync(path) && JSON.parse(readFileSync(path, 'utf8')).version !== undefined;
}
