/**
 * What may import what.
 *
 * - Floors: a folder of the core imports only from folders on lower floors; types count too.
 * - Packages: a package imports what its package.json names, through `exports`, and nothing of a neighbour's folders;
 *   what is not published may use the workspace's scripts too.
 * - Homes: some libraries are known to one place only.
 * - Cycles: no file needs itself while it loads. Types and `import()` do not count: neither runs code at load time.
 */

import { existsSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative, sep } from 'node:path';
import { importsOf, resolveRelative } from './imports.mjs';
import { packages, readJson } from './workspace.mjs';

/** The folders of `lib/core/src`, bottom to top; `.` stands for the files beside them. */
const FLOORS = [
  ['errors'],
  ['contract', 'platform'],
  ['container', 'monitoring', 'manifest'],
  ['config', 'security'],
  ['plugins'],
  ['execution'],
  ['guest'],
  ['.'],
  ['testing'],
];

/** Libraries with one home: only files below that folder import them. */
const HOMES = { tsyringe: 'lib/core/src/container/', clipanion: 'cli/src/' };

/** What is generated, or somebody else's, or wrong on purpose. */
const OTHER_FOLDERS = new Set(['build', 'dist', 'node_modules', 'fixtures', '.cache']);

/**
 * @typedef {object} Violation
 * @property {'floor' | 'package' | 'home' | 'cycle'} rule
 * @property {string} place `path:line`, relative to the root
 * @property {string} message
 */

/**
 * @typedef {import('./imports.mjs').Import & { file: string, target: string | undefined }} Edge
 * an import, the file it stands in, and the source file it names when it is relative
 */

/**
 * Every violation in the sources of a workspace.
 * @param {string} root
 * @returns {Violation[]}
 */
