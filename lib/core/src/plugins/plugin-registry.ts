import { thisCore, type CommandRecord, type Dependency, type Dependent, type IndexRecord, type PluginProblem, type PluginRecord, type Registry, type Route } from '../contract/index.js';
import type { PolicyInForce } from '../config/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { emptyCatalog, type CatalogKey, type PluginCatalog } from './catalog.js';
import type { Claim } from './claimants.js';
import { Claims } from './claims.js';
import { deepFreeze } from './deep-freeze.js';
import { reportOf } from './error-report.js';
import { lookupIn, type PluginLookup } from './plugin-lookup.js';
import type { PluginUnit, UnitObserver } from './plugin-unit.js';
import { AppliedPolicy } from './policy.js';
import { isAbsence, isClash, isRefusal } from './reason.js';
import { RegistryView } from './registry-view.js';
import { Resolver } from './resolver/index.js';
import { similar } from '../errors/similar.js';
import { UnitStore } from './unit-store.js';

/** What a registry needs from its host. */
export interface RegistryHost {
  /** The plugins that were discovered; none when left out. */
  readonly catalog?: PluginCatalog;
  readonly policy?: AppliedPolicy;
  /** Flags that no command may have. */
  readonly reservedFlags?: Iterable<string>;
  /** Words that no command may begin with. */
  readonly reservedWords?: readonly string[];
  /** Told once of each plugin that cannot be there because of others, when that is found out, and of each package that is none. */
  readonly report?: (error: StructumError) => void;
  /** Told of each plugin that comes to be known, and of what becomes of it. */
  readonly observer?: UnitObserver;
}

/** The plugins of a host, by everything that one looks them up by. Discovered ones are read when they are looked up. */
export class PluginRegistry implements Registry {
  readonly core = thisCore;
  readonly reservedWords: readonly string[];
  /** What of it is for hosts and plugins. */
  readonly view: Registry = new RegistryView(this);
  /** The plugins as they are, for those who judge them. */
  readonly lookup: PluginLookup;
  readonly #policy: AppliedPolicy;
  readonly #store: UnitStore;
  readonly #claims: Claims;
  readonly #resolver: Resolver;
  readonly #report: (error: StructumError) => void;
  readonly #reported = new Set<PluginUnit | string>();
  readonly #unreported: StructumError[] = [];
  /** Who has what is claimed, as of a revision of the store. */
  readonly #holders = new Map<string, { readonly revision: number; readonly unit: PluginUnit | undefined }>();
  /** What was there when everything was looked at again for something that was missing. */
  #lookedAgain: number | undefined;

