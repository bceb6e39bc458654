declare const brokerErrors: {
  readonly FETCH_FAILED: Entry<{
    plugin: string;
    url: string;
    reason: string;
  }>;
  readonly FETCH_TIMED_OUT: Entry<{
    plugin: string;
    url: string;
    timeout: number;
  }>;
  readonly FETCH_TOO_LARGE: Entry<{
    plugin: string;
    url: string;
    limit: number;
  }>;
  readonly EXEC_FAILED: Entry<{
    plugin: string;
    program: string;
    reason: string;
  }>;
  readonly EXEC_TIMED_OUT: Entry<{
    plugin: string;
    program: string;
    timeout: number;
  }>;
  readonly EXEC_TOO_LARGE: Entry<{
    plugin: string;
    program: string;
    limit: number;
  }>;
};
declare const configurationErrors: {
  readonly CONFIG_UNREADABLE: Entry<{
    file: string;
    reason: string;
  }>;
  readonly CONFIG_FILE_INVALID: Entry<{
    file: string;
    problems: readonly FileProblem[];
  }>;
  readonly CONFIG_UNUSABLE: Entry<{
    problems: readonly {
      readonly code: string;
      readonly message: string;
      readonly hint?: string;
    }[];
  }>;
  readonly CONFIG_FORMAT_UNKNOWN: Entry<{
    file: string;
    extensions: readonly string[];
  }>;
  readonly CONFIG_AMBIGUOUS: Entry<{
    files: readonly string[];
  }>;
  readonly CONFIG_FILE_MISSING: Entry<{
    file: string;
  }>;
  readonly CONFIG_ENVIRONMENT_INVALID: Entry<{
    environment: string;
  }>;
  readonly CONFIG_KEY_INVALID: Entry<{
    key: string;
    problem: string; /** The list that it is within. */
    list?: string;
  }>;
  readonly CONFIG_OVERRIDE_INVALID: Entry<{
    assignment: string; /** Whether its key is that of a section. */
    isSection?: boolean;
  }>;
  readonly CONFIG_CHANGE_REFUSED: Entry<{
    plugin: string;
  }>;
  readonly CONFIG_REVEAL_REFUSED: Entry<{
    plugin: string;
  }>;
  readonly CONFIG_VARIABLE_UNKNOWN: Entry<{
    variable: string;
    suggestions: readonly string[]; /** Whether it is for a whole section, and holds no settings. */
    isSection?: boolean;
  }>;
  readonly CONFIG_UNEDITABLE: Entry<{
    file: string;
    setting: string;
    change: "set" | "removal";
    reason?: string;
  }>;
  readonly CONFIG_UNWRITABLE: Entry<{
    file: string;
    reason: string;
  }>;
  readonly POLICY_SCOPE_UNAVAILABLE: Entry<{
    scope: string;
  }>;
  readonly CONFIG_IGNORED: Entry<{
    file: string;
    settings: readonly string[]; /** How many settings there are beside those. */
    more?: number;
    project: string; /** Whether its project is not trusted, only its user may say so, or it does not fit. */
    reason: "untrusted" | "user" | "unfit"; /** In what it does not fit. */
    problems?: readonly string[];
  }>;
};
declare const descriptionErrors: {
  readonly DECORATORS_STANDARD: Entry<{
    decorator: string;
  }>;
  readonly DECORATOR_MISPLACED: Entry<{
    decorator: string;
    where: string;
  }>;
  readonly PLUGIN_NOT_DESCRIBED: Entry<{
    subject: string;
  }>;
  readonly COMMAND_NOT_DESCRIBED: Entry<{
    subject: string;
    plugin: string;
  }>;
  readonly REFERENCE_INVALID: Entry<{
    subject: string;
    found: string;
  }>;
  readonly SERVICE_ID_INVALID: Entry<{
    id: string;
  }>;
  readonly DESCRIPTION_UNSUPPORTED: Entry<{
    subject: string;
    version: number;
    supported: number;
  }>;
  readonly PLUGIN_INVALID: Entry<{
    plugin: string;
    problems: readonly string[];
  }>;
  readonly COMMAND_INVALID: Entry<{
    command: string;
    problems: readonly string[];
  }>;
};
declare const executionErrors: {
  readonly COMMAND_UNKNOWN: Entry<{
    command: string;
    suggestions: readonly string[];
  }>;
  readonly INPUT_INVALID: Entry<{
    command: string;
    problems: readonly InputProblem[];
  }>;
  readonly INPUT_NOT_CLONEABLE: Entry<{
    command: string;
    reason: string;
  }>;
  readonly RESULT_NOT_CLONEABLE: Entry<{
    command: string;
    reason: string;
  }>;
  readonly COMMAND_FAILED: Entry<{
    command: string;
    plugin?: string;
    reason: string;
  }>;
  readonly COMMAND_CANCELLED: Entry<{
    command: string;
    reason?: string;
  }>;
  readonly PLUGIN_CRASHED: Entry<{
    plugin: string;
    how: string;
  }>;
  readonly PROTOCOL_VIOLATION: Entry<{
    plugin: string;
    reason: string;
  }>;
  readonly GUEST_VERSION_MISMATCH: Entry<{
    plugin: string;
    version: number;
    expected: number;
  }>;
  readonly LIMIT_EXCEEDED: Entry<{
    plugin: string;
    command: string;
    limit: LimitName;
    allowed?: number; /** Where it is set, if not for the plugin or all of them. */
    key?: string; /** Whether nobody can set it. */
    isFixed?: boolean;
  }>;
  readonly MESSAGE_TOO_LARGE: Entry<{
    bytes: number;
    allowed: number;
  }>;
  readonly QUEUE_FULL: Entry<{
    plugin: string;
    waiting: number;
  }>;
  readonly CALLS_TOO_DEEP: Entry<{
    command: string;
    most: number;
  }>;
  readonly PLUGIN_NOT_IMPORTABLE: Entry<{
    plugin: string;
  }>;
  readonly PLUGIN_ISOLATED: Entry<{
    plugin: string;
  }>;
  readonly SERVICE_NOT_REMOTE: Entry<{
    service: string;
    provider: string;
  }>;
  readonly SERVICE_METHOD_UNKNOWN: Entry<{
    service: string;
    method: string;
  }>;
  readonly SERVICE_DATA_NOT_CLONEABLE: Entry<{
    service: string;
    method: string;
    part: "arguments" | "result";
    reason: string;
  }>;
  readonly COMMAND_TIMED_OUT: Entry<{
    command: string;
  }>;
  readonly EXIT_CODE_INVALID: Entry<{
    command: string;
    received: string;
  }>;
  readonly CONFIRMATION_UNAVAILABLE: Entry<{
    command: string;
    question: string;
  }>;
  readonly ANSWER_UNAVAILABLE: Entry<{
    command: string;
    question: string;
  }>;
  readonly ANSWER_INVALID: Entry<{
    command: string;
    question: string;
    answer: string;
    choices: readonly string[];
  }>;
  readonly OUTPUT_UNAVAILABLE: Entry<{
    command: string;
  }>;
  readonly VALIDATOR_MISSING: Entry<{
    subject: string;
    module: string;
  }>;
};
declare const injectionErrors: {
  readonly INJECTION_TYPE_ERASED: Entry<{
    target: string;
    index: number;
    emitted: string;
  }>;
  readonly INJECTION_TYPE_UNKNOWN: Entry<{
    target: string;
    index: number;
  }>;
  readonly INJECTION_CYCLE: Entry<{
    chain: readonly string[];
  }>;
  readonly INJECTION_SCOPE: Entry<{
    holder: string;
    held: string;
    through?: readonly string[];
  }>;
  readonly PROVIDER_UNKNOWN: Entry<{
    token: string;
    wantedBy: string;
  }>;
  readonly SERVICE_UNKNOWN: Entry<{
    service: string;
    wantedBy: string;
  }>;
  readonly SERVICE_UNPROVIDED: Entry<{
    service: string;
    plugin: string;
  }>;
  readonly SERVICE_SCOPE: Entry<{
    service: string;
    plugin: string;
  }>;
  readonly SERVICE_WITHDRAWN: Entry<{
    service: string;
    provider: string;
    plugin: string; /** Whether the provider is there in a version without the service. */
    isDropped?: boolean;
  }>;
  readonly SERVICE_NOT_REQUIRED: Entry<{
    service: string;
    provider: string;
    plugin: string;
    version: string;
    field: "requires" | "optional";
  }>;
};
declare const lifecycleErrors: {
  readonly PLUGIN_REJECTED: Entry<{
    plugin: string;
    reason: string;
    remedy?: string;
  }>;
  readonly PLUGIN_LOAD_FAILED: Entry<{
    plugin: string;
    file: string; /** The line that is to blame, as `file:line`. */
    at?: string;
    reason: string;
    remedy?: string;
  }>;
  readonly PLUGIN_ACTIVATE_FAILED: Entry<{
    plugin: string;
    reason: string;
    remedy?: string; /** From what it requires to the one that is to blame. */
    requires?: readonly string[];
  }>;
  readonly PLUGIN_NOT_STARTED: Entry<{
    plugin: string;
    event: string;
    reason: string;
  }>;
  readonly RESOURCE_INVALID: Entry<{
    plugin: string; /** Missing where that is what is wrong. */
    label?: string;
  }>;
  readonly PLUGIN_PHASE_TIMEOUT: Entry<{
    plugin: string;
    phase: string;
    limit: number;
  }>;
  readonly PLUGIN_CONFIGURE_FAILED: Entry<{
    plugin: string;
    reason: string;
    remedy?: string;
  }>;
  readonly DISPOSAL_TIMEOUT: Entry<{
    subject: string;
    plugin: string;
    limit: number;
  }>;
  readonly RELOAD_FAILED: Entry<{
    plugin: string;
    reason: string;
    remedy?: string;
  }>;
  readonly RELOAD_GONE: Entry<{
    plugin: string;
    folder: string;
  }>;
  readonly RELOAD_IMPOSSIBLE: Entry<{
    plugin: string;
  }>;
  readonly RELOAD_RENAMED: Entry<{
    plugin: string;
    found: string;
    file: string;
  }>;
  readonly RELOAD_UNHEALTHY: Entry<{
    plugin: string; /** The plugin that is new, where that is another one, which this one uses. */
    used?: string;
    reason?: string;
  }>;
  readonly RELOAD_RETAINED: Entry<{
    modules: number;
    bytes: number;
    limit: number;
  }>;
  readonly RELOAD_LIMIT: Entry<{
    plugin: string;
    modules: number;
    bytes: number;
    limit: number;
  }>;
  readonly WATCH_FAILED: Entry<{
    plugin?: string;
    folder: string;
    reason: string;
  }>;
  readonly WATCH_OWN_CHANGES: Entry<{
    plugin: string;
    files: readonly string[];
  }>;
  readonly DISPOSED: Entry<{
    subject: string;
  }>;
};
declare const manifestErrors: {
  readonly MANIFEST_UNREADABLE: Entry<{
    file: string;
    reason: string;
  }>;
  readonly MANIFEST_INVALID: Entry<{
    file: string;
    problems: readonly string[];
  }>;
  readonly MANIFEST_STALE: Entry<{
    plugin: string;
    file: string;
    differences?: readonly string[];
  }>;
  readonly MANIFEST_MISSING: Entry<{
    folder: string;
  }>;
  readonly PNP_UNSUPPORTED: Entry<{
    folder: string;
  }>;
  readonly PACKAGE_UNREADABLE: Entry<{
    file: string;
    reason: string;
  }>;
  readonly PLUGIN_ENTRY_MISSING: Entry<{
    folder: string;
    entry: string;
  }>;
};
declare const platformErrors: {
  readonly LOCK_TIMEOUT: Entry<{
    lock: string;
    limit: number;
    pid?: number;
    host?: string;
  }>;
};
declare const registrationErrors: {
  readonly PLUGIN_UNKNOWN: Entry<{
    plugin: string;
    suggestions?: readonly string[];
  }>;
  readonly PLUGIN_DUPLICATE: Entry<{
    plugin: string;
    first: string;
    second: string;
    why?: string;
  }>;
  readonly PLUGIN_DISABLED: Entry<{
    plugin: string;
  } & DecisionOrigin>;
  readonly PLUGIN_UNTRUSTED: Entry<{
    plugin: string;
    folder: string;
    project?: string;
  }>;
  readonly PLUGIN_UNFIT: Entry<{
    plugin: string;
    reasons: readonly {
      readonly code: string;
      readonly message: string;
    }[];
    remedy?: string;
  }>;
  readonly PLUGIN_IN_USE: Entry<{
    plugin: string;
    dependents: readonly string[];
    how?: "deactivate";
  }>;
  readonly PLUGIN_NOT_FOUND: Entry<{
    subject: string;
    from: string;
    reason?: string;
  }>;
};
declare const resolutionErrors: {
  readonly COMMAND_DUPLICATE: Entry<{
    command: string;
    first: string;
    second: string; /** The first one. */
    holder: string; /** The second one. */
    plugin: string;
    why?: string;
    remedy?: string;
  }>;
  readonly SERVICE_DUPLICATE: Entry<{
    service: string;
    first: string;
    second: string; /** The first one. */
    holder: string; /** The second one. */
    plugin: string;
    why?: string;
    remedy?: string;
  }>;
  readonly ENGINE_MISMATCH: Entry<{
    plugin: string;
    folder?: string;
    engine: string;
    core: string; /** Whether the plugin is too old, rather than the core. */
    isOutdated: boolean;
    takenBy?: string;
    run?: string;
  }>;
  readonly RANGE_INVALID: Entry<{
    plugin: string;
    of: string;
    range: string;
  }>;
  readonly REQUIREMENT_MISSING: Entry<{
    plugin: string;
    folder?: string;
    required: string;
    range: string;
    run?: string;
  }>;
  readonly REQUIREMENT_MISMATCH: Entry<{
    plugin: string;
    folder?: string;
    required: string;
    range: string;
    found: string;
    foundIn?: string;
    takenBy?: string;
    run?: string;
  }>;
  readonly REQUIREMENT_REJECTED: Entry<{
    plugin: string;
    required: string;
    service?: string;
    chain: readonly string[];
    reason: string;
    remedy?: string;
  }>;
  readonly REQUIREMENT_CYCLE: Entry<{
    plugin: string;
    chain: readonly string[];
  }>;
  readonly REQUIREMENT_DISCORD: Entry<{
    plugin: string;
    reason: string;
    remedy?: string;
  }>;
  readonly SERVICE_MISSING: Entry<{
    plugin: string;
    folder?: string;
    service: string;
  }>;
  readonly CONFLICT: Entry<{
    plugin: string;
    folder?: string;
    other: string;
    range: string;
    found: string;
    foundIn?: string;
    loser: string;
  }>;
  readonly CORE_DUPLICATE: Entry<{
    plugin: string;
    theirs: string;
    ours: string;
  }>;
  readonly COMMAND_RESERVED: Entry<{
    command: string;
    plugin: string;
    word: string;
    remedy: string;
  }>;
  readonly OPTION_RESERVED: Entry<{
    plugin: string;
    command: string;
    flag: string;
  }>;
};
declare const secretErrors: {
  readonly SECRET_UNAVAILABLE: Entry<{
    problems: readonly {
      readonly path: string;
      readonly reference: string;
      readonly place: string;
      readonly problem: string;
    }[];
    remedy?: string;
  }>;
  readonly SECRET_TIMED_OUT: Entry<{
    path: string;
    reference: string;
    place: string;
    problem: string;
  }>;
  readonly SECRET_REFUSED: Entry<{
    path: string;
    reference: string;
    place: string;
    problem: string;
    remedy: string;
  }>;
  readonly SECRET_SCHEME_UNKNOWN: Entry<{
    path: string;
    reference: string;
    place: string;
    problem: string;
    scheme: string;
    known: readonly string[];
    suggestions: readonly string[];
  }>;
  readonly KEYRING_MISSING: Entry<{
    path: string;
    reference: string;
    place: string;
    problem: string;
  }>;
  readonly SECRET_SCHEME_INVALID: Entry<{
    scheme: string;
    isBuiltIn: boolean;
  }>;
};
declare const securityErrors: {
  readonly SERVICE_NOT_GRANTED: Entry<{
    service: string;
    plugin: string; /** The plugin whose command uses it for that one. */
    through?: string; /** Whether the configuration narrows what it asks for. */
    isTakenAway?: boolean;
  }>;
  readonly PERMISSION_DENIED: Entry<DenialFacts>;
  readonly AUDIT_UNWRITABLE: Entry<{
    reason: string;
  }>;
  readonly SANDBOX_DEGRADED: Entry<{
    degraded: readonly string[];
    platform: string;
  }>;
  readonly SANDBOX_UNAVAILABLE: Entry<{
    missing: readonly string[];
    platform: string;
  }>;
};
declare const settingErrors: {
  readonly LOCATION_INVALID: Entry<{
    location: string;
    reason: string;
  }>;
  readonly OPTION_INVALID: Entry<{
    call: string; /** Empty for all options as one value. */
    option: string;
    problem: string;
    known?: readonly string[];
    suggestions?: readonly string[];
  }>;
  readonly CONFIG_INVALID: Entry<{
    problems: readonly SettingProblem[];
  }>;
  readonly CONFIG_REFUSED: Entry<{
    reason: string;
    remedy?: string;
  }>;
  readonly CONFIG_KEY_UNKNOWN: Entry<{
    path: string;
    suggestions: readonly string[];
    file?: string;
    isRefused?: boolean; /** Whether anybody sets it; so it is when left out. */
    isSet?: boolean; /** How many others nothing knows beside it, which are not told one by one. */
    more?: number;
  }>;
  readonly CONFIG_DEPRECATED: Entry<{
    path: string;
    reason: string;
    file?: string;
  }>;
  readonly CONFIG_SCOPE_REFUSED: Entry<{
    key: string;
    scope: string;
    problem?: string;
  }>;
  readonly CONFIG_SCOPE_UNAVAILABLE: Entry<{
    scope: string;
    environment?: string;
  }>;
};
declare function optionsOf<Options extends object>(rules: OptionRules<Options>): OptionRule;
declare function withMethods(...methods: readonly string[]): OptionRule;
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
export declare class Structum implements AsyncDisposable {
  #private;
  /** The plugins and commands of this host. */
  readonly registry: Registry;
  readonly services: Services;
  private constructor();
  /**
   * Makes a host.
   *
   * A discovered plugin that cannot be used is left out, with a warning when that is found out; a given one makes this fail.
   * @throws `PLUGIN_INVALID`, `COMMAND_INVALID`, `PLUGIN_DUPLICATE`, `COMMAND_DUPLICATE`, `SERVICE_DUPLICATE`, `COMMAND_RESERVED`, `OPTION_RESERVED`,
   *   `PLUGIN_NOT_FOUND`, `INJECTION_TYPE_ERASED` and the other codes of wrong descriptions; `CONFIG_INVALID`, `CONFIG_UNREADABLE`,
   *   `CONFIG_FILE_INVALID` for what is decided about plugins; `OPTION_INVALID`, `SECRET_SCHEME_INVALID`.
   */
  static create(options?: StructumOptions): Promise<Structum>;
  get timings(): HostTimings;
  /**
   * Runs a command and gives its result; the items of a stream as a list.
   *
   * @throws `COMMAND_UNKNOWN`, `INPUT_INVALID`, `OPTION_INVALID`, `COMMAND_CANCELLED`, `COMMAND_FAILED`, or the command's own `StructumError`.
   */
  run<Name extends CommandName>(command: Name, input: CommandInput<Name>, options?: RunOptions): Promise<CommandResult<Name>>;
  run<Type extends CommandClass>(command: Type, input: InputOf<Type>, options?: RunOptions): Promise<ResultOf<Type>>;
  run<Path extends string>(command: OtherPath<Path>, input?: object, options?: RunOptions): Promise<unknown>;
  /** Starts a command and gives its {@link Execution}: its events, its result, and a way to cancel it. */
  start<Name extends CommandName>(command: Name, input: CommandInput<Name>, options?: StartOptions): Execution<CommandResult<Name>, CommandItem<Name>>;
  start<Type extends CommandClass>(command: Type, input: InputOf<Type>, options?: StartOptions): Execution<ResultOf<Type>, ItemsOf<Type>>;
  start<Path extends string>(command: OtherPath<Path>, input?: object, options?: StartOptions): Execution;
  /**
   * Adds a plugin at run time.
   *
   * @throws what {@link Structum.create} throws for a plugin that it is given.
   */
  register(plugin: PluginInput): Promise<void>;
  /**
   * Takes a plugin out: its running commands are drained, what it owns is ended, its services are withdrawn.
   *
   * @param options.dependents - Takes the plugins that require it along, instead of refusing.
   * @throws `PLUGIN_UNKNOWN`, `PLUGIN_IN_USE`, `OPTION_INVALID`.
   */
  unregister(name: string, options?: {
    readonly dependents?: boolean;
  }): Promise<void>;
  /**
   * Takes a plugin up before it is needed, with everything that it requires.
   *
   * @param options.retry - Tries one that failed again, and those that it requires and that failed: nothing of them is left.
   *   One of which a command could not be loaded is {@link reload | reloaded}.
   * @param options.guests - How many workers or processes are to wait for commands of a plugin that does not run in this
   *   thread; 1 when left out. Each ends when it has had nothing to do for half a minute.
   * @throws `PLUGIN_UNKNOWN`, `PLUGIN_REJECTED`, `RELOAD_FAILED`, `PLUGIN_LOAD_FAILED`, `PLUGIN_ACTIVATE_FAILED`, `PLUGIN_PHASE_TIMEOUT`, `OPTION_INVALID`, …
   */
  activate(name: string, options?: {
    readonly retry?: boolean;
    readonly guests?: number;
  }): Promise<void>;
  /**
   * Takes a plugin down: its running commands are drained, then cancelled; what it owns is ended. It comes up again when
   * it is next needed. One that is not up stays as it is.
   *
   * @param options.dependents - What becomes of plugins that require it and are up: it is refused because of them, which is
   *   the usual, or they go down first.
   * @throws `PLUGIN_UNKNOWN`, `PLUGIN_IN_USE`, `OPTION_INVALID`.
   */
  deactivate(name: string, options?: {
    readonly dependents?: "first" | "refuse";
  }): Promise<void>;
  /**
   * Tells of an event of the host's own: plugins that ask for `onEvent:<event>` are taken up, those that ask for
   * `onStart` at the event `onStart`. Resolves when they are up; one that fails is a warning, and holds up nothing.
   */
  trigger(event: string): Promise<void>;
  /**
   * How a plugin is; its record keeps the answer. It is not taken up for that: one that failed is `DOWN`, one that nobody
   * needed yet is `UNKNOWN`, and one that is up and has no health check is `OK`.
   *
   * @throws `PLUGIN_UNKNOWN`
   */
  checkHealth(name: string): Promise<HealthReport>;
  /**
   * Reloads a plugin: its new version comes up beside the one that runs, is checked, and takes its place at once, and so
   * do copies of the plugins that use it. Commands that are running end on the version that they began on. When
   * something goes wrong, all goes on as before.
   *
   * A plugin that is not up is replaced, and not taken up; one that failed is tried again. Code that has not changed is
   * not loaded again. Resolves when the new version is in place.
   * @throws `PLUGIN_UNKNOWN`, `PLUGIN_DISABLED`, `PLUGIN_UNTRUSTED`, `OPTION_INVALID`, `DISPOSED`, and `RELOAD_FAILED` with why as its cause.
   */
  reload(name: string, options?: ReloadOptions): Promise<Reloaded>;
  /**
   * Reloads plugins when their files change, until what is returned, or the host, is disposed.
   *
   * @throws `PLUGIN_UNKNOWN`, `RELOAD_IMPOSSIBLE`, `OPTION_INVALID`, `DISPOSED`.
   */
  watch(options?: PluginWatchOptions): Disposable;
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
  watchConfig(options?: ConfigWatchOptions): Disposable;
  /**
   * Takes `config` in the place of what {@link create} was given. Resolves when it is in force: plugins whose settings have
   * changed were told, or have come up anew.
   * @throws `CONFIG_INVALID`, and the codes of `configSources`; then all stays as it was. `OPTION_INVALID`, `DISPOSED`.
   */
  configure(config: Readonly<Record<string, unknown>>): Promise<void>;
  /**
   * Puts `[redacted]` in the place of each secret of its plugins' settings, which are known once a plugin is on its way
   * up: for logs of your own. In data and errors as deep as they are; what holds none is given back as it is.
   */
  redact(text: string): string;
  redact<Value>(value: Value): Value;
  /** The same for what comes in parts, as a secret may be split between them: for a stream of your own. */
  redactedStream(): RedactedStream;
  /** Calls `listener` at every `event`; the function that is returned ends that. What a listener throws or rejects with is logged. */
  on<Event extends keyof StructumEvents>(event: Event, listener: (payload: StructumEvents[Event]) => unknown): () => void;
  /** Takes all plugins down, dependents first. Running commands are drained, then cancelled. A second call waits for the first. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
/**
 * The one error type of Structum: a stable {@link code}, a message that names the subject, and a
 * {@link hint} that says what to do.
 *
 * Plugins throw it too, with codes of their own. Recognise it with {@link StructumError.is}, never
 * with `instanceof`: a second copy of the core has a second class.
 */
export declare class StructumError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly exitCode: number;
  /** The plugin, and its command, whose code threw it; `undefined` where that is the core, or is not known. */
  readonly source: ErrorSource | undefined;
  constructor(init: StructumErrorInit);
  /** Whether `value` is a StructumError of this or any other copy of the core. */
  static is(value: unknown): value is StructumError;
  /** The error as plain data, for logs and `--json`. */
  toJSON(): {
    code: string;
    message: string;
    hint?: string;
    details?: Readonly<Record<string, unknown>>;
    source?: ErrorSource;
  };
}
/** The order in which calls get their turn, the last first. */
export declare const CALL_PRIORITIES: readonly [
  "low",
  "normal",
  "high"
];
/** The host's clock. Every plugin may inject it. */
export declare const ClockService: ServiceToken<Clock>;
/** The host's configuration. Granted by `permissions: { services: ['structum.config'] }`: it sees all plugins' settings. */
export declare const ConfigService: ServiceToken<ConfigStore>;
/** Exit codes of a command line, by the kind of failure. */
export declare const ExitCode: {
  readonly failed: 1;
  readonly usage: 2;
  readonly refused: 3;
  readonly timedOut: 124;
  readonly interrupted: 130;
};
/** The plugin's own logger. Every plugin may inject it. */
export declare const LoggerService: ServiceToken<Logger>;
/** The file beside a plugin's `package.json`. */
export declare const MANIFEST_FILE = "structum.manifest.json";
/** The format of `structum.manifest.json`. */
export declare const MANIFEST_VERSION = 1;
/** What the host decides about its plugins. Granted by `permissions: { services: ['structum.policy'] }`. */
export declare const PolicyService: ServiceToken<PolicyStore>;
/** The host's plugins and commands. Granted by `permissions: { services: ['structum.registry'] }`. */
export declare const RegistryService: ServiceToken<Registry>;
/** Proves what keeps plugins in their place. Granted by `permissions: { services: ['structum.security'] }`. */
export declare const SecurityService: ServiceToken<SecurityChecks>;
/** The plugin's own settings, frozen. Every plugin may inject them. */
export declare const SettingsService: ServiceToken<Readonly<Record<string, unknown>>>;
/** Every error that the core itself raises: its code, message, hint and exit code in one place. */
export declare const catalogue: Catalogue;
/** Rules to put together what {@link checkOptions} takes. */
export declare const optionRules: {
  readonly flag: OptionRule;
  readonly text: OptionRule;
  readonly texts: OptionRule;
  readonly list: OptionRule;
  readonly object: OptionRule;
  readonly callback: OptionRule;
  readonly milliseconds: OptionRule;
  /** A number of something, or as many as there may be. */
  readonly limitOf: (unit: string) => OptionRule;
  readonly oneOf: (...values: readonly string[]) => OptionRule;
  /** What the first rule takes, or else the second one. */
  readonly either: (one: OptionRule, other: OptionRule) => OptionRule;
  /** Options within an option, each by its rule. */
  readonly optionsOf: typeof optionsOf;
  /** Whatever names, with values that the rule takes. */
  readonly valuesOf: (allows: OptionRule) => OptionRule;
  /** An object with all methods of these names. */
  readonly withMethods: typeof withMethods;
};
/** A logger that writes nothing. */
export declare const silentLogger: Logger;
/**
 * A property of a command's input that is given by position: `@Argument({ description: 'Who to greet' }) name!: string`.
 *
 * Arguments take their positions in the order in which they are declared.
 */
