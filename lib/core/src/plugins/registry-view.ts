import { thisCore, type CommandRecord, type Dependency, type Dependent, type IndexRecord, type PluginProblem, type PluginRecord, type Registry, type Route } from '../contract/index.js';
import type { CatalogKey } from './catalog.js';
import type { CommandTable } from './command-table.js';
import type { DeclaredDependencies } from './declared-dependencies.js';
import { reportOf } from './error-report.js';
import type { Judge } from './judge.js';
import { byName } from './order.js';
import type { PluginRegistry } from './plugin-registry.js';
import type { PluginUnit } from './plugin-unit.js';
import type { UnitStore } from './unit-store.js';

/** What a registry shows of itself. */
export interface ViewedRegistry {
  readonly registry: PluginRegistry;
  readonly store: UnitStore;
  readonly judge: Judge;
  readonly commands: CommandTable;
  readonly dependencies: DeclaredDependencies;
  readonly reservedWords: readonly string[];
}

/** A registry as hosts and plugins get it: they may look everything up, by everything, and change nothing. */
export class RegistryView implements Registry {
  readonly core = thisCore;
  readonly reservedWords: readonly string[];
  readonly #registry: PluginRegistry;
  readonly #store: UnitStore;
  readonly #judge: Judge;
  readonly #commands: CommandTable;
  readonly #dependencies: DeclaredDependencies;

  constructor({ registry, store, judge, commands, dependencies, reservedWords }: ViewedRegistry) {
    this.reservedWords = reservedWords;
    this.#registry = registry;
    this.#store = store;
    this.#judge = judge;
    this.#commands = commands;
    this.#dependencies = dependencies;
    Object.freeze(this);
  }

  get plugins(): readonly PluginRecord[] {
    return this.#registry.all().map(toRecord);
  }

  get commands(): readonly CommandRecord[] {
    return this.#commands.list(this.#registry.all());
  }

  plugin(name: string): PluginRecord | undefined {
    return this.#registry.unit(name)?.toRecord();
  }

  command(path: string): CommandRecord | undefined {
    return this.#registry.look(() => this.#commands.offered(path) ?? this.#commands.withheld(path));
  }

  route(words: readonly string[]): Route | undefined {
    if (words.length === 0) return undefined;
    const routed = (find: (name: string) => CommandRecord | undefined): Route | undefined =>
      this.#registry.look(() => this.#commands.route(words, this.#store.longestPath, find));
    const offered = (): Route | undefined => routed((name) => this.#commands.offered(name));
    return offered() ?? (this.refresh() ? offered() : undefined) ?? routed((name) => this.#commands.withheld(name));
  }

  group(prefix: string): readonly CommandRecord[] {
    return this.#commands.list(this.#registry.all(), `${prefix} `);
  }

  category(category: string): readonly PluginRecord[] {
    return this.#find('category', category);
  }

  keyword(keyword: string): readonly PluginRecord[] {
    return this.#find('keyword', keyword);
  }

  #find(kind: CatalogKey, key: string): readonly PluginRecord[] {
    return this.#registry.look(() => [...this.#store.find(kind, key)].map((unit) => this.#judge.settle(unit))).sort(byName).map(toRecord);
  }

  provider(serviceId: string): PluginRecord | undefined {
    return this.#registry.providerUnit(serviceId)?.toRecord();
  }

  dependsOn(name: string): readonly Dependency[] {
    const unit = this.#registry.unit(name);
    return unit === undefined ? [] : this.#dependencies.of(unit);
  }

  dependents(name: string): readonly Dependent[] {
    return this.#registry.look(() => this.#dependencies.dependents(name));
  }

  problems(): readonly PluginProblem[] {
    this.#registry.all();
    return this.#registry.look(() => this.#store.problems()).map(({ folder, origin, error }) => ({ folder, origin, error: reportOf(error) }));
  }

  indexes(): readonly IndexRecord[] {
    return this.#store.indexes();
  }

  judged(): Promise<readonly PluginRecord[]> {
    // The first look at everything is one at how it is now.
    if (this.#store.isComplete) this.refresh();
    const units = this.#registry.look(() => {
      const all = this.#registry.all();
      this.#judge.judge(all);
      return all;
    });
    return Promise.resolve(units.map(toRecord));
  }

  refresh(): boolean {
    return this.#registry.refresh();
  }

  suggest(path: string): readonly string[] {
    return this.#registry.look(() => this.#commands.similarTo(path, [...this.#store.all()]));
  }
}

function toRecord(unit: PluginUnit): PluginRecord {
  return unit.toRecord();
}
