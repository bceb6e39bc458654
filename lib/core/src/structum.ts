import { checkOptions, thisCore, type Broker, type SandboxMode } from './contract/index.js';
import type {
  CommandClass, CommandInput, CommandItem, CommandName, CommandResult, Execution, HealthReport, InputOf, ItemsOf, Logger, OtherPath, PluginPolicy, Registry, ResultOf, RunOptions, ServiceToken, StartOptions, StructumEvents,
} from './contract/index.js';
import type * as Watching from './config/config-watch.js';
import type { ConfigWatchOptions } from './config/config-watch.js';
import type { PolicyInForce } from './config/index.js';
import { catalogued, StructumError, type ErrorCode } from './errors/index.js';
import { HostCommands } from './execution/host-commands.js';
import type { Confine } from './execution/broker/broker.js';
import { InlineExecutor } from './execution/inline-executor.js';
import { lifetimeBroker } from './execution/lifetime-broker.js';
import type { Isolation } from './execution/remote/index.js';
import { placementOf } from './execution/placement.js';
import { RoutedExecutor } from './execution/routed-executor.js';
import { HostConfiguration, loadFor, type ConfigurationOrigin } from './host-configuration.js';
import { givenProviders, HostSecrets } from './host-secrets.js';
import { HOST_OPTIONS } from './host-options.js';
import { limitsOf, type ResolvedLimits } from './limits.js';
import { guardedLogger, redactedLogger, Redactor, silentLogger, type RedactedStream } from './monitoring/index.js';
import type { StructumOptions } from './options.js';
import { required, systemClock, toFilePath, uptime } from './platform/index.js';
import { ActivationEvents } from './plugins/activation-events.js';
import type { PluginInput } from './plugins/admission.js';
import { announcing } from './plugins/announcements.js';
import { emptyCatalog, type PluginCatalog } from './plugins/catalog.js';
import { trustedFolders } from './plugins/discovery/trust.js';
import { checkHealth } from './plugins/health-checks.js';
import { HostEvents } from './plugins/host-events.js';
import { Injector } from './plugins/injector.js';
import { Lifecycle } from './plugins/lifecycle.js';
import { isBroken } from './plugins/loader.js';
import { Membership } from './plugins/membership.js';
import { openCatalog } from './plugins/plugin-index/index.js';
import { PluginRegistry } from './plugins/plugin-registry.js';
import type { PluginUnit } from './plugins/plugin-unit.js';
import { AppliedPolicy } from './plugins/policy.js';
import { AuditTrail } from './security/index.js';
import type { SettingsChanges } from './plugins/settings-changes.js';
import type * as Reloading from './plugins/reload/index.js';
import type { PluginWatchOptions, Reloaded, ReloadOptions, Reloads } from './plugins/reload/index.js';

