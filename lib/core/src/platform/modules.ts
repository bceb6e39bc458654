import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { catalogued, messageOf } from '../errors/index.js';
import { foldersFrom } from './folders.js';
import type { ModuleVersion } from './module-versions/index.js';

/**
 * A module's location as an absolute file path, given as a path or a `file:` URL.
 *
 * @throws `LOCATION_INVALID` for other URLs.
 */
export function toFilePath(location: string | URL): string {
  if (typeof location === 'string' && !URL_SCHEME.test(location)) return resolve(location);
  try {
    return fileURLToPath(location);
  } catch (error) {
    throw catalogued('LOCATION_INVALID', { location: String(location), reason: messageOf(error) }, error);
  }
}

/** Of two letters and more: `C:` is a drive. */
const URL_SCHEME = /^[a-z][a-z0-9+.-]+:/i;

/**
 * Imports the module in `file`; anew where that could not be imported before, with all that is in `folder`: Node would
 * tell the same again, whatever the files have become.
 */
export async function importModule(file: string, folder = dirname(file)): Promise<unknown> {
  if (anew.has(file)) return importAnew(file, folder);
  try {
    return await importOnce(file);
  } catch (error) {
    giveUpImport(file);
    throw error;
  }
}

/** Nobody waits any more for the module in `file`: when it is wanted again it is imported anew. */
export function giveUpImport(file: string): void {
  anew.set(file, undefined);
}

/** Files that could not be imported, with what could be since. */
const anew = new Map<string, ModuleVersion | undefined>();

/** What an optional package exports, as the first of the modules at `locations` finds it that does; `undefined` where none does. */
export async function importOptional(name: string, locations: readonly string[]): Promise<unknown> {
  const file = locations.map((location) => resolveOrUndefined(name, location)).find((found) => found !== undefined);
  return file === undefined ? undefined : unwrapped(await importModule(file));
}

function resolveOrUndefined(name: string, from: string): string | undefined {
  try {
    return resolveModule(name, from);
  } catch {
    return undefined;
  }
}

/** A CommonJS module as it exports itself, however it was imported. */
function unwrapped(module: unknown): unknown {
  const { default: inner } = module as { default?: unknown };
  return inner !== undefined && typeof inner === 'object' ? inner : module;
}

async function importAnew(file: string, folder: string): Promise<unknown> {
  const known = anew.get(file);
  if (known !== undefined) return known.import(file);
  const { ModuleVersion } = await import('./module-versions/index.js');
  const version = new ModuleVersion(folder);
  try {
    const imported = await version.import(file);
    version.settle();
    anew.set(file, version);
    return imported;
  } catch (error) {
    version.abandon();
    throw error;
  }
}

/**
 * CommonJS that says so by its ending is required: the machinery of ES modules costs a start of Node several
 * milliseconds.
 */
async function importOnce(file: string): Promise<unknown> {
  if (file.endsWith('.cjs')) return createRequire(file)(file) as unknown;
  return import(pathToFileURL(file).href);
}

/**
 * What the module `specifier` exports, which is beside the one at `from`. It is loaded by this call, for what is rarely
 * needed, and then at once: whoever can wait imports it.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- The build looks for this very form.
export function required<Exports>(specifier: string, from: string): Exports {
  return createRequire(from)(specifier) as Exports;
}

/** The file that `specifier` means to the module in `from`, when that requires it. Throws what resolving throws. */
export function resolveModule(specifier: string, from: string): string {
  return createRequire(from).resolve(specifier);
}

/** The `node_modules` folders that a module in `folder` sees, nearest first. */
export function nodeModulesAbove(folder: string): readonly string[] {
  const folders: string[] = [];
  for (const current of foldersFrom(folder)) if (!current.endsWith('node_modules')) folders.push(join(current, 'node_modules'));
  return folders;
}
