/**
 * What a start does not need is read when it is needed: a module that a package's sources load with `import('./…')`, or
 * with `required('./…')` where nobody can wait, gets a file of its own in dist/, beside the main bundle.
 *
 * Each module is in one file only: what others need of it they take from there, out of the table of modules that each
 * file carries. What several of the lazy files need, and the main bundle does not, is in `shared.cjs`; what a program
 * shares with any of them, in a file of its own, `guest-shared.cjs`, so that it starts with nothing that only others need.
 */

import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { build } from 'esbuild';

/** Where a bundle keeps the modules that others take from it. */
const MODULES = 'structum.modules';

export const MAIN = 'index.cjs';

const SHARED = 'shared.cjs';

/**
 * @typedef {object} Plan
 * @property {Map<string, string>} homes the file below dist/ that each module is in; both absolute paths and names
 * @property {Map<string, string[]>} offered the modules that others take from each file
 */

/**
 * Decides which of a package's modules are in which file.
 * @param {import('esbuild').BuildOptions & { absWorkingDir: string }} options how it is bundled
 * @param {string} main the source of the main bundle, absolute
 * @param {Map<string, string>} subpaths sources that have files of their own anyway, absolute, and those files' names
 * @param {string[]} programs those of them that a process starts with
 * @returns {Promise<Plan>}
 */
export async function planOf(options, main, subpaths, programs) {
  const { metafile } = await build({
    ...options, entryPoints: [main, ...subpaths.keys()], outdir: join(options.absWorkingDir, 'dist'), inject: [], sourcemap: false, write: false, metafile: true,
  });
  const graph = graphOf(metafile, options.absWorkingDir);
  const inMain = reachable(main, graph);
  for (const entry of subpaths.keys()) {
    if (inMain.has(entry)) throw new Error(`${entry} is part of the main bundle: import what is behind it, and not the public subpath.`);
  }
  /** @type {Map<string, Set<string>>} */
  const parts = new Map();
  /** @param {string} entry */
  const addPart = (entry) => {
    if (parts.has(entry) || inMain.has(entry)) return;
    parts.set(entry, new Set([...reachable(entry, graph)].filter((file) => !inMain.has(file))));
    for (const file of parts.get(entry) ?? []) for (const target of graph.get(file)?.lazy ?? []) addPart(target);
  };
  for (const entry of subpaths.keys()) addPart(entry);
  for (const file of inMain) for (const target of graph.get(file)?.lazy ?? []) addPart(target);
  const homes = new Map([...inMain].map((file) => [file, MAIN]));
  const nameOf = (/** @type {string} */ entry) => subpaths.get(entry) ?? chunkOf(entry);
  for (const [entry, files] of parts) for (const file of files) homes.set(file, homes.has(file) ? SHARED : nameOf(entry));
  for (const program of programs) {
    for (const file of parts.get(program) ?? []) if (homes.get(file) === SHARED) homes.set(file, nameOf(program).replace(/\.cjs$/, `-${SHARED}`));
  }
  refuseSameNames([...parts.keys()].filter((entry) => homes.get(entry) === chunkOf(entry) && !subpaths.has(entry)), [...subpaths.values()]);
  return { homes, offered: offeredBy(homes, graph) };
}

/**
 * The source of a file below dist/ that holds what others take from it, and what makes it offer that.
 * @param {Plan} plan
 * @param {string} file
 * @param {string} folder the package's
 * @param {string} [own] what it exports besides
 */
export function carrying({ offered }, file, folder, own = '') {
  const modules = offered.get(file) ?? [];
  const entry = [
    own,
    ...modules.map((module, index) => `import * as module${String(index)} from ${JSON.stringify(module)};`),
    // A call, so that it counts as a side effect and stays for the footer to use.
    `const offeredModules = Object.freeze({ ${modules.map((module, index) => `${keyOf(module, folder)}: module${String(index)}`).join(', ')} });`,
    '',
  ].join('\n');
  return { entry, footer: `Object.defineProperty(module.exports, Symbol.for('${MODULES}'), { value: offeredModules });` };
}

/**
 * There is one copy of each class, and of whatever modules keep.
 * @param {string[][]} parts the sources of each file
 */
export function refuseCopies(parts) {
  // What plugins make is no module, and what the build itself adds keeps nothing.
  const sources = parts.flat().filter((source) => !/[\\/][\w-]{2,}:/.test(source) && !source.startsWith(import.meta.dirname));
  const twice = sources.find((source, index) => sources.indexOf(source) !== index);
  if (twice !== undefined) throw new Error(`${twice} would be in two files.`);
}

/**
 * The names of the lazy files, subpaths left out.
 * @param {Plan} plan
 * @param {Map<string, string>} subpaths
 */
export function lazyFiles({ homes }, subpaths) {
  const known = new Set([MAIN, ...subpaths.values()]);
  return [...new Set(homes.values())].filter((file) => !known.has(file)).sort();
}

