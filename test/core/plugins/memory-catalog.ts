import { join } from 'node:path';
import type { PluginManifest, PluginOrigin, TrustTier } from '@structum/core';
import { checksumOf } from '#internal/core/manifest/hash.js';
import type { CatalogEntry, CatalogKey, CatalogProblem, PluginCatalog } from '#internal/core/plugins/catalog.js';

/** A plugin as it might be discovered: a manifest with what matters, the rest made up. */
export interface Discovered extends Partial<Omit<PluginManifest, 'commands'>> {
  readonly name: string;
  /** Paths of commands; aliases after a bar: `tree|t|ls`. */
  readonly paths?: readonly string[];
  /** Folder of the package; one of the plugin's name when left out. */
  readonly folder?: string;
  readonly origin?: PluginOrigin;
  readonly tier?: TrustTier;
}

const ORIGINS: readonly PluginOrigin[] = ['host', 'linked', 'user', 'configured', 'project'];

/** Plugins that were "discovered" without any file: a catalog by the rules of the interface, which counts what is asked. */
export class MemoryCatalog implements PluginCatalog {
  revision = 0;
  /** How often the packages of one name were looked at, and how often all were. */
  readonly asked = { entries: 0, all: 0, refresh: 0 };
  #entries: readonly CatalogEntry[];
  #next: readonly CatalogEntry[] | undefined;
  #problems: readonly CatalogProblem[] = [];

  constructor(plugins: readonly Discovered[]) {
    this.#entries = ranked(plugins);
  }

  /** From the next look at everything on there are these. */
  change(plugins: readonly Discovered[], problems: readonly CatalogProblem[] = []): void {
    this.#next = ranked(plugins);
    this.#problems = problems;
  }

  get longestPath(): number {
    return Math.max(0, ...this.#entries.flatMap(({ manifest }) => namesOf(manifest)).map((path) => path.split(' ').length));
  }

  entries(name: string): readonly CatalogEntry[] {
    this.asked.entries += 1;
    return this.#entries.filter(({ manifest }) => manifest.name === name);
  }

  places(name: string): readonly CatalogEntry[] {
    return this.#entries.filter(({ manifest }) => manifest.name === name);
  }

  names(): readonly string[] {
    return this.#entries.map(({ manifest }) => manifest.name);
  }

  find(kind: CatalogKey, key: string): readonly string[] {
    const counting = this.#entries.filter((entry) => this.#entries.find(({ manifest }) => manifest.name === entry.manifest.name) === entry);
    return counting.filter(({ manifest }) => keysOf(manifest)[kind].includes(key)).map(({ manifest }) => manifest.name);
  }

  all(): readonly CatalogEntry[] {
    this.asked.all += 1;
    return this.#entries;
  }

  problems(): readonly CatalogProblem[] {
    return this.#problems;
  }

  indexes(): readonly [] {
    return [];
  }

  refresh(): boolean {
    this.asked.refresh += 1;
    if (this.#next === undefined) return false;
    this.#entries = this.#next;
    this.#next = undefined;
    this.revision += 1;
    return true;
  }
}

function ranked(plugins: readonly Discovered[]): readonly CatalogEntry[] {
  const precedence = ({ tier, origin }: CatalogEntry): number => (tier === 'found' ? 10 : 0) + ORIGINS.indexOf(origin);
  return plugins.map(entryOf)
    .sort((one, other) => precedence(one) - precedence(other) || (one.folder < other.folder ? -1 : 1))
    .map((entry, rank) => ({ ...entry, rank, checksum: checksumOf(Buffer.from(JSON.stringify(entry.manifest))) }));
}

function entryOf({ paths = [], folder, origin = 'host', tier = 'host', ...manifest }: Discovered): CatalogEntry {
  const place = folder ?? join('/app/node_modules', `structum-plugin-${manifest.name}`);
  const commands = paths.map((names, source) => {
    const [path = '', ...aliases] = names.split('|');
    return { path, aliases, description: path, examples: [], input: { type: 'object', properties: {}, required: [], additionalProperties: false }, source, hash: path } as const;
  });
  return {
    folder: place,
    manifestFile: join(place, 'structum.manifest.json'),
    manifest: {
      manifestVersion: 1, version: '1.0.0', description: manifest.name, category: 'utility', entry: './index.js', engine: '^2.0.0',
      requires: {}, optional: {}, conflicts: {}, provides: [], permissions: {}, hash: 'x', ...manifest, commands,
    },
    origin,
    tier,
    rank: 0,
    checksum: 0,
  };
}

function namesOf({ commands }: PluginManifest): readonly string[] {
  return commands.flatMap(({ path, aliases }) => [path, ...aliases]);
}

function keysOf(manifest: PluginManifest): Readonly<Record<CatalogKey, readonly string[]>> {
  return {
    command: namesOf(manifest),
    service: manifest.provides,
    category: [manifest.category],
    keyword: manifest.keywords ?? [],
    dependent: [...Object.keys(manifest.requires), ...Object.keys(manifest.optional)],
    consumer: manifest.requiresServices ?? [],
    opponent: Object.keys(manifest.conflicts),
    activation: manifest.activation ?? [],
  };
}
