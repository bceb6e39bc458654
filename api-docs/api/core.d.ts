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
   * A discovered plugin that cannot be used is left out, with a warning; a given one makes this fail.
   * @throws `PLUGIN_INVALID`, `COMMAND_INVALID`, `PLUGIN_DUPLICATE`, `COMMAND_DUPLICATE`, `SERVICE_DUPLICATE`, `OPTION_RESERVED`,
   *   `PLUGIN_NOT_FOUND`, `INJECTION_TYPE_ERASED` and the other codes of wrong descriptions.
   */
  static create(options?: StructumOptions): Promise<Structum>;
  get timings(): HostTimings;
  /**
   * Runs a command and gives its result; the items of a stream as a list.
   *
   * @throws `COMMAND_UNKNOWN`, `INPUT_INVALID`, `COMMAND_CANCELLED`, `COMMAND_FAILED`, or the command's own `StructumError`.
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
   * @throws `PLUGIN_UNKNOWN`, `PLUGIN_IN_USE`.
   */
  unregister(name: string, options?: {
    readonly dependents?: boolean;
  }): Promise<void>;
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
  constructor(init: StructumErrorInit);
  /** Whether `value` is a StructumError of this or any other copy of the core. */
  static is(value: unknown): value is StructumError;
  /** The error as plain data, for logs and `--json`. */
  toJSON(): {
    code: string;
    message: string;
    hint?: string;
    details?: Readonly<Record<string, unknown>>;
  };
}
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
/** The host's plugins and commands. Granted by `permissions: { services: ['structum.registry'] }`. */
export declare const RegistryService: ServiceToken<Registry>;
/** The plugin's own settings, frozen. Every plugin may inject them. */
export declare const SettingsService: ServiceToken<Readonly<Record<string, unknown>>>;
/** Every error that the core itself raises: its code, message, hint and exit code in one place. */
export declare const catalogue: {
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
    plugin: string;
  }>;
  readonly SERVICE_NOT_REQUIRED: Entry<{
    service: string;
    provider: string;
    plugin: string;
    version: string;
    field: "requires" | "optional";
  }>;
  readonly SERVICE_NOT_GRANTED: Entry<{
    service: string;
    plugin: string;
  }>;
  readonly PLUGIN_UNKNOWN: Entry<{
    plugin: string;
    suggestions?: readonly string[];
  }>;
  readonly PLUGIN_DUPLICATE: Entry<{
    plugin: string;
    first: string;
    second: string;
  }>;
  readonly PLUGIN_IN_USE: Entry<{
    plugin: string;
    dependents: readonly string[];
  }>;
  readonly PLUGIN_NOT_FOUND: Entry<{
    subject: string;
    from: string;
    reason?: string;
  }>;
  readonly LOCATION_INVALID: Entry<{
    location: string;
    reason: string;
  }>;
  readonly CONFIG_INVALID: Entry<{
    path: string;
    problem: string;
  }>;
  readonly COMMAND_DUPLICATE: Entry<{
    command: string;
    first: string;
    second: string;
  }>;
  readonly SERVICE_DUPLICATE: Entry<{
    service: string;
    first: string;
    second: string;
  }>;
  readonly ENGINE_MISMATCH: Entry<{
    plugin: string;
    engine: string;
    core: string;
  }>;
  readonly RANGE_INVALID: Entry<{
    plugin: string;
    of: string;
    range: string;
  }>;
  readonly REQUIREMENT_MISSING: Entry<{
    chain: readonly string[];
    required: string;
    range: string;
  }>;
  readonly REQUIREMENT_MISMATCH: Entry<{
    chain: readonly string[];
    required: string;
    range: string;
    found: string;
  }>;
  readonly REQUIREMENT_REJECTED: Entry<{
    plugin: string;
    required: string;
  }>;
  readonly REQUIREMENT_CYCLE: Entry<{
    chain: readonly string[];
  }>;
  readonly CONFLICT: Entry<{
    plugin: string;
    other: string;
    range: string;
    found: string;
  }>;
  readonly CORE_DUPLICATE: Entry<{
    plugin: string;
    theirs: string;
    ours: string;
  }>;
  readonly OPTION_RESERVED: Entry<{
    command: string;
    flag: string;
  }>;
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
  readonly PACKAGE_UNREADABLE: Entry<{
    file: string;
    reason: string;
  }>;
  readonly PLUGIN_REJECTED: Entry<{
    plugin: string;
    reason: string;
    remedy?: string;
  }>;
  readonly PLUGIN_LOAD_FAILED: Entry<{
    plugin: string;
    file: string;
    reason: string;
  }>;
  readonly PLUGIN_ACTIVATE_FAILED: Entry<{
    plugin: string;
    reason: string;
  }>;
  readonly RESOURCE_INVALID: Entry<{
    plugin: string;
    label: string;
  }>;
  readonly PLUGIN_PHASE_TIMEOUT: Entry<{
    plugin: string;
    phase: string;
    limit: number;
  }>;
  readonly DISPOSAL_TIMEOUT: Entry<{
    subject: string;
    plugin: string;
    limit: number;
  }>;
  readonly DISPOSED: Entry<{
    subject: string;
  }>;
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
    reason: string;
  }>;
  readonly COMMAND_CANCELLED: Entry<{
    command: string;
    reason?: string;
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
  readonly OUTPUT_UNAVAILABLE: Entry<{
    command: string;
  }>;
  readonly VALIDATOR_MISSING: Entry<{
    command: string;
    module: string;
  }>;
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
/** Makes the error `code` of the catalogue; its params become the error's details. */
export declare function catalogued<Code extends ErrorCode>(code: Code, params: ErrorParams<Code>, cause?: unknown): StructumError;
/** A logger that hands each line of an enabled level to `write`. */
export declare function createLogger({ level, write, fields }: LoggerOptions): Logger;
/** Describes a command without decorators; the result goes into a plugin's `commands` like a class. */
export declare function defineCommand<const Arguments extends Readonly<Record<string, ArgumentOptions>> = NoFields, const Options extends Readonly<Record<string, DefinedOption>> = NoFields, Returned = unknown>(definition: CommandDefinition<Arguments, Options, Returned>): DefinedCommand<DefinedInput<Arguments, Options>, Returned, GivenInput<Arguments, Options>>;
/** Describes a plugin without decorators; export the result as the module's default. */
export declare function definePlugin(definition: PluginDefinition): PluginClass;
/**
 * Declares a service: `export const TreeService = defineService<TreeService>('structum.tree')`.
 *
 * Two declarations with one id name the same service.
 * @throws `SERVICE_ID_INVALID` where `id` is not words separated by dots.
 */
export declare function defineService<Service>(id: string, options?: {
  readonly remote?: boolean;
}): ServiceToken<Service>;
/** The message of anything that was thrown, also of what cannot be made text. */
export declare function messageOf(thrown: unknown): string;
/** Those of `candidates` that `word` may have been meant as, best first, at most `most`: for "did you mean". */
export declare function similar(word: string, candidates: Iterable<string>, most?: number): string[];
/**
 * The value that `text` stands for by the schema's type: a number, a boolean (`true`, `1`, `yes`, `on` and their
 * opposites), or the items of an array, split at the option's separator. Text that fits no such value stays text,
 * for `checkValue` to refuse.
 */
export declare function valueFromText(schema: ValueSchema | InputProperty, text: string): JsonValue;
/** What a command gets with each call. */
export interface CommandContext<Settings = Readonly<Record<string, unknown>>> extends CommandRunner {
  /** The command's path: `archive extract`. */
  readonly command: string;
  /** The plugin that the command belongs to. */
  readonly plugin: PluginIdentity;
  /** Unique to this execution. */
  readonly executionId: string;
  /** Aborted when the execution is cancelled. Hand it on to whatever takes one, or look at it in loops. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** The plugin's own settings, frozen. */
  readonly config: Settings;
  readonly progress: Progress;
  readonly output: Output;
  /** The folder that relative paths in the input are relative to. */
  readonly cwd: string;
  /** The environment variables that the host hands on. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Asks the user.
   * @throws `CONFIRMATION_UNAVAILABLE` where nobody can be asked.
   */
  confirm(question: string | Question): Promise<boolean>;
  /** Says how a command line should end when the command answers, but the answer is bad: 1 for a failed check. */
  setExitCode(code: number): void;
  /**
   * Runs another command of the host as part of this one; cancelled along with it.
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
/** A copy of `@structum/core` in this process. */
export interface CoreCopy {
  readonly version: string;
  /** The file that this copy was loaded from. */
  readonly path: string;
}
/** An option of {@link defineCommand}: its flags and rules. */
export interface DefinedOption extends OptionOptions {
  /** Short and long forms, separated by commas; `--<name>` when left out. */
  readonly flags?: string;
}
/** An error as data. */
export interface ErrorReport {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** What was underneath, nearest first. */
  readonly causes?: readonly string[];
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
   * What happens, from the first event on. Events wait in a bounded buffer: when it is full, progress is dropped
   * first, then log lines; a stream of items waits for its reader.
   */
  [Symbol.asyncIterator](): AsyncIterator<ExecutionEvent<Item>>;
}
/** What an argument and an option have in common: what JSON Schema can say of a value. */
export interface FieldOptions extends Omit<ValueSchema, "description" | "deprecated" | "default"> {
  /** One line for the help. */
  readonly description: string;
  /** The value when none is given; the initializer of the property says the same. A constant. */
  readonly default?: JsonValue;
  /** Grants the command this path, for this call: to read it, or to write it. */
  readonly path?: PathAccess;
  /** Whether a value must be given. Arguments: unless they have a default. Options: no. */
  readonly required?: boolean;
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
/** See {@link Option}. */
export interface OptionOptions extends FieldOptions {
  /** Counts how often the flag is given: `-vvv` is 3. */
  readonly count?: boolean;
  /** Splits one value into the items of an array, besides repeating the option: `,` in `--ext ts,js`. */
  readonly separator?: string;
  /** The environment variable that gives the value when the flag does not. */
  readonly env?: string;
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
  /** Paths that may be read; `$workspace`, `$plugin`, `$data` and `$temp` stand for folders. */
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  /** `host:port` that may be connected to. */
  readonly net?: readonly string[];
  /** Names of environment variables that may be seen. */
  readonly env?: readonly string[];
  /** Programs that may be run. */
  readonly run?: readonly string[];
  /** Ids of core services that may be used. */
  readonly services?: readonly string[];
}
/** Milliseconds that a phase of a plugin's life may take. */
export interface PhaseLimits {
  /** Importing the plugin's module; 10,000 when left out. */
  readonly load?: number;
  /** `onActivate`; 10,000 when left out. */
  readonly activate?: number;
  /** `onDeactivate` and the end of each owned resource; 5,000 when left out. */
  readonly deactivate?: number;
  /** Waiting for running commands before they are aborted; 5,000 when left out. */
  readonly drain?: number;
}
/** What a plugin gets when it is activated. */
export interface PluginContext<Settings = Readonly<Record<string, unknown>>> extends PluginIdentity {
  readonly logger: Logger;
  /** The plugin's own settings, frozen. */
  readonly config: Settings;
  /** Aborted when the plugin is deactivated. */
  readonly signal: AbortSignal;
  /** Hands over what the plugin started; deactivation ends it, last started first. Returns `resource`. */
  own<Owned extends Resource>(resource: Owned, label: string): Owned;
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
  /** The module whose default export is the plugin, relative to the manifest, with `/`. Absent for classes without a package. */
  readonly entry?: string;
  readonly engine: string;
  readonly requires: Readonly<Record<string, string>>;
  readonly optional: Readonly<Record<string, string>>;
  readonly conflicts: Readonly<Record<string, string>>;
  /** Ids of the services that it offers. */
  readonly provides: readonly string[];
  readonly permissions: Permissions;
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
  /** The range of `@structum/core` that it works with, as npm writes ranges. */
  readonly engine?: string;
  /** Plugins that it needs, and their ranges. */
  readonly requires?: Readonly<Record<string, string>>;
  /** Plugins that it uses when they are there. */
  readonly optional?: Readonly<Record<string, string>>;
  /** Plugins that it cannot work beside. */
  readonly conflicts?: Readonly<Record<string, string>>;
  readonly permissions?: Permissions;
  /** Services that it offers to plugins that require it. */
  readonly provides?: readonly ServiceToken<unknown>[];
  /** How to make what it injects and offers. */
  readonly providers?: readonly Provider[];
  readonly commands?: readonly CommandReference[];
  /**
   * `import.meta.url` (or `__filename`) of the module that the plugin is the default export of. With it, the
   * plugin's manifest is found, and the plugin can be imported again elsewhere: in a worker, in a process.
   */
  readonly module?: string;
}
/** Everything that is known of a plugin, as data. */
export interface PluginRecord {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly category: string;
  readonly manifest: PluginManifest;
  readonly source: PluginSource;
  readonly state: PluginState;
  /** Why it is rejected or failed. */
  readonly reason?: ErrorReport;
  /** Milliseconds that loading and activating took. */
  readonly timings: {
    readonly load?: number;
    readonly activate?: number;
  };
  /** Labels of what it handed to `context.own()` and still owns. */
  readonly owned: readonly string[];
}
/** Tells whoever watches how far the work is. Cheap to call often: hosts draw at their own pace. */
export interface Progress {
  report(update: ProgressUpdate): void;
}
/** How far a long piece of work is. */
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
/** The plugins and commands of a host. Looking one up takes the same time however many there are. */
export interface Registry {
  /** All plugins, by name. */
  readonly plugins: readonly PluginRecord[];
  /** All commands of plugins that are not rejected, by path. */
  readonly commands: readonly CommandRecord[];
  /** The plugin of that name. */
  plugin(name: string): PluginRecord | undefined;
  /** The command with that path or alias. */
  command(path: string): CommandRecord | undefined;
  /** The command with the longest path that `words` begin with. */
  route(words: readonly string[]): Route | undefined;
  /** The commands whose paths begin with the words of `prefix`: those of a group. */
  group(prefix: string): readonly CommandRecord[];
  /** The plugins of a category, by name. */
  category(category: string): readonly PluginRecord[];
  /** The plugin that provides the service. */
  provider(serviceId: string): PluginRecord | undefined;
  /** All plugins, by name, after each that was not yet needed was judged whether it can be used. */
  judged(): Promise<readonly PluginRecord[]>;
  /** Paths of commands that `path` may have been meant as, best first. */
  suggest(path: string): readonly string[];
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
  /** The folder that relative paths in the input are relative to; the host's when left out. */
  readonly cwd?: string;
  /** Answers the command's questions, until the signal says that nobody wants to know any more; the host's when left out. */
  readonly confirm?: (question: Question, signal: AbortSignal) => boolean | Promise<boolean>;
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
   * @throws `SERVICE_UNKNOWN`, or why its plugin cannot be used.
   */
  get<Service>(token: ServiceToken<Service>): Promise<Service>;
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
    /** In the command itself: loading and checking not counted. */
    readonly duration: number;
  };
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
  /** Looks for packages with a manifest in the `node_modules` folders that `from` sees. */
  readonly discover?: boolean;
  /** Settings: `{ plugins: { tree: { theme: 'ascii' } } }`. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** The folder that relative paths are relative to; the process's when left out. */
  readonly cwd?: string;
  /** The environment variables that commands see and that options may come from; none when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Gets the log lines of the host and its plugins; silent when left out. */
  readonly logger?: Logger;
  /** Answers commands' questions. */
  readonly confirm?: (question: Question, signal: AbortSignal) => boolean | Promise<boolean>;
  /** Long and short flags that the host keeps for itself: `--json`, `-q`. Commands that use one are refused. */
  readonly reservedFlags?: readonly string[];
  readonly limits?: PhaseLimits;
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
  readonly deprecated?: boolean;
}
/** See {@link Argument}. An argument of type `array` takes all words that are left, and stands last. */
export type ArgumentOptions = FieldOptions;
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
/** A code of the core's own catalogue. Plugins throw codes of their own. */
export type ErrorCode = keyof typeof catalogue;
/** The facts that the message of `Code` is made from. */
export type ErrorParams<Code extends ErrorCode> = (typeof catalogue)[Code] extends Entry<infer Params> ? Params : never;
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
/** Facts that go with a line; `error` may hold anything that was thrown. */
export type LogFields = Readonly<Record<string, unknown>>;
/** How important a line is, most important first. */
export type LogLevel = "error" | "warn" | "info" | "debug" | "trace";
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
/** How a plugin came to the host. */
export type PluginSource = {
  readonly kind: "given"; /** The class, or the name it was given by. */
  readonly label: string;
} | {
  readonly kind: "package"; /** The package's folder, as an absolute path. */
  readonly label: string;
};
/**
 * Where a plugin is in its life: known by its manifest, fit to be used, unfit (why: `reason`), imported,
 * running, broken while loading or activating (why: `reason`), or taken down.
 */
export type PluginState = "discovered" | "resolved" | "rejected" | "loaded" | "active" | "failed" | "stopped";
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
/**
 * How long an instance lives, and who shares it: `plugin` is one for the plugin; `execution`, one for each execution of a
 * command; `transient`, one for each injection, which lives as long as what it is injected into.
 *
 * When its time is over, an instance with `Symbol.asyncDispose` or `Symbol.dispose` is disposed, after what was made later.
 * A transient service that another plugin injects ends with the plugin that provides it.
 */
export type Scope = "plugin" | "execution" | "transient";
/** What `@Inject` accepts: a class, a service token, or a plugin's own string or symbol. */
export type Token<Instance = unknown> = Class<Instance> | ServiceToken<Instance> | string | symbol;
interface Entry<Params> {
  readonly exitCode?: number;
  readonly message: (params: Params) => string;
  readonly hint?: (params: Params) => string | undefined;
}
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
type Widened<Value> = Value extends number ? number : Value extends boolean ? boolean : string;

export {};
