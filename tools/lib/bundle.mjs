/**
 * Bundles of one package: CommonJS, because it starts fastest, with named exports that an ES module can see.
 *
 * - a library and the CLI: `src/index.ts` → `dist/index.cjs`; the CLI's bin: `src/bin.ts` → `dist/structum.cjs`
 * - a library's public subpath (`./manifest`): its code lives in `dist/index.cjs` too, so that there is one copy of
 *   every class; `dist/manifest.cjs` only hands it out
 * - a plugin: `src/index.ts` → `dist/plugin.cjs`, and `dist/index.js`, an ES module that re-exports it
 */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { noticesFor } from './notices.mjs';
import { root } from './workspace.mjs';
import { writeIfChanged } from './write.mjs';

/** Where `dist/index.cjs` keeps the namespaces of its package's subpaths. */
const SUBPATHS = 'structum.subpaths';

/**
 * Writes every bundle of a package.
 * @param {import('./workspace.mjs').Package} package_
 * @returns {Promise<string[]>} the files, absolute
 */
export async function bundle(package_) {
  const source = join(package_.folder, 'src');
  if (!existsSync(join(source, 'index.ts'))) return [];
  if (package_.kind === 'plugin') return bundlePlugin(package_);
  const files = await bundleLibrary(package_);
  if (package_.kind !== 'cli' || !existsSync(join(source, 'bin.ts'))) return files;
  return [...files, ...(await write(package_, 'bin.ts', 'structum.cjs', { banner: '#!/usr/bin/env node' }))];
}

/** @param {import('./workspace.mjs').Package} package_ */
async function bundlePlugin(package_) {
  const files = await write(package_, 'index.ts', 'plugin.cjs');
  const facade = join(package_.folder, 'dist/index.js');
  writeIfChanged(facade, facadeOf(await exportsOf(package_, './src/index.ts')));
  return [...files, facade];
}

/** @param {string[]} names */
function facadeOf(names) {
  const named = names.filter((name) => name !== 'default');
  return [
    `import plugin from './plugin.cjs';`,
    ...(names.includes('default') ? ['export default plugin.default;'] : []),
    ...(named.length > 0 ? [`export const { ${named.join(', ')} } = plugin;`] : []),
    '',
  ].join('\n');
}

/** @param {import('./workspace.mjs').Package} package_ */
async function bundleLibrary(package_) {
  const subpaths = subpathsOf(package_);
  if (subpaths.length === 0) return write(package_, 'index.ts', 'index.cjs');
  const files = await write(package_, 'index.ts', 'index.cjs', {
    entry: entryWith(subpaths),
    footer: `Object.defineProperty(module.exports, Symbol.for('${SUBPATHS}'), { value: subpaths });`,
  });
  const handouts = subpaths.map(async (name) => {
    const file = join(package_.folder, 'dist', `${name}.cjs`);
    writeIfChanged(file, handoutOf(name, await exportsOf(package_, `./src/${name}/index.ts`)));
    return file;
  });
  return [...files, ...(await Promise.all(handouts))];
}

/**
 * `./manifest` → `manifest`, for every subpath that has its source.
 * @param {import('./workspace.mjs').Package} package_
 */
export function subpathsOf(package_) {
  return Object.keys(package_.manifest.exports ?? {})
    .filter((key) => key !== '.' && !key.endsWith('.json'))
    .map((key) => key.slice('./'.length))
    .filter((name) => existsSync(join(package_.folder, 'src', name, 'index.ts')));
}

/** @param {string[]} subpaths */
function entryWith(subpaths) {
  return [
    `export * from './src/index.ts';`,
    ...subpaths.map((name) => `import * as ${identifier(name)} from './src/${name}/index.ts';`),
    // A call, so that it counts as a side effect and stays for the footer to use.
    `const subpaths = Object.freeze({ ${subpaths.map((name) => `'${name}': ${identifier(name)}`).join(', ')} });`,
    '',
  ].join('\n');
}

/**
 * The second statement never runs: it tells Node which names an ES module may import.
 * @param {string} subpath
 * @param {string[]} names
 */
function handoutOf(subpath, names) {
  return [
    `'use strict';`,
    `module.exports = require('./index.cjs')[Symbol.for('${SUBPATHS}')]['${subpath}'];`,
    `0 && (module.exports = { ${names.join(', ')} });`,
    '',
  ].join('\n');
}

/** @param {string} name */
function identifier(name) {
  return `subpath_${name.replaceAll(/\W/g, '_')}`;
}

/**
 * The names that a source file exports, types left out.
 * @param {import('./workspace.mjs').Package} package_
 * @param {string} file
 */
async function exportsOf(package_, file) {
  const { metafile } = await build({
    ...options(package_),
    entryPoints: [file],
    format: 'esm',
    outdir: 'dist',
    packages: 'external',
    sourcemap: false,
  });
  return Object.values(metafile.outputs).flatMap(({ exports }) => exports).sort();
}

/**
 * @param {import('./workspace.mjs').Package} package_
 * @param {string} source below src/
 * @param {string} target below dist/
 * @param {{ entry?: string, banner?: string, footer?: string }} [extra]
 */
async function write(package_, source, target, { entry, banner = '', footer = '' } = {}) {
  const outfile = join(package_.folder, 'dist', target);
  const { outputFiles, metafile } = await build({
    ...options(package_),
    ...(entry === undefined
      ? { entryPoints: [`./src/${source}`] }
      : { stdin: { contents: entry, resolveDir: package_.folder, sourcefile: `structum-entry.ts`, loader: 'ts' } }),
    outfile,
    banner: { js: banner },
    footer: { js: footer },
  });
  for (const { path, contents } of outputFiles) writeIfChanged(path, contents);
  const inputs = Object.keys(metafile.inputs).map((input) => resolve(package_.folder, input));
  return [...outputFiles.map(({ path }) => path), ...writeNotices(outfile, inputs)];
}

/**
 * @param {string} outfile
 * @param {string[]} inputs
 */
function writeNotices(outfile, inputs) {
  const notices = noticesFor(inputs);
  if (notices === undefined) return [];
  const file = outfile.replace(/\.cjs$/, '.THIRD-PARTY.txt');
  writeIfChanged(file, notices);
  return [file];
}

/**
 * @param {import('./workspace.mjs').Package} package_
 * @returns {import('esbuild').BuildOptions & { write: false, metafile: true }}
 */
function options(package_) {
  return {
    absWorkingDir: package_.folder,
    bundle: true,
    write: false,
    metafile: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    sourcemap: 'linked',
    sourcesContent: true,
    legalComments: 'inline',
    charset: 'utf8',
    logLevel: 'warning',
    external: external(package_),
    inject: [join(root, 'tools/lib/import-meta-url.js')],
    define: {
      'import.meta.url': 'importMetaUrl',
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
      __STRUCTUM_VERSION__: JSON.stringify(package_.manifest.version),
    },
    tsconfigRaw: {
      compilerOptions: {
        experimentalDecorators: true,
        useDefineForClassFields: false,
        verbatimModuleSyntax: true,
        target: 'ES2022',
        alwaysStrict: true,
      },
    },
  };
}

/**
 * What a package finds at run time is not bundled; its devDependencies are.
 * @param {import('./workspace.mjs').Package} package_
 */
function external({ manifest }) {
  return Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies })
    .flatMap((name) => [name, `${name}/*`]);
}
