import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { root } from './folder.js';

/** `exports` of a package.json, or a part of it. */
type Conditions = string | { readonly [condition: string]: Conditions };

/** What of a package.json is read here. */
interface PackageJson {
  readonly name: string;
  readonly files?: readonly string[];
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly exports?: Conditions;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/**
 * Installs packages into `folder` as `npm install` would, without the network: those of this repository as they are
 * packed, others as links to what the repository has, and names like `../greet` as links to that folder.
 */
export function install(folder: string, wanted: readonly string[]): void {
  const modules = join(folder, 'node_modules');
  for (const name of wanted) {
    if (name.startsWith('.')) linkPackage(modules, resolve(folder, name));
    else installPackage(modules, name);
  }
}

function installPackage(modules: string, name: string): void {
  if (existsSync(join(modules, name))) return;
  const source = ownPackages().get(name);
  if (source === undefined) {
    linkPackage(modules, join(root, 'node_modules', name));
    return;
  }
  const packageJson = copyPackage(source, join(modules, name));
  linkPrograms(modules, join(modules, name), packageJson);
  for (const dependency of dependenciesOf(packageJson)) installPackage(modules, dependency);
}

/** Folders of this repository's packages, by name. */
function ownPackages(): ReadonlyMap<string, string> {
  const parents = ['lib', 'plugins', 'samples'].map((name) => join(root, name));
  const folders = [root, join(root, 'cli'), ...parents.flatMap((parent) => readdirSync(parent).map((name) => join(parent, name)))];
  return new Map(folders.filter((folder) => existsSync(join(folder, 'package.json'))).map((folder) => [readPackage(folder).name, folder]));
}

/** What `npm pack` takes, and the declarations as the compiler wrote them: rolling them up takes seconds. */
function copyPackage(source: string, target: string): PackageJson {
  const packageJson = readPackage(source);
  for (const file of ['package.json', ...(packageJson.files ?? [])]) {
    if (existsSync(join(source, file))) cpSync(join(source, file), join(target, file), { recursive: true });
  }
  copyDeclarations(source, target, packageJson);
  return packageJson;
}

function copyDeclarations(source: string, target: string, { exports = {} }: PackageJson): void {
  if (typeof exports === 'string' || typesAmong(exports).length === 0) return;
  cpSync(join(source, 'build'), join(target, 'build'), { recursive: true, filter: (path) => !/\.(?:js|map|tsbuildinfo)$/.test(path) });
  dropBundledImports(join(target, 'build/index.d.ts'));
  for (const [key, conditions] of Object.entries(exports)) {
    const module = key === '.' ? 'index.js' : `${key.slice('./'.length)}/index.js`;
    for (const file of typesAmong(conditions)) writeFileSync(join(target, file), declarations(`../build/${module}`, file.endsWith('/index.d.ts')));
  }
}

function declarations(module: string, hasDefault: boolean): string {
  return `export * from '${module}';\n${hasDefault ? `export { default } from '${module}';\n` : ''}`;
}

function typesAmong(conditions: Conditions): readonly string[] {
  if (typeof conditions === 'string') return [];
  return Object.entries(conditions).flatMap(([name, value]) => (name === 'types' && typeof value === 'string' ? [value] : typesAmong(value)));
}

/** What was bundled for its effect is nowhere to be found, and has no types to give. */
function dropBundledImports(file: string): void {
  if (existsSync(file)) writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/^import '[^']+';\n/gm, ''));
}

function dependenciesOf({ dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} }: PackageJson): readonly string[] {
  return [...Object.keys(dependencies), ...Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true)];
}

function linkPackage(modules: string, folder: string): void {
  const packageJson = readPackage(folder);
  link(folder, join(modules, packageJson.name));
  linkPrograms(modules, folder, packageJson);
}

function linkPrograms(modules: string, folder: string, { name, bin = {} }: PackageJson): void {
  if (process.platform === 'win32') return; // there they are scripts; nothing here needs them
  const programs = typeof bin === 'string' ? { [basename(name)]: bin } : bin;
  for (const [program, file] of Object.entries(programs)) link(join(folder, file), join(modules, '.bin', program));
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  symlinkSync(target, path, 'junction');
}

function readPackage(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
}
