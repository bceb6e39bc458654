import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A module's location as a file path, given as a path or a `file:` URL. */
export function toFilePath(location: string | URL): string {
  return typeof location === 'string' && !location.startsWith('file:') ? location : fileURLToPath(location);
}

/**
 * Imports the module in `file`. CommonJS that says so by its ending is required: the machinery of ES modules costs
 * a start of Node several milliseconds.
 */
export async function importModule(file: string): Promise<unknown> {
  if (file.endsWith('.cjs')) return createRequire(file)(file) as unknown;
  return import(pathToFileURL(file).href);
}

/** The file that `specifier` means to the module in `from`. */
export function resolveModule(specifier: string, from: string): string {
  return createRequire(from).resolve(specifier);
}

/** What Structum reads of a `package.json`. */
export interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly main?: string;
  readonly exports?: unknown;
  readonly structum?: { readonly manifest?: string; readonly entry?: string };
}

/** The folder of the nearest `package.json` at or above `folder`, or `undefined`. */
export function packageFolderOf(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, 'package.json'))) return current;
    if (dirname(current) === current) return undefined;
  }
}

/** Reads a `package.json`. Throws what reading or parsing throws. */
export function readPackageJson(file: string): PackageJson {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('it holds no object');
  return value;
}
