import { join } from 'node:path';
import type {
  CommandClass, CommandInput, CommandItem, CommandName, CommandResult, Execution, InputOf, ItemsOf, Logger, OtherPath, Registry, ResultOf, RunOptions, ServiceToken, StartOptions, StructumEvents,
} from './contract/index.js';
import { FilePolicyStore, loadPolicy, type LoadedPolicy } from './config/index.js';
import { catalogued, StructumError } from './errors/index.js';
import { HostCommands } from './execution/host-commands.js';
import { InlineExecutor } from './execution/inline-executor.js';
import { guardedLogger, silentLogger } from './monitoring/index.js';
import type { StructumOptions } from './options.js';
import { homeOf, toFilePath, uptime } from './platform/index.js';
import { admit, admitPackage, type PluginInput } from './plugins/admission.js';
import { deepFreeze } from './plugins/deep-freeze.js';
import { NodeModulesDiscovery } from './plugins/discovery.js';
import { HostEvents } from './plugins/host-events.js';
import { Injector } from './plugins/injector.js';
import { Lifecycle, type ResolvedLimits } from './plugins/lifecycle.js';
import { PluginRegistry } from './plugins/plugin-registry.js';
import type { PluginUnit } from './plugins/plugin-unit.js';
import { Settings } from './plugins/settings.js';

/** Services of a host's plugins. */
export interface Services {
  /**
   * The service of that token; its plugin is loaded and activated if need be.
   * @throws `SERVICE_UNKNOWN`, or why its plugin cannot be used.
   */
  get<Service>(token: ServiceToken<Service>): Promise<Service>;
}

/** Milliseconds that making a host took. */
export interface HostTimings {
  /** All of `create()`. */
  readonly create: number;
  /** Looking for plugins, within it. */
  readonly discovery: number;
}

const DEFAULT_LIMITS: ResolvedLimits = { load: 10_000, activate: 10_000, deactivate: 5_000, drain: 5_000 };

/**
 * A plugin host: it knows plugins, takes them up when they are needed, and runs their commands.
 *
 * ```ts
 * const structum = await Structum.create({ plugins: [ArchivePlugin] });
 * const summary = await structum.run('archive', { directory: '.' });
 * await structum.dispose();
 * ```
 *
 * Hosts in one process share nothing.
 */
export class Structum implements AsyncDisposable {
  /** The plugins and commands of this host. */
  readonly registry: Registry;
  readonly services: Services;
  readonly #registry: PluginRegistry;
  readonly #events: HostEvents;
  readonly #injector: Injector;
  readonly #lifecycle: Lifecycle;
  readonly #commands: HostCommands;
  readonly #logger: Logger;
  readonly #limits: ResolvedLimits;
  readonly #locations: readonly string[];
  #timings: HostTimings = { create: 0, discovery: 0 };
  #disposal: Promise<void> | undefined;

