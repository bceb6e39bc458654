/**
 * Bundles of one package: CommonJS, because it starts fastest, with named exports that an ES module can see.
 *
 * - a library and the CLI: `src/index.ts` → `dist/index.cjs`, and `dist/import.cjs`, which hands it to ES modules;
 *   the CLI's bin: `src/bin.ts` → `dist/structum.cjs`
 * - a library's public subpath (`./manifest`): `dist/manifest.cjs`, which takes from `dist/index.cjs` what is there, so
 *   that there is one copy of every class
 * - what the sources load lazily: files of their own beside the main bundle, likewise
 * - a program that a library starts (`src/guest`): likewise
 * - a subpath that no running program needs (`./testing`): a bundle of its own, which takes everything else from the others
 * - a library that is imported lazily: a bundle of its own beside them
 * - a plugin: `src/index.ts` → `dist/plugin.cjs`, which hosts load and `require()` gives, and `dist/index.js`, an ES
 *   module that re-exports it: `import` of CommonJS would give its default export wrapped in an object
 */

import { chmodSync, existsSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { build } from 'esbuild';
import { chunksFor, lazyDependencies } from './lazy-dependencies.mjs';
import { carrying, elsewhere, lazyFiles, MAIN, planOf, refuseCopies, requiredModules } from './lazy-modules.mjs';
import { noticesFor } from './notices.mjs';
import { root } from './workspace.mjs';
import { writeIfChanged } from './write.mjs';

/** Subpaths that programs do not need while they run: they live on what is public of the others. */
const APART = new Set(['testing']);

/** Of the core: what runs plugins in workers and processes. */
const PROGRAMS = ['guest'];

/**
 * @typedef {object} Output
 * @property {string[]} files written, absolute
 * @property {string[]} inputs the sources that went into them, absolute
 * @property {string[]} lazy what of other people's code they load when they need it
 */

/**
 * Writes every bundle of a package, and the licences of other people's code in them.
 * @param {import('./workspace.mjs').Package} package_
 * @returns {Promise<string[]>} the files, absolute
 */
export async function bundle(package_) {
  if (!existsSync(join(package_.folder, 'src/index.ts'))) return [];
  const own = merge(package_.kind === 'plugin' ? await Promise.all(pluginBundles(package_)) : await libraryBundles(package_));
  const chunks = chunksFor(own.lazy).map(({ file, entry }) => write(package_, `${file}.js`, file, { entry }));
  const { files, inputs } = merge([own, ...(await Promise.all(chunks))]);
  const notices = noticesFor(inputs);
  if (notices === undefined) return files;
  const file = join(package_.folder, 'dist/THIRD-PARTY.txt');
  writeIfChanged(file, notices);
  return [...files, file];
}

/** @param {import('./workspace.mjs').Package} package_ */
function pluginBundles(package_) {
  // Never runs: it tells tools that read the bundle of the default export, as esbuild's own hint tells of the names.
  const footer = '0 && (exports.default = module.exports.default);';
  return [
    write(package_, 'index.ts', 'plugin.cjs', { footer }),
    writeText(package_, 'import.cjs', importOf('plugin.cjs', [])),
    writeFacade(package_),
  ];
}

/**
 * A bundle for ES modules. To learn what a CommonJS file exports, Node reads all of it, 20 ms and 12 MB for the core;
 * of this one there is little to read.
 * @param {string} file the bundle
 * @param {string[]} names what can be imported by name
 */
function importOf(file, names) {
  return [
    `'use strict';`,
    // In one statement, Node would read the bundle after all.
    `const bundle = require('./${file}');`,
    `module.exports = bundle;`,
    ...(names.length > 0 ? [`0 && (module.exports = { ${names.join(', ')} });`] : []),
    '',
  ].join('\n');
}

/**
 * @param {import('./workspace.mjs').Package} package_
 * @returns {Promise<Output>}
 */
async function writeFacade(package_) {
  return writeText(package_, 'index.js', facadeOf(await exportsOf(package_, './src/index.ts')));
}

/** @param {string[]} names */
function facadeOf(names) {
  const named = names.filter((name) => name !== 'default');
  return [
    `import plugin from './import.cjs';`,
    ...(names.includes('default') ? ['export default plugin.default;'] : []),
    ...(named.length > 0 ? [`export const { ${named.join(', ')} } = plugin;`] : []),
    '',
  ].join('\n');
}

/** @param {import('./workspace.mjs').Package} package_ */
async function libraryBundles(package_) {
  const { folder } = package_;
  const beside = [...subpathsOf(package_).filter((name) => !APART.has(name)), ...programsOf(package_)];
  const subpaths = new Map(beside.map((name) => [join(folder, 'src', name, 'index.ts'), `${name}.cjs`]));
  const apart = subpathsOf(package_).filter((name) => APART.has(name));
  const hasBin = package_.kind === 'cli' && existsSync(join(folder, 'src/bin.ts'));
  const programs = [...subpaths.keys()].filter((source) => PROGRAMS.includes(basename(dirname(source))));
  const plan = await planOf({ ...options(package_), plugins: [requiredModules(), lazyDependencies(() => undefined)] }, join(folder, 'src/index.ts'), subpaths, programs);
  const part = (/** @type {string} */ file, /** @type {string} */ own = '') =>
    write(package_, file.replace(/\.cjs$/, '.ts'), file, { ...carrying(plan, file, folder, own), plugins: [elsewhere(plan, file, folder)] });
  const parts = await Promise.all([
    part(MAIN, `export * from './src/index.ts';`),
    ...[...subpaths].map(([source, file]) => part(file, `export * from ${JSON.stringify(source)};`)),
    ...lazyFiles(plan, subpaths).map((file) => part(file)),
  ]);
  refuseCopies(parts.map(({ inputs }) => inputs));
  return [...parts, ...(await Promise.all([
    writeImport(package_),
    ...apart.map((name) => write(package_, `${name}/index.ts`, `${name}.cjs`, { plugins: [publicOnly(package_, name)] })),
    ...(hasBin ? [write(package_, 'bin.ts', 'structum.cjs', { banner: '#!/usr/bin/env node' })] : []),
  ]))];
}

/**
 * @param {import('./workspace.mjs').Package} package_
 * @returns {Promise<Output>}
 */
async function writeImport(package_) {
  return writeText(package_, 'import.cjs', importOf('index.cjs', await exportsOf(package_, './src/index.ts')));
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

/**
 * Programs that a library starts: files of their own that nobody imports.
 * @param {import('./workspace.mjs').Package} package_
 */
function programsOf({ folder }) {
  return PROGRAMS.filter((name) => existsSync(join(folder, 'src', name, 'index.ts')));
}

/**
 * An esbuild plugin for a bundle beside the main one: what its sources import of the rest of the package stays in the
 * package's other bundles, and must be public there.
 * @param {import('./workspace.mjs').Package} package_
 * @param {string} name of the subpath
 * @returns {import('esbuild').Plugin}
 */
function publicOnly(package_, name) {
  const sources = join(package_.folder, 'src');
  const bundles = new Map(['.', ...subpathsOf(package_)].map((other) => [
    join(sources, other, 'index.js'), `./${other === '.' ? 'index' : other}.cjs`,
  ]));
  return {
    name: 'public-only',
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, ({ path, importer, resolveDir }) => {
        const file = resolve(resolveDir, path);
        if (!importer.startsWith(sources + sep) || file.startsWith(join(sources, name) + sep)) return undefined;
        const bundle = bundles.get(file);
        return bundle === undefined ? { errors: [{ text: `${path} is not public: there would be two copies of it` }] } : { path: bundle, external: true };
      });
    },
  };
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
 * @param {{ entry?: string, banner?: string, footer?: string, plugins?: import('esbuild').Plugin[] }} [extra]
 * @returns {Promise<Output>}
 */
async function write(package_, source, target, { entry, banner = '', footer = '', plugins = [] } = {}) {
  /** @type {string[]} */
  const lazy = [];
  const { outputFiles, metafile } = await build({
    ...options(package_),
    ...(entry === undefined
      ? { entryPoints: [`./src/${source}`] }
      : { stdin: { contents: entry, resolveDir: package_.folder, sourcefile: source, loader: 'ts' } }),
    outfile: join(package_.folder, 'dist', target),
    banner: { js: banner },
    footer: { js: footer },
    plugins: [requiredModules(), lazyDependencies((specifier) => lazy.push(specifier)), ...plugins],
  });
  for (const { path, contents } of outputFiles) writeIfChanged(path, contents);
  if (banner.startsWith('#!')) chmodSync(join(package_.folder, 'dist', target), 0o755);
  return {
    files: outputFiles.map(({ path }) => path),
    inputs: Object.keys(metafile.inputs).map((input) => resolve(package_.folder, input)),
    lazy,
  };
}

/**
 * @param {import('./workspace.mjs').Package} package_
 * @param {string} target below dist/
 * @param {string} text
 * @returns {Promise<Output>}
 */
async function writeText({ folder }, target, text) {
  const file = join(folder, 'dist', target);
  writeIfChanged(file, text);
  return { files: [file], inputs: [], lazy: [] };
}

/**
 * @param {Output[]} outputs
 * @returns {Output}
 */
function merge(outputs) {
  return {
    files: outputs.flatMap(({ files }) => files),
    inputs: outputs.flatMap(({ inputs }) => inputs),
    lazy: outputs.flatMap(({ lazy }) => lazy),
  };
}

/**
 * @param {import('./workspace.mjs').Package} package_
 * @returns {import('esbuild').BuildOptions & { absWorkingDir: string, write: false, metafile: true }}
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
    // Node reads and compiles less, and a bundle of ASCII takes half the memory. Names stay for stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 160,
    charset: 'ascii',
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
