import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { catalogued, messageOf } from '../errors/index.js';
import { foldersFrom } from './folders.js';
import { readLimited } from './read-file.js';

/** What Structum reads of a `package.json`. */
export interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly keywords?: readonly string[];
  readonly main?: string;
  readonly exports?: unknown;
  readonly structum?: { readonly manifest?: string; readonly entry?: string };
  /** What it depends on, by name: not looked at further. */
  readonly dependencies?: unknown;
  readonly peerDependencies?: unknown;
  readonly optionalDependencies?: unknown;
  readonly devDependencies?: unknown;
}

/** A package on disk. */
export interface Package {
  readonly folder: string;
  readonly packageJson: PackageJson;
}

/**
 * The package that `folder` belongs to: the nearest with a name, for a `package.json` within a package may say no more
 * than how its modules are written. Without any, the nearest.
 *
 * @throws `PACKAGE_UNREADABLE`.
 */
export function packageOf(folder: string): Package | undefined {
  let nearest: Package | undefined;
  for (const current of foldersFrom(folder)) {
    const file = join(current, 'package.json');
    if (existsSync(file)) {
      const found = { folder: current, packageJson: readPackageJson(file) };
      if (found.packageJson.name !== undefined) return found;
      nearest ??= found;
    }
    if (current.endsWith('node_modules')) break;
  }
  return nearest;
}

/**
 * Reads a `package.json`.
 *
 * @throws `PACKAGE_UNREADABLE`.
 */
export function readPackageJson(file: string): PackageJson {
  try {
    return checked(JSON.parse(readLimited(file, MOST_BYTES).toString().replace(/^\uFEFF/, '')));
  } catch (error) {
    throw catalogued('PACKAGE_UNREADABLE', { file, reason: messageOf(error) }, error);
  }
}

const MOST_BYTES = 2 ** 24;

function checked(value: unknown): PackageJson {
  if (!isObject(value)) throw new TypeError('it holds no object');
  const { structum, keywords, ...others } = value;
  for (const name of ['name', 'version', 'main']) requireText(name, others[name]);
  if (structum !== undefined && !isObject(structum)) throw new TypeError('its "structum" is no object');
  for (const name of ['manifest', 'entry']) requireText(`structum.${name}`, structum?.[name]);
  // Others take a text as well, with what their registries make of it.
  const isList = Array.isArray(keywords) && keywords.every((keyword) => typeof keyword === 'string');
  return { ...others, ...(isList ? { keywords } : {}), ...(structum === undefined ? {} : { structum }) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function requireText(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'string') throw new TypeError(`its "${name}" is no text`);
}

/** The entry of a package, relative and with `./`: what `structum.entry` says, else `exports["."]`, else `main`. */
export function entryOf({ structum, exports, main }: PackageJson): string {
  const entry = structum?.entry ?? mainExport(exports) ?? main ?? './index.js';
  return entry.startsWith('./') ? entry : `./${entry}`;
}

function mainExport(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports;
  if (typeof exports !== 'object' || exports === null) return undefined;
  const conditions = exports as Readonly<Record<string, unknown>>;
  return mainExport(conditions['.'] ?? conditions['node'] ?? conditions['import'] ?? conditions['default'] ?? conditions['require']);
}
