import type {
  CommandClass, ErrorReport, ExecutorKind, HealthReport, PluginClass, PluginInstance, PluginManifest, PluginRecord, PluginSource, PluginState, SettingsListener, TrustTier,
} from '../contract/index.js';
import type { Container } from '../container/index.js';
import type { StructumError } from '../errors/index.js';
import { deepFreeze } from './deep-freeze.js';
import { reportOf } from './error-report.js';
import { OwnedResources } from './owned-resources.js';
import { NEXT_STATES } from './plugin-states.js';

/** Where a plugin's code comes from: the class itself, and the file that it was imported from where that is known, or the file to import. */
export type PluginCode = { readonly type: PluginClass; readonly file?: string } | { readonly file: string };

/** How a unit came to be. */
export interface UnitOrigin {
  readonly source: PluginSource;
  /** `host` when left out. */
  readonly tier?: TrustTier;
  /** The file of the manifest, where it came from one. */
  readonly manifestFile?: string | undefined;
  /** Which version of its code it is; 1 when left out. */
  readonly generation?: number;
  /** Settings of its own, frozen; those that its host gives plugins of its name when left out. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

const NO_SETTINGS: Readonly<Record<string, unknown>> = Object.freeze({});

/** An execution of one of the plugin's commands. */
export interface UnitExecution {
  /** Resolves when the command is done, however it went. */
  readonly settled: Promise<unknown>;
  cancel(reason: string): void;
}

/** Gets each change of a plugin's state: no `from` where it came, no `to` where it went. */
export type UnitObserver = (unit: PluginUnit, from: PluginState | undefined, to: PluginState | undefined) => void;

/**
 * Everything a host holds of one plugin, from when it comes until it goes down: then another unit takes its place. Its
 * state changes only through the methods that name what happened, and only as {@link NEXT_STATES} allows.
 */
export class PluginUnit {
  readonly manifest: PluginManifest;
  readonly source: PluginSource;
  readonly tier: TrustTier;
  readonly generation: number;
  readonly code: PluginCode;
  /** The file of the manifest, where it came from one. */
  readonly manifestFile: string | undefined;
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  /** The plugins that it requires, and those that it may use when they are there: known once it is judged. */
  requirements: readonly PluginUnit[] = [];
  options: readonly PluginUnit[] = [];
  type: PluginClass | undefined;
  /** Its command classes by path, once they were asked for. */
  readonly commandTypes = new Map<string, Promise<CommandClass>>();
  instance: PluginInstance | undefined;
  /** Its settings as it sees them, once it is on its way up. */
  config: Readonly<Record<string, unknown>> = NO_SETTINGS;
  /** What `config` was made of: its section, completed from defaults, by property. */
  described: Readonly<Record<string, unknown>> = NO_SETTINGS;
  /** Those of the plugin itself who are told when its settings change. */
  readonly settingsListeners = new Set<SettingsListener>();
  /** What its last health check found. */
  health: HealthReport | undefined;
  container: Promise<Container> | undefined;
  readonly owned: OwnedResources;
  readonly timings: { load?: number; activate?: number } = {};
  /** The executions of its commands that are under way. */
  readonly running = new Set<UnitExecution>();
  readonly #lifetime = new AbortController();
  #state: PluginState = 'discovered';
  #reason: StructumError | undefined;
  #report: ErrorReport | undefined;
  #observer: UnitObserver | undefined;
  #isBegun = false;
  #placement: ExecutorKind = 'inline';
  /** Shared by all of them: who is down leaves it. */
  #versions = new Set<PluginUnit>([this]);

  constructor(manifest: PluginManifest, code: PluginCode, { source, tier = 'host', manifestFile, generation = 1, settings }: UnitOrigin) {
    // What a class describes may be shared with another host; what was read from a file is this one's own.
    this.manifest = source.kind === 'given' ? structuredClone(manifest) : manifest;
    this.source = Object.freeze({ ...source });
    this.tier = tier;
    this.generation = generation;
    this.code = code;
    this.manifestFile = manifestFile;
    this.settings = settings;
    this.owned = new OwnedResources(manifest.name);
  }

  get name(): string {
    return this.manifest.name;
  }

  get state(): PluginState {
    return this.#state;
  }

  /** Whether its word counts as that of the host: it was given to it, or stands beside it. */
  get isOfHost(): boolean {
    return this.tier === 'host';
  }

  /** Why it is rejected, disabled or failed. */
  get reason(): StructumError | undefined {
    return this.#reason;
  }

  /** Aborted when the plugin is taken down, also when that is because it failed to come up. */
  get lifetime(): AbortSignal {
    return this.#lifetime.signal;
  }

  /** Whether it is being taken down: it must not come up any more. */
  get isClosing(): boolean {
    return this.#lifetime.signal.aborted;
  }

