/**
 * Makes `src/language-table.ts` from GitHub Linguist's data: which fence language goes with which file name.
 * Run it after raising linguist-languages: `node plugins/archive/tools/languages.mjs`.
 */

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as linguist from 'linguist-languages';

/** Where several languages claim an extension as their own, the one that files most often are in. */
const COMMON = new Set([
  'C', 'C++', 'C#', 'CSS', 'Clojure', 'Common Lisp', 'D', 'Dart', 'Diff', 'Elixir', 'Elm', 'Emacs Lisp', 'Erlang', 'F#', 'Fortran',
  'Go', 'Go Template', 'GraphQL', 'Groovy', 'HTML', 'Haskell', 'INI', 'JSON', 'Java', 'JavaScript', 'Julia', 'Kotlin', 'Less', 'Lua',
  'Markdown', 'Nix', 'OCaml', 'Objective-C', 'PHP', 'Pascal', 'Perl', 'PowerShell', 'Python', 'R', 'Ruby', 'Rust', 'SCSS', 'SQL',
  'Scala', 'Shell', 'Solidity', 'Swift', 'TOML', 'TSX', 'TeX', 'Text', 'TypeScript', 'Verilog', 'Vue', 'XML', 'YAML', 'Zig',
]);

/** The table's text: a line per language, its fence name first, then extensions and file names, tab-separated. */
export function languageTable() {
  const owners = new Map();
  for (const language of Object.values(linguist).sort((a, b) => compare(a.name, b.name))) {
    for (const [key, weight] of claims(language)) {
      const owner = owners.get(key);
      if (owner === undefined || weight > owner.weight) owners.set(key, { name: fenceName(language), weight });
    }
  }
  const lines = new Map();
  for (const [key, { name }] of owners) lines.set(name, [...(lines.get(name) ?? [name]), key]);
  return [...lines.values()].map(([name, ...keys]) => [name, ...keys.sort(compare)].join('\t')).sort(compare).join('\n');
}

/** Extensions carry their dot; a file name stands behind `=`, since `.bashrc` could be either. */
function* claims(language) {
  const common = COMMON.has(language.name) ? 2 : 0;
  for (const [index, extension] of (language.extensions ?? []).entries()) yield [extension, (index === 0 ? 3 : 0) + common];
  for (const name of language.filenames ?? []) yield [`=${name}`, common];
}

/** The name that Linguist, and so GitHub, knows the language by in a fence; one of plain letters where there is one. */
function fenceName({ name, aliases = [] }) {
  const own = name.replace(/ \(.*\)$/, '').toLowerCase().replaceAll(/\s/g, '-');
  return [own, ...aliases].find((candidate) => /^[a-z0-9][a-z0-9-]*$/.test(candidate)) ?? own;
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The module, as it is committed. */
export function languageModule() {
  return [
    '// Made by tools/languages.mjs from linguist-languages: do not edit.',
    '',
    '/** A line per language: its fence name, then extensions (`.ts`) and whole file names (`=Makefile`), tab-separated. */',
    'export const LANGUAGES = `',
    languageTable().replaceAll(/[\\`$]/g, '\\$&'),
    '`;',
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../src/language-table.ts', import.meta.url), languageModule());
}
