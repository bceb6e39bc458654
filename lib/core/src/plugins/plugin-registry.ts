import type { Registry } from '../contract/index.js';
import type { PolicyInForce } from '../config/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { emptyCatalog, type PluginCatalog } from './catalog.js';
import { Claims } from './claims.js';
import { CommandTable } from './command-table.js';
import { DeclaredDependencies } from './declared-dependencies.js';
import { Findings } from './findings.js';
import { Freshness } from './freshness.js';
import { Holders } from './holders.js';
import { Judge } from './judge.js';
import { byName } from './order.js';
import { lookupIn, type PluginLookup } from './plugin-lookup.js';
import type { PluginUnit, UnitObserver } from './plugin-unit.js';
import { AppliedPolicy } from './policy.js';
import { RegistryView } from './registry-view.js';
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

/** The plugins of a host, as those see them that take them up and down. Discovered ones are read when they are looked up. */
export class PluginRegistry {
  /** What of it is for hosts and plugins, and everything that these look plugins up by. */
  readonly view: Registry;
  /** The plugins as they are, for those who judge them. */
  readonly lookup: PluginLookup;
  readonly #policy: AppliedPolicy;
  readonly #store: UnitStore;
  readonly #claims: Claims;
  readonly #findings: Findings;
  readonly #judge: Judge;
  readonly #holders: Holders;
  readonly #dependencies: DeclaredDependencies;
  readonly #freshness: Freshness;

  constructor({ catalog = emptyCatalog, policy = new AppliedPolicy(), reservedFlags = [], reservedWords = [], report = () => undefined, observer }: RegistryHost = {}) {
    this.#policy = policy;
    this.#store = new UnitStore(catalog, policy, observer);
    this.#claims = new Claims(this.#store, policy, { flags: new Set(reservedFlags), words: new Set(reservedWords) });
    this.lookup = lookupIn(this.#store, this.#claims);
    this.#freshness = new Freshness(this.#store);
    this.#findings = new Findings(report);
    this.#judge = new Judge(this.lookup, this.#findings);
    this.#holders = new Holders(this.lookup, this.#judge);
    const parts = { policy, store: this.#store, holders: this.#holders, judge: this.#judge };
    this.#dependencies = new DeclaredDependencies({ ...parts, unit: (name) => this.unit(name), providerUnit: (id) => this.providerUnit(id) });
    this.view = new RegistryView({ ...parts, registry: this, commands: new CommandTable(parts), dependencies: this.#dependencies, reservedWords: [...reservedWords] });
  }

  /** Looks something up, again where what was discovered turned out to be different meanwhile; then tells what was found out. */
  look<Found>(look: () => Found): Found {
    let { revision } = this.#store;
    let found = look();
    for (let attempt = 0; attempt < MOST_ATTEMPTS && revision !== this.#store.revision; attempt += 1) {
      ({ revision } = this.#store);
      found = look();
    }
    this.#findings.tell();
    return found;
  }

  /** All plugins, by name, those of one name in precedence. */
  all(): readonly PluginUnit[] {
    return this.look(() => {
      for (const { folder, error } of this.#store.problems()) this.#findings.add(`${folder}\0${error.message}`, error);
      const units = [...this.#store.all(), ...this.#store.shadowed()];
      this.#judge.settleAll(units);
      return units.sort(byName);
    });
  }

  /** Looks at everything again; whether anything was found to be different. */
  refresh(): boolean {
    return this.#store.refresh();
  }

  /** Judges whether a plugin can be used: its state becomes `resolved`, or `rejected` with the reason, which is returned. */
  resolve(unit: PluginUnit): StructumError | undefined {
    return this.#freshness.resolve(() => {
      this.look(() => { this.#judge.judge([unit]); });
      return unit.reason;
    });
  }

  /**
   * The plugin as it is now: another unit, or none, where its package was changed since it was found. What is up, or on
   * its way, stays.
   */
  upToDate(unit: PluginUnit): PluginUnit | undefined {
    return this.#freshness.refresh(unit) ? this.unit(unit.name) : unit;
  }

  /** Looks at everything again where `unit` is judged and a package of those that it uses was changed since; whether anything was different. */
  refreshUsed(unit: PluginUnit): boolean {
    return this.#freshness.refreshUsed(unit);
  }

  /** Why `unit` cannot come to the plugins that are there. */
  conflictWith(unit: PluginUnit): StructumError | undefined {
    return this.look(() => this.#judge.conflictWith(unit));
  }

  /** The plugin that counts of that name, whether it can be used or not. */
  unit(name: string): PluginUnit | undefined {
    return this.look(() => {
      const unit = this.#store.unit(name);
      this.#store.namesakesOf(name).forEach((namesake) => this.#judge.settle(namesake));
      return unit === undefined ? undefined : this.#judge.settle(unit);
    });
  }

  /** Whether a plugin of that name is there, as far as is known without a look at its package. */
  isNamed(name: string): boolean {
    return this.look(() => this.#store.isNamed(name));
  }

  /** The names of all plugins, as {@link isNamed} knows them. */
  get names(): ReadonlySet<string> {
    return this.look(() => this.#store.names());
  }

  /** All plugins that anybody looked up. */
  get units(): Iterable<PluginUnit> {
    return this.#store.known();
  }

  /** The plugin that provides a service; one that cannot be used where no other does. */
  providerUnit(serviceId: string): PluginUnit | undefined {
    return this.look(() => this.#holders.holder({ kind: 'service', key: serviceId }));
  }

  /** The plugins that ask to be taken up at an event, by name. */
  activatedBy(event: string): readonly PluginUnit[] {
    return this.look(() => [...this.#store.find('activation', event)].filter((unit) => this.#judge.isAdmitted(unit)).sort(byName));
  }

  /** The plugins that cannot be without `name`, as far as they may be used. */
  requiredBy(name: string): readonly PluginUnit[] {
    return this.look(() => this.#dependencies.requiredBy(name));
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
    if (this.#policy.disabledBy(unit.manifest) !== undefined) this.#judge.settle(unit);
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
    this.#holders.forget();
    for (const unit of this.#store.known()) unit.reconsider();
  }

  /** Forgets a plugin, its commands and its services. */
  remove(unit: PluginUnit): void {
    this.#store.remove(unit);
  }
}

/** What was discovered may change while it is looked at, and then once more. */
const MOST_ATTEMPTS = 3;