  /** The plugin in all its versions that are not down yet: itself, those in whose place it is, and one that is to take its own. */
  get versions(): readonly PluginUnit[] {
    return [...new Set([...this.#versions, this])];
  }

  /** Tells `observer`, from now on, what becomes of it; that it came, at once. */
  observe(observer: UnitObserver): void {
    this.#observer = observer;
    observer(this, undefined, this.#state);
  }

  /** It comes up beside `old`, whose place it may take: what becomes of the plugin becomes of both. */
  comeBeside(old: PluginUnit): void {
    this.#versions = old.#versions;
    this.#versions.add(this);
  }

  /** It does not take that place. */
  withdrawn(): void {
    this.#versions.delete(this);
  }

  /** It is in the place of `old`: who heard of that one hears of this one, and of what has changed. */
  takePlaceOf(old: PluginUnit): void {
    this.comeBeside(old);
    if (!old.#isBegun || old.#state === 'failed' || old.#state === 'stopped') this.#versions.delete(old);
    if (old.#observer === undefined) return;
    this.#observer = old.#observer;
    old.#observer = undefined;
    if (this.#state !== old.#state) this.#observer(this, old.#state, this.#state);
  }

  /** It is not among the host's plugins any more. */
  left(): void {
    this.#observer?.(this, this.#state, undefined);
    this.#observer = undefined;
  }

  /** It was judged fit to be used, or unfit. Too late where it was taken up meanwhile. */
  judged(reason: StructumError | undefined): void {
    if (this.#state === 'discovered') this.#become(reason === undefined ? 'resolved' : 'rejected', reason);
  }

  /** The policy of its host says that it is not to be used. */
  disabled(reason: StructumError): void {
    if (this.#state === 'discovered') this.#become('disabled', reason);
  }

  /** How it was judged may not hold any more. What is on its way up stays as it was judged. */
  reconsider(): void {
    const isJudged = this.#state === 'resolved' || this.#state === 'rejected' || this.#state === 'disabled';
    if (isJudged && !this.#isBegun) this.#become('discovered');
  }

  /** Whether it came up, or is on its way. */
  get isBegun(): boolean {
    return this.#isBegun;
  }

  /** It is on its way up. */
  begin(placement: ExecutorKind): void {
    this.#isBegun = true;
    this.#placement = placement;
  }

  /** Where it runs, once it is on its way up. */
  get placement(): ExecutorKind {
    return this.#placement;
  }

  /** What it uses went down, and another unit came in its place. */
  useInstead(used: PluginUnit, other: PluginUnit): void {
    if (used === other) return;
    this.requirements = this.requirements.map((unit) => (unit === used ? other : unit));
    this.options = this.options.map((unit) => (unit === used ? other : unit));
  }

  /** Its code was imported; elsewhere, where there is no class. */
  loaded(type: PluginClass | undefined, duration: number): void {
    this.type = type;
    this.timings.load = duration;
    this.#become('loaded');
  }

  /** It is up. */
  activated(instance: PluginInstance, duration: number): void {
    this.instance = instance;
    this.timings.activate = duration;
    this.#become('active');
  }

  /** It broke while it was loaded or activated. */
  failed(reason: StructumError): void {
    this.#versions.delete(this);
    this.#become('failed', reason);
  }

  /** It is on its way down: what it listens to says so. */
  close(): void {
    this.#lifetime.abort();
  }

  /** It is down. */
  stopped(): void {
    this.#versions.delete(this);
    this.#become('stopped');
  }

  /** The same plugin, as if it had never come up. Code that was imported is not imported again. */
  renewed(): PluginUnit {
    const code = this.type === undefined ? this.code : { ...this.code, type: this.type };
    return new PluginUnit(this.manifest, code, this);
  }

  toRecord(): PluginRecord {
    const { name, version, description, category } = this.manifest;
    return {
      name,
      version,
      description,
      category,
      manifest: deepFreeze(this.manifest),
      source: this.source,
      ...(this.manifestFile === undefined ? {} : { manifestFile: this.manifestFile }),
      tier: this.tier,
      state: this.#state,
      ...(this.#report === undefined ? {} : { reason: this.#report }),
      timings: { ...this.timings },
      owned: this.versions.flatMap(({ owned }) => owned.labels),
      running: this.versions.reduce((sum, { running }) => sum + running.size, 0),
      generation: this.generation,
      ...(this.health === undefined ? {} : { health: this.health }),
    };
  }

  #become(state: PluginState, reason?: StructumError): void {
    const from = this.#state;
    if (!NEXT_STATES[from].includes(state)) throw new Error(`Plugin "${this.name}" cannot be ${state}: it is ${from}.`);
    this.#state = state;
    this.#reason = reason;
    // At once: who gets the error itself may do with it what they like.
    this.#report = reason === undefined ? undefined : reportOf(reason);
    this.#observer?.(this, from, state);
  }
}