/** Services of a host's plugins. */
export interface Services {
  /**
   * The service of that token; its plugin is loaded and activated if need be.
   * One of a plugin that runs isolated has to be declared as `remote`: what it has are methods, and they return promises.
   * @throws `SERVICE_UNKNOWN`, `SERVICE_NOT_REMOTE`, or why its plugin cannot be used.
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
  readonly #activation: ActivationEvents;
  readonly #commands: HostCommands;
  readonly #openReloads: () => Promise<Reloads>;
  readonly #openIsolation: () => Promise<Isolation>;
  #isolation: Promise<Isolation> | undefined;
  readonly #watches = new Set<Disposable>();
  readonly #redactor = new Redactor(() => { this.#events.emit('secrets:known', {}); });
  #changes: Promise<SettingsChanges> | undefined;
  readonly #logger: Logger;
  readonly #limits: ResolvedLimits;
  readonly #membership: Membership;
  readonly #configuration: HostConfiguration;
  readonly #secrets: HostSecrets;
  #timings: HostTimings = { create: 0, discovery: 0 };
  #reloads: Promise<Reloads> | undefined;
  #disposal: Promise<void> | undefined;

  private constructor(options: StructumOptions, configuration: ConfigurationOrigin, catalog: PluginCatalog) {
    const { cwd = process.cwd(), env = {}, reservedFlags = [], reservedWords = [], confirm, ask } = options;
    const logger = guardedLogger(redactedLogger(options.logger ?? silentLogger, this.#redactor));
    this.#logger = logger;
    this.#limits = limitsOf(options.limits);
    this.#events = new HostEvents((error) => {
      logger.error('A listener of the host threw.', { error });
    });
    this.#events.onAll(options.on ?? {});
    this.#registry = new PluginRegistry({
      catalog, reservedFlags, reservedWords,
      policy: new AppliedPolicy(configuration.loaded.policy),
      report: (error) => { this.#warn(error); },
      observer: announcing(this.#events),
    });
    this.#configuration = new HostConfiguration({
      registry: this.#registry, events: this.#events, logger, redactor: this.#redactor, env,
      changes: () => this.#settingsChanges(),
      warn: (error) => { this.#warn(error); },
      heedPolicy: (policy) => this.#heedPolicy(policy),
      resolveSecrets: (section, asker) => this.#secrets.resolve(section, asker),
      brokenRules: async (plugin, section) => (await import('./plugins/broken-rules.js')).brokenRules({ registry: this.#registry, lifecycle: this.#lifecycle }, plugin, section),
    }, configuration);
    const configuring = this.#configuration;
    const shared = {
      registry: this.#registry, events: this.#events, logger, redactor: this.#redactor, limits: this.#limits,
      policies: configuring.policies,
      securityChecks: {
        checkControls: async (mode: SandboxMode = configuring.security.mode) => (await import('./security/proof/check-controls.js')).checkControls(mode),
      },
      configs: (unit: PluginUnit) => configuring.storeFor(unit),
      clock: options.clock ?? systemClock,
      serviceAsked: (id: string, asking: PluginUnit) => { this.#activation.serviceAsked(id, asking); },
      coreServices: new Map(Object.entries(options.coreServices ?? {})),
    };
    this.#injector = new Injector({ ...shared, permissionsFor: (plugin) => configuring.security.permissionsFor(plugin) });
    const brokerFor = (unit: PluginUnit, confine?: Confine): Broker => lifetimeBroker(unit, { security: () => configuring.security, env, cwd, onDenied: (error) => { this.#warn(error); } }, confine);
    this.#lifecycle = new Lifecycle({
      ...shared,
      brokerFor: (unit) => brokerFor(unit),
      settingsOf: (unit) => configuring.settingsOf(unit),
      resolveSecrets: (unit, section, source) => this.#secrets.resolve({ section, plugin: unit.name, schema: unit.manifest.settings, source }, { unit, signal: unit.lifetime }),
      warn: (error, level) => { this.#warn(error, level); },
      elsewhere: {
        placementOf: (unit) => placementOf(unit, configuring.security),
        open: async (unit) => (await this.#isolated()).open(unit),
        service: async (unit, id) => (await this.#isolated()).service(unit, id),
      },
    }, this.#injector);
    this.#secrets = new HostSecrets({
      providers: { ...shared, lifecycle: this.#lifecycle, given: givenProviders(options) },
      redactor: this.#redactor, env, cwd, locations: locationsOf(options.from), limit: this.#limits.secret,
    });
    this.#activation = new ActivationEvents({
      registry: this.#registry, lifecycle: this.#lifecycle,
      warn: (error) => { this.#warn(error); },
      startsWithCommand: options.activateOnStart === 'before-first-command',
    });
    this.#membership = new Membership({
      ...shared, injector: this.#injector, lifecycle: this.#lifecycle, activation: this.#activation,
      locations: locationsOf(options.from), loadLimit: this.#limits.load,
      warn: (error) => { this.#warn(error); },
      isElsewhereOnly: (unit) => placementOf(unit, configuring.security) !== 'inline',
      refuseWhenDisposed: () => { this.#refuseWhenDisposed(); },
    });
    this.#commands = new HostCommands({
      ...shared, lifecycle: this.#lifecycle, activation: this.#activation,
      policy: () => configuring.security,
      audit: new AuditTrail({
        target: options.audit,
        policy: () => configuring.security,
        redact: (record) => this.#redactor.redactValue(record),
        warn: (error) => { this.#warn(error); },
      }),
      executor: new RoutedExecutor(this.#lifecycle, new InlineExecutor(this.#lifecycle, this.#injector), () => this.#isolated()),
      cwd, dataFolder: options.dataFolder, env: Object.freeze({ ...env }), confirm, ask,
    });
    this.#openIsolation = async () => {
      const { Isolation, ProcessGuests, WorkerGuests } = await import('./execution/remote/index.js');
      return new Isolation({
        ...shared, lifecycle: this.#lifecycle, injector: this.#injector, workers: new WorkerGuests(() => configuring.security), processes: new ProcessGuests({
          warn: (error, level) => { this.#warn(error, level); },
          cwd, env, policy: () => configuring.security, dataFolder: options.dataFolder, cacheFolder: cacheFolderOf(options) }),
        policy: () => configuring.security,
        brokerFor,
        settingsOf: (unit) => configuring.settingsOf(unit),
        warn: (error, level) => { this.#warn(error, level); },
      });
    };
    this.#openReloads = async () => {
      const { Reloads } = await import('./plugins/reload/index.js');
      return new Reloads({
        ...shared, lifecycle: this.#lifecycle, injector: this.#injector,
        warn: (error) => { this.#warn(error); },
        retainedLimit: this.#limits.retained,
        isConfigured: (unit) => configuring.isConfigured(unit),
      });
    };
    this.registry = this.#registry.view;
    this.services = {
      get: async (token) => {
        this.#refuseWhenDisposed();
        await this.#activation.beforeService(token.id);
        return this.#lifecycle.service(token);
      },
    };
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
    const structum = new Structum(options, configuration, catalog);
    try {
      for (const notice of configuration.loaded.notices) structum.#warn(notice);
      await structum.#membership.add(options.plugins ?? []);
      for (const notice of await structum.#configuration.checkNames()) structum.#warn(notice);
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
    await this.#membership.add([plugin]);
  }

  /**
   * Takes a plugin out: its running commands are drained, what it owns is ended, its services are withdrawn.
   *
   * @param options.dependents - Takes the plugins that require it along, instead of refusing.
   * @throws `PLUGIN_UNKNOWN`, `PLUGIN_IN_USE`, `OPTION_INVALID`.
   */
  async unregister(name: string, options: { readonly dependents?: boolean } = {}): Promise<void> {
    checkOptions('unregister()', options, HOST_OPTIONS.unregister);
    this.#known(name);
    await this.#membership.remove(name, options.dependents === true);
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
    this.#refuseWhenDisposed();
    if (options.retry === true) await Promise.all([this.#secrets.forget(), this.#loadAnew(name)]);
    const listed = this.#registry.upToDate(this.#known(name)) ?? this.#known(name);
    const unit = this.#lifecycle.isGone(listed) ? await this.#lifecycle.current(listed) : listed;
    const wanted = options.retry === true ? this.#lifecycle.retried(unit) : unit;
    await this.#lifecycle.activate(wanted);
    if (options.guests !== undefined && wanted.placement !== 'inline') await (await this.#isolated()).keepReady(wanted, options.guests);
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
    const unit = this.#known(name);
    const versions = unit.versions.filter((version) => this.#lifecycle.isUp(version));
    if (versions.length === 0) return;
    const dependents = new Set(versions.flatMap((version) => this.#lifecycle.dependentsOf(version)).map((dependent) => `"${dependent.name}"`));
    if (dependents.size > 0 && options.dependents !== 'first') {
      throw catalogued('PLUGIN_IN_USE', { plugin: name, dependents: [...dependents], how: 'deactivate' });
    }
    await this.#lifecycle.deactivateVersions(unit);
  }

  /**
   * Tells of an event of the host's own: plugins that ask for `onEvent:<event>` are taken up, those that ask for
   * `onStart` at the event `onStart`. Resolves when they are up; one that fails is a warning, and holds up nothing.
   */
  async trigger(event: string): Promise<void> {
    this.#refuseWhenDisposed();
    await this.#activation.trigger(event);
  }

  /**
   * How a plugin is; its record keeps the answer. It is not taken up for that: one that failed is `DOWN`, one that nobody
   * needed yet is `UNKNOWN`, and one that is up and has no health check is `OK`.
   *
   * @throws `PLUGIN_UNKNOWN`
   */
  async checkHealth(name: string): Promise<HealthReport> {
    return checkHealth(this.#known(name), { limit: this.#limits.health, redactor: this.#redactor });
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
    this.#refuseWhenDisposed();
    await this.#secrets.forget();
    return (await this.#reloading()).reload(name, options);
  }

  /**
   * Reloads plugins when their files change, until what is returned, or the host, is disposed.
   *
   * @throws `PLUGIN_UNKNOWN`, `RELOAD_IMPOSSIBLE`, `OPTION_INVALID`, `DISPOSED`.
   */
  watch(options: PluginWatchOptions = {}): Disposable {
    checkOptions('watch()', options, HOST_OPTIONS.watch);
    this.#refuseWhenDisposed();
    const { PluginWatch } = required<typeof Reloading>('./plugins/reload/index.js', import.meta.url);
    const watch = new PluginWatch({
      registry: this.#registry, events: this.#events, logger: this.#logger,
      reload: (name, given) => this.reload(name, given),
    }, options);
    return this.#kept(watch);
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
    this.#refuseWhenDisposed();
    const { ConfigWatch } = required<typeof Watching>('./config/config-watch.js', import.meta.url);
    return this.#kept(new ConfigWatch({
      files: this.#configuration.files,
      referencedFiles: () => this.#configuration.referencedFiles(),
      onReferences: (listener) => this.#configuration.onReferences(listener),
      heed: (move, onRead) => this.#configuration.follow(move, onRead),
      warn: (error) => { this.#warn(error); },
    }, options));
  }

  /**
   * Takes `config` in the place of what {@link create} was given. Resolves when it is in force: plugins whose settings have
   * changed were told, or have come up anew.
   * @throws `CONFIG_INVALID`, and the codes of `configSources`; then all stays as it was. `OPTION_INVALID`, `DISPOSED`.
   */
  async configure(config: Readonly<Record<string, unknown>>): Promise<void> {
    checkOptions('configure()', { config }, HOST_OPTIONS.configure);
    this.#refuseWhenDisposed();
    try {
      await this.#configuration.replace(config);
    } catch (error) {
      throw this.#redactor.redactValue(error);
    }
  }

  /**
   * Puts `[redacted]` in the place of each secret of its plugins' settings, which are known once a plugin is on its way
   * up: for logs of your own. In data and errors as deep as they are; what holds none is given back as it is.
   */
  redact(text: string): string;
  redact<Value>(value: Value): Value;
  redact(value: unknown): unknown {
    return this.#redactor.redactValue(value);
  }

  /** The same for what comes in parts, as a secret may be split between them: for a stream of your own. */
  redactedStream(): RedactedStream {
    return this.#redactor.stream();
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
    for (const watch of this.#watches) watch[Symbol.dispose]();
    this.#watches.clear();
    this.#configuration.close();
    // Before those are waited for who wait for secrets.
    this.#secrets.close();
    await Promise.all([this.#commands.close(this.#limits.drain, this.#limits.deactivate), this.#reloads?.then((reloads) => reloads.close())]);
    await this.#lifecycle.deactivateAll();
    await (await this.#isolation)?.dispose();
  }

  #kept(watch: Disposable): Disposable {
    this.#watches.add(watch);
    return {
      [Symbol.dispose]: () => {
        this.#watches.delete(watch);
        watch[Symbol.dispose]();
      },
    };
  }

  #isolated(): Promise<Isolation> {
    this.#isolation ??= this.#openIsolation();
    return this.#isolation;
  }

  #reloading(): Promise<Reloads> {
    this.#reloads ??= this.#openReloads();
    return this.#reloads;
  }

  #settingsChanges(): Promise<SettingsChanges> {
    this.#changes ??= import('./plugins/settings-changes.js').then(({ SettingsChanges }) => new SettingsChanges({
      registry: this.#registry, lifecycle: this.#lifecycle, limits: this.#limits,
      warn: (error) => { this.#warn(error); },
      renew: async (plugin, how) => (await this.#reloading()).renew(plugin, how),
    }));
    return this.#changes;
  }

  /** Takes down what is disabled by now, and up what is enabled. */
  async #heedPolicy(policy: PolicyInForce): Promise<void> {
    const { enabled, disabled } = this.#registry.heedPolicy(policy);
    // A command of one of them may be what disables it: whoever waits for that one waits for himself.
    const leaving = disabled.map((unit) => ({ isBusy: this.#lifecycle.isBusy(unit), gone: this.#lifecycle.renew(unit) }));
    await Promise.all(leaving.filter(({ isBusy }) => !isBusy).map(({ gone }) => gone));
    void this.#activation.came(enabled);
  }

  /** Where a part of a plugin's code could not be loaded: all of it, for Node never loads that part again. */
  async #loadAnew(name: string): Promise<void> {
    const { type } = this.#known(name);
    if (type === undefined || !isBroken(type)) return;
    try {
      await this.reload(name);
    } catch (error) {
      // Then what tells of its commands may do otherwise this time.
      if (!isCausedBy(error, 'RELOAD_IMPOSSIBLE')) throw error;
    }
  }

  #known(name: string): PluginUnit {
    const unit = this.#registry.unit(name);
    if (unit === undefined) throw catalogued('PLUGIN_UNKNOWN', { plugin: name });
    return unit;
  }

  #warn(warning: StructumError, level: 'warn' | 'debug' = 'warn'): void {
    const error = this.#redactor.redactValue(warning);
    this.#logger[level](error.message, { code: error.code, hint: error.hint });
    this.#events.emit('warning', { error });
  }

  #refuseWhenDisposed(): void {
    if (this.#disposal !== undefined) throw catalogued('DISPOSED', { subject: 'This Structum' });
  }
}

/** Where a host keeps what can be found out again, where it keeps any. */
function cacheFolderOf({ discover }: StructumOptions): string | undefined {
  return typeof discover === 'object' ? discover.cache : undefined;
}

function isCausedBy(error: unknown, code: ErrorCode): boolean {
  return StructumError.is(error) && StructumError.is(error.cause) && error.cause.code === code;
}

/** The plugins that can be discovered: what they are is found out when they are looked up. */
async function catalogFor({ discover = false, from, logger = silentLogger, trustProject }: StructumOptions, policy: PluginPolicy): Promise<PluginCatalog> {
  if (discover === false) return emptyCatalog;
  const wanted = discover === true ? {} : discover;
  return openCatalog({
    locations: locationsOf(from),
    discover: { ...wanted, folders: [...(wanted.folders ?? []), ...(policy.folders ?? [])] },
    trustedProjects: [...(policy.trusted_projects ?? []), ...(await trustedFolders(wanted.project, trustProject))],
    coreVersion: thisCore.version,
    logger: guardedLogger(logger),
  });
}

function locationsOf(from: StructumOptions['from']): readonly string[] {
  if (from === undefined) return [];
  const locations = typeof from === 'string' || from instanceof URL ? [from] : from;
  return locations.map(toFilePath);
}
