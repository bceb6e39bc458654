import { readFileSync } from 'node:fs';
import type { IndexRecord, PluginState } from '../contract/index.js';
import { parseCheckedManifest } from '../manifest/read.js';
import type { CatalogEntry, CatalogKey, CatalogProblem, PluginCatalog } from './catalog.js';
import { DiscoveredUnits } from './discovered-units.js';
import type { PluginUnit, UnitObserver } from './plugin-unit.js';
import type { AppliedPolicy } from './policy.js';
import { UnitIndex } from './unit-index.js';

/**
 * The plugins of a host: those that it was given, and of those that were discovered the ones that somebody asked for.
 * A discovered plugin is known from when it is looked up, by whatever key; until then it costs nothing.
 */
export class UnitStore {
  readonly #catalog: PluginCatalog;
  readonly #policy: AppliedPolicy;
  readonly #observer: UnitObserver | undefined;
  readonly #given = new Set<PluginUnit>();
  /** Those that count, by name. */
  readonly #units = new Map<string, PluginUnit>();
  /** Discovered ones whose name another one has. */
  readonly #namesakes = new Map<string, readonly PluginUnit[]>();
  /** Discovered ones, also when the catalog has to be asked anew. */
  readonly #discovered = new DiscoveredUnits();
  /** Names of those that stay as they are although their packages do not, until they are down. */
  #outlived: readonly string[] = [];
  readonly #asked = new Set<string>();
  #index: UnitIndex;
  #isComplete = false;
  #catalogRevision: number;
  #revision = 0;

  /** @param observer - Told of each plugin that comes to be known, and of what becomes of it. */
  constructor(catalog: PluginCatalog, policy: AppliedPolicy, observer?: UnitObserver) {
    this.#catalog = catalog;
    this.#policy = policy;
    this.#observer = observer;
    this.#index = new UnitIndex(policy);
    this.#catalogRevision = catalog.revision;
  }

  /** Counts up whenever what was concluded from earlier answers may not hold any more. */
  get revision(): number {
    return this.#revision;
  }