  constructor({ catalog = emptyCatalog, policy = new AppliedPolicy(), reservedFlags = [], reservedWords = [], report = () => undefined, observer }: RegistryHost = {}) {
    this.#policy = policy;
    this.#store = new UnitStore(catalog, policy, observer);
    this.reservedWords = [...reservedWords];
    this.#claims = new Claims(this.#store, policy, { flags: new Set(reservedFlags), words: new Set(reservedWords) });
    this.lookup = lookupIn(this.#store, this.#claims);
    this.#resolver = new Resolver(this.lookup);
    this.#report = report;
  }

  get plugins(): readonly PluginRecord[] {
    return this.#everything().map((unit) => unit.toRecord());
  }

  get commands(): readonly CommandRecord[] {
    return this.#offered().map(handedOut).sort(byPath);
  }

  plugin(name: string): PluginRecord | undefined {
    return this.unit(name)?.toRecord();
  }

  command(path: string): CommandRecord | undefined {
    const record = this.#look(() => this.#offeredAs(path) ?? this.#withheldAs(path));
    return record === undefined ? undefined : handedOut(record);
  }

  route(words: readonly string[]): Route | undefined {
    const offered = (): Route | undefined => this.#routeBy(words, (path) => this.#offeredAs(path));
    return words.length === 0 ? undefined : (offered() ?? (this.refresh() ? offered() : undefined) ?? this.#routeBy(words, (path) => this.#withheldAs(path)));
  }

  group(prefix: string): readonly CommandRecord[] {
    return this.#offered().filter(({ path }) => path.startsWith(`${prefix} `)).map(handedOut).sort(byPath);
  }

  category(category: string): readonly PluginRecord[] {
    return this.#recordsOf('category', category);
  }

  keyword(keyword: string): readonly PluginRecord[] {
    return this.#recordsOf('keyword', keyword);
  }

  provider(serviceId: string): PluginRecord | undefined {
    return this.providerUnit(serviceId)?.toRecord();
  }

  dependsOn(name: string): readonly Dependency[] {
    const manifest = this.unit(name)?.manifest;
    if (manifest === undefined) return [];
    const { requires, optional, requiresServices = [] } = manifest;
    const named = (ranges: Readonly<Record<string, string>>, isOptional: boolean): Dependency[] =>
      Object.entries(ranges).sort(byKey).map(([plugin, range]) => ({ plugin, range, optional: isOptional, ...this.#found(plugin) }));
    return [
      ...named(requires, false),
      ...named(optional, true),
      ...[...requiresServices].sort().map((service) => {
        const provider = this.providerUnit(service)?.name;
        return { service, range: '*', optional: false, ...(provider === undefined ? {} : { plugin: provider, ...this.#found(provider) }) };
      }),
    ];
  }

  dependents(name: string): readonly Dependent[] {
    return this.#look(() => {
      const dependents = [...this.#counting('dependent', name)].flatMap(({ name: plugin, manifest: { requires, optional } }): Dependent[] => [
        ...(Object.hasOwn(requires, name) ? [{ plugin, range: requires[name] ?? '*', optional: false }] : []),
        ...(Object.hasOwn(optional, name) ? [{ plugin, range: optional[name] ?? '*', optional: true }] : []),
      ]);
      const consumers = this.#servicesOf(name).flatMap((service) =>
        [...this.#counting('consumer', service)].map(({ name: plugin }): Dependent => ({ plugin, range: '*', service, optional: false })));
      return [...dependents, ...consumers].sort((one, other) => compareText(one.plugin, other.plugin));
    });
  }

  problems(): readonly PluginProblem[] {
    this.#everything();
    return this.#look(() => this.#store.problems()).map(({ folder, origin, error }) => ({ folder, origin, error: reportOf(error) }));
  }

  indexes(): readonly IndexRecord[] {
    return this.#store.indexes();
  }

  judged(): Promise<readonly PluginRecord[]> {
    // The first look at everything is one at how it is now.
    if (this.#store.isComplete) this.refresh();
    const units = this.#look(() => {
      const all = this.#everything();
      this.#judge(all);
      return all;
    });
    return Promise.resolve(units.map((unit) => unit.toRecord()));
  }

  refresh(): boolean {
    return this.#store.refresh();
  }

  suggest(path: string): readonly string[] {
    const names = this.#look(() => [...this.#store.all()].filter((unit) => this.#isOffered(unit)).flatMap((unit) => this.#policy.namesOf(unit.manifest)));
    const visible = names.filter(({ record }) => record.manifest.hidden !== true).map(({ name }) => name);
    const aliases = [...this.#policy.aliases].filter(([, meant]) => visible.includes(meant)).map(([alias]) => alias);
    return similar(path, [...visible, ...aliases]);
  }

  /** Judges whether a plugin can be used, for the floors above: its state becomes `resolved`, or `rejected` with the reason, which is returned. */
  resolve(unit: PluginUnit): StructumError | undefined {
    this.#look(() => { this.#judge([unit]); });
    const { reason } = unit;
    if (reason === undefined || !isAbsence(reason) || this.#lookedAgain === this.#store.revision) return reason;
    // What is missing may have come where nothing tells of it but a look at everything.
    const isDifferent = this.refresh();
    this.#lookedAgain = this.#store.revision;
    return isDifferent ? this.resolve(unit) : reason;
  }

  /**
   * The plugin as it is now, for the floors above: another unit, or none, where its package was changed since it was
   * found. What is up, or on its way, stays.
   */
  upToDate(unit: PluginUnit): PluginUnit | undefined {
    return this.#store.isOutdated(unit) && this.refresh() ? this.unit(unit.name) : unit;
  }

  /** Looks at everything again where `unit` is judged and a package of those that it uses was changed since; whether anything was different. */
  refreshUsed(unit: PluginUnit): boolean {
    if (unit.state !== 'resolved') return false;
    const used = new Set([...unit.requirements, ...unit.options]);
    // A set hands out what is added to it while it is walked.
    for (const other of used) {
      // What is up, or on its way, stays as it is, with all that it uses.
      if (other.isBegun) continue;
      if (this.#store.isOutdated(other)) return this.refresh();
      for (const next of [...other.requirements, ...other.options]) used.add(next);
    }
    return false;
  }

  /** Why `unit` cannot come to the plugins that are there, for the floors above. */
  conflictWith(unit: PluginUnit): StructumError | undefined {
    return this.#look(() => this.#resolver.conflictWith(unit));
  }

  /** The plugin that counts of that name, whether it can be used or not, for the floors above. */
  unit(name: string): PluginUnit | undefined {
    return this.#look(() => {
      const unit = this.#store.unit(name);
      this.#store.namesakesOf(name).forEach((namesake) => this.#settle(namesake));
      return unit === undefined ? undefined : this.#settle(unit);
    });
  }

  /** Whether a plugin of that name is there, as far as is known without a look at its package, for the floors above. */
  isNamed(name: string): boolean {
    return this.#look(() => this.#store.isNamed(name));
  }

  /** The names of all plugins, as {@link isNamed} knows them, for the floors above. */
  get names(): ReadonlySet<string> {
    return this.#look(() => this.#store.names());
  }

  /** All plugins that anybody looked up, for the floors above. */
  get units(): Iterable<PluginUnit> {
    return this.#store.known();
  }

  /** The plugin that provides a service, for the floors above; one that cannot be used where no other does. */
  providerUnit(serviceId: string): PluginUnit | undefined {
    return this.#look(() => this.#holder({ kind: 'service', key: serviceId }));
  }

  /** The plugins that ask to be taken up at an event, by name, for the floors above. */
  activatedBy(event: string): readonly PluginUnit[] {
    return this.#look(() => [...this.#counting('activation', event)].filter((unit) => this.#isAdmitted(unit)).sort(byName));
  }

  /** The plugins that cannot be without `name`, as far as they may be used. */
  requiredBy(name: string): readonly PluginUnit[] {
    return this.#look(() => {
      const dependents = [...this.#counting('dependent', name)].filter(({ manifest }) => Object.hasOwn(manifest.requires, name));
      const consumers = this.#servicesOf(name).flatMap((service) => [...this.#counting('consumer', service)]);
      return [...new Set([...dependents, ...consumers])].filter((unit) => unit.name !== name && this.#isAdmitted(unit)).sort(byName);
    });
  }

  /**
   * Adds a plugin that the host was given, with its commands and services: all of it, or nothing. Discovered plugins
   * that claim the same give way, unless they are up.
   *
   * @throws `PLUGIN_DUPLICATE`, `COMMAND_DUPLICATE`, `SERVICE_DUPLICATE`, `OPTION_RESERVED`.
   */
  add(unit: PluginUnit): void {
    const namesake = this.#store.held(unit.name);
    if (namesake !== undefined && this.#store.isFirm(namesake)) {
      throw catalogued('PLUGIN_DUPLICATE', { plugin: unit.name, first: namesake.source.label, second: unit.source.label });
    }
    const clash = this.#claims.clash(unit);
    if (clash !== undefined) throw clash;
    this.#store.add(unit);
    if (this.#policy.disabledBy(unit.manifest) !== undefined) this.#settle(unit);
  }

  /** Why `fresh` could not take the place of `old`: others have what it claims. */
  clashOf(fresh: PluginUnit, old: PluginUnit): StructumError | undefined {
    return this.#claims.clash(fresh, old);
  }

  /**
   * Puts `fresh` in the place of `old`, with its commands and services, in one step.
   *
   * @throws `COMMAND_DUPLICATE`, `SERVICE_DUPLICATE`, `OPTION_RESERVED`; then nothing is changed.
   */
  replace(old: PluginUnit, fresh: PluginUnit): void {
    const clash = this.clashOf(fresh, old);
    if (clash !== undefined) throw clash;
    this.#store.replace(old, fresh);
    this.reconsider();
  }

  /**
   * Plugins are enabled and disabled, and their commands called, as `policy` says, from now on. Gives those that come back, and those that must go:
   * these were taken up, and are to be taken down.
   */
  heedPolicy(policy: PolicyInForce): { readonly enabled: readonly PluginUnit[]; readonly disabled: readonly PluginUnit[] } {
    const known = [...this.#store.known()];
    const before = known.filter(({ state }) => state === 'disabled');
    this.#policy.heed(policy);
    this.#store.judgeAnew();
    const isDisabled = ({ manifest }: PluginUnit): boolean => this.#policy.disabledBy(manifest) !== undefined;
    return { enabled: before.filter((unit) => !isDisabled(unit)), disabled: known.filter((unit) => unit.isBegun && isDisabled(unit)) };
  }

  /** Lets all plugins be judged anew that were judged and not taken up yet: another came or went. */
  reconsider(): void {
    this.#holders.clear();
    for (const unit of this.#store.known()) unit.reconsider();
  }

  /** Forgets a plugin, its commands and its services. */
  remove(unit: PluginUnit): void {
    this.#store.remove(unit);
  }

  /** Looks something up, again where what was discovered turned out to be different meanwhile; then tells what was found out. */
  #look<Found>(look: () => Found): Found {
    let { revision } = this.#store;
    let found = look();
    for (let attempt = 0; attempt < MOST_ATTEMPTS && revision !== this.#store.revision; attempt += 1) {
      ({ revision } = this.#store);
      found = look();
    }
    this.#tell();
    return found;
  }

  #tell(): void {
    for (let next = this.#unreported.shift(); next !== undefined; next = this.#unreported.shift()) this.#report(next);
  }

  /** All plugins, by name, those of one name in precedence. */
  #everything(): readonly PluginUnit[] {
    return this.#look(() => {
      for (const { folder, error } of this.#store.problems()) this.#reportOnce(`${folder}\0${error.message}`, error);
      const units = [...this.#store.all(), ...this.#store.shadowed()];
      this.#settleAll(units);
      return units.sort(byName);
    });
  }

  /** The commands that can be asked for. */
  #offered(): readonly CommandRecord[] {
    return this.#everything().filter((unit) => this.#isOffered(unit)).flatMap(({ manifest }) => [...new Set(this.#policy.namesOf(manifest).map(({ record }) => record))]);
  }

  #isOffered(unit: PluginUnit): boolean {
    return this.#isAdmitted(unit) && unit.state !== 'rejected';
  }

  #routeBy(words: readonly string[], find: (path: string) => CommandRecord | undefined): Route | undefined {
    return this.#look(() => {
      for (let length = Math.min(words.length, this.#store.longestPath); length > 0; length--) {
        const record = find(words.slice(0, length).join(' '));
        if (record !== undefined) return { command: handedOut(record), length };
      }
      return undefined;
    });
  }

  /** A plugin's own name for a command comes before what the policy makes of that name. */
  #offeredAs(name: string): CommandRecord | undefined {
    const aliased = this.#policy.aliased(name);
    return this.#heldAs(name) ?? (aliased === undefined ? undefined : this.#heldAs(aliased));
  }

  #heldAs(name: string): CommandRecord | undefined {
    const holder = this.#holder({ kind: 'command', key: name });
    return holder === undefined ? undefined : this.#recordOf(holder, name);
  }

  /** The command of a plugin that may not be there: who runs it is told why. */
  #withheldAs(name: string): CommandRecord | undefined {
    const aliased = this.#policy.aliased(name);
    for (const key of aliased === undefined ? [name] : [name, aliased]) {
      const unit = this.#withheld({ kind: 'command', key });
      if (unit !== undefined) return this.#recordOf(this.#settle(unit), key);
    }
    return undefined;
  }

  /** Who has what is claimed: the first that can be used; where none can, the first that nobody decided against. */
  #holder(claim: Claim): PluginUnit | undefined {
    const id = `${claim.kind}\0${claim.key}`;
    const known = this.#holders.get(id);
    if (known?.revision === this.#store.revision && (known.unit === undefined || this.#isAdmitted(known.unit))) return known.unit;
    const unit = this.#findHolder(claim);
    this.#holders.set(id, { revision: this.#store.revision, unit });
    return unit;
  }

  #findHolder(claim: Claim): PluginUnit | undefined {
    const claimants = this.lookup.claimants(claim);
    const isContested = claimants.at(1) !== undefined;
    let broken: PluginUnit | undefined;
    // The first can be used, as a rule. Where it cannot, more and more are judged at once.
    for (let from = 0, to = 1; claimants.at(from) !== undefined; from = to, to *= 2) {
      const units = claimants.between(from, to);
      if (isContested) this.#judge(units);
      const admitted = units.filter((unit) => this.#isAdmitted(unit));
      const fit = admitted.find(({ state }) => state !== 'rejected');
      if (fit !== undefined) return fit;
      broken ??= admitted[0];
    }
    return broken;
  }

  /** Of those that claim something and may not be there, the one to tell of. */
  #withheld(claim: Claim): PluginUnit | undefined {
    const claimants = [...this.lookup.claimants(claim)];
    return claimants.find((unit) => this.lookup.refusal(unit) === undefined) ?? claimants[0];
  }

