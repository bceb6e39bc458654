/** Configuration files with sections of plugins, the same in every format. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const FORMATS = /** @type {const} */ (['yaml', 'json', 'toml']);

/** The plugin whose section is read and changed, in the midst of the others'. */
export const READ = 'read';

/**
 * Writes `.structum.<format>`.
 * @param {string} folder
 * @param {typeof FORMATS[number]} format
 * @param {number} bytes how large it is to be at most
 * @returns {string} the file
 */
export function writeConfig(folder, format, bytes) {
  const count = Math.floor(bytes / WRITERS[format](['other1000']).length);
  const others = Array.from({ length: count }, (_, index) => `other${String(index)}`);
  const names = [...others.slice(0, count / 2), READ, ...others.slice(count / 2)];
  const file = join(folder, `.structum.${format}`);
  writeFileSync(file, WRITERS[format](names));
  return file;
}

/** @type {Readonly<Record<typeof FORMATS[number], (names: readonly string[]) => string>>} */
const WRITERS = {
  yaml: (names) => `plugins:\n${names.map((name) => `  ${name}:\n${yamlSection(sectionOf(name))}`).join('')}`,
  json: (names) => `${JSON.stringify({ plugins: Object.fromEntries(names.map((name) => [name, sectionOf(name)])) }, undefined, 2)}\n`,
  toml: (names) => names.map((name) => `[plugins.${name}]\n${tomlSection(sectionOf(name))}`).join('\n'),
};

/** @param {string} name */
function sectionOf(name) {
  const words = (/** @type {number} */ length) => Array.from({ length }, (_, index) => `${name} word ${String(index)}`);
  return { theme: 'ascii', depth: 12, enabled: true, ...(name === READ ? {} : { description: `What ${name} is about`, words: words(120), limits: { files: 1000, bytes: 1e6 } }) };
}

/** @param {ReturnType<typeof sectionOf>} section */
function yamlSection(section) {
  return Object.entries(section).map(([key, value]) => {
    if (Array.isArray(value)) return `    ${key}: # a list\n${value.map((item) => `      - ${item}\n`).join('')}`;
    if (typeof value === 'object') return `    ${key}:\n${Object.entries(value).map(([name, item]) => `      ${name}: ${String(item)}\n`).join('')}`;
    return `    ${key}: ${String(value)}\n`;
  }).join('');
}

/** @param {ReturnType<typeof sectionOf>} section */
function tomlSection(section) {
  return Object.entries(section).map(([key, value]) => {
    if (!Array.isArray(value) && typeof value === 'object') return Object.entries(value).map(([name, item]) => `${key}.${name} = ${String(item)}\n`).join('');
    return `${key} = ${JSON.stringify(value)}\n`;
  }).join('');
}