export declare function Argument(options: ArgumentOptions): PropertyDecorator;
/** Makes a class a command. */
export declare function Command(options: CommandOptions): (target: CommandClass) => void;
/**
 * Says what to inject into a constructor parameter: `constructor(@Inject(Greeter) private greeter: Greeter)`.
 *
 * @throws `REFERENCE_INVALID` where `token` is none: two modules that import each other see `undefined`.
 */
export declare function Inject(token: Token, options?: {
  readonly optional?: boolean;
}): ParameterDecorator;
/** Marks a class as injectable by type and says how long its instances live; the default is as long as the plugin. */
export declare function Injectable(options?: {
  readonly scope?: Scope;
}): (target: Class) => void;
/**
 * A property of a command's input that is given by a flag: `@Option('-n,--times', { description: 'How often' }) times = 1`.
 *
 * Its type is that of the initializer, or `type`. A boolean also gets `--no-<name>`.
 * @param flags - Short and long forms, separated by commas: `-n,--times`. At least one long form.
 */
export declare function Option(flags: string, options: OptionOptions): PropertyDecorator;
/** Makes a class a plugin. */
export declare function Plugin(options: PluginOptions): (target: PluginClass) => void;
/**
 * A property of a plugin's settings: `@Setting({ description: 'How trees are drawn', enum: ['unicode', 'ascii'] }) theme = 'unicode'`.
 *
 * Configurations set it at `plugins.<plugin>.<key>`. Its type is that of the initializer, or `type`.
 */
