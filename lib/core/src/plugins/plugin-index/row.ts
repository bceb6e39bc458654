import type { PluginManifest } from '../../contract/index.js';
import type { Stamp } from '../../platform/stamp.js';
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
  readonly checksum: number;
  /** Of the plugin. */
  readonly name?: string;
  /** What it is looked up by. */
  readonly keys: RowKeys;
  readonly problem?: RowProblem;
}

/** Why a manifest could not be read, or what is wrong with it. */
export type RowProblem = { readonly reason: string } | { readonly problems: readonly string[] };

export type RowKey = CatalogKey | 'name' | 'problem';

/** Kinds that a package has no keys of are absent. */
export type RowKeys = Readonly<Partial<Record<RowKey, readonly string[]>>>;

/** A key of the table. */
export function keyOf(kind: RowKey, key: string): string {
  return `${kind}:${key}`;
}

/** What a plugin is looked up by. */
export function keysOf(manifest: PluginManifest): RowKeys {
  const { name, category, keywords = [], requires, optional, conflicts, provides, requiresServices = [], activation = [], commands } = manifest;
  const keys: Partial<Record<RowKey, readonly string[]>> = {};
  const add = (kind: RowKey, values: readonly string[]): void => {
    if (values.length > 0) keys[kind] = values.length === 1 ? values : [...new Set(values)];
  };
  add('name', [name]);
  add('command', commands.flatMap(({ path, aliases }) => (aliases.length === 0 ? path : [path, ...aliases])));
  add('service', provides);
  add('category', [category]);
  add('keyword', keywords);
  add('dependent', [...Object.keys(requires), ...Object.keys(optional)]);
  add('consumer', requiresServices);
  add('opponent', Object.keys(conflicts));
  add('activation', activation);
  return keys;
}