  /** The most words that any name of a command has. */
  get longestPath(): number {
    return Math.max(this.#index.longestPath, this.#catalog.longestPath, this.#policy.longestPath);
  }

  /** The plugin that counts of that name. */
  unit(name: string): PluginUnit | undefined {
    this.#load(name);
    return this.#units.get(name);
  }

  /** The plugin that counts of that name, if anybody asked for it yet. */
  held(name: string): PluginUnit | undefined {
    return this.#units.get(name);
  }

  /** Whether a plugin of that name is there, without a look at its package. */
  isNamed(name: string): boolean {
    return this.#units.has(name) || this.#catalog.places(name).length > 0;
  }

  /** The names of all plugins, without a look at their packages. */
  names(): ReadonlySet<string> {
    return new Set([...this.#units.keys(), ...this.#catalog.names()]);
  }

  /** The plugins that say `key` of themselves, as far as they count; in no particular order. */
  find(kind: CatalogKey, key: string): Iterable<PluginUnit> {
    if (!this.#isComplete) {
      for (const name of this.#catalog.find(kind, key)) this.#load(name);
      if (kind === 'command') for (const name of this.#policy.movedTo(key)) this.#load(name);
    }
    return this.#index.find(kind, key);
  }

  /** Whether it is known, without a look at more plugins, that one alone claims `key`. */
  isAlone(kind: 'command' | 'service', key: string): boolean {
    return this.#isComplete && this.#index.find(kind, key).size === 1;
  }

  /** The plugins that claim `key`, as far as they count, in precedence; no more of them are read than are taken. */
  *claimants(kind: 'command' | 'service', key: string): Iterable<PluginUnit> {
    const moved = kind === 'command' ? this.#policy.movedTo(key) : [];
    if (this.#isComplete || moved.length > 0) {
      yield* [...this.find(kind, key)].sort((one, other) => this.compare(one, other));
      return;
    }
    const names = this.#catalog.find(kind, key);
    const listed = new Set(names);
    const known = [...this.#index.find(kind, key)].filter((unit) => this.isFirm(unit) || !listed.has(unit.name));
    yield* known.sort((one, other) => this.compare(one, other));
    for (const name of names) {
      this.#load(name);
      const unit = this.#units.get(name);
      if (unit !== undefined && this.#index.find(kind, key).has(unit) && !known.includes(unit)) yield unit;
    }
  }

  /** As {@link find}, without a look at those that nobody asked for yet. */
  findKnown(kind: CatalogKey, key: string): Iterable<PluginUnit> {
    return this.#index.find(kind, key);
  }

  /** Whether everything was looked at. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** All that count, after a look at everything. */
  all(): Iterable<PluginUnit> {
    if (!this.#isComplete) this.#loadAll();
    return this.#units.values();
  }

  /** All that count and that somebody asked for. */
  known(): Iterable<PluginUnit> {
    return this.#units.values();
  }

  /** Discovered plugins whose names others have, after a look at everything. */
  *shadowed(): Iterable<PluginUnit> {
    this.all();
    for (const units of this.#namesakes.values()) yield* units;
  }

  /** What of that name is known and does not count. */
  namesakesOf(name: string): readonly PluginUnit[] {
    return this.#namesakes.get(name) ?? [];
  }

  /** Packages that cannot be used, after a look at everything. */
  problems(): readonly CatalogProblem[] {
    this.all();
    return this.#catalog.problems();
  }

  indexes(): readonly IndexRecord[] {
    return this.#catalog.indexes();
  }

  isGiven(unit: PluginUnit): boolean {
    return this.#given.has(unit);
  }

  /** Whether it was given, or is up: it does not give way to what was merely discovered. */
  isFirm(unit: PluginUnit): boolean {
    return this.#given.has(unit) || isUp(unit);
  }

  /** Whether the package of a discovered plugin that is not up yet says something else now than when it was found. */
  isOutdated(unit: PluginUnit): boolean {
    const { manifest, manifestFile, state, isBegun } = unit;
    if (manifestFile === undefined || isBegun || this.#given.has(unit) || !NOT_UP.has(state)) return false;
    try {
      return JSON.stringify(parseCheckedManifest(readFileSync(manifestFile, 'utf8'))) !== JSON.stringify(manifest);
    } catch {
      return true;
    }
  }

  /** Orders plugins by precedence: firm ones, then discovered ones in the order of the catalog. */
  compare(one: PluginUnit, other: PluginUnit): number {
    return this.#rankOf(one) - this.#rankOf(other) || (one.name < other.name ? -1 : 1);
  }

  /** Adds a plugin that the host was given; a discovered one of that name does not count any more. */
  add(unit: PluginUnit): void {
    const namesake = this.#units.get(unit.name);
    this.#given.add(unit);
    this.#units.set(unit.name, unit);
    this.#index.add(unit);
    if (namesake !== undefined) {
      this.#index.remove(namesake);
      this.#namesakes.set(unit.name, [namesake, ...this.namesakesOf(unit.name)]);
    }
    this.#revision += 1;
    this.#observe(unit);
  }

  /** Takes a plugin out for good; the next of its name counts from then on. It has left when it is down. */
  remove(unit: PluginUnit): void {
    if (this.#units.get(unit.name) !== unit) return;
    this.#index.remove(unit);
    this.#units.delete(unit.name);
    if (!this.#given.delete(unit)) this.#discovered.remove(unit);
    this.#promote(unit.name);
    this.#revision += 1;
  }

  /** Puts `fresh` in the place of `old`. */
  replace(old: PluginUnit, fresh: PluginUnit): void {
    this.#index.remove(old);
    this.#index.add(fresh);
    this.#units.set(fresh.name, fresh);
    if (this.#given.delete(old)) this.#given.add(fresh);
    else this.#discovered.replace(old, fresh);
    this.#revision += 1;
    fresh.takePlaceOf(old);
  }

  /** Looks at everything again; whether anything was found to be different. */
  refresh(): boolean {
    const isDifferent = this.#catalog.refresh();
    if (this.#forgetChanged()) return isDifferent;
    if (!this.#hasOutlivedItself()) return isDifferent;
    this.#forget();
    return true;
  }

  /** Whether a plugin whose package is gone, or says something else, went down since. */
  #hasOutlivedItself(): boolean {
    return this.#outlived.some((name) => {
      const unit = this.#units.get(name);
      return unit !== undefined && !isHeld(unit);
    });
  }

  /** Who may claim what, and what it is called, is decided by something else from now on: what was judged is judged anew. */
  judgeAnew(): void {
    for (const unit of [...this.#units.values(), ...[...this.#namesakes.values()].flat()]) unit.reconsider();
    this.#index = new UnitIndex(this.#policy);
    for (const unit of this.#units.values()) this.#index.add(unit);
    this.#revision += 1;
  }

  #load(name: string): void {
    if (this.#isComplete || this.#asked.has(name)) return;
    const held = this.#units.get(name);
    // What was given counts whatever was discovered; who lists everything learns of its namesakes.
    if (held !== undefined && this.#given.has(held)) return;
    let entries = this.#catalog.entries(name);
    if (this.#forgetChanged()) entries = this.#catalog.entries(name);
    this.#asked.add(name);
    this.#take(name, entries);
  }

  #loadAll(): void {
    let entries = this.#catalog.all();
    if (this.#forgetChanged()) entries = this.#catalog.all();
    const byName = new Map<string, CatalogEntry[]>();
    for (const entry of entries) {
      const { name } = entry.manifest;
      const others = byName.get(name);
      if (others === undefined) byName.set(name, [entry]);
      else others.push(entry);
    }
    for (const [name, ofThatName] of byName) this.#take(name, ofThatName);
    this.#isComplete = true;
    this.#revision += 1;
  }

  /** Knows the packages of a name from now on, in their order of precedence. */
  #take(name: string, entries: readonly CatalogEntry[]): void {
    const units = this.#discovered.unitsOf(entries, isHeld);
    const held = this.#units.get(name);
    const others = units.filter((unit) => unit !== held && (held === undefined || unit.manifestFile !== held.manifestFile));
    const first = held ?? others.shift();
    if (first === undefined) return;
    this.#units.set(name, first);
    this.#index.add(first);
    if (others.length > 0) this.#namesakes.set(name, others);
    const { superseded, fresh } = this.#discovered.takeChanges();
    for (const unit of superseded) unit.left();
    for (const unit of fresh) this.#observe(unit);
  }

  /** The first of those that the plugin of that name hid counts from now on. */
  #promote(name: string): void {
    const [first, ...others] = this.namesakesOf(name);
    this.#namesakes.delete(name);
    if (first === undefined) return;
    first.reconsider();
    this.#units.set(name, first);
    this.#index.add(first);
    if (others.length > 0) this.#namesakes.set(name, others);
  }

  /** Where the catalog says something else than before, all is asked for anew; what is given or up stays. */
  #forgetChanged(): boolean {
    if (this.#catalog.revision === this.#catalogRevision) return false;
    this.#forget();
    return true;
  }

  /** What is known is compared with what the catalog says now, and what left, or was changed, is told of: in the order of the names. */
  #forget(): void {
    this.#catalogRevision = this.#catalog.revision;
    const wasComplete = this.#isComplete;
    const discovered = this.#discovered.units;
    const outdated = discovered.filter((unit) => !this.#discovered.isAmong(unit, this.#catalog.places(unit.name)));
    const gone = new Set(outdated.filter((unit) => !isHeld(unit)).sort(byName));
    this.#outlived = outdated.filter(isHeld).map(({ name }) => name);
    this.#discovered.forget(gone);
    this.#startAnew();
    for (const unit of gone) unit.left();
    for (const unit of [...discovered, ...this.#given].sort(byName)) if (!gone.has(unit)) unit.reconsider();
    // Who was told of all of them is told of those that came; anybody, of those that came in the places of others.
    if (wasComplete) this.#loadAll();
    else for (const { name } of gone) this.#load(name);
  }

  /** What is given or up stays; everything else is asked for anew. */
  #startAnew(): void {
    this.#index = new UnitIndex(this.#policy);
    this.#namesakes.clear();
    this.#asked.clear();
    this.#isComplete = false;
    for (const [name, unit] of this.#units) {
      if (this.#given.has(unit) || isHeld(unit)) this.#index.add(unit);
      else this.#units.delete(name);
    }
    this.#revision += 1;
  }

  #observe(unit: PluginUnit): void {
    if (this.#observer !== undefined) unit.observe(this.#observer);
  }

  #rankOf(unit: PluginUnit): number {
    return this.isFirm(unit) ? -1 : this.#discovered.rankOf(unit);
  }
}

function byName({ name: one }: PluginUnit, { name: other }: PluginUnit): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Where the next use of a plugin may be its first. */
const NOT_UP: ReadonlySet<PluginState> = new Set(['discovered', 'resolved', 'rejected']);

/** Whether its code is there, or about to be: what runs stays what it is. */
function isUp({ state, isBegun }: PluginUnit): boolean {
  return state === 'loaded' || state === 'active' || (isBegun && state === 'resolved');
}

/** Whether it stays as it is when others are looked for: a command that was found is not to lose its plugin. It is firm only once it begins. */
function isHeld(unit: PluginUnit): boolean {
  return isUp(unit) || unit.running.size > 0;
}