export declare function Setting(options: SettingOptions): PropertyDecorator;
/** Makes the error `code` of the catalogue; its params become the error's details. */
export declare function catalogued<Code extends ErrorCode>(code: Code, params: ErrorParams<Code>, cause?: unknown): StructumError;
/**
 * Refuses options that `call` does not know, or whose values make no sense to it. One that is `undefined` is as good as
 * left out.
 *
 * @param call - As its caller writes it: `testHost()`.
 * @throws `OPTION_INVALID`
 */
export declare function checkOptions<Options extends object>(call: string, given: unknown, rules: OptionRules<Options>): void;
/** A logger that hands each line of an enabled level to `write`. */
export declare function createLogger({ level, write, fields }: LoggerOptions): Logger;
/** Describes a command without decorators; the result goes into a plugin's `commands` like a class. */
export declare function defineCommand<const Arguments extends Readonly<Record<string, ArgumentOptions>> = NoFields, const Options extends Readonly<Record<string, DefinedOption>> = NoFields, Returned = unknown>(definition: CommandDefinition<Arguments, Options, Returned>): DefinedCommand<DefinedInput<Arguments, Options>, Returned, GivenInput<Arguments, Options>>;
/** Describes a plugin without decorators; export the result as the module's default. */
export declare function definePlugin(definition: PluginDefinition): PluginClass;
/**
 * The service by which a plugin resolves references: one that `provides: [defineSecretProvider('vault')]` is taken up when
 * the first `${vault:…}` is needed.
 *
 * @throws `SECRET_SCHEME_INVALID` for a scheme that every host knows, and for what can be none.
 */
export declare function defineSecretProvider(scheme: string): ServiceToken<SecretProvider>;
export declare function defineService<Service extends RemoteService<Service>>(id: string, options: {
  readonly remote: true;
}): ServiceToken<Service>;
/**
 * Declares a service: `export const TreeService = defineService<TreeService>('structum.tree')`. With `{ remote: true }` it may
 * be called across processes: what its methods are given, and what their promises give, is structured-clone data.
 *
 * Two declarations with one id name the same service.
 * @throws `SERVICE_ID_INVALID` where `id` is not words separated by dots.
 */
export declare function defineService<Service>(id: string, options?: {
  readonly remote?: false;
}): ServiceToken<Service>;
/** Describes a plugin's settings without decorators; the result is what a plugin's `settings` takes. */
export declare function defineSettings<const Fields extends Readonly<Record<string, SettingOptions>>>(fields: Fields): Class<DefinedSettings<Fields>>;
/** Whether `path` can name a command: lower-case words separated by one space. */
export declare function isCommandPath(path: unknown): boolean;
/** Whether `name` can name a plugin: `archive`, or `scope/name`, in lower case, no longer than the name of a package. */
export declare function isPluginName(name: unknown): boolean;
/** Whether files have such names while they are written beside those that they are going to replace. */
export declare function isTemporaryName(name: string): boolean;
/**
 * Keeps this process's inspector shut, from now on: Node opens it for anybody who can send SIGUSR1, which a process of a
 * plugin can where the system does not confine it, and whoever connects to it runs code of his own. A process that was
 * started with `--inspect` has opened it for itself, and is left as it is; Windows has no such signal.
 *
 * A listener of the signal takes the place of what Node does. It stays: without one, the signal would end the process.
 */
export declare function keepInspectorShut(): void;
/**
 * Makes a folder, and those above it that are not there. Node's own recursive `mkdir` spins for ever where nothing can be
 * made although the parent is there, as in `/proc`.
 *
 * Throws what the file system says; then none of them is left.
 * @param mode - The permissions of new ones, before the process's mask; `0o777` when left out.
 * @returns the new ones, outermost first.
 */
export declare function makeFolders(folder: string, mode?: number): readonly string[];
/** The message of anything that was thrown, also of what cannot be made text. */
export declare function messageOf(thrown: unknown): string;
/** Those of `candidates` that `word` may have been meant as, best first, at most `most`: for "did you mean". */
export declare function similar(word: string, candidates: Iterable<string>, most?: number): string[];
/**
 * The user's folders, none of which is made or looked at.
 *
 * The first of these that is an absolute path counts; a relative one would lead into whatever folder a command runs in:
 * - `STRUCTUM_CONFIG_HOME`, `STRUCTUM_CACHE_HOME`, `STRUCTUM_DATA_HOME`, `STRUCTUM_STATE_HOME`: the folder itself
 * - `structum` below `XDG_CONFIG_HOME` and its kin (XDG Base Directory Specification), on every system
 * - below `~/.config`, `~/.cache`, `~/.local/share`, `~/.local/state`; on macOS below `~/Library/Application Support`
 *   and `~/Library/Caches`; on Windows below `%APPDATA%` (settings) and `%LOCALAPPDATA%` (everything else)
 *
 * @param env - The environment variables.
 * @param platform - That of the process when left out.
 * @param home - The user's home; `HOME` (on Windows `USERPROFILE`), else what the system knows, when left out.
 */
export declare function userFolders(env: Readonly<Record<string, string | undefined>>, platform?: NodeJS.Platform, home?: string): UserFolders;
/**
 * The value that `text` stands for by the schema's type: a number, a boolean (`true`, `1`, `yes`, `on` and their
 * opposites), or the items of an array, split at the option's separator. Text that fits no such value stays text,
 * for `checkValue` to refuse.
 */
export declare function valueFromText(schema: ValueSchema | InputProperty, text: string): JsonValue;
/**
 * Gives a file a new content in one step: whoever reads it meanwhile, and whoever starts after this process was killed,
 * sees the old content or the new one, never a part.
 *
 * A file that is there keeps its permissions and, where the process may give it away, its owner. A link stays one: what
 * it leads to is written. Rejects with what the file system says; then everything is as it was.
 *
 * While a command of an isolated plugin is at work, this is `context.replaceFile()` of that command: what its process may
 * not write itself, the host writes, where the user named it.
 */
export declare function writeAtomically(file: string, content: WrittenContent, options?: WriteOptions): Promise<void>;
/** Something that was denied to a plugin. */
export interface AuditedDenial extends AuditedCommand {
  readonly event: "denied";
  /** `read`, `net`, …: see the details of `PERMISSION_DENIED`. */
  readonly permission: string;
  /** A path, a host, a name; empty where nothing says. */
  readonly wanted: string;
}
/** A run of a command that is over. */
export interface AuditedRun extends AuditedCommand {
  readonly event: "run";
  readonly outcome: "done" | "failed" | "cancelled";
  /** Milliseconds since it was its turn, with its plugin up; absent where that never came. */
  readonly duration?: number;
  readonly exitCode: number;
  /** Of the error that it ended with. */
  readonly code?: string;
  /** Which limit ended it. */
  readonly limit?: string;
}
/** What the host does for a plugin that may not do it itself: the same wherever the plugin runs. */
export interface Broker {
  /**
   * Asks a server by http or https. The plugin's permission `net` must name it, as `host:port`; addresses that are not
   * public, by their number: `10.0.0.5:8080`. The host looks names up, and connects to what it found and checked.
   * @throws `PERMISSION_DENIED`, `FETCH_FAILED`, `FETCH_TIMED_OUT`, `FETCH_TOO_LARGE`; `DISPOSED` when the command is over
   */
  fetch(url: string | URL, options?: FetchOptions): Promise<BrokeredResponse>;
  /**
   * Runs a program, without a shell, to its end; what it started itself ends with it. The plugin's permission `run` must name
   * it as it is named here: by its name, or by its absolute path.
   * @throws `PERMISSION_DENIED`, `EXEC_FAILED`, `EXEC_TIMED_OUT`, `EXEC_TOO_LARGE`; `DISPOSED` when the command is over
   */
  exec(program: string, args?: readonly string[], options?: ExecOptions): Promise<ExecResult>;
}
/** An answer, also one with a status that says that something is wrong. */
export interface BrokeredResponse extends ResponseData {
  /** Whether the status is one of those that say that all is well: 200 to 299. */
  readonly ok: boolean;
  /** The body as UTF-8. */
  text(): string;
  /** The body as JSON. @throws SyntaxError where it is none */
  json(): unknown;
}
/** The time, and what waits for it. Tests give plugins another one. */
export interface Clock {
  now(): Date;
  /** Resolves after `duration` milliseconds; rejects with the reason of `signal` when that is aborted before. */
  sleep(duration: number, signal?: AbortSignal): Promise<void>;
  /** Calls `callback` once, `delay` milliseconds from now, unless it is disposed before. */
  setTimeout(callback: () => void, delay: number): Disposable;
  /** Calls `callback` every `period` milliseconds until it is disposed. */
  setInterval(callback: () => void, period: number): Disposable;
}
/** What a command gets with each call. */
export interface CommandContext<Settings = Readonly<Record<string, unknown>>> extends CommandRunner, Broker, FileReplacer {
  /** The command's path: `archive extract`. */
  readonly command: string;
  /** The plugin that the command belongs to. */
  readonly plugin: PluginIdentity;
  /** Unique to this execution. */
  readonly executionId: string;
  /** Aborted when the execution is cancelled. Hand it on to whatever takes one, or look at it in loops. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** The plugin's own settings, frozen: those that there were when the command began. */
  readonly config: Settings;
  readonly progress: Progress;
  readonly output: Output;
  /** The folder that relative paths in the input are relative to. */
  readonly cwd: string;
  /**
   * A folder for data of the plugin's own, absolute: it is there for a plugin whose permissions name `$data`. `undefined` for
   * others, and where the host keeps none, or it cannot be made.
   */
  readonly dataFolder: string | undefined;
  /** The environment variables that the host hands on. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Asks the user.
   * @throws `CONFIRMATION_UNAVAILABLE` where nobody can be asked.
   */
  confirm(question: string | Question): Promise<boolean>;
  /** Whether somebody is there whom {@link ask} can ask. */
  readonly canAsk: boolean;
  /**
   * Asks the user for a text.
   * @throws `ANSWER_UNAVAILABLE` where nobody can be asked, or nobody answers; `ANSWER_INVALID` for none of the choices.
   */
  ask(question: string | TextQuestion): Promise<string>;
  /** Says how a command line should end when the command answers, but the answer is bad: 1 for a failed check. */
  setExitCode(code: number): void;
  /**
   * Runs another command of the host as part of this one; cancelled along with it. It gets to the host's own services only
   * where this one's plugin was granted them, too: others are `SERVICE_NOT_GRANTED`.
   */
  run: CommandRunner["run"];
}
/** A command without a class: see {@link defineCommand}. */
export interface CommandDefinition<Arguments extends Readonly<Record<string, ArgumentOptions>>, Options extends Readonly<Record<string, DefinedOption>>, Returned> extends Omit<CommandOptions, "input"> {
  readonly arguments?: Arguments;
  readonly options?: Options;
  /** Does the work and returns its data; an async generator streams items instead. */
  readonly execute: (input: DefinedInput<Arguments, Options>, context: CommandContext) => Returned;
  /** Writes the result as text for people. */
  readonly render?: (result: Awaited<Returned>, out: Output) => void | Promise<void>;
  /** Writes one item of a stream as text for people. */
  readonly renderItem?: (item: ItemOf<Returned>, out: Output) => void | Promise<void>;
}
/** An example for the help. */
export interface CommandExample {
  /** The whole line: `structum tree src --depth 2`. */
  readonly command: string;
  readonly description: string;
}
/** An instance of a command class. A new one is made for every execution. */
export interface CommandHandler<Input = never, Result = unknown> {
  /** Does the work and returns its data; an async generator streams items instead. */
  execute(input: Input, context: CommandContext): Result | Promise<Result> | AsyncGenerator;
  /** Writes the result as text for people; without it a text is written as it is, and other data as `util.inspect` shows it. */
  render?(result: Result, out: Output): void | Promise<void>;
  /** Writes one item of a stream as text for people; without it like {@link render}. */
  renderItem?(item: never, out: Output): void | Promise<void>;
}
/** A command, as its plugin's manifest describes it. */
export interface CommandManifest {
  readonly path: string;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly details?: string;
  readonly examples: readonly CommandExample[];
  readonly hidden?: true;
  readonly deprecated?: string;
  /** Whether it gives items one by one: its `execute` is an async generator. */
  readonly streams?: true;
  readonly input: InputSchema;
  /** Which of the plugin's `commands` holds it, from 0. */
  readonly source: number;
  /** Of the recorded command description; loading compares it. */
  readonly hash: string;
}
/**
 * Commands by path, for the type checker. Plugins add theirs:
 *
 * ```ts
 * declare module '@structum/core' {
 *   interface CommandMap {
 *     greet: { input: { name: string; times?: number }; result: Greeting };
 *   }
 * }
 * ```
 */