export function violationsIn(root) {
  const all = packages(root);
  const rootManifest = readJson(join(root, 'package.json'));
  return all.flatMap((package_) => {
    const edges = sourcesOf(package_.folder).flatMap(edgesOf);
    const place = (/** @type {Edge} */ { file, line }) => `${toPosix(relative(root, file))}:${line}`;
    return [
      ...(package_.path === 'lib/core' ? edges.flatMap((edge) => floorViolation(package_.folder, edge, place)) : []),
      ...edges.flatMap((edge) => packageViolation(package_, all, rootManifest, edge, place)),
      ...edges.flatMap((edge) => homeViolation(edge, place)),
      ...cyclesIn(edges).map((cycle) => cycleViolation(root, cycle)),
    ];
  });
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function sourcesOf(folder) {
  const base = existsSync(join(folder, 'src')) ? join(folder, 'src') : folder;
  return readdirSync(base, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(base, file).split(sep).some((name) => OTHER_FOLDERS.has(name)));
}

/**
 * @param {string} file
 * @returns {Edge[]}
 */
function edgesOf(file) {
  return importsOf(file).map((import_) => ({
    ...import_,
    file,
    target: import_.specifier.startsWith('.') ? resolveRelative(file, import_.specifier) : undefined,
  }));
}

/**
 * @param {string} core
 * @param {Edge} edge
 * @param {(edge: Edge) => string} place
 * @returns {Violation[]}
 */
function floorViolation(core, edge, place) {
  if (edge.target === undefined) return [];
  const from = folderOf(core, edge.file);
  const to = folderOf(core, edge.target);
  if (from === to) return [];
  const unknown = [from, to].find((folder) => floorOf(folder) === -1);
  if (unknown !== undefined) return [{ rule: 'floor', place: place(edge), message: `${unknown}/ has no floor` }];
  if (floorOf(to) < floorOf(from)) return [];
  const relation = floorOf(to) === floorOf(from) ? 'beside' : 'above';
  return [{ rule: 'floor', place: place(edge), message: `${from}/ imports ${to}/, which is ${relation} it` }];
}

/**
 * @param {string} core
 * @param {string} file
 */
function folderOf(core, file) {
  const parts = relative(join(core, 'src'), file).split(sep);
  return parts.length === 1 ? '.' : (parts[0] ?? '.');
}

/** @param {string} folder */
function floorOf(folder) {
  return FLOORS.findIndex((floor) => floor.includes(folder));
}

/**
 * @param {import('./workspace.mjs').Package} package_
 * @param {import('./workspace.mjs').Package[]} all
 * @param {Record<string, any>} rootManifest
 * @param {Edge} edge
 * @param {(edge: Edge) => string} place
 * @returns {Violation[]}
 */
function packageViolation(package_, all, rootManifest, edge, place) {
  const problem = edge.specifier.startsWith('.')
    ? relativeProblem(package_, edge)
    : bareProblem(package_, all, rootManifest, edge.specifier);
  return problem === undefined ? [] : [{ rule: 'package', place: place(edge), message: problem }];
}

/**
 * @param {import('./workspace.mjs').Package} package_
 * @param {Edge} edge
 */
function relativeProblem({ folder, path, kind, name }, { specifier, target }) {
  if (target === undefined) return undefined; // tsc says so better
  // What is not published may be made with the workspace's scripts.
  if (kind === 'private' && toPosix(relative(join(folder, relative(path, '')), target)).startsWith('tools/')) return undefined;
  return relative(folder, target).startsWith('..') ? `${specifier} leaves ${name}` : undefined;
}

/**
 * @param {import('./workspace.mjs').Package} package_
 * @param {import('./workspace.mjs').Package[]} all
 * @param {Record<string, any>} rootManifest
 * @param {string} specifier
 */
function bareProblem({ kind, name, manifest }, all, rootManifest, specifier) {
  if (specifier.startsWith('node:') || specifier.startsWith('#')) return undefined;
  if (isBuiltin(specifier)) return `write node:${specifier}`;
  const wanted = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  if (wanted !== name && !declares(manifest, wanted) && !(kind === 'private' && mayUse(rootManifest, all, wanted))) {
    return `${name} does not depend on ${wanted}`;
  }
  const neighbour = all.find((other) => other.name === wanted);
  const subpath = `.${specifier.slice(wanted.length)}`;
  if (neighbour !== undefined && !(subpath in (neighbour.manifest['exports'] ?? {}))) {
    return `${wanted} does not export ${subpath}`;
  }
  return undefined;
}

/**
 * @param {Record<string, any>} manifest
 * @param {string} name
 */
function declares({ dependencies, devDependencies, peerDependencies, optionalDependencies }, name) {
  return name in { ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies };
}

/**
 * Tests and samples use the workspace's own packages and tools.
 * @param {Record<string, any>} rootManifest
 * @param {import('./workspace.mjs').Package[]} all
 * @param {string} name
 */
function mayUse(rootManifest, all, name) {
  return declares(rootManifest, name) || all.some((package_) => package_.name === name);
}

/**
 * @param {Edge} edge
 * @param {(edge: Edge) => string} place
 * @returns {Violation[]}
 */
function homeViolation(edge, place) {
  const [library, home] = Object.entries(HOMES).find(([name]) => edge.specifier === name || edge.specifier.startsWith(`${name}/`)) ?? [];
  if (library === undefined || home === undefined || place(edge).startsWith(home)) return [];
  return [{ rule: 'home', place: place(edge), message: `only ${home} imports ${library}` }];
}

/**
 * Cycles among imports that run code at load time, each one once.
 * @param {Edge[]} edges
 * @returns {string[][]} files, the first one repeated at the end
 */
function cyclesIn(edges) {
  /** @type {Map<string, string[]>} */
  const graph = new Map();
  for (const { kind, file, target } of edges) {
    if (kind === 'value' && target !== undefined) graph.set(file, [...(graph.get(file) ?? []), target]);
  }
  /** @type {string[][]} */
  const cycles = [];
  const finished = new Set();
  const visit = (/** @type {string} */ file, /** @type {string[]} */ path) => {
    const start = path.indexOf(file);
    if (start !== -1) cycles.push([...path.slice(start), file]);
    if (start !== -1 || finished.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    finished.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}

/**
 * @param {string} root
 * @param {string[]} cycle
 * @returns {Violation}
 */
function cycleViolation(root, cycle) {
  const names = cycle.map((file) => toPosix(relative(root, file)));
  return { rule: 'cycle', place: names[0] ?? '', message: names.join(' -> ') };
}

/** @param {string} path */
function toPosix(path) {
  return path.replaceAll(sep, '/');
}
