import { join } from 'node:path';
import { MANIFEST_FILE, type DiscoverOptions, type IndexRecord, type Logger, type TrustTier } from '../../contract/index.js';
import { catalogued, type StructumError } from '../../errors/index.js';
import { checksumOf } from '../../manifest/hash.js';
import { MOST_MANIFEST_BYTES, parseCheckedManifest } from '../../manifest/read.js';
import { readLimited } from '../../platform/read-file.js';
import { realPath } from '../../platform/real-path.js';
import type { CatalogEntry, CatalogKey, CatalogPlace, CatalogProblem, PluginCatalog } from '../catalog.js';
import { hostTrees, plugAndPlayProjects, searchRoots, TrustJudge, type SearchRoot } from '../discovery/index.js';
import { PluginIndex } from './plugin-index.js';
import type { Row, RowKey } from './row.js';

/** What a catalog is made of. */
export interface CatalogOptions {
  /** Absolute paths of the host's modules. */
  readonly locations: readonly string[];
  readonly discover: DiscoverOptions;
  /** Folders of projects that the user trusts, as absolute paths. */
  readonly trustedProjects: readonly string[];
  readonly coreVersion: string;
  readonly logger: Logger;
}

/** The plugins that can be discovered. Where an index of them is kept and still true, this costs a few looks at files. */
export function openCatalog(options: CatalogOptions): PluginCatalog {
  return new IndexedCatalog(options);
}

/** A package that an index knows of. */
interface Place {
  /** Its place in the order of precedence: the lower, the earlier. */
  readonly rank: number;
  readonly layer: number;
  readonly id: number;
  readonly row: Row;
  readonly root: SearchRoot;
  readonly tier: TrustTier;
}

/**
 * Two indexes: of what is there wherever the host works, and of the project that it works in, so that a new project is
 * no reason to look through the former again.
 */
class IndexedCatalog implements PluginCatalog {
  readonly #options: CatalogOptions;
  readonly #hostTrees: readonly string[];
  readonly #judge: TrustJudge;
  readonly #entries = new Map<string, readonly CatalogEntry[]>();
  #layers: readonly PluginIndex[];
  /** What layers counted that are no longer there. */
  #earlierRevisions = 0;

  constructor(options: CatalogOptions) {
    this.#options = options;
    this.#hostTrees = hostTrees(options.locations);
    this.#judge = new TrustJudge(this.#hostTrees, options.trustedProjects, options.discover.trust);
    this.#layers = this.#makeLayers();
  }

  get revision(): number {
    return this.#layers.reduce((sum, { revision }) => sum + revision, this.#earlierRevisions);
  }

  get longestPath(): number {
    return Math.max(0, ...this.#layers.map((layer) => layer.use((table) => table.longestPath)));
  }

  entries(name: string): readonly CatalogEntry[] {
    const known = this.#entries.get(name);
    if (known !== undefined) return known;
    for (let attempt = 0; ; attempt += 1) {
      const places = this.#places('name', name);
      const entries = places.map((place) => entryOnDisk(place));
      if (entries.includes(undefined) && attempt < ATTEMPTS) {
        this.#refreshLayers(new Set(places.filter((_place, index) => entries[index] === undefined).map(({ row }) => row.folder)));
        continue;
      }
      const usable = entries.filter((entry) => entry !== undefined);
      if (usable.length === entries.length) this.#entries.set(name, usable);
      return usable;
    }
  }

  places(name: string): readonly CatalogPlace[] {
    return this.#unchanged(() => this.#places('name', name).map(placeOf));
  }

  names(): readonly string[] {
    return this.#unchanged(() => [...new Set(this.#layers.flatMap((layer) => layer.use((table) => Array.from({ length: table.size }, (_none, id) => table.row(id).name ?? []).flat())))]);
  }

  find(kind: CatalogKey, key: string): readonly string[] {
    if (LISTINGS.has(kind)) this.#lookThroughOnce();
    return this.#unchanged(() => this.#places(kind, key).filter((place) => this.#counts(place)).flatMap(({ row }) => row.name ?? []));
  }

  all(): readonly CatalogEntry[] {
    this.refresh();
    return this.#unchanged(() => {
      const places = this.#layers.flatMap((index, layer) => index.use((table) => Array.from({ length: table.size }, (_none, id) => this.#place(layer, id, table.row(id)))));
      return inPrecedence(places.filter(({ row }) => row.name !== undefined)).map((place) => entryOf(place, this.#textOf(place)));
    });
  }

  problems(): readonly CatalogProblem[] {
    const packages = this.#places('problem', '').map(({ row, root: { origin } }) => ({ folder: row.folder, origin, error: errorOf(row) }));
    const folders = plugAndPlayProjects(this.#options.locations, this.#options.discover);
    return [...folders.map(({ folder, origin }) => ({ folder, origin, error: catalogued('PNP_UNSUPPORTED', { folder }) })), ...packages];
  }

  indexes(): readonly IndexRecord[] {
    return this.#layers.flatMap((layer) => layer.toRecord() ?? []);
  }

  refresh(): boolean {
    return this.#refreshLayers();
  }

  /** Nobody reads a whole list again to see whether it is still true, as is done with a plugin that is used. */
  #lookThroughOnce(): void {
    const before = this.revision;
    for (const layer of this.#layers) layer.lookThroughOnce();
    if (this.revision !== before) this.#entries.clear();
  }

  /** What `work` finds out; again, when an index was damaged and another one took its place meanwhile. */
  #unchanged<Answer>(work: () => Answer): Answer {
    for (;;) {
      const before = this.revision;
      const answer = work();
      if (this.revision === before) return answer;
      this.#entries.clear();
    }
  }

  /** Whether it is the package that counts, of those that hold the plugin of that name. */
  #counts({ rank, row: { name } }: Place): boolean {
    const [first] = name === undefined ? [] : this.#places('name', name);
    return first?.rank === rank;
  }