export interface CommandMap {
}
/** What `@Command` says of a class. */
export interface CommandOptions {
  /** One or more lower-case words separated by one space: `archive extract`. */
  readonly path: string;
  /** Other paths that mean the same. */
  readonly aliases?: readonly string[];
  /** One line for lists of commands. */
  readonly description: string;
  /** Paragraphs for the command's own help. */
  readonly details?: string;
  readonly examples?: readonly CommandExample[];
  /**
   * The class whose `@Argument`s and `@Option`s are the input; without one the command takes none.
   *
   * With rules of class-validator on it, class-transformer makes its instances, and `@Type` and `@Transform` are
   * followed. Without such rules nothing looks at class-transformer, and values are as the schema has them.
   */
  readonly input?: Class;
  /**
   * Says that it streams, where nothing else does: an `execute` that is an async generator is recognised, one that
   * returns an async generator, or was compiled to less than ES2018, is not.
   */
  readonly streams?: boolean;
  /** Left out of help and completion. */
  readonly hidden?: boolean;
  /** Why it goes away, or what to use instead. */
  readonly deprecated?: string;
}
/** A command and the plugin it comes from. */
export interface CommandRecord {
  readonly path: string;
  readonly plugin: string;
  readonly manifest: CommandManifest;
}
/** Runs commands by name, typed through {@link CommandMap}, or by class. */
export interface CommandRunner {
  run<Name extends CommandName>(command: Name, input: CommandInput<Name>): Promise<CommandResult<Name>>;
  run<Type extends CommandClass>(command: Type, input: InputOf<Type>): Promise<ResultOf<Type>>;
  run<Path extends string>(command: OtherPath<Path>, input?: object): Promise<unknown>;
}
/** How many calls in processes and threads of their own run at once, and wait. */
export interface ConcurrencyLimits {
  /** In all. */
  readonly global: number;
  /** Of one plugin. */
  readonly perPlugin: number;
  /** How many wait for their turn at most. */
  readonly queue: number;
}
/** What became of a change. */
export interface ConfigChange {
  readonly key: string;
  /** Absolute path of the file that holds it. */
  readonly file: string;
  /** Whether the file had to be changed. */
  readonly changed: boolean;
  /** Why it counts for nothing where it was set. */
  readonly ignored?: ConfigIgnoredReason;
  /** The layer whose word counts all the same; absent where it is the changed one. */
  readonly overriddenBy?: ConfigOrigin;
  /** What of a mapping that layer replaces, the first of it; absent where it leaves nothing of the value. */
  readonly overriddenKeys?: readonly string[];
  /** Why the value could not be held against the rules of the plugin's code; absent where it was, or has none. */
  readonly unchecked?: string;
}
/** How a setting is changed. */
export interface ConfigChangeOptions {
  readonly scope: ConfigScope;
  /** Changes the file for this environment; `local` has none. */
  readonly environment?: string;
  /** Also sets what nothing describes, or does not fit, and takes away what a plugin requires. */
  readonly force?: boolean;
}
/** Two values of one setting. */
export interface ConfigDifference {
  readonly key: string;
  readonly one?: unknown;
  readonly other?: unknown;
}
/** Every layer's word on a setting, the weakest first. */
export interface ConfigExplanation extends ConfigValue {
  readonly voices: readonly ConfigVoice[];
}
/** A file of a configuration. */
export interface ConfigFileRecord {
  readonly layer: ConfigLayerName;
  /** Absolute path; where it would be made, when it does not exist. */
  readonly file: string;
  readonly exists: boolean;
}
/** What is wrong in a configuration. */
export interface ConfigFinding extends ConfigOrigin {
  readonly severity: "error" | "warning";
  /** Absent where a whole file cannot be used. */
  readonly key?: string;
  /** As it reads after the key, or as a sentence where there is none: `must be an integer`. */
  readonly problem: string;
  /** The value that is there; hidden where it is a secret. */
  readonly value?: unknown;
  /** The rule that is broken, named as in JSON Schema. */
  readonly rule?: string;
  readonly suggestions?: readonly string[];
}
/** Where a value stands. */
export interface ConfigOrigin {
  readonly layer: ConfigLayerName;
  /** Absolute path, where a file says it. */
  readonly file?: string;
  /** From 1, where a file says it. */
  readonly line?: number;
  readonly column?: number;
  /** What says it that is no file: `$STRUCTUM_PLUGINS__TREE__THEME`, `--set`. */
  readonly source?: string;
}
/** Where a configuration comes from. Each that is left out says nothing. */
export interface ConfigSources {
  /** The folder of what the user set: `config.yaml` (or `.yml`, `.json`, `.toml`) in it, and `config.<environment>.yaml`. */
  readonly global?: string;
  /**
   * The folder that is worked in: `.structum.yaml` there, or in the nearest folder above it that has one, up to the root of
   * its repository; `.structum.<environment>.yaml` and `.structum.local.yaml` beside that, or nearer.
   */
  readonly project?: string;
  /** The environment, as part of files' names: `production`. */
  readonly environment?: string;
  /** One more file, in whichever of the formats; it must be there. */
  readonly file?: string;
  /** Environment variables: `STRUCTUM_PLUGINS__TREE__THEME` sets `plugins.tree.theme`. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Names of the host's own variables that begin with `STRUCTUM_`, too: of all others that set nothing, a notice tells. */
  readonly otherVariables?: readonly string[];
  /** Settings as on a command line: `plugins.tree.theme=ascii`. */
  readonly set?: readonly string[];
  /** A folder where what files say is remembered, readable by their user alone. */
  readonly cache?: string;
}
/**
 * Reads, explains and changes the configuration of a host. Values of secrets are hidden, unless `reveal` is set: plugins that
 * the host was given, or that are installed beside it, may do that, and others get `CONFIG_REVEAL_REFUSED`. The same ones may
 * change it, and others get `CONFIG_CHANGE_REFUSED`.
 *
 * Each use in a command counts as one of every plugin whose command led there through `context.run`: what one of them may
 * not do is refused, with `SERVICE_NOT_GRANTED` where it was not granted the service.
 */
export interface ConfigStore {
  /**
   * With `reveal`, references to secrets are resolved, too; without it, they are told as they are written.
   * @throws `CONFIG_KEY_INVALID`, `CONFIG_KEY_UNKNOWN` where nothing knows it and nobody sets it, and the codes of secrets.
   */
  get(key: string, options?: {
    readonly reveal?: boolean;
  }): Promise<ConfigValue>;
  /**
   * All settings that somebody describes or sets, by key; those below `prefix` where it is given. With `origins: false`,
   * nothing tells where they stand: finding that takes long in a large file.
   * @throws `CONFIG_KEY_INVALID`, `CONFIG_KEY_UNKNOWN`.
   */
  list(options?: {
    readonly prefix?: string;
    readonly reveal?: boolean;
    readonly origins?: boolean;
  }): Promise<readonly ConfigValue[]>;
  /** @throws `CONFIG_KEY_INVALID`, `CONFIG_KEY_UNKNOWN`. */
  explain(key: string, options?: {
    readonly reveal?: boolean;
  }): Promise<ConfigExplanation>;
  /**
   * Sets a value: plain data, or a text that is taken as the setting's schema has it. Everything else in the file stays
   * as it is.
   *
   * @throws `CONFIG_CHANGE_REFUSED`, `CONFIG_KEY_INVALID`, also for what is within a list, `CONFIG_KEY_UNKNOWN`, `CONFIG_INVALID`,
   *   `CONFIG_SCOPE_REFUSED`, `CONFIG_SCOPE_UNAVAILABLE`, and the codes of reading and writing the file.
   */
  set(key: string, value: unknown, options: ConfigChangeOptions): Promise<ConfigChange>;
  /**
   * Takes a setting out of a file.
   * @throws `CONFIG_CHANGE_REFUSED`, `CONFIG_KEY_INVALID`, `CONFIG_INVALID` where a plugin requires it and nobody else says it,
   *   `CONFIG_SCOPE_UNAVAILABLE`, and the codes of reading and writing the file.
   */
  unset(key: string, options: ConfigChangeOptions): Promise<ConfigChange>;
  /**
   * Everything that is wrong, in all files, variables and texts; with `file`, in that one; with `resolve`, also which
   * references to secrets cannot be resolved. No plugin is loaded for it: rules that only its code has, as those of
   * class-validator, are checked when it comes up.
   */
  validate(options?: {
    readonly file?: string;
    readonly resolve?: boolean;
  }): Promise<readonly ConfigFinding[]>;
  /** JSON Schema (2020-12) of a configuration file, for all plugins that are installed. */
  schema(): Promise<object>;
  /** The files, the weakest first. */
  files(): readonly ConfigFileRecord[];
  /**
   * The file of a scope, absolute; where it would be made, when there is none.
   * @throws `CONFIG_SCOPE_UNAVAILABLE`.
   */
  file(scope: ConfigScope, environment?: string): string;
  /** What is different between two environments; without a name, what counts in none. */
  diff(one: string | undefined, other: string | undefined): Promise<readonly ConfigDifference[]>;
}
/** A setting, and the value that counts. */
export interface ConfigValue {
  /** The keys that lead to it, with dots between. */
  readonly key: string;
  /** `undefined` where nobody says anything. Hidden where it is a secret, unless it was asked to be revealed. */
  readonly value?: unknown;
  readonly isSecret: boolean;
  /** Where it comes from; of a mapping, the strongest layer that says something of it. */
  readonly origin?: ConfigOrigin;
  /** Absent for what nothing describes. */
  readonly schema?: SettingProperty;
}
/** What one layer says of a setting. */
export interface ConfigVoice extends ConfigOrigin {
  /** `null` takes away what weaker layers say. */
  readonly value: unknown;
  /** `counts` for the value in force or a part of it; `overridden` by a stronger layer; `ignored` for the reason that `ignored` gives. */
  readonly effect: "counts" | "overridden" | "ignored";
  /** Present where it is ignored. */
  readonly ignored?: ConfigIgnoredReason;
}
/** How configuration files are watched. */
export interface ConfigWatchOptions {
  /** Milliseconds without a change before they are read; 100 when left out. */
  readonly debounce?: number;
  /**
   * Milliseconds between looks at all of them beside the watching: for drives in a network, which tell nobody of changes. When
   * left out, that is done only where a folder cannot be watched, every 2,000.
   */
  readonly poll?: number;
  /**
   * Milliseconds until a change is tried again that a secret held up, which could not be had: twice as many each time, up to
   * 60,000; 1,000 when left out.
   */
  readonly retry?: number;
}
/** What attempting the attack showed of one control. */
export interface ControlReport {
  /** What plugins in processes are kept from: `files`, `network`, `memory` and so on. */
  readonly control: string;
  /** Who enforces it: `node` means Node's own checks, which are no boundary; `none` nobody. */
  readonly by: "kernel" | "node" | "none";
  /** By what it is enforced: `bubblewrap`, `landlock`, `seccomp`, `rlimit`, `permission-flags` and so on. */
  readonly means?: string;
  /** `holds`: the attack was denied, by the kernel. `degraded`: nothing but Node denies it, or nobody. `fails`: it succeeded, though it should not have. */
  readonly verdict: "holds" | "degraded" | "fails";
  /** What stays open, or what the attack achieved. */
  readonly detail?: string;
}
/** A copy of `@structum/core` in this process. */
export interface CoreCopy {
  readonly version: string;
  /** The file that this copy was loaded from. */
  readonly path: string;
}
/** Who decided something about a plugin. */
export interface DecisionOrigin {
  /** Which layer of the configuration: `global`, `variable`, `host`. */
  readonly layer: string;
  /** Absolute path, where a file says it. */
  readonly file?: string | undefined;
  /** What says it that is no file: `$STRUCTUM_PLUGIN_POLICY__ENABLED__TREE`, `--set`. */
  readonly source?: string | undefined;
}
/** An option of {@link defineCommand}: its flags and rules. */
export interface DefinedOption extends OptionOptions {
  /** Short and long forms, separated by commas; `--<name>` when left out. */
  readonly flags?: string;
}
/** What was denied, and what would help. */
export interface DenialFacts {
  readonly plugin: string;
  readonly permission: DeniedPermission;
  /** What it wanted to use: a path, a host, a name; empty where nothing says. */
  readonly wanted: string;
  /** What allows that, as its description has it. */
  readonly entry?: string;
  readonly reason?: string;
  readonly remedy?: DenialRemedy;
  /** The plugins for which it runs, outermost first, where it may do no more than they may. */
  readonly callers?: readonly string[];
  /** By what the host does it for the plugin. */
  readonly through?: HostService;
}
/** A plugin, or a service of any plugin, that another plugin needs, or uses when it is there. */
export interface Dependency {
  /** The plugin that is needed; for a service, the one that provides it, where there is one. */
  readonly plugin?: string;
  /** Which versions will do; `*` for a service. */
  readonly range: string;
  /** The service, where that is what is needed. */
  readonly service?: string;
  readonly optional: boolean;
  /** The version that is there. */
  readonly found?: string;
}
/** A plugin that needs another one, or uses it when it is there. */
export interface Dependent {
  /** The plugin that needs it. */
  readonly plugin: string;
  /** Which versions will do; `*` for a service. */
  readonly range: string;
  /** The service, where that is what is needed. */
  readonly service?: string;
  readonly optional: boolean;
}
/** Where plugins are looked for. The sources that come first win where two hold a plugin of the same name. */
export interface DiscoverOptions {
  /** In the `node_modules` folders that `from` sees; true when left out. */
  readonly host?: boolean;
  /** A folder with links to packages under development. */
  readonly linkFolder?: string;
  /** A folder that a user installs plugins into: packages in its `node_modules`. */
  readonly userFolder?: string;
  /** Further folders: packages, or folders that hold packages, directly or in their `node_modules`. */
  readonly folders?: readonly string[];
  /** A folder of the project that the host works in: its `node_modules`, and those above up to the project's root. */
  readonly project?: string;
  /** A folder where what was found is remembered from one start to the next; nothing is written when left out. */
  readonly cache?: string;
  /** Decides how far what is found is trusted, in place of the rule that is built in. */
  readonly trust?: TrustPredicate;
}
/** What counts for a command. */
export interface EffectiveLimits extends ExecutionLimits {
  /** Where those limits are set, as keys of a configuration, that are set for the command itself; absent where none is. */
  readonly keys?: Readonly<Partial<Record<keyof ExecutionLimits, string>>>;
}
/** An error as data. */
export interface ErrorReport {
  /** Of the catalogue, of a plugin, or of Node; `UNKNOWN` where the error has none. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** The facts that the message is made from. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** What it follows from; each may follow from others in turn. */
  readonly causes?: readonly ErrorReport[];
}
/** Whose code threw an error. */
export interface ErrorSource {
  readonly plugin: string;
  readonly command?: string;
}
/** What {@link Broker.exec} takes beside the program and its arguments. */
export interface ExecOptions {
  /** Where it runs, relative to the folder that the command was called in; that folder when left out. */
  readonly cwd?: string;
  /** What it reads from its standard input; nothing when left out. */
  readonly input?: string | Uint8Array;
  /** Milliseconds until it must have ended: 60 seconds when left out, an hour at most. */
  readonly timeout?: number;
  /** How many bytes it may write, to its output and its error output together: 16 MiB when left out, and at most. */
  readonly maxBytes?: number;
  /** Variables of its environment, beside those that the plugin may see, and `PATH`: of names that the plugin may see. */
  readonly env?: Readonly<Record<string, string>>;
}
/** How a program ended, and what it wrote. */
export interface ExecResult {
  /** `null` where a signal ended it. */
  readonly exitCode: number | null;
  /** The signal that ended it, `SIGSEGV`; `null` where none did. */
  readonly signal: string | null;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}
