import type { IndexRecord } from '../contract/index.js';
import type { CatalogEntry, CatalogKey, CatalogProblem, PluginCatalog } from './catalog.js';
import { DiscoveredUnits } from './discovered-units.js';
import { isHeld } from './holding.js';
import { isOutdated } from './outdated.js';
import { byName } from './order.js';
import type { PluginUnit, UnitObserver } from './plugin-unit.js';
import type { AppliedPolicy } from './policy.js';
import { Roster } from './roster.js';

/**
 * The plugins of a host: those that it was given, and of those that were discovered the ones that somebody asked for.
 * A discovered plugin is known from when it is looked up, by whatever key; until then it costs nothing.
 */
export class UnitStore {
  readonly #catalog: PluginCatalog;
  readonly #policy: AppliedPolicy;
  readonly #observer: UnitObserver | undefined;
  /** Those that were given, and of the others those that anybody asked for. */
  readonly #roster: Roster;
  /** Discovered ones, also when the catalog has to be asked anew. */
  readonly #discovered = new DiscoveredUnits();
  /** Names of those that stay as they are although their packages do not, until they are down. */
  #outlived: readonly string[] = [];
  readonly #asked = new Set<string>();
  #isComplete = false;
  #catalogRevision: number;
  #revision = 0;

  /** @param observer - Told of each plugin that comes to be known, and of what becomes of it. */
  constructor(catalog: PluginCatalog, policy: AppliedPolicy, observer?: UnitObserver) {
    this.#catalog = catalog;
    this.#policy = policy;
    this.#observer = observer;
    this.#roster = new Roster(policy);
    this.#catalogRevision = catalog.revision;
  }

  /** Counts up whenever what was concluded from earlier answers may not hold any more. */
  get revision(): number {
    return this.#revision;
  }

