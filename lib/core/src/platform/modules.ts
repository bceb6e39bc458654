import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { catalogued, messageOf } from '../errors/index.js';
import { foldersFrom } from './folders.js';

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
 * Imports the module in `file`. CommonJS that says so by its ending is required: the machinery of ES modules costs
 * a start of Node several milliseconds.
 */
export async function importModule(file: string): Promise<unknown> {
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
