import { checkOptions } from './contract/index.js';
import type {
  CommandClass, CommandInput, CommandItem, CommandName, CommandResult, Execution, HealthReport, InputOf, ItemsOf, OtherPath, Registry, ResultOf, RunOptions, StartOptions, StructumEvents,
} from './contract/index.js';
import type { ConfigWatchOptions } from './config/config-watch.js';
import { catalogFor } from './host-catalog.js';
import { loadFor } from './host-configuration.js';
import { HOST_OPTIONS } from './host-options.js';
import { HostPlugins } from './host-plugins.js';
import { servicesOf, type Services } from './host-services.js';
import { Host } from './host.js';
import type { RedactedStream } from './monitoring/index.js';
import type { StructumOptions } from './options.js';
import { uptime } from './platform/index.js';
import type { PluginInput } from './plugins/admission.js';
import { emptyCatalog } from './plugins/catalog.js';
import type { PluginWatchOptions, Reloaded, ReloadOptions } from './plugins/reload/index.js';

/** Milliseconds that making a host took. */
export interface HostTimings {
  /** All of `create()`. */
  readonly create: number;
  /** Looking for plugins, within it. */
  readonly discovery: number;
}

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
  readonly #host: Host;
  readonly #plugins: HostPlugins;
  #timings: HostTimings = { create: 0, discovery: 0 };

  private constructor(host: Host) {
    this.#host = host;
    this.#plugins = new HostPlugins(host);
    this.registry = host.registry.view;
    this.services = servicesOf(host);
  }

  /**
   * Makes a host.
   *
   * A discovered plugin that cannot be used is left out, with a warning when that is found out; a given one makes this fail.
   * @throws `PLUGIN_INVALID`, `COMMAND_INVALID`, `PLUGIN_DUPLICATE`, `COMMAND_DUPLICATE`, `SERVICE_DUPLICATE`, `COMMAND_RESERVED`, `OPTION_RESERVED`,
   *   `PLUGIN_NOT_FOUND`, `INJECTION_TYPE_ERASED` and the other codes of wrong descriptions; `CONFIG_INVALID`, `CONFIG_UNREADABLE`,
   *   `CONFIG_FILE_INVALID` for what is decided about plugins; `OPTION_INVALID`, `SECRET_SCHEME_INVALID`.
   */
  static async create(options: StructumOptions = {}): Promise<Structum> {
    const start = uptime();
    checkOptions('create()', options, HOST_OPTIONS.create);
    const configuration = await loadFor(options);
    const opened = uptime();
    const catalog = await catalogFor(options, configuration.loaded.policy.policy);
    const discovery = catalog === emptyCatalog ? 0 : uptime() - opened;
    const host = new Host(options, configuration, catalog);
    const structum = new Structum(host);
    try {
      for (const notice of configuration.loaded.notices) host.reports.warn(notice);
      await host.membership.add(options.plugins ?? []);
      for (const notice of await host.configuration.checkNames()) host.reports.warn(notice);
      if ((options.activateOnStart ?? true) === true) await structum.trigger('onStart');
    } catch (error) {
      // Who listens may have used it already.
      await structum.dispose();
      throw error;
    }
    structum.#timings = { create: uptime() - start, discovery };
    return structum;
  }

  get timings(): HostTimings {
    return this.#timings;
  }

  /**
   * Runs a command and gives its result; the items of a stream as a list.
   *
   * @throws `COMMAND_UNKNOWN`, `INPUT_INVALID`, `OPTION_INVALID`, `COMMAND_CANCELLED`, `COMMAND_FAILED`, or the command's own `StructumError`.
   */
  run<Name extends CommandName>(command: Name, input: CommandInput<Name>, options?: RunOptions): Promise<CommandResult<Name>>;
  run<Type extends CommandClass>(command: Type, input: InputOf<Type>, options?: RunOptions): Promise<ResultOf<Type>>;
  run<Path extends string>(command: OtherPath<Path>, input?: object, options?: RunOptions): Promise<unknown>;
  run(command: string | CommandClass, input?: object, options?: RunOptions): Promise<unknown> {
    return this.#host.commands.start(command, input, options).result;
  }

  /** Starts a command and gives its {@link Execution}: its events, its result, and a way to cancel it. */
  start<Name extends CommandName>(command: Name, input: CommandInput<Name>, options?: StartOptions): Execution<CommandResult<Name>, CommandItem<Name>>;
  start<Type extends CommandClass>(command: Type, input: InputOf<Type>, options?: StartOptions): Execution<ResultOf<Type>, ItemsOf<Type>>;
  start<Path extends string>(command: OtherPath<Path>, input?: object, options?: StartOptions): Execution;
  start(command: string | CommandClass, input?: object, options?: StartOptions): Execution {
    return this.#host.commands.start(command, input, options);
  }

  /**
   * Adds a plugin at run time.
   *
   * @throws what {@link Structum.create} throws for a plugin that it is given.
   */
  async register(plugin: PluginInput): Promise<void> {
    await this.#plugins.register(plugin);
  }

  /**
   * Takes a plugin out: its running commands are drained, what it owns is ended, its services are withdrawn.
   *
   * @param options.dependents - Takes the plugins that require it along, instead of refusing.
   * @throws `PLUGIN_UNKNOWN`, `PLUGIN_IN_USE`, `OPTION_INVALID`.
   */
  async unregister(name: string, options: { readonly dependents?: boolean } = {}): Promise<void> {
    checkOptions('unregister()', options, HOST_OPTIONS.unregister);
    await this.#plugins.unregister(name, options);
  }

  /**
   * Takes a plugin up before it is needed, with everything that it requires.
   *
   * @param options.retry - Tries one that failed again, and those that it requires and that failed: nothing of them is left.
   *   One of which a command could not be loaded is {@link reload | reloaded}.
   * @param options.guests - How many workers or processes are to wait for commands of a plugin that does not run in this
   *   thread; 1 when left out. Each ends when it has had nothing to do for half a minute.
   * @throws `PLUGIN_UNKNOWN`, `PLUGIN_REJECTED`, `RELOAD_FAILED`, `PLUGIN_LOAD_FAILED`, `PLUGIN_ACTIVATE_FAILED`, `PLUGIN_PHASE_TIMEOUT`, `OPTION_INVALID`, …
   */
  async activate(name: string, options: { readonly retry?: boolean; readonly guests?: number } = {}): Promise<void> {
    checkOptions('activate()', options, HOST_OPTIONS.activate);
    await this.#plugins.activate(name, options);
  }

  /**
   * Takes a plugin down: its running commands are drained, then cancelled; what it owns is ended. It comes up again when
   * it is next needed. One that is not up stays as it is.
   *
   * @param options.dependents - What becomes of plugins that require it and are up: it is refused because of them, which is
   *   the usual, or they go down first.
   * @throws `PLUGIN_UNKNOWN`, `PLUGIN_IN_USE`, `OPTION_INVALID`.
   */
  async deactivate(name: string, options: { readonly dependents?: 'first' | 'refuse' } = {}): Promise<void> {
    checkOptions('deactivate()', options, HOST_OPTIONS.deactivate);
    await this.#plugins.deactivate(name, options);
  }

  /**
   * Tells of an event of the host's own: plugins that ask for `onEvent:<event>` are taken up, those that ask for
   * `onStart` at the event `onStart`. Resolves when they are up; one that fails is a warning, and holds up nothing.
   */
  async trigger(event: string): Promise<void> {
    this.#host.end.refuseWhenDisposed();
    await this.#host.activation.trigger(event);
  }

  /**
   * How a plugin is; its record keeps the answer. It is not taken up for that: one that failed is `DOWN`, one that nobody
   * needed yet is `UNKNOWN`, and one that is up and has no health check is `OK`.
   *
   * @throws `PLUGIN_UNKNOWN`
   */
  async checkHealth(name: string): Promise<HealthReport> {
    return this.#plugins.checkHealth(name);
  }

  /**
   * Reloads a plugin: its new version comes up beside the one that runs, is checked, and takes its place at once, and so
   * do copies of the plugins that use it. Commands that are running end on the version that they began on. When
   * something goes wrong, all goes on as before.
   *
   * A plugin that is not up is replaced, and not taken up; one that failed is tried again. Code that has not changed is
   * not loaded again. Resolves when the new version is in place.
   * @throws `PLUGIN_UNKNOWN`, `PLUGIN_DISABLED`, `PLUGIN_UNTRUSTED`, `OPTION_INVALID`, `DISPOSED`, and `RELOAD_FAILED` with why as its cause.
   */
  async reload(name: string, options: ReloadOptions = {}): Promise<Reloaded> {
    checkOptions('reload()', options, HOST_OPTIONS.reload);
    return this.#plugins.reload(name, options);
  }

  /**
   * Reloads plugins when their files change, until what is returned, or the host, is disposed.
   *
   * @throws `PLUGIN_UNKNOWN`, `RELOAD_IMPOSSIBLE`, `OPTION_INVALID`, `DISPOSED`.
   */
  watch(options: PluginWatchOptions = {}): Disposable {
    checkOptions('watch()', options, HOST_OPTIONS.watch);
    this.#host.end.refuseWhenDisposed();
    return this.#host.watches.ofPlugins(options, (name, given) => this.reload(name, given));
  }

  /**
   * Heeds the configuration when files of `configSources` change, come or go, or files that settings refer to as
   * `${file:…}`, until what is returned, or the host, is disposed: once all of it was found valid, and all at once. What is
   * wrong is logged, and what it said before goes on; where that is a secret that cannot be had, it is tried again.
   * Plugins whose settings have changed are told if they ask for that (`context.onConfigChange`), and come up anew
   * otherwise. The events `config:changed`, `config:refused` and `config:recovered` tell what happens.
   *
   * Where plugins are looked for is heeded from the next start on. This keeps no process alive.
   * @throws `OPTION_INVALID`, `DISPOSED`.
   */
  watchConfig(options: ConfigWatchOptions = {}): Disposable {
    checkOptions('watchConfig()', options, HOST_OPTIONS.watchConfig);
    this.#host.end.refuseWhenDisposed();
    return this.#host.watches.ofConfiguration(options);
  }

  /**
   * Takes `config` in the place of what {@link create} was given. Resolves when it is in force: plugins whose settings have
   * changed were told, or have come up anew.
   * @throws `CONFIG_INVALID`, and the codes of `configSources`; then all stays as it was. `OPTION_INVALID`, `DISPOSED`.
   */
  async configure(config: Readonly<Record<string, unknown>>): Promise<void> {
    checkOptions('configure()', { config }, HOST_OPTIONS.configure);
    this.#host.end.refuseWhenDisposed();
    try {
      await this.#host.configuration.replace(config);
    } catch (error) {
      throw this.#host.reports.redactor.redactValue(error);
    }
  }

  /**
   * Puts `[redacted]` in the place of each secret of its plugins' settings, which are known once a plugin is on its way
   * up: for logs of your own. In data and errors as deep as they are; what holds none is given back as it is.
   */
  redact(text: string): string;
  redact<Value>(value: Value): Value;
  redact(value: unknown): unknown {
    return this.#host.reports.redactor.redactValue(value);
  }

  /** The same for what comes in parts, as a secret may be split between them: for a stream of your own. */
  redactedStream(): RedactedStream {
    return this.#host.reports.redactor.stream();
  }

  /** Calls `listener` at every `event`; the function that is returned ends that. What a listener throws or rejects with is logged. */
  on<Event extends keyof StructumEvents>(event: Event, listener: (payload: StructumEvents[Event]) => unknown): () => void {
    return this.#host.reports.events.on(event, listener);
  }

  /** Takes all plugins down, dependents first. Running commands are drained, then cancelled. A second call waits for the first. */
  dispose(): Promise<void> {
    return this.#host.end.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