  #recordOf({ manifest }: PluginUnit, name: string): CommandRecord | undefined {
    return this.#policy.namesOf(manifest).find((candidate) => candidate.name === name)?.record;
  }

  #recordsOf(kind: CatalogKey, key: string): readonly PluginRecord[] {
    return this.#look(() => [...this.#store.find(kind, key)].map((unit) => this.#settle(unit))).sort(byName).map((unit) => unit.toRecord());
  }

  #counting(kind: CatalogKey, key: string): Iterable<PluginUnit> {
    return this.#store.find(kind, key);
  }

  #found(name: string): { readonly found?: string } {
    const found = this.unit(name)?.manifest.version;
    return found === undefined ? {} : { found };
  }

  /** The services that a plugin provides, as far as it does. */
  #servicesOf(name: string): readonly string[] {
    const unit = this.#store.unit(name);
    return unit === undefined ? [] : unit.manifest.provides.filter((key) => this.#holder({ kind: 'service', key }) === unit);
  }

  /** Whether it may be there at all: nobody decided against it, and no other one has what it claims. */
  #isAdmitted(unit: PluginUnit): boolean {
    const { state, reason } = this.#settle(unit);
    return state !== 'disabled' && (state !== 'rejected' || reason === undefined || !(isRefusal(reason) || isClash(reason)));
  }

  /** Judges plugins that were not judged yet, and tells of those that others leave no room. */
  #judge(units: Iterable<PluginUnit>): void {
    for (const unit of this.#resolver.resolveAll(units)) if (unit.reason !== undefined && isClash(unit.reason)) this.#reportOnce(unit, unit.reason);
  }

  /** A plugin as far as it is known: where it may not be there, its state says so before anybody sees it. */
  #settle(unit: PluginUnit): PluginUnit {
    this.#settleAll([unit]);
    return unit;
  }

  #settleAll(units: readonly PluginUnit[]): void {
    const doubtful = units.filter((unit) => unit.state === 'discovered' && this.#isDoubtful(unit));
    if (doubtful.length > 0) this.#judge(doubtful);
  }

  #isDoubtful(unit: PluginUnit): boolean {
    return this.lookup.refusal(unit) !== undefined || this.lookup.contests(unit).length > 0 || this.lookup.flaws(unit).length > 0;
  }

  #reportOnce(subject: PluginUnit | string, error: StructumError): void {
    if (this.#reported.has(subject)) return;
    this.#reported.add(subject);
    this.#unreported.push(error);
  }
}

/** What was discovered may change while it is looked at, and then once more. */
const MOST_ATTEMPTS = 3;

/** What is handed out nobody may change; freezing all at the start would take longer than most commands. */
function handedOut(record: CommandRecord): CommandRecord {
  deepFreeze(record.manifest);
  return record;
}

function byName(one: PluginUnit, other: PluginUnit): number {
  return compareText(one.name, other.name);
}

function byPath(one: CommandRecord, other: CommandRecord): number {
  return compareText(one.path, other.path);
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return compareText(one, other);
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
