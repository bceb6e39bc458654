import type { CommandRecord, CoreCopy, Dependency, Dependent, IndexRecord, PluginProblem, PluginRecord, Registry, Route } from '../contract/index.js';

/** A registry as hosts and plugins get it: they may ask everything, and change nothing. */
export class RegistryView implements Registry {
  readonly #registry: Registry;

  constructor(registry: Registry) {
    this.#registry = registry;
    Object.freeze(this);
  }

  get core(): CoreCopy {
    return this.#registry.core;
  }

  get reservedWords(): readonly string[] {
    return this.#registry.reservedWords;
  }

  get plugins(): readonly PluginRecord[] {
    return this.#registry.plugins;
  }

  get commands(): readonly CommandRecord[] {
    return this.#registry.commands;
  }

  plugin(name: string): PluginRecord | undefined {
    return this.#registry.plugin(name);
  }

  command(path: string): CommandRecord | undefined {
    return this.#registry.command(path);
  }

  route(words: readonly string[]): Route | undefined {
    return this.#registry.route(words);
  }

  group(prefix: string): readonly CommandRecord[] {
    return this.#registry.group(prefix);
  }

  category(category: string): readonly PluginRecord[] {
    return this.#registry.category(category);
  }

  keyword(keyword: string): readonly PluginRecord[] {
    return this.#registry.keyword(keyword);
  }

  provider(serviceId: string): PluginRecord | undefined {
    return this.#registry.provider(serviceId);
  }

  dependsOn(name: string): readonly Dependency[] {
    return this.#registry.dependsOn(name);
  }

  dependents(name: string): readonly Dependent[] {
    return this.#registry.dependents(name);
  }

  problems(): readonly PluginProblem[] {
    return this.#registry.problems();
  }

  indexes(): readonly IndexRecord[] {
    return this.#registry.indexes();
  }

  judged(): Promise<readonly PluginRecord[]> {
    return this.#registry.judged();
  }

  refresh(): boolean {
    return this.#registry.refresh();
  }

  suggest(path: string): readonly string[] {
    return this.#registry.suggest(path);
  }
}
