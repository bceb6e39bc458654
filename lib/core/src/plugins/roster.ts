import type { CatalogKey } from './catalog.js';
import { isHeld, isUp } from './holding.js';
import type { PluginUnit } from './plugin-unit.js';
import type { AppliedPolicy } from './policy.js';
import { UnitIndex } from './unit-index.js';

/** The plugins that a host knows. Of each name one counts, and those whose name it has come after it. */
export class Roster {
  readonly #policy: AppliedPolicy;
  readonly #given = new Set<PluginUnit>();
  /** Those that count, by name. */
  readonly #units = new Map<string, PluginUnit>();
  /** Discovered ones whose name another one has. */
  readonly #namesakes = new Map<string, readonly PluginUnit[]>();
  /** Of those that count. */
  #index: UnitIndex;

  constructor(policy: AppliedPolicy) {
    this.#policy = policy;
    this.#index = new UnitIndex(policy);
  }

  /** The most words that any name of a command has that was ever among them. */
  get longestPath(): number {
    return this.#index.longestPath;
  }

  /** Those that the host was given. */
  get given(): Iterable<PluginUnit> {
    return this.#given;
  }

  /** Those that count. */
  get units(): Iterable<PluginUnit> {
    return this.#units.values();
  }

  /** The names of those that count. */
  get names(): Iterable<string> {
    return this.#units.keys();
  }

  /** Those that do not count. */
  get namesakes(): Iterable<PluginUnit> {
    return [...this.#namesakes.values()].flat();
  }

  /** The one that counts of that name. */
  unit(name: string): PluginUnit | undefined {
    return this.#units.get(name);
  }

  /** Those of that name that do not count. */
  namesakesOf(name: string): readonly PluginUnit[] {
    return this.#namesakes.get(name) ?? [];
  }

  /** Those that say `key` of themselves, as far as they count; in no particular order. */
  find(kind: CatalogKey, key: string): ReadonlySet<PluginUnit> {
    return this.#index.find(kind, key);
  }

  isGiven(unit: PluginUnit): boolean {
    return this.#given.has(unit);
  }

  /** Whether it was given, or is up: it does not give way to what was merely discovered. */
  isFirm(unit: PluginUnit): boolean {
    return this.#given.has(unit) || isUp(unit);
  }

  /** Adds a plugin that the host was given; a discovered one of that name does not count any more. */
  add(unit: PluginUnit): void {
    const namesake = this.#units.get(unit.name);
    this.#given.add(unit);
    this.#count(unit);
    if (namesake === undefined) return;
    this.#index.remove(namesake);
    this.#namesakes.set(unit.name, [namesake, ...this.namesakesOf(unit.name)]);
  }

  /** Adds discovered plugins of a name, in their order of precedence: the first counts, where none does yet. */
  take(name: string, units: readonly PluginUnit[]): void {
    const held = this.#units.get(name);
    const others = units.filter((unit) => unit !== held && (held === undefined || unit.manifestFile !== held.manifestFile));
    const first = held ?? others.shift();
    if (first !== undefined) this.#count(first, others);
  }

  /** Takes one out that counts; the next of its name counts from then on. */
  remove(unit: PluginUnit): void {
    this.#index.remove(unit);
    this.#units.delete(unit.name);
    this.#given.delete(unit);
    const [first, ...others] = this.namesakesOf(unit.name);
    this.#namesakes.delete(unit.name);
    first?.reconsider();
    if (first !== undefined) this.#count(first, others);
  }

  /** Puts `fresh` in the place of `old`. */
  replace(old: PluginUnit, fresh: PluginUnit): void {
    this.#index.remove(old);
    this.#count(fresh);
    if (this.#given.delete(old)) this.#given.add(fresh);
  }

  /** Finds them anew: what they are called may be decided by something else. */
  reindex(): void {
    this.#index = new UnitIndex(this.#policy);
    for (const unit of this.#units.values()) this.#index.add(unit);
  }

  /** Only what is given, or is to stay as it is, is known from now on. */
  startAnew(): void {
    this.#namesakes.clear();
    for (const [name, unit] of this.#units) if (!this.#given.has(unit) && !isHeld(unit)) this.#units.delete(name);
    this.reindex();
  }

  /** @param others - Its namesakes; those that are known already where there are none. */
  #count(unit: PluginUnit, others: readonly PluginUnit[] = []): void {
    this.#units.set(unit.name, unit);
    this.#index.add(unit);
    if (others.length > 0) this.#namesakes.set(unit.name, others);
  }
}
