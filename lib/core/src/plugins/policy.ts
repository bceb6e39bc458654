import { disabledBy, NO_POLICY, type PolicyInForce } from '../config/index.js';
import type { CommandRecord, ConfigOrigin, PluginManifest } from '../contract/index.js';

/** What is decided about plugins, applied to them: which are disabled, and what their commands are called. */
export class AppliedPolicy {
  #policy: PolicyInForce;
  #aliases: ReadonlyMap<string, string> = new Map();
  #renames: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map();
  /** Plugins that a rename gives a command of that name. */
  #movedTo = new Map<string, string[]>();
  #names = new WeakMap<PluginManifest, readonly CommandName[]>();

  constructor(policy: PolicyInForce = NO_POLICY) {
    this.#policy = policy;
    this.heed(policy);
  }

  /** From now on, it is `policy` that is decided. */
  heed(policy: PolicyInForce): void {
    const { aliases = {}, renames = {} } = policy.policy;
    this.#policy = policy;
    this.#aliases = new Map(Object.entries(aliases));
    this.#renames = new Map(Object.entries(renames).map(([plugin, moves]) => [plugin, new Map(Object.entries(moves))]));
    this.#movedTo = new Map();
    for (const [plugin, moves] of this.#renames) {
      for (const to of moves.values()) this.#movedTo.set(to, [...(this.#movedTo.get(to) ?? []), plugin]);
    }
    this.#names = new WeakMap();
  }

  /** The most words of any name that it gives. */
  get longestPath(): number {
    return Math.max(0, ...[...this.#aliases.keys(), ...this.#movedTo.keys()].map((name) => name.split(' ').length));
  }

  /** Who disables a plugin; `undefined` where nobody does. */
  disabledBy({ name, category }: PluginManifest): ConfigOrigin | undefined {
    return disabledBy(this.#policy, name, category);
  }

  /** What the commands of a plugin are called in this host: their paths and aliases, moved where the policy says so. */
  namesOf(manifest: PluginManifest): readonly CommandName[] {
    let names = this.#names.get(manifest);
    if (names === undefined) {
      names = this.#findNames(manifest);
      this.#names.set(manifest, names);
    }
    return names;
  }

  /** Names of plugins with a command that the policy moves to `path`. */
  movedTo(path: string): readonly string[] {
    return this.#movedTo.get(path) ?? [];
  }

  /** The command that an alias of the policy means. */
  aliased(alias: string): string | undefined {
    return this.#aliases.get(alias);
  }

  /** The aliases of the policy, and what they mean. */
  get aliases(): Iterable<readonly [alias: string, path: string]> {
    return this.#aliases;
  }

  #findNames({ name: plugin, commands }: PluginManifest): readonly CommandName[] {
    const moves = this.#renames.get(plugin);
    const called = (name: string): string => moves?.get(name) ?? name;
    return commands.flatMap((manifest) => {
      const record: CommandRecord = Object.freeze({ path: called(manifest.path), plugin, manifest });
      return [manifest.path, ...manifest.aliases].map((original) => ({ name: called(original), original, record }));
    });
  }
}

/** One of the names of a command. */
export interface CommandName {
  /** In this host. */
  readonly name: string;
  /** As its plugin says. */
  readonly original: string;
  readonly record: CommandRecord;
}
