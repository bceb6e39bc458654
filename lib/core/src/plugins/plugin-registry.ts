import type { CommandManifest, CommandRecord, Dependency, Dependent, PluginRecord, Registry, Route } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { flagsOf } from '../manifest/flags.js';
import { deepFreeze } from './deep-freeze.js';
import type { PluginUnit } from './plugin-unit.js';
import { Resolver } from './resolver.js';
import { similar } from './similar.js';

interface CommandSlot {
  readonly record: CommandRecord;
  readonly unit: PluginUnit;
}

/** The plugins of a host, by everything that one looks them up by. */
export class PluginRegistry implements Registry {
  readonly #units = new Map<string, PluginUnit>();
  /** Plugins that clash with one that was there first: listed, so that one can ask why. */
  readonly #clashing: PluginUnit[] = [];
  /** By path and by alias. */
  readonly #commands = new Map<string, CommandSlot>();
  readonly #providers = new Map<string, PluginUnit>();
  readonly #reservedFlags: ReadonlySet<string>;
  readonly #resolver = new Resolver(this);
  /** The most words that any path or alias has. */
  #longestPath = 0;

  constructor(reservedFlags: Iterable<string> = []) {
    this.#reservedFlags = new Set(reservedFlags);
  }

  get plugins(): readonly PluginRecord[] {
    return [...this.#units.values(), ...this.#clashing].sort(byName).map((unit) => unit.toRecord());
  }

  get commands(): readonly CommandRecord[] {
    const records = new Set([...this.#commands.values()].filter(({ unit }) => unit.state !== 'rejected').map(({ record }) => record));
    return [...records].map(handedOut).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  plugin(name: string): PluginRecord | undefined {
    return (this.#units.get(name) ?? this.#clashing.find((unit) => unit.name === name))?.toRecord();
  }

  command(path: string): CommandRecord | undefined {
    const record = this.#commands.get(path)?.record;
    return record === undefined ? undefined : handedOut(record);
  }

  route(words: readonly string[]): Route | undefined {
    for (let length = Math.min(words.length, this.#longestPath); length > 0; length--) {
      const command = this.command(words.slice(0, length).join(' '));
      if (command !== undefined) return { command, length };
    }
    return undefined;
  }

  group(prefix: string): readonly CommandRecord[] {
    return this.commands.filter(({ path }) => path.startsWith(`${prefix} `));
  }

  category(category: string): readonly PluginRecord[] {
    return this.plugins.filter((plugin) => plugin.category === category);
  }

  keyword(keyword: string): readonly PluginRecord[] {
    return this.plugins.filter(({ manifest }) => manifest.keywords?.includes(keyword) === true);
  }

  dependsOn(name: string): readonly Dependency[] {
    const unit = this.#units.get(name);
    if (unit === undefined) return [];
    const { requires, optional, requiresServices = [] } = unit.manifest;
    return [
      ...Object.entries(requires).map(([plugin, range]) => ({ plugin, range, optional: false, ...this.#found(plugin) })),
      ...Object.entries(optional).map(([plugin, range]) => ({ plugin, range, optional: true, ...this.#found(plugin) })),
      ...requiresServices.map((service) => {
        const provider = this.#providers.get(service)?.name;
        return { service, range: '*', optional: false, ...(provider === undefined ? {} : { plugin: provider, ...this.#found(provider) }) };
      }),
    ];
  }

  dependents(name: string): readonly Dependent[] {
    return [...this.#units.keys()].sort().flatMap((dependent) =>
      this.dependsOn(dependent)
        .filter(({ plugin }) => plugin === name)
        .map(({ range, service, optional }) => ({ plugin: dependent, range, ...(service === undefined ? {} : { service }), optional })));
  }

  refresh(): boolean {
    return false;
  }

  provider(serviceId: string): PluginRecord | undefined {
    return this.#providers.get(serviceId)?.toRecord();
  }

  async judged(): Promise<readonly PluginRecord[]> {
    for (const unit of this.#units.values()) await this.resolve(unit);
    return this.plugins;
  }

  suggest(path: string): readonly string[] {
    const visible = [...this.#commands].filter(([, { record }]) => record.manifest.hidden !== true).map(([name]) => name);
    return similar(path, visible);
  }

  /** Judges whether a plugin can be used, for the floors above: its state becomes `resolved`, or `rejected` with the reason, which is returned. */
  resolve(unit: PluginUnit): Promise<StructumError | undefined> {
    return this.#resolver.resolve(unit);
  }

  /** Why `unit` cannot come to the plugins that are there, for the floors above. */
  conflictWith(unit: PluginUnit): Promise<StructumError | undefined> {
    return this.#resolver.conflictWith(unit);
  }

  /** The plugin of that name, for the floors above. */
  unit(name: string): PluginUnit | undefined {
    return this.#units.get(name);
  }

  /** All plugins, for the floors above. */
  get units(): Iterable<PluginUnit> {
    return this.#units.values();
  }

  /** The plugin that provides a service, for the floors above. */
  providerUnit(serviceId: string): PluginUnit | undefined {
    return this.#providers.get(serviceId);
  }

  /** The plugins that require `name`. */
  requiredBy(name: string): readonly PluginUnit[] {
    return [...this.#units.values()].filter(({ manifest }) => Object.hasOwn(manifest.requires, name));
  }

  /**
   * Adds a plugin with its commands and services: all of it, or nothing.
   *
   * @throws `PLUGIN_DUPLICATE`, `COMMAND_DUPLICATE`, `SERVICE_DUPLICATE`, `OPTION_RESERVED`.
   */
  add(unit: PluginUnit): void {
    const { manifest, name } = unit;
    const namesake = this.#units.get(name);
    if (namesake !== undefined) {
      throw catalogued('PLUGIN_DUPLICATE', { plugin: name, first: namesake.source.label, second: unit.source.label });
    }
    const slots = manifest.commands.flatMap((command) => this.#slotsOf(command, unit));
    this.#checkClashes(slots, unit);
    this.#units.set(name, unit);
    for (const [path, slot] of slots) {
      this.#commands.set(path, slot);
      this.#longestPath = Math.max(this.#longestPath, path.split(' ').length);
    }
    for (const id of manifest.provides) this.#providers.set(id, unit);
  }

  /** Keeps a plugin that clashes with others, so that one can ask why; its commands and services are not offered. */
  addClashing(unit: PluginUnit, reason: StructumError): void {
    unit.judged(reason);
    this.#clashing.push(unit);
  }

  /** Lets all plugins be judged anew that were judged and not taken up yet: another came or went. */
  reconsider(): void {
    for (const unit of this.#units.values()) unit.reconsider();
  }

  /** Forgets a plugin, its commands and its services. */
  remove(unit: PluginUnit): void {
    this.#units.delete(unit.name);
    for (const [path, slot] of this.#commands) if (slot.unit === unit) this.#commands.delete(path);
    for (const [id, provider] of this.#providers) if (provider === unit) this.#providers.delete(id);
  }

  #found(name: string): { readonly found?: string } {
    const found = this.#units.get(name)?.manifest.version;
    return found === undefined ? {} : { found };
  }

  #slotsOf(manifest: CommandManifest, unit: PluginUnit): [string, CommandSlot][] {
    const record: CommandRecord = { path: manifest.path, plugin: unit.name, manifest };
    return [manifest.path, ...manifest.aliases].map((path) => [path, { record, unit }]);
  }

  #checkClashes(slots: readonly [string, CommandSlot][], unit: PluginUnit): void {
    const own = new Set<string>();
    for (const [path, { record }] of slots) {
      const other = own.has(path) ? unit : this.#commands.get(path)?.unit;
      if (other !== undefined) {
        throw catalogued('COMMAND_DUPLICATE', { command: path, first: `plugin "${other.name}"`, second: `plugin "${unit.name}"` });
      }
      own.add(path);
      for (const flag of Object.values(record.manifest.input.properties).flatMap(flagsOf)) {
        if (this.#reservedFlags.has(flag)) throw catalogued('OPTION_RESERVED', { command: record.path, flag });
      }
    }
    for (const service of unit.manifest.provides) {
      const other = this.#providers.get(service);
      if (other !== undefined) {
        throw catalogued('SERVICE_DUPLICATE', { service, first: `plugin "${other.name}"`, second: `plugin "${unit.name}"` });
      }
    }
  }
}

/** What is handed out nobody may change; freezing all at the start would take longer than most commands. */
function handedOut(record: CommandRecord): CommandRecord {
  deepFreeze(record.manifest);
  return record;
}

function byName(a: PluginUnit, b: PluginUnit): number {
  return a.name < b.name ? -1 : 1;
}
