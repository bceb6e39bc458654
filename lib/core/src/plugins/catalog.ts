import type { IndexRecord, PluginManifest, PluginOrigin, TrustTier } from '../contract/index.js';
import type { StructumError } from '../errors/index.js';

/** Where a package of a plugin was discovered. */
export interface CatalogPlace {
  /** Absolute path of the package, links resolved. */
  readonly folder: string;
  readonly manifestFile: string;
  /** Of the text of its manifest. */
  readonly checksum: number;
  readonly origin: PluginOrigin;
  readonly tier: TrustTier;
  /** Its place in the order of precedence, the lower the earlier; comparable within one revision of a catalog. */
  readonly rank: number;
}

/** A package of a plugin, as it was discovered: its manifest is valid, and none of its code was run. */
export interface CatalogEntry extends CatalogPlace {
  readonly manifest: PluginManifest;
}

/** A package whose manifest cannot be used, or a folder whose packages cannot be looked at. */
export interface CatalogProblem {
  readonly folder: string;
  readonly origin: PluginOrigin;
  readonly error: StructumError;
}

/**
 * What plugins are looked up by: a command's path or alias, the id of a service that they provide, category, keyword,
 * the name of a plugin that they require or may use (`dependent`), the id of a service that they require (`consumer`),
 * the name of a plugin that they cannot work beside (`opponent`), and an activation event.
 */
export type CatalogKey = 'command' | 'service' | 'category' | 'keyword' | 'dependent' | 'consumer' | 'opponent' | 'activation';

/**
 * The plugins that were discovered, looked up without reading more of them than is asked for.
 *
 * Where several packages hold a plugin of one name, the one that comes first in precedence counts: what is merely found
 * comes after everything else, then the order of the sources, then the path.
 */
export interface PluginCatalog {
  /**
   * Counts up whenever something is found to be different from what was told before: by `refresh()`, `all()`, and by
   * `entries()`, which notices what was edited in place. What was concluded from earlier answers is to be forgotten then.
   */
  readonly revision: number;
  /** The most words that any command's path or alias has. */
  readonly longestPath: number;
  /** The packages that hold the plugin of that name, the one that counts first. Their manifests are those on disk now. */
  entries(name: string): readonly CatalogEntry[];
  /** Where the plugin of that name was at the last look at everything, the package that counts first. */
  places(name: string): readonly CatalogPlace[];
  /** The names of all plugins, as of the last look at everything. */
  names(): readonly string[];
  /** Names of the plugins that say `key` of themselves, in precedence. */
  find(kind: CatalogKey, key: string): readonly string[];
  /** All packages of all plugins, in precedence, after a look at everything. */
  all(): readonly CatalogEntry[];
  /** Packages that cannot be used, as of the last look at everything: a look that may have been an earlier process's. */
  problems(): readonly CatalogProblem[];
  /** The indexes that were looked into, and how they were found. */
  indexes(): readonly IndexRecord[];
  /** Looks at everything again; whether anything was found to be different from what was told before. */
  refresh(): boolean;
}

/** A catalog of nothing. */
export const emptyCatalog: PluginCatalog = {
  revision: 0,
  longestPath: 0,
  entries: () => [],
  places: () => [],
  names: () => [],
  find: () => [],
  all: () => [],
  problems: () => [],
  indexes: () => [],
  refresh: () => false,
};
