/** Plugins as npm packages on disk, as many as are wanted: each with a manifest, real code, three commands, an alias and a service. */

import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readJson, root } from '../../tools/lib/workspace.mjs';
import { cached } from './cache.mjs';
import { run } from './program.mjs';

/** How many plugins each one requires, among those before it, unless another number is given. */
const EDGES = 1;

/**
 * Packages of plugins named `bench-0000` and so on, made once and kept.
 * @param {number} count
 * @param {number} edges how many plugins each one requires
 * @returns {string} the folder that holds them, absolute; a `node_modules` in all but its name
 */
function pluginPackages(count, edges) {
  const key = JSON.stringify([count, edges, readFileSync(new URL(import.meta.url), 'utf8'), readJson(join(root, 'lib/core/package.json')).version]);
  const folder = cached(`plugins/${count}-${edges}`, key, (empty) => {
    run({ program: process.execPath, args: [fileURLToPath(import.meta.url), join(empty, 'packages'), String(count), String(edges)] });
  });
  return join(folder, 'packages');
}

/**
 * Copies plugins into a `node_modules` folder.
 * @param {string} modules made when it is not there
 * @param {number} count
 * @param {number} [edges]
 */
export function installPlugins(modules, count, edges = EDGES) {
  const packages = pluginPackages(count, edges);
  mkdirSync(modules, { recursive: true });
  for (const name of readdirSync(packages)) {
    if (name.startsWith('structum-plugin-')) cpSync(join(packages, name), join(modules, name), { recursive: true });
  }
}

/**
 * Writes the packages; their manifests are what `generateManifest()` makes of their code.
 * @param {string} folder made when it is not there
 * @param {number} count
 * @param {number} edges
 */
async function writePlugins(folder, count, edges) {
  mkdirSync(join(folder, 'node_modules/@structum'), { recursive: true });
  symlinkSync(join(root, 'lib/core'), join(folder, 'node_modules/@structum/core'), 'junction');
  const { formatManifest, generateManifest } = await import(pathToFileURL(join(root, 'lib/core/dist/manifest.cjs')).href);
  for (let index = 0; index < count; index++) {
    const home = join(folder, `structum-plugin-${nameOf(index)}`);
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), `${JSON.stringify(packageJsonOf(index), undefined, 2)}\n`);
    writeFileSync(join(home, 'plugin.cjs'), codeOf(index, requirementsOf(index, edges)));
    const { manifest, file } = await generateManifest({ folder: home });
    writeFileSync(file, formatManifest(manifest));
  }
}

/**
 * The name of a plugin.
 * @param {number} index
 */
export function nameOf(index) {
  return `bench-${String(index).padStart(4, '0')}`;
}

/**
 * The service that a plugin provides.
 * @param {number} index
 */
function serviceOf(index) {
  return `bench.files${String(index)}`;
}

/** @param {number} index */
function packageJsonOf(index) {
  return {
    name: `structum-plugin-${nameOf(index)}`,
    version: '1.0.0',
    keywords: ['structum-plugin', `topic-${index % 20}`],
    main: './plugin.cjs',
    structum: { manifest: './structum.manifest.json' },
    peerDependencies: { '@structum/core': '^2.0.0' },
  };
}

/**
 * Plugins before it, spread over all of them, the same in every run.
 * @param {number} index
 * @param {number} edges
 */
function requirementsOf(index, edges) {
  const names = new Set();
  for (let edge = 0; edge < edges && names.size < index; edge++) names.add(nameOf(Math.floor(((index * 2654435761 + edge * 40503) % 2 ** 32) / 2 ** 32 * index)));
  return [...names];
}

/**
 * @param {number} index
 * @param {readonly string[]} requirements
 */
function codeOf(index, requirements) {
  const name = nameOf(index);
  return `'use strict';
const { readdirSync, readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { defineCommand, definePlugin, defineService } = require('@structum/core');

const FilesService = defineService('${serviceOf(index)}');

const input = {
  arguments: { folder: { default: '.', path: 'read', description: 'The folder to look at' } },
  options: { limit: { flags: '-n,--limit', type: 'integer', minimum: 1, default: 10, description: 'How many at most' } },
};

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name).sort();
}

exports.default = definePlugin({
  name: '${name}',
  category: '${['utility', 'analysis', 'formatting', 'documentation', 'monitoring'][index % 5]}',
  description: 'Looks at files, the ${index + 1}. way',
  engine: '^2.0.0',
  requires: ${JSON.stringify(Object.fromEntries(requirements.map((required) => [required, '^1.0.0'])))},
  permissions: { read: ['$workspace'] },
  provides: [FilesService],
  providers: [{ provide: FilesService, useValue: { filesIn } }],
  commands: [
    defineCommand({
      path: '${name} list', aliases: ['${name} ls'], description: 'Names the files of a folder', ...input,
      execute: ({ folder, limit }) => filesIn(folder).slice(0, limit),
      render: (names, out) => { for (const each of names) out.line(each); },
    }),
    defineCommand({
      path: '${name} size', description: 'Adds up the bytes of a folder\\'s files', ...input,
      execute: ({ folder, limit }) => filesIn(folder).slice(0, limit).reduce((sum, each) => sum + statSync(join(folder, each)).size, 0),
    }),
    defineCommand({
      path: '${name} lines', description: 'Counts the lines of a folder\\'s files', ...input,
      execute: ({ folder, limit }) => filesIn(folder).slice(0, limit).reduce((sum, each) => sum + readFileSync(join(folder, each), 'utf8').split('\\n').length, 0),
    }),
  ],
});
`;
}

// Code is imported to make its manifest, which takes a process that nothing waits in.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = '', count, edges] = process.argv.slice(2);
  await writePlugins(folder, Number(count), Number(edges));
}