/**
 * An esbuild plugin for one of the files: what is in another one is taken from there, when that is needed.
 * @param {Plan} plan
 * @param {string} here the file that is bundled
 * @param {string} folder the package's
 * @returns {import('esbuild').Plugin}
 */
export function elsewhere({ homes }, here, folder) {
  const resolving = Symbol('resolving');
  return {
    name: 'elsewhere',
    setup(build) {
      build.onResolve({ filter: /^\./, namespace: 'elsewhere' }, ({ path }) => ({ path, external: true }));
      build.onResolve({ filter: /.*/ }, async ({ path, kind, importer, resolveDir, namespace, pluginData }) => {
        if (pluginData === resolving || namespace === 'elsewhere' || kind === 'entry-point' || path.startsWith('node:')) return undefined;
        const { path: file, external } = await build.resolve(path, { kind, importer, resolveDir, pluginData: resolving });
        const home = external ? undefined : homes.get(file);
        return home === undefined || home === here ? undefined : { path: file, namespace: 'elsewhere' };
      });
      build.onLoad({ filter: /.*/, namespace: 'elsewhere' }, ({ path }) => ({
        contents: `module.exports = require('./${String(homes.get(path))}')[Symbol.for('${MODULES}')][${keyOf(path, folder)}];`,
      }));
    },
  };
}

/**
 * An esbuild plugin: `required<typeof File>('./file.js', import.meta.url)` in our sources, which is how
 * ES modules do it, becomes a `require()` that esbuild knows.
 * @returns {import('esbuild').Plugin}
 */
export function requiredModules() {
  return {
    name: 'required-modules',
    setup(build) {
      build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        if (!text.includes('required<')) return undefined;
        const contents = text.replaceAll(/\brequired<typeof \w+>\(('\.[^']+'), import\.meta\.url\)/g, 'require($1)');
        return { contents, loader: 'ts' };
      });
    },
  };
}

/**
 * @typedef {Map<string, { needs: string[], lazy: string[] }>} Graph what each module imports at once, and later
 */

/**
 * @param {import('esbuild').Metafile} metafile
 * @param {string} folder
 * @returns {Graph}
 */
function graphOf({ inputs }, folder) {
  const sources = join(folder, 'src') + sep;
  return new Map(Object.entries(inputs).filter(([input]) => isFile(input)).map(([input, { imports }]) => {
    const file = resolve(folder, input);
    // Other people's CommonJS is not lazy.
    const isLazy = (/** @type {string} */ kind) => kind === 'dynamic-import' || (kind === 'require-call' && file.startsWith(sources));
    const found = imports.filter(({ path, external }) => external !== true && isFile(path));
    const targets = (/** @type {boolean} */ lazy) => found.filter(({ kind }) => isLazy(kind) === lazy).map(({ path }) => resolve(folder, path));
    return [file, { needs: targets(false), lazy: targets(true) }];
  }));
}

/** @param {string} input what a plugin made begins with its namespace */
function isFile(input) {
  return !/^[\w-]{2,}:/.test(input) && !input.startsWith('<');
}

/**
 * @param {string} entry
 * @param {Graph} graph
 */
function reachable(entry, graph) {
  const found = new Set([entry]);
  for (const file of found) for (const next of graph.get(file)?.needs ?? []) found.add(next);
  return found;
}

/**
 * @param {Map<string, string>} homes
 * @param {Graph} graph
 */
function offeredBy(homes, graph) {
  /** @type {Map<string, string[]>} */
  const offered = new Map();
  const taken = new Set([...graph].flatMap(([file, { needs, lazy }]) => [...needs, ...lazy].filter((target) => homes.get(target) !== homes.get(file))));
  for (const file of [...taken].sort()) {
    const home = homes.get(file);
    if (home !== undefined) offered.set(home, [...(offered.get(home) ?? []), file]);
  }
  return offered;
}

/**
 * `…/reload/index.ts` → `reload.cjs`, `…/yaml-document.ts` → `yaml-document.cjs`
 * @param {string} file
 */
function chunkOf(file) {
  const name = basename(file).replace(/\.[cm]?[jt]s$/, '');
  return `${name === 'index' ? basename(dirname(file)) : name}.cjs`;
}

/**
 * @param {string[]} entries
 * @param {string[]} taken
 */
function refuseSameNames(entries, taken) {
  const names = [MAIN, 'import.cjs', 'structum.cjs', SHARED, ...taken, ...entries.map(chunkOf)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Two modules that are loaded lazily would be in dist/${twice}: give one of them another name.`);
}

/**
 * @param {string} file
 * @param {string} folder
 */
function keyOf(file, folder) {
  return JSON.stringify(relative(join(folder, 'src'), file).replaceAll(sep, '/').replace(/\.ts$/, ''));
}