/** A running or finished command. */
export interface Execution<Result = unknown, Item = unknown> extends AsyncIterable<ExecutionEvent<Item>> {
  readonly id: string;
  /** The command's path. */
  readonly command: string;
  /** Settles when the command is done. Left alone, a failure harms nobody. */
  readonly result: Promise<Result>;
  /** How a command line should end: 0, what the command set, or what its error says. Final once `result` is settled. */
  readonly exitCode: number;
  /**
   * Asks the command to stop; `result` rejects with `COMMAND_CANCELLED` when it has cleaned up, or after 5 seconds
   * without it. A second call does nothing.
   */
  cancel(reason?: string): void;
  /**
   * What happens, from the first event on. Events wait in a bounded buffer: when it is full, progress is joined
   * with what comes after it first, then log lines are dropped; a stream of items waits for its reader.
   */
  [Symbol.asyncIterator](): AsyncIterator<ExecutionEvent<Item>>;
}
/** What a command may use up; what is left out is not limited. Times are in milliseconds, sizes in bytes. */
export interface ExecutionLimits {
  /** From its start to its end. */
  readonly wallTime?: number;
  /** Of all its threads together. */
  readonly cpuTime?: number;
  /** Heap, buffers, WebAssembly and shared memory together. */
  readonly memory?: number;
  /** What it writes to its output, and has the host write to files. */
  readonly output?: number;
  /** One message to or from it: its input, its result, an item. */
  readonly message?: number;
  readonly openFiles?: number;
  /** Programs that the host runs for it at once; and each of them, with all that it started. */
  readonly processes?: number;
}
/** What {@link Broker.fetch} takes beside the address. */
export interface FetchOptions {
  /** `GET` when left out. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Milliseconds until all of the answer must be there: 30 seconds when left out, 10 minutes at most. */
  readonly timeout?: number;
  /** How many bytes the body of the answer may have: 16 MiB when left out, and at most. */
  readonly maxBytes?: number;
  /** `follow` goes where an answer sends it, 5 times at most; `manual` gives that answer, and `error` fails. */
  readonly redirect?: "follow" | "manual" | "error";
}
/** What an argument and an option have in common: what JSON Schema can say of a value. */
export interface FieldOptions extends Omit<ValueSchema, "description" | "deprecated" | "default" | "required"> {
  /** One line for the help. */
  readonly description: string;
  /** The value when none is given; the initializer of the property says the same. A constant. */
  readonly default?: JsonValue;
  /** Grants the command this path, for this call: to read it, or to write it. */
  readonly path?: PathAccess;
  /** Whether a value must be given. Arguments: unless they have a default. Options: no. */
  readonly required?: boolean;
}
/** One problem in a configuration file. */
export interface FileProblem {
  /** From 1. */
  readonly line: number;
  readonly column?: number;
  /** Absent for what is no setting. */
  readonly path?: string;
  readonly problem: string;
  readonly suggestions?: readonly string[];
}
/** A new content for a file, made beside it. All that is asked of it is done one after the other. */
export interface FileReplacement {
  /**
   * Adds to the new content, a text as UTF-8. Await it: it waits while the disk is slow, and bytes must not change before.
   * What went wrong with a piece may be told with what is asked for next, at the latest with the commit.
   * @throws what `node:fs` throws, and `LIMIT_EXCEEDED` for an isolated plugin that writes more than `limits.output`
   */
  write(content: string | Uint8Array): Promise<void>;
  /** Says that no more is written: whoever makes many files before he commits them keeps none of them open. */
  finish(): Promise<void>;
  /** Puts the new content in the file's place, in one step. */
  commit(): Promise<void>;
  /** Leaves the file as it was. Does nothing after `commit`. */
  discard(): Promise<void>;
}
/** Replaces files: the same wherever the plugin runs. */
export interface FileReplacer {
  /**
   * Begins a new content for a file, which then takes its place in one step: whoever reads the file meanwhile, and whoever
   * looks after the host was killed, finds the old content or the new one, never a part. What is not committed when the
   * command ends is discarded.
   *
   * An isolated plugin may replace what its permission `write` names, and the files that its user names for arguments and
   * options with `path: 'write'`: those the host writes for it, where the plugin itself sees no more than that file.
   *
   * A file that is there keeps its permissions and its owner; a link stays one, and what it leads to is replaced.
   *
   * @param path - Relative to `cwd`.
   * @throws what `node:fs` throws: `EISDIR` for a folder, `ENOENT` where there is none to put it in; and `PERMISSION_DENIED`,
   * `LIMIT_EXCEEDED` for more than 64 at once that are not finished.
   */
  replaceFile(path: string, options?: ReplaceOptions): Promise<FileReplacement>;
}
/** A plugin that can say how it is. */
export interface HealthIndicator {
  checkHealth(): HealthReport | Promise<HealthReport>;
}
/** What a health check found. */
export interface HealthReport {
  readonly status: HealthStatus;
  /** Why, when it is not `OK`. */
  readonly reason?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}
/** Milliseconds that making a host took. */
export interface HostTimings {
  /** All of `create()`. */
  readonly create: number;
  /** Looking for plugins, within it. */
  readonly discovery: number;
}
/**
 * An index of discovered plugins, and how it was found: read and still true (`fresh`); made anew, as there was none or
 * folders had changed (`made`), as it said something else than there was (`stale`), or as it could not be used
 * (`damaged`); or in memory only, as the host keeps none (`none`) or it could not be kept (`unwritable`).
 */