  /** The most words that any name of a command has. */
  get longestPath(): number {
    return Math.max(this.#roster.longestPath, this.#catalog.longestPath, this.#policy.longestPath);
  }

  /** The plugin that counts of that name. */
  unit(name: string): PluginUnit | undefined {
    this.#load(name);
    return this.#roster.unit(name);
  }

  /** The plugin that counts of that name, if anybody asked for it yet. */
  held(name: string): PluginUnit | undefined {
    return this.#roster.unit(name);
  }

  /** Whether a plugin of that name is there, without a look at its package. */
  isNamed(name: string): boolean {
    return this.#roster.unit(name) !== undefined || this.#catalog.places(name).length > 0;
  }

  /** The names of all plugins, without a look at their packages. */
  names(): ReadonlySet<string> {
    return new Set([...this.#roster.names, ...this.#catalog.names()]);
  }

  /** The plugins that say `key` of themselves, as far as they count; in no particular order. */
  find(kind: CatalogKey, key: string): Iterable<PluginUnit> {
    if (!this.#isComplete) {
      for (const name of this.#catalog.find(kind, key)) this.#load(name);
      if (kind === 'command') for (const name of this.#policy.movedTo(key)) this.#load(name);
    }
    return this.#roster.find(kind, key);
  }

  /** Whether it is known, without a look at more plugins, that one alone claims `key`. */
  isAlone(kind: 'command' | 'service', key: string): boolean {
    return this.#isComplete && this.#roster.find(kind, key).size === 1;
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
    const known = [...this.#roster.find(kind, key)].filter((unit) => this.isFirm(unit) || !listed.has(unit.name));
    yield* known.sort((one, other) => this.compare(one, other));
    for (const name of names) {
      this.#load(name);
      const unit = this.#roster.unit(name);
      if (unit !== undefined && this.#roster.find(kind, key).has(unit) && !known.includes(unit)) yield unit;
    }
  }

  /** As {@link find}, without a look at those that nobody asked for yet. */
  findKnown(kind: CatalogKey, key: string): Iterable<PluginUnit> {
    return this.#roster.find(kind, key);
  }

  /** Whether everything was looked at. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** All that count, after a look at everything. */
  all(): Iterable<PluginUnit> {
    if (!this.#isComplete) this.#loadAll();
    return this.#roster.units;
  }

  /** All that count and that somebody asked for. */
  known(): Iterable<PluginUnit> {
    return this.#roster.units;
  }

  /** Discovered plugins whose names others have, after a look at everything. */
  shadowed(): Iterable<PluginUnit> {
    this.all();
    return this.#roster.namesakes;
  }

  /** What of that name is known and does not count. */
  namesakesOf(name: string): readonly PluginUnit[] {
    return this.#roster.namesakesOf(name);
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
    return this.#roster.isGiven(unit);
  }

  /** Whether it was given, or is up: it does not give way to what was merely discovered. */
  isFirm(unit: PluginUnit): boolean {
    return this.#roster.isFirm(unit);
  }

  /** Whether the package of a discovered plugin that is not up yet says something else now than when it was found. */
  isOutdated(unit: PluginUnit): boolean {
    return !this.#roster.isGiven(unit) && isOutdated(unit);
  }

  /** Orders plugins by precedence: firm ones, then discovered ones in the order of the catalog. */
  compare(one: PluginUnit, other: PluginUnit): number {
    return this.#rankOf(one) - this.#rankOf(other) || (one.name < other.name ? -1 : 1);
  }

  /** Adds a plugin that the host was given; a discovered one of that name does not count any more. */
  add(unit: PluginUnit): void {
    this.#roster.add(unit);
    this.#revision += 1;
    this.#observe(unit);
  }

  /** Takes a plugin out for good; the next of its name counts from then on. It has left when it is down. */
  remove(unit: PluginUnit): void {
    if (this.held(unit.name) !== unit) return;
    if (!this.#roster.isGiven(unit)) this.#discovered.remove(unit);
    this.#roster.remove(unit);
    this.#revision += 1;
  }

  /** Puts `fresh` in the place of `old`. */
  replace(old: PluginUnit, fresh: PluginUnit): void {
    if (!this.#roster.isGiven(old)) this.#discovered.replace(old, fresh);
    this.#roster.replace(old, fresh);
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
      const unit = this.#roster.unit(name);
      return unit !== undefined && !isHeld(unit);
    });
  }

  /** Who may claim what, and what it is called, is decided by something else from now on: what was judged is judged anew. */
  judgeAnew(): void {
    for (const unit of [...this.#roster.units, ...this.#roster.namesakes]) unit.reconsider();
    this.#roster.reindex();
    this.#revision += 1;
  }

  #load(name: string): void {
    if (this.#isComplete || this.#asked.has(name)) return;
    const held = this.#roster.unit(name);
    // What was given counts whatever was discovered; who lists everything learns of its namesakes.
    if (held !== undefined && this.#roster.isGiven(held)) return;
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
    this.#roster.take(name, this.#discovered.unitsOf(entries, isHeld));
    const { superseded, fresh } = this.#discovered.takeChanges();
    for (const unit of superseded) unit.left();
    for (const unit of fresh) this.#observe(unit);
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
    for (const unit of [...discovered, ...this.#roster.given].sort(byName)) if (!gone.has(unit)) unit.reconsider();
    // Who was told of all of them is told of those that came; anybody, of those that came in the places of others.
    if (wasComplete) this.#loadAll();
    else for (const { name } of gone) this.#load(name);
  }

  /** What is given or up stays; everything else is asked for anew. */
  #startAnew(): void {
    this.#roster.startAnew();
    this.#asked.clear();
    this.#isComplete = false;
    this.#revision += 1;
  }

  #observe(unit: PluginUnit): void {
    if (this.#observer !== undefined) unit.observe(this.#observer);
  }

  #rankOf(unit: PluginUnit): number {
    return this.isFirm(unit) ? -1 : this.#discovered.rankOf(unit);
  }
}
