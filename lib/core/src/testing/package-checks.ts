import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { join } from 'node:path';
import { MANIFEST_FILE, messageOf, type PluginManifest } from '../index.js';
import { failure } from './failure.js';

/** Fails where the `package.json` in `folder` does not make a package that hosts find and can use; names all that is wrong. */
export function expectPackageRight(folder: string, manifest: PluginManifest): void {
  const file = join(folder, 'package.json');
  const problems = packageProblems(folder, readPackage(file), manifest);
  if (problems.length === 0) return;
  throw failure({
    message: `The package of plugin "${manifest.name}" cannot be published as it is:`,
    problems,
    remedy: `Correct ${file}.`,
  });
}

type Json = Readonly<Record<string, unknown>>;

function readPackage(file: string): Json {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    if (isObject(value)) return value;
    throw new TypeError('it holds no object');
  } catch (error) {
    throw failure({ message: `${file} could not be read: ${messageOf(error)}.`, remedy: 'A plugin is an npm package: give it a package.json.', cause: error });
  }
}

function packageProblems(folder: string, packageJson: Json, manifest: PluginManifest): readonly string[] {
  return [
    ...identityProblems(packageJson, manifest),
    ...dependencyProblems(packageJson),
    ...entryProblems(folder, packageJson, manifest),
    ...fileProblems(packageJson, manifest),
  ];
}

function identityProblems({ name, version, keywords, structum }: Json, manifest: PluginManifest): readonly string[] {
  const problems: string[] = [];
  if (typeof name !== 'string') problems.push('it has no "name"');
  if (typeof version !== 'string') problems.push('it has no "version"');
  else if (version !== manifest.version) problems.push(`its version is ${version}, and that of the manifest ${manifest.version}`);
  if (!Array.isArray(keywords) || !keywords.includes('structum-plugin')) problems.push('its "keywords" lack "structum-plugin", by which registries list plugins');
  const place = isObject(structum) ? structum['manifest'] : undefined;
  if (place !== `./${MANIFEST_FILE}`) problems.push(`its "structum.manifest" is not "./${MANIFEST_FILE}"`);
  return problems;
}

const CORE = '@structum/core';

function dependencyProblems({ dependencies, peerDependencies }: Json): readonly string[] {
  const problems: string[] = [];
  if (isObject(dependencies) && CORE in dependencies) problems.push(`${CORE} is among its "dependencies", which brings a second copy of it to every host`);
  if (!isObject(peerDependencies) || !(CORE in peerDependencies)) problems.push(`${CORE} is not among its "peerDependencies"`);
  return problems;
}

function entryProblems(folder: string, { exports, main, structum }: Json, { entry }: PluginManifest): readonly string[] {
  if (entry === undefined) return ['its manifest names no entry'];
  const problems: string[] = [];
  if (!existsSync(join(folder, entry))) problems.push(`its entry ${entry} does not exist, as if it were not built`);
  const targets = exports === undefined ? [main ?? './index.js'] : targetsOf(exports);
  const isNamed = isObject(structum) && structum['entry'] !== undefined;
  if (!isNamed && !targets.some((target) => typeof target === 'string' && samePath(target, entry))) {
    problems.push(`its "exports" do not lead to its entry ${entry}: nobody can import the plugin`);
  }
  for (const target of targets) {
    // Declarations are often made only when the package is packed.
    if (typeof target === 'string' && !target.includes('*') && !/\.d\.[cm]?ts$/.test(target) && !existsSync(join(folder, target))) problems.push(`its "exports" name ${target}, which does not exist`);
  }
  return problems;
}

/** Every file that `exports` leads to, types among them. */
function targetsOf(exports: unknown): readonly string[] {
  if (typeof exports === 'string') return [exports];
  if (Array.isArray(exports)) return exports.flatMap(targetsOf);
  return isObject(exports) ? Object.values(exports).flatMap(targetsOf) : [];
}

/** Without `files`, npm packs everything. */
function fileProblems({ files }: Json, { entry }: PluginManifest): readonly string[] {
  if (!Array.isArray(files)) return [];
  const patterns = files.filter((pattern): pattern is string => typeof pattern === 'string');
  return [MANIFEST_FILE, ...(entry === undefined ? [] : [entry])]
    .filter((wanted) => !patterns.some((pattern) => packs(pattern, posix.normalize(wanted))))
    .map((wanted) => `its "files" leave out ${wanted}`);
}

/** Whether a pattern of `files` takes a file: its name, a folder around it, or a glob. */
function packs(pattern: string, file: string): boolean {
  const normal = posix.normalize(pattern).replace(/^\//, '').replace(/\/$/, '');
  if (normal === '.' || file === normal || file.startsWith(`${normal}/`)) return true;
  if (!/[*?]/.test(normal)) return false;
  const source = normal.split(/(\*\*\/?|\*|\?)/).map((part) => GLOB[part] ?? part.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')).join('');
  return new RegExp(`^${source}(?:/.*)?$`).test(file);
}

const GLOB: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

function samePath(one: string, other: string): boolean {
  return posix.normalize(one) === posix.normalize(other);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
