import type { PluginManifest } from '../../contract/index.js';
import type { Stamp } from '../discovery/index.js';
import type { CatalogKey } from '../catalog.js';

/** What an index knows of a package; without a name, why its manifest cannot be used. */
export interface Row {
  /** Which of the roots led to it. */
  readonly root: number;
  /** Absolute, as it was found. */
  readonly linked: string;
  /** Absolute, with links resolved. */
  readonly folder: string;
  /** Of the manifest; absent where it is to be read again in any case. */
  readonly stamp?: Stamp | undefined;
  /** Checksum of the manifest. */
  readonly checksum: string;
  /** Of the plugin. */
  readonly name?: string;
  /** Where it is to be found in the table. */
  readonly keys: readonly string[];
  readonly problem?: RowProblem;
}

/** Why a manifest could not be read, or what is wrong with it. */
export type RowProblem = { readonly reason: string } | { readonly problems: readonly string[] };

export type RowKey = CatalogKey | 'name' | 'problem';

/** A key of the table. */
export function keyOf(kind: RowKey, key: string): string {
  return `${kind}\0${key}`;
}

/** The keys that a plugin is found by. */
export function keysOf(manifest: PluginManifest): readonly string[] {
  const { name, category, keywords = [], requires, optional, conflicts, provides, requiresServices = [], activation = [], commands } = manifest;
  const all = (kind: RowKey, keys: readonly string[]): readonly string[] => keys.map((key) => keyOf(kind, key));
  return [...new Set([
    keyOf('name', name),
    ...all('command', commands.flatMap(({ path, aliases }) => [path, ...aliases])),
    ...all('service', provides),
    keyOf('category', category),
    ...all('keyword', keywords),
    ...all('dependent', [...Object.keys(requires), ...Object.keys(optional)]),
    ...all('consumer', requiresServices),
    ...all('opponent', Object.keys(conflicts)),
    ...all('activation', activation),
  ])];
}

/** What of `kind` is among keys. */
export function keysAmong(keys: readonly string[], kind: RowKey): readonly string[] {
  const prefix = keyOf(kind, '');
  return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}