  private constructor(options: StructumOptions, policy: LoadedPolicy) {
    const { cwd = process.cwd(), env = {}, reservedFlags = [], confirm, ask } = options;
    const logger = guardedLogger(options.logger ?? silentLogger);
    const settings = new Settings(options.config ?? {});
    const settingsOf = (plugin: string): Readonly<Record<string, unknown>> => settings.of(plugin);
    this.#logger = logger;
    this.#limits = limitsOf(options.limits);
    this.#locations = locationsOf(options.from);
    this.#events = new HostEvents((error) => {
      logger.error('A listener of the host threw.', { error });
    });
    this.#registry = new PluginRegistry(reservedFlags);
    const policies = new FilePolicyStore({ policy: deepFreeze(policy.policy), files: options.policyFiles ?? {}, home: homeFor(options) });
    const shared = { registry: this.#registry, events: this.#events, logger, policies, coreServices: new Map(Object.entries(options.coreServices ?? {})), settingsOf, limits: this.#limits };
    this.#injector = new Injector(shared);
    this.#lifecycle = new Lifecycle({ ...shared, warn: (error, level) => { this.#warn(error, level); } }, this.#injector);
    this.#commands = new HostCommands({ ...shared, executor: new InlineExecutor(this.#lifecycle, this.#injector), cwd, env: Object.freeze({ ...env }), confirm, ask });
    this.registry = this.#registry;
    this.services = {
      get: async (token) => {
        this.#refuseWhenDisposed();
        return this.#lifecycle.service(token);
      },
    };
  }

  /**
   * Makes a host.
   *
   * A discovered plugin that cannot be used is left out, with a warning; a given one makes this fail.
   * @throws `PLUGIN_INVALID`, `COMMAND_INVALID`, `PLUGIN_DUPLICATE`, `COMMAND_DUPLICATE`, `SERVICE_DUPLICATE`, `OPTION_RESERVED`,
   *   `PLUGIN_NOT_FOUND`, `INJECTION_TYPE_ERASED` and the other codes of wrong descriptions; `CONFIG_INVALID`, `CONFIG_UNREADABLE`,
   *   `CONFIG_FILE_INVALID` for what is decided about plugins.
   */
  static async create(options: StructumOptions = {}): Promise<Structum> {
    const start = uptime();
    const policy = await policyFor(options);
    const structum = new Structum(options, policy);
    for (const notice of policy.notices) structum.#warn(notice);
    await structum.#addGiven(options.plugins ?? []);
    const discovery = (options.discover ?? false) === false ? 0 : structum.#discover();
    structum.#timings = { create: uptime() - start, discovery };
    return structum;
  }

  get timings(): HostTimings {
    return this.#timings;
  }

  /**
   * Runs a command and gives its result; the items of a stream as a list.
   *
   * @throws `COMMAND_UNKNOWN`, `INPUT_INVALID`, `COMMAND_CANCELLED`, `COMMAND_FAILED`, or the command's own `StructumError`.
   */
  run<Name extends CommandName>(command: Name, input: CommandInput<Name>, options?: RunOptions): Promise<CommandResult<Name>>;
  run<Type extends CommandClass>(command: Type, input: InputOf<Type>, options?: RunOptions): Promise<ResultOf<Type>>;
  run<Path extends string>(command: OtherPath<Path>, input?: object, options?: RunOptions): Promise<unknown>;
  run(command: string | CommandClass, input?: object, options?: RunOptions): Promise<unknown> {
    return this.#commands.start(command, input, options).result;
  }

  /** Starts a command and gives its {@link Execution}: its events, its result, and a way to cancel it. */
  start<Name extends CommandName>(command: Name, input: CommandInput<Name>, options?: StartOptions): Execution<CommandResult<Name>, CommandItem<Name>>;
  start<Type extends CommandClass>(command: Type, input: InputOf<Type>, options?: StartOptions): Execution<ResultOf<Type>, ItemsOf<Type>>;
  start<Path extends string>(command: OtherPath<Path>, input?: object, options?: StartOptions): Execution;
  start(command: string | CommandClass, input?: object, options?: StartOptions): Execution {
    return this.#commands.start(command, input, options);
  }

  /**
   * Adds a plugin at run time.
   *
   * @throws what {@link Structum.create} throws for a plugin that it is given.
   */
  async register(plugin: PluginInput): Promise<void> {
    this.#refuseWhenDisposed();
    await this.#addGiven([plugin]);
  }

  /**
   * Takes a plugin out: its running commands are drained, what it owns is ended, its services are withdrawn.
   *
   * @param options.dependents - Takes the plugins that require it along, instead of refusing.
   * @throws `PLUGIN_UNKNOWN`, `PLUGIN_IN_USE`.
   */
  async unregister(name: string, options: { readonly dependents?: boolean } = {}): Promise<void> {
    const unit = this.#registry.unit(name);
    if (unit === undefined) throw catalogued('PLUGIN_UNKNOWN', { plugin: name });
    const dependents = this.#registry.requiredBy(name);
    if (dependents.length > 0 && options.dependents !== true) {
      throw catalogued('PLUGIN_IN_USE', { plugin: name, dependents: dependents.map((dependent) => `"${dependent.name}"`) });
    }
    for (const dependent of dependents) {
      if (this.#registry.unit(dependent.name) === dependent) await this.unregister(dependent.name, options);
    }
    this.#registry.remove(unit);
    this.#registry.reconsider();
    await this.#lifecycle.deactivate(unit);
    this.#events.emit('plugin:unregistered', { plugin: name });
  }

  /** Calls `listener` at every `event`; the function that is returned ends that. What a listener throws or rejects with is logged. */
  on<Event extends keyof StructumEvents>(event: Event, listener: (payload: StructumEvents[Event]) => unknown): () => void {
    return this.#events.on(event, listener);
  }

  /** Takes all plugins down, dependents first. Running commands are drained, then cancelled. A second call waits for the first. */
  dispose(): Promise<void> {
    this.#disposal ??= this.#takeDown();
    return this.#disposal;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #takeDown(): Promise<void> {
    await this.#commands.close(this.#limits.drain, this.#limits.deactivate);
    await this.#lifecycle.deactivateAll();
  }

  /** Adds plugins that the host itself gives: all of them, or none and the first error. */
  async #addGiven(inputs: readonly PluginInput[]): Promise<void> {
    const admitted = await Promise.all(inputs.map((input) => admit(input, { locations: this.#locations, limit: this.#limits.load })));
    this.#refuseWhenDisposed();
    const added: PluginUnit[] = [];
    try {
      for (const { unit } of admitted) {
        this.#registry.add(unit);
        added.push(unit);
      }
      this.#registry.reconsider();
      for (const { unit, type, commands } of admitted) {
        const reason = (await this.#registry.resolve(unit)) ?? (await this.#registry.conflictWith(unit));
        if (reason !== undefined) throw reason;
        if (type !== undefined) this.#injector.check(unit, type, commands);
      }
    } catch (error) {
      for (const unit of added) this.#registry.remove(unit);
      this.#registry.reconsider();
      // Somebody may have run a command of one while the others were judged.
      await Promise.all(added.map((unit) => this.#lifecycle.deactivate(unit)));
      throw error;
    }
    for (const { unit, warning } of admitted) {
      if (warning !== undefined) this.#warn(warning);
      this.#events.emit('plugin:registered', { plugin: unit.name });
    }
  }

  /** Adds the packages that carry a manifest; the milliseconds that took. */
  #discover(): number {
    const start = uptime();
    for (const found of new NodeModulesDiscovery(this.#locations).find()) {
      if ('error' in found) this.#warn(found.error);
      else this.#addDiscovered(admitPackage(found));
    }
    return uptime() - start;
  }

  #addDiscovered(unit: PluginUnit): void {
    try {
      this.#registry.add(unit);
    } catch (error) {
      if (!StructumError.is(error)) throw error;
      this.#registry.addClashing(unit, error);
      this.#events.emit('plugin:rejected', { plugin: unit.name, error });
      this.#warn(error);
    }
  }

  #warn(error: StructumError, level: 'warn' | 'debug' = 'warn'): void {
    this.#logger[level](error.message, { code: error.code, hint: error.hint });
    this.#events.emit('warning', { error });
  }

  #refuseWhenDisposed(): void {
    if (this.#disposal !== undefined) throw catalogued('DISPOSED', { subject: 'This Structum' });
  }
}

/** What files and the host itself decide about plugins. */
function policyFor(options: StructumOptions): Promise<LoadedPolicy> {
  const { policyFiles, config, discover } = options;
  const cache = typeof discover === 'object' && discover.cache !== undefined ? join(discover.cache, 'policies') : undefined;
  return loadPolicy({ files: policyFiles, given: config, cache, home: homeFor(options) });
}

/** Files may name folders in the user's home; without any, nobody asks for it. */
function homeFor({ policyFiles, env = {} }: StructumOptions): string | undefined {
  return policyFiles === undefined ? undefined : homeOf(env);
}

function locationsOf(from: StructumOptions['from']): readonly string[] {
  if (from === undefined) return [];
  const locations = typeof from === 'string' || from instanceof URL ? [from] : from;
  return locations.map(toFilePath);
}

/** A limit that is `undefined` is as good as left out. */
function limitsOf(given: StructumOptions['limits']): ResolvedLimits {
  const { load, activate, deactivate, drain } = { ...given };
  return {
    load: load ?? DEFAULT_LIMITS.load,
    activate: activate ?? DEFAULT_LIMITS.activate,
    deactivate: deactivate ?? DEFAULT_LIMITS.deactivate,
    drain: drain ?? DEFAULT_LIMITS.drain,
  };
}
