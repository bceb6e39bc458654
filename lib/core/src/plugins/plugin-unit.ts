import type {
  CommandClass, ErrorReport, HealthReport, PluginClass, PluginInstance, PluginManifest, PluginRecord, PluginSource, PluginState, TrustTier,
} from '../contract/index.js';
import type { Container } from '../container/index.js';
import { messageOf, StructumError } from '../errors/index.js';
import { deepFreeze } from './deep-freeze.js';
import { OwnedResources } from './owned-resources.js';

/** Where a plugin's code comes from: the class itself, or the file to import. */
export type PluginCode = { readonly type: PluginClass } | { readonly file: string };

/** How a unit came to be. */
export interface UnitOrigin {
  readonly source: PluginSource;
  /** `host` when left out. */
  readonly tier?: TrustTier;
  /** The file of the manifest, where it came from one. */
  readonly manifestFile?: string | undefined;
  /** Which version of its code it is; 1 when left out. */
  readonly generation?: number;
}

/** An execution of one of the plugin's commands. */
export interface UnitExecution {
  /** Resolves when the command is done, however it went. */
  readonly settled: Promise<unknown>;
  cancel(reason: string): void;
}

/** Everything a host holds of one plugin. Its state changes only through the methods that name what happened. */
export class PluginUnit {
  readonly manifest: PluginManifest;
  readonly source: PluginSource;
  readonly tier: TrustTier;
  readonly generation: number;
  readonly code: PluginCode;
  /** The file of the manifest, where it came from one. */
  readonly manifestFile: string | undefined;
  /** The plugins that it requires, and those that it may use when they are there: known once it is judged. */
  requirements: readonly PluginUnit[] = [];
  options: readonly PluginUnit[] = [];
  type: PluginClass | undefined;
  /** Its command classes by path, once they were asked for. */
  readonly commandTypes = new Map<string, Promise<CommandClass>>();
  instance: PluginInstance | undefined;
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
  #isClosing = false;

  constructor(manifest: PluginManifest, code: PluginCode, { source, tier = 'host', manifestFile, generation = 1 }: UnitOrigin) {
    // What a class describes may be shared with another host; what was read from a file is this one's own.
    this.manifest = source.kind === 'given' ? structuredClone(manifest) : manifest;
    this.source = source;
    this.tier = tier;
    this.generation = generation;
    this.code = code;
    this.manifestFile = manifestFile;
    this.owned = new OwnedResources(manifest.name);
  }

  get name(): string {
    return this.manifest.name;
  }

  get state(): PluginState {
    return this.#state;
  }

  /** Why it is rejected or failed. */
  get reason(): StructumError | undefined {
    return this.#reason;
  }

  /** Aborted when the plugin is taken down, also when that is because it failed to come up. */
  get lifetime(): AbortSignal {
    return this.#lifetime.signal;
  }

  /** Whether it is being taken down: it must not come up any more. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** It was judged fit to be used, or unfit. Too late where it was taken up meanwhile. */
  judged(reason: StructumError | undefined): void {
    if (this.#state !== 'discovered') return;
    this.#state = reason === undefined ? 'resolved' : 'rejected';
    this.#reason = reason;
  }

  /** How it was judged may not hold any more. */
  reconsider(): void {
    if (this.#state !== 'resolved' && this.#state !== 'rejected') return;
    this.#state = 'discovered';
    this.#reason = undefined;
  }

  /** Its code was imported. */
  loaded(type: PluginClass, duration: number): void {
    this.type = type;
    this.#state = 'loaded';
    this.timings.load = duration;
  }

  /** It is up. */
  activated(duration: number): void {
    this.#state = 'active';
    this.timings.activate = duration;
  }

  /** It broke while it was loaded or activated. */
  failed(reason: StructumError): void {
    this.#state = 'failed';
    this.#reason = reason;
  }

  /** It is on its way down: what it listens to says so. */
  close(): void {
    this.#isClosing = true;
    this.#lifetime.abort();
  }

  /** It is down. */
  stopped(): void {
    this.#state = 'stopped';
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
      tier: this.tier,
      state: this.#state,
      ...(this.#reason === undefined ? {} : { reason: reportOf(this.#reason) }),
      timings: { ...this.timings },
      owned: this.owned.labels,
      running: this.running.size,
      generation: this.generation,
      ...(this.health === undefined ? {} : { health: this.health }),
    };
  }
}

/** An error as data, with what it follows from: a tree where it follows from several. */
function reportOf({ code, message, hint, details, cause }: StructumError): ErrorReport {
  const causes = cause === undefined ? [] : causeReports(cause);
  return {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(details === undefined ? {} : { details }),
    ...(causes.length === 0 ? {} : { causes }),
  };
}

function causeReports(cause: unknown): readonly ErrorReport[] {
  if (cause instanceof AggregateError) return (cause.errors as unknown[]).flatMap(causeReports);
  if (StructumError.is(cause)) return [reportOf(cause)];
  const inner = cause instanceof Error && cause.cause !== undefined ? causeReports(cause.cause) : [];
  return [{ code: codeOf(cause), message: messageOf(cause), ...(inner.length === 0 ? {} : { causes: inner }) }];
}

/** Node gives its own errors codes too. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'UNKNOWN';
}