export interface IndexRecord {
  /** Absolute path; absent where the host keeps none. */
  readonly file?: string;
  readonly state: "fresh" | "made" | "stale" | "damaged" | "none" | "unwritable";
  /** What was wrong with a damaged one, or keeps one from being written. */
  readonly reason?: string;
}
/** One problem with one field of a command's input. */
export interface InputProblem {
  /** The field, or a path into it: `times`, `tags[2]`. Empty for the input as a whole. */
  readonly field: string;
  /** The rule that was broken, named as in JSON Schema or class-validator: `minimum`, `isEmail`. */
  readonly rule: string;
  /** What is expected, as it reads after the field: `must be at least 1`. */
  readonly message: string;
  /** The value received. */
  readonly received?: unknown;
  /** Where the value came from, when that was not the caller: an environment variable's name. */
  readonly origin?: string;
}
/** A property of a command's input: its schema and its place on a command line. */
export interface InputProperty extends ValueSchema {
  readonly "x-structum": FieldBinding;
}
/** A command's input as JSON Schema. */
export interface InputSchema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, InputProperty>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}
/** One line, as it reaches whoever writes it. */
export interface LogRecord {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}
/** Writes structured lines. A level that is off costs one comparison. */
export interface Logger {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  trace(message: string, fields?: LogFields): void;
  /** Whether lines of this level go anywhere. */
  isEnabled(level: LogLevel): boolean;
  /** A logger that adds `fields` to every line. */
  child(fields: LogFields): Logger;
}
/** What a logger of {@link createLogger} needs. */
export interface LoggerOptions {
  /** The least important level that is written, or a function that says it anew for each line; `info` when left out. */
  readonly level?: LogLevel | (() => LogLevel);
  /** Gets each line. Must not throw. */
  readonly write: (record: LogRecord) => void;
  /** Facts that go with every line. */
  readonly fields?: LogFields;
}
/** A plugin that does something before its first command runs. */
export interface OnActivate {
  onActivate(context: PluginContext): void | Promise<void>;
}
/** A plugin that does something when it is taken down. What it handed to `context.own()` is ended after that. */
export interface OnDeactivate {
  onDeactivate(): void | Promise<void>;
}
/** One option that makes no sense. */
export interface OptionFlaw {
  /** Which one, with dots between the parts of options within others; empty for all of them as one value. */
  readonly option: string;
  /** As it reads after that: `must be true or false, and is 5`. */
  readonly problem: string;
  /** Those that there are in its place. */
  readonly known?: readonly string[];
}
/** See {@link Option}. */
export interface OptionOptions extends FieldOptions {
  /** Counts how often the flag is given: `-vvv` is 3. */
  readonly count?: boolean;
  /** Splits one value into the items of an array, besides repeating the option: `,` in `--ext ts,js`. */
  readonly separator?: string;
  /** The environment variable that gives the value when the flag does not. */
  readonly env?: string;
  /** The key of the plugin's setting that gives the value when neither the flag nor the variable does. */
  readonly setting?: string;
  /** Left out of the help and of completion. */
  readonly hidden?: boolean;
  /** Why it goes away, or what to use instead; said whenever the option is given. */
  readonly deprecated?: string;
  /** What stands for the value in the help: `file` in `--output <file>`. */
  readonly placeholder?: string;
}
/** Where a command's text goes. */
export interface Output {
  /**
   * Writes text, or bytes as they are. Await it where much is written: it waits while the reader is slow.
   * @throws `OUTPUT_UNAVAILABLE` when the host gave the execution no output.
   */
  write(chunk: string | Uint8Array): void | Promise<void>;
  /** Writes `text` and a line feed. */
  line(text?: string): void | Promise<void>;
  /** Whether the host gave the execution an output at all. */
  readonly isAvailable: boolean;
  /** Whether a person reads along. */
  readonly isTerminal: boolean;
  /** The width in columns, or `undefined` where there is no terminal. */
  readonly columns: number | undefined;
  /** Whether to colour, all of `NO_COLOR`, `FORCE_COLOR` and the flags considered. */
  readonly color: boolean;
  /** Whether the reader can show more than ASCII. */
  readonly unicode: boolean;
}
/** Where a host wants a command's text. */
export interface OutputTarget {
  write(chunk: string | Uint8Array): void | Promise<void>;
  readonly isTerminal?: boolean;
  readonly columns?: number | undefined;
  readonly color?: boolean;
  readonly unicode?: boolean;
}
/** What a plugin may do when it is not trusted; what is left out is not allowed. */
export interface Permissions {
  /**
   * Files, and folders with all that is in them: absolute, below `~`, or below `$workspace`, `$plugin` or `$data`.
   * `$git` stands for the files outside of these that say what git ignores in them.
   */
  readonly read?: readonly string[];
  /** The same, without `$git`; also of what is not there yet. */
  readonly write?: readonly string[];
  /** Hosts that may be connected to: `example.org:443`, `*.example.org:443`, `[::1]:80`; `*` stands for all hosts, or all ports. */
  readonly net?: readonly string[];
  /** Environment variables that may be seen: `NAME`, `PREFIX_*`. */
  readonly env?: readonly string[];
  /** Programs that may be run: names, absolute paths, or `*` for all. */
  readonly run?: readonly string[];
  /** Ids of core services that may be used. */
  readonly services?: readonly string[];
}
/** Milliseconds that a phase of a plugin's life may take, and what reloading may leave behind; `Infinity` is no limit. */
export interface PhaseLimits {
  /** Importing the plugin's module; 10,000 when left out. */
  readonly load?: number;
  /** `onActivate`; 10,000 when left out. */
  readonly activate?: number;
  /** Each listener of `onConfigChange`; 5,000 when left out. */
  readonly configure?: number;
  /** `onDeactivate` and the end of each owned resource; 5,000 when left out. */
  readonly deactivate?: number;
  /** Waiting for running commands before they are aborted; 5,000 when left out. */
  readonly drain?: number;
  /** A plugin's `checkHealth`; 5,000 when left out. */
  readonly health?: number;
  /** Resolving one reference to a secret, `${…}` in a setting, once its provider is up; 30,000 when left out. */
  readonly secret?: number;
  /**
   * Bytes of source code that replaced versions of plugins may leave behind in this process, as Node cannot free ES
   * modules; 268,435,456 (256 MB) when left out. From there on, changed code is not loaded any more.
   */
  readonly retained?: number;
}
/** What a plugin gets when it is activated. It may fetch and run programs until it is deactivated, which cancels what is under way. */
export interface PluginContext<Settings = Readonly<Record<string, unknown>>> extends PluginIdentity, Broker {
  readonly logger: Logger;
  /** The plugin's own settings as they are now, frozen: others after each change that it is told of. */
  readonly config: Settings;
  /** Aborted when the plugin is deactivated. */
  readonly signal: AbortSignal;
  /** Hands over what the plugin started; deactivation ends it, last started first. Returns `resource`. */
  own<Owned extends Resource>(resource: Owned, label: string): Owned;
  /**
   * Has `listener` told of each change of the plugin's own settings, one after the other, until the plugin is deactivated or
   * the function that is returned is called. Commands that run keep the settings that they began with.
   *
   * A plugin that does not ask for that comes up anew instead, beside itself until that is done. What `listener` throws, and
   * that it takes longer than `limits.configure`, is a warning, and the new settings are in force all the same.
   */
  onConfigChange(listener: SettingsListener<Settings>): () => void;
  /** A service of a plugin that this one requires, or a core service that it was granted. */
  service<Service>(token: ServiceToken<Service>): Service;
}
/** A plugin without a class: see {@link definePlugin}. */
export interface PluginDefinition extends PluginOptions, PluginInstance {
}
/** Which plugin, in which version. */
export interface PluginIdentity {
  readonly name: string;
  readonly version: string;
}
/** Everything that listing, help, completion, resolving and a review of permissions need, without the plugin's code. */
export interface PluginManifest {
  readonly manifestVersion: number;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly category: string;
  /** Words to find it by, besides `structum-plugin`; absent when there are none. */
  readonly keywords?: readonly string[];
  /** The module whose default export is the plugin, relative to the manifest, with `/`. Absent for classes without a package. */
  readonly entry?: string;
  readonly engine: string;
  readonly requires: Readonly<Record<string, string>>;
  readonly optional: Readonly<Record<string, string>>;
  readonly conflicts: Readonly<Record<string, string>>;
  /** Ids of the services that it needs, whichever plugin provides them; absent when there are none. */
  readonly requiresServices?: readonly string[];
  /** Ids of the services that it offers. */
  readonly provides: readonly string[];
  readonly permissions: Permissions;
  /** Where it runs at least; absent where it may run in the host's own thread. */
  readonly executor?: Exclude<ExecutorKind, "inline">;
  /** What may be set for it, at `plugins.<name>`; absent where it does not say. */
  readonly settings?: SettingsSchema;
  /** When it is taken up before it is needed; absent when never. */
  readonly activation?: readonly ActivationEvent[];
  readonly commands: readonly CommandManifest[];
  /** Of the recorded plugin description; loading compares it. */
  readonly hash: string;
}
/** What `@Plugin` says of a class. */
export interface PluginOptions {
  /** Short and unique in a host: `archive`, or `scope/name`. */
  readonly name: string;
  /**
   * For classes without a package of their own. A package is the plugin's own where its `package.json` has the field
   * `structum`, or a manifest stands beside it: then the package's version comes first. Without either version, that of
   * the nearest package is taken.
   */
  readonly version?: string;
  readonly category?: Category | (string & {});
  /** One line. */
  readonly description: string;
  /** Words to find it by, for classes without a package of their own: otherwise those of its `package.json` count. */
  readonly keywords?: readonly string[];
  /** The range of `@structum/core` that it works with, as npm writes ranges. */
  readonly engine?: string;
  /** Plugins that it needs, and their ranges. */
  readonly requires?: Readonly<Record<string, string>>;
  /** Plugins that it uses when they are there. */
  readonly optional?: Readonly<Record<string, string>>;
  /** Services that it needs, whichever plugin provides them: it may inject them. */
  readonly requiresServices?: readonly ServiceToken<unknown>[];
  /** Plugins that it cannot work beside. */
  readonly conflicts?: Readonly<Record<string, string>>;
  readonly permissions?: Permissions;
  /** Where it runs at least, wherever it is trusted; in the host's own thread when left out. */
  readonly executor?: Exclude<ExecutorKind, "inline">;
  /** The class whose `@Setting`s may be set for it, at `plugins.<name>`; or what `defineSettings` gave. Without one, anything may be. */
  readonly settings?: Class<object>;
  /** Services that it offers to plugins that require it. */
  readonly provides?: readonly ServiceToken<unknown>[];
  /** How to make what it injects and offers. */
  readonly providers?: readonly Provider[];
  readonly commands?: readonly CommandReference[];
  /** When it is taken up before it is needed; only when needed when left out. */
  readonly activation?: readonly ActivationEvent[];
  /**
   * `import.meta.url` (or `__filename`) of the module that the plugin is the default export of. With it, the
   * plugin's manifest is found, and the plugin can be imported again elsewhere: in a worker, in a process.
   */
  readonly module?: string;
}
/** What a host decides about its plugins: `plugin_policy` of its configuration. */
export interface PluginPolicy {
  /** `false` disables the plugin of that name: it costs nothing and none of it is used. */
  readonly enabled?: Readonly<Record<string, boolean>>;
  /** Further folders that plugins are looked for in, as absolute paths: packages, or folders that hold packages. */
  readonly folders?: readonly string[];
  /** Other names for commands: `{ t: 'tree' }`. One that is a command's path already is not heeded. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Moves commands of a plugin elsewhere: `{ "other-tree": { tree: "other tree" } }`. */
  readonly renames?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Folders of projects whose own plugins may be loaded, as absolute paths. Heeded in the user's configuration only. */
  readonly trusted_projects?: readonly string[];
  /** Where each plugin runs at least: it runs in the strictest of this, what its manifest asks for, and what its trust demands. */
  readonly executor?: Readonly<Record<string, ExecutorKind>>;
}
/** A package of a plugin that cannot even be listed: its manifest cannot be used. */
export interface PluginProblem {
  /** Absolute path of the package, or of the folder that cannot be looked into. */
  readonly folder: string;
  readonly origin: PluginOrigin;
  readonly error: ErrorReport;
}
/** Everything that is known of a plugin, as data. */
export interface PluginRecord {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly category: string;
  readonly manifest: PluginManifest;
  readonly source: PluginSource;
  /** The file that the manifest was read from, as an absolute path; absent where the class describes itself. */
  readonly manifestFile?: string;
  readonly tier: TrustTier;
  readonly state: PluginState;
  /** Why it is rejected, disabled or failed. */
  readonly reason?: ErrorReport;
  /** Milliseconds that loading and activating took. */
  readonly timings: {
    readonly load?: number;
    readonly activate?: number;
  };
  /** Labels of what it handed to `context.own()` and still owns. */
  readonly owned: readonly string[];
  /** How many of its commands' executions are under way. */
  readonly running: number;
  /** Which version of its code this is: 1, and one more for each reload. */
  readonly generation: number;
  /** What its last health check found; absent as long as there was none. */
  readonly health?: HealthReport;
}
/** What is watched, and who is told. */
export interface PluginWatchOptions {
  /** The plugins; when left out, those that are loaded, now or later, and can be reloaded. */
  readonly plugins?: readonly string[];
  /** Further files, like those of the configuration: when one changes, all of these plugins are reloaded. */
  readonly files?: readonly string[];
  /** The settings that a plugin is to have now, asked for at each reload; as before where it gives none. */
  readonly settings?: (plugin: string) => ReloadOptions["settings"] | Promise<ReloadOptions["settings"]>;
  /**
   * Whether commands are run again after each reload. Then what they change time after time is their own doing, and nothing
   * is reloaded because of that, as with what a plugin changes whenever it comes up.
   */
  readonly reruns?: boolean;
  /** Milliseconds without a change before a plugin is reloaded; 100 when left out. */
  readonly debounce?: number;
  readonly onReload?: (reloaded: Reloaded) => void;
  /** Gets why a plugin could not be reloaded, or not be watched, or is not reloaded any more because it changes its own files. */
  readonly onError?: (error: StructumError) => void;
}
/** What became of a change. */
export interface PolicyChange {
  /** Absolute path of the file that holds it. */
  readonly file: string;
  /** Whether the file had to be changed. */
  readonly changed: boolean;
}
/** A file that a policy is kept in. */
export interface PolicyFile {
  /** Absolute path. */
  readonly file: string;
  readonly exists: boolean;
  /** What it says; empty where there is no such file. */
  readonly policy: PluginPolicy;
}
/** Reads and changes what a host decides about its plugins. */
export interface PolicyStore {
  /** What is in force in this host. */
  readonly policy: PluginPolicy;
  /** Why some of what decides cannot be used, in whichever layer: nobody knows what else it would disable. */
  readonly problems: readonly StructumError[];
  /** Who has the last word on whether a plugin is enabled; `undefined` where nobody says anything that counts. */
  decidedBy(plugin: string): ConfigOrigin | undefined;
  /**
   * What the file of that scope says now.
   * @throws `POLICY_SCOPE_UNAVAILABLE` where the host keeps none, and the codes of reading it.
   */
  read(scope: PolicyScope): Promise<PolicyFile>;
  /**
   * Enables or disables a plugin. Everything else in the file stays as it is.
   *
   * This host heeds at once what all of its files say, but for folders and projects: a disabled plugin goes down, with those that
   * require it, as soon as its running commands are done. Other hosts heed it from their next start on.
   * @throws `CONFIG_CHANGE_REFUSED` where a plugin asks that is no part of the host, `POLICY_SCOPE_UNAVAILABLE`, and the codes of reading and writing the file.
   */
  setEnabled(plugin: string, enabled: boolean, scope: PolicyScope): Promise<PolicyChange>;
}
/** Tells whoever watches how far the work is. Cheap to call often: hosts draw at their own pace, and join what they have no time for. */
export interface Progress {
  report(update: ProgressUpdate): void;
}
/** How far a long piece of work is; what an update leaves out stays as it was. */
export interface ProgressUpdate {
  /** What is being done: `reading files`. */
  readonly message?: string;
  /** How much is done, in `unit`s. */
  readonly completed?: number;
  /** How much there is in all, where that is known. */
  readonly total?: number;
  /** What is counted: `files`. */
  readonly unit?: string;
}
/** A question with a yes or a no. */
export interface Question {
  readonly message: string;
  /** The answer of somebody who just presses return; no when left out. */
  readonly default?: boolean;
}
/** Text and bytes from which secrets are taken out on their way. What holds none stays the same to the byte. */
export interface RedactedStream {
  /** What may go on by now: without an end that may be the beginning of a secret, and with what was held back before. */
  write(chunk: string | Uint8Array): string | Uint8Array;
  /** What was held back: nothing comes any more, for now. */
  end(): string | Uint8Array;
}
/** The plugins and commands of a host. Looking one up takes the same time however many there are. */
export interface Registry {
  /** All plugins, by name. */
  readonly plugins: readonly PluginRecord[];
  /** All commands of plugins that are neither rejected nor disabled, by path. */
  readonly commands: readonly CommandRecord[];
  /** The plugin of that name. */
  plugin(name: string): PluginRecord | undefined;
  /** The command with that path or alias; that of a plugin that cannot be used where no other has it: running it says why. */
  command(path: string): CommandRecord | undefined;
  /**
   * The command with the longest path that `words` begin with. Where there is none, what was discovered is looked at
   * again, and then what plugins that cannot be used would offer.
   */
  route(words: readonly string[]): Route | undefined;
  /** The commands whose paths begin with the words of `prefix`: those of a group. */
  group(prefix: string): readonly CommandRecord[];
  /** The plugins of a category, by name. */
  category(category: string): readonly PluginRecord[];
  /** The plugins with that keyword, by name. */
  keyword(keyword: string): readonly PluginRecord[];
  /** The plugin that provides the service. */
  provider(serviceId: string): PluginRecord | undefined;
  /** What a plugin needs and uses, by name; nothing for a plugin that is not there. */
  dependsOn(name: string): readonly Dependency[];
  /** Who needs a plugin, or uses it, by name; also where the plugin itself is not there. */
  dependents(name: string): readonly Dependent[];
  /**
   * Packages that were discovered and hold a plugin that cannot even be listed. Like every look at everything, the first
   * one warns of these, and of plugins that clash with others.
   */
  problems(): readonly PluginProblem[];
  /** The indexes of discovered plugins, of those that were looked into: what the host finds everywhere, and in its project. */
  indexes(): readonly IndexRecord[];
  /** First words of command lines that the host keeps for itself: no command begins with one of them. */
  readonly reservedWords: readonly string[];
  /** The copy of the core that the host runs on. */
  readonly core: CoreCopy;
  /**
   * All plugins as they are now, by name: what was discovered is looked at again, and each that was not yet needed was
   * judged whether it can be used.
   */
  judged(): Promise<readonly PluginRecord[]>;
  /** Looks again at what was discovered; whether anything was found to be different. */
  refresh(): boolean;
  /** Paths of commands that `path` may have been meant as, best first. */
  suggest(path: string): readonly string[];
}
/** How a plugin is reloaded. */
export interface ReloadOptions {
  /** Settings for the new version, in the place of those that the plugin has. */
  readonly settings?: Readonly<Record<string, unknown>>;
}
/** What took the place of a plugin. */
export interface Reloaded {
  readonly plugin: string;
  readonly version: string;
  /** Which version of its code it is: 1, and one more for each reload. */
  readonly generation: number;
  /** Milliseconds until it was in place. */
  readonly duration: number;
}
/** How {@link FileReplacer.replaceFile} replaces a file. */
export interface ReplaceOptions {
  /** Whether the new content survives a power failure once it is committed; true when left out. What can be made again does without. */
  readonly durable?: boolean;
  /** The permissions of a file that is new, before the process's mask; `0o666` when left out. */
  readonly mode?: number;
}
/** What a plugin may do, as it is enforced: see {@link Permissions}. */
export interface ResolvedPermissions {
  /** Absolute paths, with all links resolved, of files and of folders with all that is in them. */
  readonly read: readonly string[];
  /** The same; also of what is not there yet. */
  readonly write: readonly string[];
  readonly net: readonly string[];
  readonly env: readonly string[];
  readonly run: readonly string[];
  readonly services: readonly string[];
}
/** A secret, and for how long it may be kept. */
export interface ResolvedSecret {
  readonly value: string;
  /** Milliseconds; that of the provider when left out. */
  readonly lifetime?: number;
}
/** An answer as data. */
export interface ResponseData {
  readonly status: number;
  readonly statusText: string;
  /** By their names in lower case; what came more than once is joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where it came from in the end. */
  readonly url: string;
  /** As it came, all of it. */
  readonly body: Uint8Array;
}
/** What words on a command line mean. */
export interface Route {
  readonly command: CommandRecord;
  /** How many of the words name the command. */
  readonly length: number;
}
/** How to run a command. */
export interface RunOptions {
  /** Cancels the execution. */
  readonly signal?: AbortSignal;
  /** Gets the rendered result, and what the command itself writes. Without it nothing is rendered. */
  readonly output?: OutputTarget;
  /** Renders the result to `output`; true when left out. False leaves the output to what the command itself writes. */
  readonly render?: boolean;
  /**
   * Whether `[redacted]` stands in the place of secrets in the result and in items too; false when left out: they are data,
   * and secrets in them may be meant. What is written to `output` never has any.
   */
  readonly redact?: boolean;
  /** The folder that relative paths in the input are relative to; the host's when left out. */
  readonly cwd?: string;
  /**
   * Which calls come first where more of them are to run in workers and processes than may at once; `normal` when left out.
   * Those that it runs itself have the same.
   */
  readonly priority?: CallPriority;
  /** Answers the command's questions, until the signal says that nobody wants to know any more; the host's when left out. */
  readonly confirm?: (question: Question, signal: AbortSignal) => boolean | Promise<boolean>;
  /** The same for questions with a text for an answer; `undefined` means that there is none. */
  readonly ask?: (question: TextQuestion, signal: AbortSignal) => string | undefined | Promise<string | undefined>;
}
/** Resolves references with a scheme of its own: `${vault:team/database}`. */
export interface SecretProvider {
  /** Milliseconds for which a value may be kept: 0 is not at all, `Infinity` as long as the host; 300,000 when left out. */
  readonly lifetime?: number;
  /**
   * @param reference - What stands behind the scheme: `team/database`.
   * @param options.signal - Aborted when nobody waits for it any more.
   */
  resolve(reference: string, options: {
    readonly signal: AbortSignal;
  }): string | ResolvedSecret | Promise<string | ResolvedSecret>;
}
/** Proves what keeps plugins in their place. */
export interface SecurityChecks {
  /**
   * Attempts an attack on each control, in real confined processes. That takes some seconds.
   * @param mode - The one in force when left out. `strict` promises that all controls hold; `standard`, that those the platform has do.
   */
  checkControls(mode?: SandboxMode): Promise<SecurityReport>;
}
/** What is decided about the containment of plugins: the section `security` of a configuration, as it is in force. */
export interface SecurityPolicy {
  /**
   * `off`: plugins run as they ask for; `standard`: what is not of the host runs isolated, by every means that there is;
   * `strict`: all plugins run in a sandbox, and do not run where the system cannot enforce it.
   */
  readonly mode: SandboxMode;
  /** Whether runs of plugins that are not of the host are recorded. */
  readonly audit: boolean;
  readonly concurrency: ConcurrencyLimits;
  /** What counts for a command, by the path in its manifest; without one, for the plugin. */
  limitsFor(plugin: string, command?: string): EffectiveLimits;
  /** What the plugin's permissions are narrowed to; what is left out stays as its manifest has it. */
  permissionsFor(plugin: string): Permissions;
  /** Where the host wants a plugin to run at least; `undefined` where it does not say. */
  executorOf(plugin: string): ExecutorKind | undefined;
}
/** What holds on this machine. */
export interface SecurityReport {
  /** For which mode it was asked. */
  readonly mode: SandboxMode;
  readonly controls: readonly ControlReport[];
  /** Controls that the mode promises, and that do not hold. */
  readonly broken: readonly string[];
}
/** Names a service that plugins offer each other, by a string that every copy of the core understands. */
export interface ServiceToken<Service> {
  readonly id: string;
  /** Whether it may be called across processes: methods return promises of structured-clone data. */
  readonly remote: boolean;
  /** Only for the type checker: never present. */
  readonly __service?: Service;
}
/** Services of a host's plugins. */
export interface Services {
  /**
   * The service of that token; its plugin is loaded and activated if need be.
   * One of a plugin that runs isolated has to be declared as `remote`: what it has are methods, and they return promises.
   * @throws `SERVICE_UNKNOWN`, `SERVICE_NOT_REMOTE`, or why its plugin cannot be used.
   */
  get<Service>(token: ServiceToken<Service>): Promise<Service>;
}
/** What a setting is beside its value; JSON Schema validators ignore it. */
export interface SettingBinding {
  /** The property of the plugin's settings that holds it. */
  readonly property: string;
  /** Its value is shown to nobody. */
  readonly secret?: true;
  /** A project that its user does not trust cannot set it. */
  readonly trusted?: true;
  /** Why it goes away, or what replaces it. */
  readonly deprecated?: string;
}
/** See {@link Setting}. A setting of type `object` may say which `properties` it has, or what its `values` are. */
export interface SettingOptions extends Omit<FieldOptions, "path"> {
  /** Its key in configurations, in snake_case; that of the property when left out: `color_theme` of `colorTheme`. */
  readonly key?: string;
  /** Its value is shown to nobody. */
  readonly secret?: boolean;
  /** A project that its user does not trust cannot set it: for programs to run, modules to load, hosts to connect to. */
  readonly trusted?: boolean;
  /** Why it goes away, or what to use instead; said where it is set. */
  readonly deprecated?: string;
}
/** Where a setting stands. */
export interface SettingOrigin extends DecisionOrigin {
  /** From 1, where a file says it. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}
/** One problem with one setting of a configuration. */
export interface SettingProblem {
  /** The keys that lead to it, with dots between: `plugins.tree.depth`. */
  readonly path: string;
  /** As it reads after the path: `must be an integer`. */
  readonly problem: string;
  /** What a key that is not known may have been meant as, best first. */
  readonly suggestions?: readonly string[];
  /** The rule that is broken, named as in JSON Schema or class-validator: `minimum`, `isEmail`. */
  readonly rule?: string;
  /** What is there; hidden where it is a secret, absent where it may be one. */
  readonly value?: unknown;
  /** Who says it; absent where nobody does, or the host itself. */
  readonly origin?: SettingOrigin;
}
/** A setting of a plugin: its schema, and what it is beside that. */
export interface SettingProperty extends ValueSchema {
  readonly "x-structum": SettingBinding;
}
/** Settings of a plugin that changed while it is up. */
export interface SettingsChange<Settings = Readonly<Record<string, unknown>>> {
  /** Frozen, like `current`. */
  readonly previous: Settings;
  readonly current: Settings;
  /** The keys that lead to what is different, as configurations have them, below the plugin's own section: `theme`, `colors.folder`. */
  readonly changed: readonly string[];
}
/** A plugin's settings as JSON Schema, by their keys in configurations. */
export interface SettingsSchema {
  /** Says that the plugin's code holds them against more rules than JSON Schema can say, and by which library. */
  readonly "x-structum"?: {
    readonly rules: "class-validator";
  };
  readonly type: "object";
  readonly properties: Readonly<Record<string, SettingProperty>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}
/** How to start a command. */
export interface StartOptions extends RunOptions {
  /**
   * Keeps the items of a stream for the result; true when left out. Without it the items are events only, each waits
   * for its reader, and the result of a stream is `undefined`.
   */
  readonly collect?: boolean;
}
/** What a {@link StructumError} is made of. */
export interface StructumErrorInit {
  /** Stable, upper-case name of the failure, e.g. `COMMAND_UNKNOWN`. */
  readonly code: string;
  /** One sentence: the subject and the likely cause. */
  readonly message: string;
  /** One sentence: what to do next. */
  readonly hint?: string | undefined;
  /** Facts for programs, as structured-clone data. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  /** The exit code of a command line that ends with this error; 1 when left out. */
  readonly exitCode?: number | undefined;
  /** The error underneath. */
  readonly cause?: unknown;
}
/** What happens in a host, and what its listeners get. Durations are in milliseconds. */
export interface StructumEvents {
  "plugin:registered": {
    readonly plugin: string;
  };
  "plugin:rejected": {
    readonly plugin: string;
    readonly error: Error;
  };
  "plugin:loaded": {
    readonly plugin: string;
    readonly duration: number;
  };
  "plugin:activated": {
    readonly plugin: string;
    readonly duration: number;
  };
  "plugin:failed": {
    readonly plugin: string;
    readonly error: Error;
  };
  "plugin:deactivated": {
    readonly plugin: string;
  };
  "plugin:unregistered": {
    readonly plugin: string;
  };
  /** Its state is another one, or it came (`from` is missing) or went (`to` is missing). */
  "plugin:changed": {
    readonly plugin: string;
    readonly from?: PluginState;
    readonly to?: PluginState;
  };
  /** A new version of its code took the old one's place, or the same one with other settings. */
  "plugin:reloaded": {
    readonly plugin: string;
    readonly version: string;
    readonly generation: number;
    readonly duration: number;
  };
  /** A new version of its code could not take the old one's place, which goes on. */
  "plugin:reload-failed": {
    readonly plugin: string;
    readonly error: Error;
  };
  /**
   * The configuration says something else than before, and plugins have come up anew with it where need be. `previous` and
   * `current` are all that is set, with secrets hidden, without defaults; `changed` are the keys that lead to what is different.
   */
  "config:changed": {
    readonly previous: Readonly<Record<string, unknown>>;
    readonly current: Readonly<Record<string, unknown>>;
    readonly changed: readonly string[];
  };
  /** The configuration has changed and is wrong: what it said before goes on. Told once for each reason. */
  "config:refused": {
    readonly error: Error;
  };
  /** What was wrong with the configuration, `error`, is mended. */
  "config:recovered": {
    readonly error: Error;
  };
  "command:started": {
    readonly command: string;
    readonly plugin: string;
    readonly execution: string;
  };
  "command:finished": {
    readonly command: string;
    readonly plugin: string;
    readonly execution: string;
    readonly outcome: "done" | "failed" | "cancelled";
    /** Milliseconds since it was its turn: loading its plugin, and waiting for others, are not counted. */
    readonly duration: number;
  };
  /** Something was denied to a plugin: `permission` and `wanted` are those of `PERMISSION_DENIED`. Told once for each execution. */
  "permission:denied": {
    readonly command: string;
    readonly plugin: string;
    readonly execution: string;
    readonly permission: string;
    readonly wanted: string;
  };
  /** The host knows its first secret: from now on `redact()` takes something out. */
  "secrets:known": Readonly<Record<string, never>>;
  /** Something works, but not as it should; `error` is never thrown. */
  warning: {
    readonly error: Error;
  };
}
/**
 * What a host wants. With none of it, {@link Structum.create} reads no file, environment variable or folder, starts no
 * timer and prints nothing; only a plugin class that names its module has its manifest read, from beside that module.
 */
export interface StructumOptions {
  /** Plugins of the host itself. One that is described wrongly makes `create()` fail. */
  readonly plugins?: readonly PluginInput[];
  /** The modules (`import.meta.url`, or a path) from which plugins named by string, and discovered ones, are found. */
  readonly from?: string | URL | readonly (string | URL)[];
  /** Looks for packages with a manifest: `true` in the `node_modules` folders that `from` sees, and nowhere else. */
  readonly discover?: boolean | DiscoverOptions;
  /**
   * What a configuration file does that cannot be used, and that counts: `create()` fails because of it, which is the
   * usual, or only warns, and goes on as if it were not there, for a host that helps to mend it.
   */
  readonly configProblems?: "throw" | "warn";
  /**
   * Whether plugins that ask for `onStart` are taken up by `create()`; true when left out. Otherwise `trigger('onStart')`
   * does it, or, with `before-first-command`, the first command that runs: one that is there and whose input is valid.
   */
  readonly activateOnStart?: boolean | "before-first-command";
  /** Files, environment variables and texts that settings come from; none are looked at when left out. `config` counts more. */
  readonly configSources?: ConfigSources;
  /**
   * Trusts projects beside those that the user names in `plugin_policy.trusted_projects`. Asked each time that the
   * configuration is read whether the settings of its project count, and by `create()` for each folder of
   * `discover.project` whether the plugins there do. Trusts none when left out.
   */
  readonly trustProject?: ProjectTrust;
  /** Settings: `{ plugins: { tree: { theme: 'ascii' } } }`, and what the host decides about plugins: `{ plugin_policy: { … } }`. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Who resolves references to secrets in settings, by scheme: `${vault:…}` is for `vault`. Counts more than plugins do. */
  readonly secretProviders?: Readonly<Record<string, SecretProvider>>;
  /** The folder that relative paths are relative to; the process's when left out. */
  readonly cwd?: string;
  /** Where plugins keep data of their own, `$data`, each in a folder of its name; nowhere when left out. */
  readonly dataFolder?: string;
  /** The environment variables that commands see, and that options and secrets may come from; none when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Gets the log lines of the host and its plugins; silent when left out. */
  readonly logger?: Logger;
  /** What is called when something happens, from the start on: `create()` itself warns, and takes plugins up. */
  readonly on?: EventListeners;
  /** The clock of the plugins; the system's when left out. Limits are kept by the system's. */
  readonly clock?: Clock;
  /**
   * What stands in for services of the host itself, by id, in tests: `{ 'structum.registry': … }`. Which plugin may use them
   * stays as it is.
   */
  readonly coreServices?: Readonly<Record<string, unknown>>;
  /** Answers commands' questions. */
  readonly confirm?: (question: Question, signal: AbortSignal) => boolean | Promise<boolean>;
  /** Answers commands' questions that want a text; `undefined` means that there is no answer. */
  readonly ask?: (question: TextQuestion, signal: AbortSignal) => string | undefined | Promise<string | undefined>;
  /** Long and short flags that the host keeps for itself: `--json`, `-q`. Commands that use one are refused. */
  readonly reservedFlags?: readonly string[];
  /** First words of command lines that the host keeps for itself: `help`. Commands that begin with one are refused. */
  readonly reservedWords?: readonly string[];
  readonly limits?: PhaseLimits;
  /**
   * Records runs of plugins that are not of the host, those of all plugins where they are contained strictly, and what is
   * denied to any: in a file, or by a function. `security.audit` of the configuration can end that. Nothing is recorded when
   * left out.
   */
  readonly audit?: AuditTarget;
}
/** A question with a text for an answer. */
export interface TextQuestion {
  readonly message: string;
  /** The answer of somebody who just presses return; without it there must be one. */
  readonly default?: string;
  /** The answers to choose from; any text when left out. */
  readonly choices?: readonly string[];
}
/** A package with a plugin, to be judged by how far it is to be trusted. */
export interface TrustCandidate {
  readonly origin: PluginOrigin;
  /** Absolute path of the package, links resolved. */
  readonly folder: string;
  /** The folder that was searched: a `node_modules`, a plugin folder. */
  readonly root: string;
  /** Whether it is within the `node_modules` tree that the host itself runs from. */
  readonly isBesideHost: boolean;
  /** Whether the user trusts the project that it belongs to; `false` where it belongs to none. */
  readonly isProjectTrusted: boolean;
}
/** Where a program keeps what belongs to its user, as absolute paths; `undefined` for a user without a home. */
export interface UserFolders {
  /** What the user wrote: settings. */
  readonly config: string | undefined;
  /** What can be made again at any time. */
  readonly cache: string | undefined;
  /** What the user had installed. */
  readonly data: string | undefined;
  /** What was noted on the way: logs, histories. */
  readonly state: string | undefined;
}
/** The part of JSON Schema (2020-12) that options, arguments and settings are described with. */
export interface ValueSchema {
  readonly type?: "string" | "integer" | "number" | "boolean" | "array" | "object";
  readonly description?: string;
  readonly default?: JsonValue;
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** A regular expression that a string must match somewhere, with the `u` flag. */
  readonly pattern?: string;
  readonly items?: ValueSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  /** What an object may hold, by name. Of settings only: no command line can give an object. */
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  /** Those of its properties that an object must have. */
  readonly required?: readonly string[];
  /** What the other properties of an object are; `false` where it has none. Any when left out. */
  readonly additionalProperties?: boolean | ValueSchema;
  readonly deprecated?: boolean;
}
/** How a file is written. */
export interface WriteOptions {
  /**
   * Whether the new content is on the disk itself when it is in its place, and survives a power failure; true when left out.
   * What can be made again does without.
   */
  readonly durable?: boolean;
  /** The permissions of a file that is new, before the process's mask; `0o666` when left out. */
  readonly mode?: number;
}
/**
 * What a plugin is taken up for, before one of its own commands or services is asked for: when the host starts, before
 * another plugin's command runs (`onCommand:archive`), when a service is asked for (`onService:structum.tree`), or at an
 * event of the host's own (`onEvent:workspace-opened`, told by `structum.trigger('workspace-opened')`).
 */
export type ActivationEvent = "onStart" | `onCommand:${string}` | `onService:${string}` | `onEvent:${string}`;
/** See {@link Argument}. An argument of type `array` takes all words that are left, and stands last. */
export type ArgumentOptions = FieldOptions;
/** What is recorded of plugins. */
export type AuditRecord = AuditedRun | AuditedDenial;
/** Where records go: to a file as lines of JSON, or to a function. */
export type AuditTarget = {
  readonly file: string;
} | ((record: AuditRecord) => void);
/** See {@link RunOptions.priority}. */
export type CallPriority = (typeof CALL_PRIORITIES)[number];
/** The categories of the official plugins; others are allowed. */
export type Category = "core" | "utility" | "export" | "documentation" | "analysis" | "formatting" | "security" | "monitoring";
/** A class that can be constructed with anything. */
export type Class<Instance = unknown> = new (...args: any[]) => Instance;
/** A class that carries a `@Command` description. */
export type CommandClass = Class<CommandHandler>;
/** The input of the command `Name`. */
export type CommandInput<Name extends CommandName> = CommandMap[Name] extends {
  input: infer Input;
} ? Input : never;
/** What the items of the command `Name` are, where it streams: those of its result. */
export type CommandItem<Name extends CommandName> = CommandResult<Name> extends readonly (infer Item)[] ? Item : unknown;
/** The path of a command that {@link CommandMap} knows. */
export type CommandName = keyof CommandMap & string;
/** A command class, or a function that imports the module of one or more of them on first use. */
export type CommandReference = CommandClass | (() => Promise<unknown>);
/** The result of the command `Name`. */
export type CommandResult<Name extends CommandName> = CommandMap[Name] extends {
  result: infer Result;
} ? Result : never;
/**
 * Why what a file says counts for nothing: its project is not trusted (`untrusted`); no project may say it, only its `user`; and where
 * a project is not trusted, also what does not fit its setting (`unfit`), and what nothing knows (`unknown`).
 */
export type ConfigIgnoredReason = "untrusted" | "user" | "unfit" | "unknown";
/**
 * Where a setting's value may come from, the weakest first: the plugin's own default; the user's file, and the one for an
 * environment; the project's, that for an environment, and what is not shared; one more file; an environment variable;
 * the command line; the host itself.
 */
export type ConfigLayerName = "default" | "global" | "global-environment" | "project" | "project-environment" | "local" | "file" | "variable" | "command-line" | "host";
/** Whose file is changed. */
export type ConfigScope = "global" | "project" | "local";
/** What {@link defineCommand} gives: a command class. */
export type DefinedCommand<Input, Returned, Given = Partial<Input>> = Class<{
  execute(input: Input, context: CommandContext): Returned;
  render?(result: never, out: Output): void | Promise<void>;
  renderItem?(item: never, out: Output): void | Promise<void>;
}> & {
  /** Only for the type checker: never present. */
  readonly __input?: Given;
};
/** The input that {@link defineCommand} infers from its arguments and options. */
export type DefinedInput<Arguments, Options> = {
  readonly [Name in keyof Arguments]: Arguments[Name] extends {
    required: false;
  } ? Given<Arguments[Name]> : ValueOf<Arguments[Name]>;
} & {
  readonly [Name in keyof Options]: Given<Options[Name]>;
};
/** The data of settings that were described with {@link defineSettings}. */
export type DefinedSettings<Fields extends Readonly<Record<string, SettingOptions>>> = {
  readonly [Name in keyof Fields]: ValueOf$1<Fields[Name]> | (Fields[Name] extends {
    readonly required: true;
  } | {
    readonly default: unknown;
  } ? never : undefined);
};
/**
 * What can allow what was denied, where its description is not it: the configuration, which takes it away; the host, which
 * does it where it is allowed; those for which it runs, who may not do it either; where a link leads, and what was not there in time, named in another way; or nothing.
 */
export type DenialRemedy = "configuration" | "host" | "callers" | "target" | "folder" | "none";
/** What a plugin may be denied: by kind of permission, and what no permission allows. */
export type DeniedPermission = "read" | "write" | "net" | "env" | "run" | "services" | "addons" | "workers" | "wasi" | "inspector" | "signals";
/** A code of the core's own catalogue. Plugins throw codes of their own. */
export type ErrorCode = keyof typeof catalogue;
/** The facts that the message of `Code` is made from. */
export type ErrorParams<Code extends ErrorCode> = (typeof catalogue)[Code] extends Entry<infer Params> ? Params : never;
/** What is called when something happens. What a listener throws or rejects with is logged. */
export type EventListeners = {
  readonly [Event in keyof StructumEvents]?: (payload: StructumEvents[Event]) => unknown;
};
/** What happens while a command runs. */
export type ExecutionEvent<Item = unknown> = ({
  readonly type: "progress";
} & ProgressUpdate) | {
  readonly type: "item";
  readonly item: Item;
} | {
  readonly type: "log";
  readonly record: LogRecord;
};
/** Where commands run: in the host's own thread, in a thread of their own, or in a process. */
export type ExecutorKind = "inline" | "worker" | "process";
/** How a property of the input is given on a command line; JSON Schema validators ignore it. */
export type FieldBinding = {
  readonly kind: "argument";
  /** 0 for the first word after the command. */
  readonly position: number;
  /** Takes all words that are left. */
  readonly variadic?: true;
  readonly path?: PathAccess;
} | {
  readonly kind: "option";
  /** As written: `-n`, `--times`. */
  readonly flags: readonly string[];
  /** Counts how often the flag is given (`-vvv` is 3). */
  readonly count?: true;
  /** Splits a value into several: `--ext ts,js`. */
  readonly separator?: string;
  /** The environment variable that gives the value when the flag does not. */
  readonly env?: string;
  /** The key of the plugin's setting that gives the value when neither the flag nor the variable does. */
  readonly setting?: string;
  readonly hidden?: true;
  /** Why the option goes away, or what replaces it. */
  readonly deprecated?: string;
  readonly path?: PathAccess;
  /** What stands for the value in the help: `file` in `--output <file>`. */
  readonly placeholder?: string;
};
/** What a caller of a command passes that {@link defineCommand} made: what has a default may be left out. */
export type GivenInput<Arguments, Options> = {
  readonly [Name in RequiredNames<Arguments, true>]: ValueOf<Arguments[Name]>;
} & {
  readonly [Name in Exclude<keyof Arguments, RequiredNames<Arguments, true>>]?: ValueOf<Arguments[Name]> | undefined;
} & {
  readonly [Name in RequiredNames<Options, false>]: ValueOf<Options[Name]>;
} & {
  readonly [Name in Exclude<keyof Options, RequiredNames<Options, false>>]?: ValueOf<Options[Name]> | undefined;
};
/** How well something is, best first. */
export type HealthStatus = "OK" | "DEGRADED" | "DOWN" | "UNKNOWN";
/** What a plugin has its host do, because its own process may not. */
export type HostService = "context.exec()" | "context.fetch()" | "context.replaceFile()";
/**
 * What a caller passes to a command: what {@link defineCommand} knows to be required and the rest if need be; to a
 * class of its own any part of its input, of which the description says what is required.
 */
export type InputOf<Type extends CommandClass> = Type extends {
  readonly __input?: infer Given extends object;
} ? Given : Partial<Parameters<InstanceType<Type>["execute"]>[0]>;
/** What the items of a command class are, where it streams. */
export type ItemsOf<Type extends CommandClass> = ItemOf<ReturnType<InstanceType<Type>["execute"]>>;
/** Plain data as JSON has it. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | {
  readonly [key: string]: JsonValue;
};
/** What a command may use up. */
export type LimitName = "wallTime" | "cpuTime" | "memory" | "output" | "message" | "openFiles" | "processes";
/** Facts that go with a line; `error` may hold anything that was thrown. */
export type LogFields = Readonly<Record<string, unknown>>;
/** How important a line is, most important first. */
export type LogLevel = "error" | "warn" | "info" | "debug" | "trace";
/** What is wrong with a value that an option was given; nothing where it is right. */
export type OptionRule = (value: unknown) => OptionFlaw | undefined;
/** A rule for each option that a function takes. */
export type OptionRules<Options> = Readonly<Record<keyof Options & string, OptionRule>>;
/** A path that {@link CommandMap} does not know: a literal that it does know is typed, and nothing else will do. */
export type OtherPath<Path extends string> = Path extends CommandName ? never : Path;
/** What a command may do with a path that its user names: exactly that path, for that call. */
export type PathAccess = "read" | "write";
/** A class that carries a `@Plugin` description; its instances are {@link PluginInstance}s. */
export type PluginClass = Class<object>;
/** A plugin for a host: its class, its imported module, or the name of its package or module. */
export type PluginInput = PluginClass | {
  readonly default: PluginClass;
} | string;
/** An instance of a plugin class; all of its hooks are optional. */
export type PluginInstance = Partial<OnActivate & OnDeactivate & HealthIndicator>;
/**
 * Where a discovered package was found: beside the host, through a link, in the user's plugin folder, in a folder that
 * the host names, or in the project that the host works in. The earlier come first where two have the same name.
 */
export type PluginOrigin = "host" | "linked" | "user" | "configured" | "project";
/** How a plugin came to the host. */
export type PluginSource = {
  readonly kind: "given"; /** The class, or the name it was given by. */
  readonly label: string;
} | {
  readonly kind: "package"; /** The package's folder, as an absolute path. */
  readonly label: string;
  readonly origin: PluginOrigin;
};
/**
 * Where a plugin is in its life: known by its manifest, fit to be used, unfit (why: `reason`), not to be used by the
 * host's policy, imported, running, broken while loading or activating (why: `reason`), or taken down.
 */
export type PluginState = "discovered" | "resolved" | "rejected" | "disabled" | "loaded" | "active" | "failed" | "stopped";
/** Whose configuration a policy is kept in. */
export type PolicyScope = "user" | "project";
/**
 * Decides whether what is in a project counts beyond what can do no harm: its settings and its plugins. Only `true` means so;
 * what throws or rejects means that it does not.
 *
 * @param project - Absolute path of the project's folder, links resolved.
 */
export type ProjectTrust = (project: string) => boolean | Promise<boolean>;
/**
 * How a plugin makes what it injects: a class by itself, or a token and how to make its value.
 *
 * What is made here is disposed when its {@link Scope} ends. The value of `useValue` is not: it was made elsewhere, and
 * several hosts may share it. Neither is what a factory was injected and only hands on.
 */
export type Provider<Instance = unknown> = Class<Instance> | {
  readonly provide: Token<Instance>;
  readonly useClass: Class<Instance>;
  readonly scope?: Scope;
} | {
  readonly provide: Token<Instance>;
  readonly useValue: Instance;
} | {
  readonly provide: Token<Instance>;
  /** Called with the values of `inject`, in order. */
  readonly useFactory: (...dependencies: never[]) => Instance;
  readonly inject?: readonly Token[];
  readonly scope?: Scope;
};
/** What a service has to be that may be called across processes: methods that return promises, and nothing else. */
export type RemoteService<Service> = {
  readonly [Method in keyof Service]: (...args: never[]) => Promise<unknown>;
};
/** The names of those fields that a caller must give; `Else` says whether one that does not say must be. */
export type RequiredNames<Fields, Else> = {
  [Name in keyof Fields]: Fields[Name] extends {
    default: unknown;
  } ? never : (Fields[Name] extends {
    required: infer Required;
  } ? Required : Else) extends true ? Name : never;
}[keyof Fields];
/** Something that must be ended: a timer, watcher, server or listener. */
export type Resource = Disposable | AsyncDisposable | (() => void | Promise<void>);
/** What a caller gets from a command class: its result, or the list of its items. */
export type ResultOf<Type extends CommandClass> = ReturnType<InstanceType<Type>["execute"]> extends AsyncGenerator<infer Item> ? Item[] : Awaited<ReturnType<InstanceType<Type>["execute"]>>;
/** How far plugins are contained: see {@link SecurityPolicy.mode}. */
export type SandboxMode = "off" | "standard" | "strict";
/**
 * How long an instance lives, and who shares it: `plugin` is one for the plugin; `execution`, one for each execution of a
 * command; `transient`, one for each injection, which lives as long as what it is injected into.
 *
 * When its time is over, an instance with `Symbol.asyncDispose` or `Symbol.dispose` is disposed, after what was made later.
 * A transient service that another plugin injects ends with the plugin that provides it.
 */
export type Scope = "plugin" | "execution" | "transient";
/** Is told of {@link SettingsChange}s. */
export type SettingsListener<Settings = Readonly<Record<string, unknown>>> = (change: SettingsChange<Settings>) => void | Promise<void>;
/** What `@Inject` accepts: a class, a service token, or a plugin's own string or symbol. */
export type Token<Instance = unknown> = Class<Instance> | ServiceToken<Instance> | string | symbol;
/** Decides how far a discovered plugin is trusted. Whatever is no tier, and what throws, means `found`. */
export type TrustPredicate = (candidate: TrustCandidate) => TrustTier;
/**
 * How far a plugin is trusted: as the host itself, as what its user installed, or not at all: what was merely found is
 * listed and never loaded.
 */
export type TrustTier = "host" | "installed" | "found";
/** A text, bytes, or pieces of them. */
export type WrittenContent = string | Uint8Array | readonly Uint8Array[];
interface AuditedCommand {
  /** As ISO 8601 has it, in UTC. */
  readonly time: string;
  /** Of the execution, as in events. */
  readonly execution: string;
  readonly command: string;
  readonly plugin: string;
  readonly version: string;
  readonly tier: TrustTier;
  readonly executor: ExecutorKind;
}
interface Entry<Params> {
  readonly exitCode?: number | ((params: Params) => number);
  readonly message: (params: Params) => string;
  readonly hint?: (params: Params) => string | undefined;
}
type Catalogue = typeof descriptionErrors & typeof injectionErrors & typeof securityErrors & typeof registrationErrors & typeof settingErrors & typeof resolutionErrors & typeof manifestErrors & typeof configurationErrors & typeof secretErrors & typeof platformErrors & typeof lifecycleErrors & typeof executionErrors & typeof brokerErrors;
type Given<Field> = Field extends {
  default: unknown;
} | {
  required: true;
} ? ValueOf<Field> : ValueOf<Field> | undefined;
type ItemOf<Returned> = Returned extends AsyncGenerator<infer Item> ? Item : never;
type ItemOfField<Field> = Field extends {
  items: {
    type: "integer" | "number";
  };
} ? number : Field extends {
  items: {
    type: "boolean";
  };
} ? boolean : Field extends {
  enum: readonly (infer Choice)[];
} | {
  items: {
    enum: readonly (infer Choice)[];
  };
} ? Choice : Field extends {
  items: unknown;
} | {
  default: readonly [
  ];
} ? string : Field extends {
  default: readonly (infer Item)[];
} ? Widened<Item> : string;
type NoFields = Readonly<Record<never, never>>;
type ValueOf$1<Options> = Options extends {
  readonly enum: readonly (infer Choice)[];
} ? Choice : Options extends {
  readonly type: "string";
} ? string : Options extends {
  readonly type: "integer" | "number";
} ? number : Options extends {
  readonly type: "boolean";
} ? boolean : Options extends {
  readonly type: "array";
  readonly items: infer Items;
} ? readonly ValueOf$1<Items>[] : Options extends {
  readonly type: "array";
} ? readonly unknown[] : Options extends {
  readonly type: "object";
} ? Readonly<Record<string, unknown>> : Options extends {
  readonly default: infer Default;
} ? Widened$1<Default> : string;
type ValueOf<Field> = Field extends {
  type: "integer" | "number";
} | {
  count: true;
} | {
  default: number;
} ? number : Field extends {
  type: "boolean";
} | {
  default: boolean;
} ? boolean : Field extends {
  type: "array";
} | {
  default: readonly unknown[];
} ? ItemOfField<Field>[] : Field extends {
  enum: readonly (infer Choice)[];
} ? Choice : string;
type Widened$1<Value> = Value extends string ? string : Value extends number ? number : Value extends boolean ? boolean : Value;
type Widened<Value> = Value extends number ? number : Value extends boolean ? boolean : string;

export {};