  #places(kind: RowKey, key: string): readonly Place[] {
    return inPrecedence(this.#layers.flatMap((index, layer) => {
      if (index.use((table) => table.find(kind, key)).length > MANY) index.loadAll();
      return index.use((table) => table.find(kind, key).map((id) => this.#place(layer, id, table.row(id))));
    }));
  }

  #place(layer: number, id: number, row: Row): Place {
    const root = this.#layers[layer]?.roots[row.root];
    if (root === undefined) throw new RangeError('A package belongs to no folder that was searched.');
    const tier = this.#judge.tierOf(root, row.folder);
    return { rank: ((tier === 'found' ? 2 : 0) + layer) * 2 ** 32 + id, layer, id, row, root, tier };
  }

  #textOf({ layer, id }: Place): Buffer {
    return this.#layers[layer]?.use((table) => table.text(id)) ?? Buffer.alloc(0);
  }

  #refreshLayers(doubted?: ReadonlySet<string>): boolean {
    const before = this.revision;
    const earlier = this.#layers;
    this.#layers = this.#makeLayers().map((layer) => earlier.find(({ identity }) => identity === layer.identity) ?? layer);
    for (const layer of earlier) if (!this.#layers.includes(layer)) this.#earlierRevisions += layer.revision + 1;
    if (this.#layers.length > earlier.length) this.#earlierRevisions += 1;
    for (const layer of this.#layers) layer.refresh(doubted);
    if (this.revision === before) return false;
    this.#entries.clear();
    return true;
  }

  #makeLayers(): readonly PluginIndex[] {
    const { locations, discover, coreVersion, logger } = this.#options;
    const { lasting, project } = searchRoots({ ...discover, locations, hostTrees: this.#hostTrees });
    return [lasting, project].filter((roots) => roots.length > 0).map((roots) => new PluginIndex({ roots, cache: discover.cache, coreVersion, logger }));
  }
}

/** How often a manifest that is being changed is looked at again. */
const ATTEMPTS = 3;

/** What is asked for to be listed, not to be used. */
const LISTINGS: ReadonlySet<CatalogKey> = new Set(['category', 'keyword']);

/** From so many packages on, the index is read at once. */
const MANY = 32;

/** What is merely found comes last; then the order of the indexes, and of the packages in each. A package counts once. */
function inPrecedence(places: readonly Place[]): readonly Place[] {
  if (places.length < 2) return places;
  const folders = new Set<string>();
  return [...places]
    .sort((a, b) => a.rank - b.rank)
    .filter(({ row: { folder } }) => !folders.has(folder) && folders.add(folder));
}

/** A package with its manifest as it is now; nothing where that is no longer the one that the index knows. */
function entryOnDisk(place: Place): CatalogEntry | undefined {
  const { linked, folder, checksum } = place.row;
  try {
    if (linked !== folder && realPath(linked) !== folder) return undefined;
    const text = readLimited(join(folder, MANIFEST_FILE), MOST_MANIFEST_BYTES);
    return checksumOf(text) === checksum ? entryOf(place, text) : undefined;
  } catch {
    return undefined;
  }
}

function entryOf(place: Place, text: Buffer): CatalogEntry {
  return { ...placeOf(place), manifest: parseCheckedManifest(text.toString()) };
}

function placeOf({ row: { folder, checksum }, root: { origin }, tier, rank }: Place): CatalogPlace {
  return { folder, manifestFile: join(folder, MANIFEST_FILE), checksum, origin, tier, rank };
}

function errorOf({ folder, problem }: Row): StructumError {
  const file = join(folder, MANIFEST_FILE);
  if (problem !== undefined && 'problems' in problem) return catalogued('MANIFEST_INVALID', { file, problems: problem.problems });
  return catalogued('MANIFEST_UNREADABLE', { file, reason: problem?.reason ?? 'unknown' });
}
