import { Structum, StructumError, CALL_PRIORITIES, AuditedDenial, AuditedRun, Broker, BrokeredResponse, Clock, CommandContext, CommandExample, CommandHandler, CommandManifest, CommandMap, CommandRecord, CommandRunner, ConfigSources, ConfigWatchOptions, CoreCopy, Dependency, Dependent, DiscoverOptions, ErrorReport, ErrorSource, ExecOptions, ExecResult, Execution, FetchOptions, FileReplacement, FileReplacer, HealthReport, HostTimings, IndexRecord, InputProperty, InputSchema, LogRecord, Logger, Output, OutputTarget, Permissions, PhaseLimits, PluginIdentity, PluginManifest, PluginProblem, PluginRecord, PluginWatchOptions, Progress, ProgressUpdate, Question, RedactedStream, Registry, ReloadOptions, Reloaded, ReplaceOptions, ResolvedSecret, ResponseData, Route, RunOptions, SecretProvider, ServiceToken, Services, SettingBinding, SettingProperty, SettingsSchema, StartOptions, StructumErrorInit, StructumEvents, StructumOptions, TextQuestion, TrustCandidate, ValueSchema, ActivationEvent, AuditRecord, AuditTarget, CallPriority, Class, CommandClass, CommandInput, CommandItem, CommandName, CommandResult, EventListeners, ExecutionEvent, ExecutorKind, FieldBinding, HealthStatus, InputOf, ItemsOf, JsonValue, LogFields, LogLevel, OtherPath, PathAccess, PluginClass, PluginInput, PluginOrigin, PluginSource, PluginState, ProjectTrust, ResultOf, TrustPredicate, TrustTier } from './index.cjs';

/** Everything that a command gave, wrote, logged and told. */
export declare class CapturedRun<Result = unknown, Item = unknown> {
  #private;
  /** Why it failed; `undefined` when it did not. */
  readonly error: Error | undefined;
  /** How a command line would end. */
  readonly exitCode: number;
  /** What was written, bytes as they were. */
  readonly bytes: Uint8Array;
  /** The items of a stream, in order. */
  readonly items: readonly Item[];
  readonly progress: readonly ProgressUpdate[];
  /** What the command told its caller: lines of the level `info` and more important ones. The host's `logs` have all. */
  readonly logs: readonly LogRecord[];
  private constructor();
  /** The run of `start`, which gets the place to write to, to its end. */
  static of<Result, Item>(start: (output: OutputTarget) => Execution<Result, Item>, target: CaptureTarget): Promise<CapturedRun<Result, Item>>;
  /** What the command gave; of a stream, the list of its items. @throws what the command failed with. */
  get result(): Result;
  /** What was written, as text. */
  get text(): string;
  /** What was written, line by line, without the ends of lines. */
  get lines(): readonly string[];
}
/** A host that a test is done with; see {@link testHost}. It keeps what is written, logged, told and asked. */
export declare class TestHost implements AsyncDisposable {
  #private;
  /** The name of the plugin under test. */
  readonly name: string;
  /** The host itself. What is started through it counts for {@link expectNoLeaks}. */
  readonly structum: Structum;
  /** Every line that was logged by the host and its plugins, in order. */
  readonly logs: readonly LogRecord[];
  /** What the host told since it was made, in order. */
  readonly events: readonly HostEvent[];
  private constructor();
  /** See {@link testHost}. */
  static create(given: PluginUnderTest, options?: TestHostOptions): Promise<TestHost>;
  /** The folder that the host's `files` are in. @throws where it was given none. */
  get workspace(): Workspace;
  /** The questions that were asked, and what was answered: those that the host's own `answers` were for. */
  get questions(): readonly AskedQuestion[];
  /** What the host knows of the plugin under test. */
  get record(): PluginRecord;
  /** Runs a command and gives its result, without rendering it. @throws what the command fails with. */
  run<Name extends CommandName>(command: Name, input: CommandInput<Name>, options?: RunOptions): Promise<CommandResult<Name>>;
  run<Type extends CommandClass>(command: Type, input: InputOf<Type>, options?: RunOptions): Promise<ResultOf<Type>>;
  run<Path extends string>(command: OtherPath<Path>, input?: object, options?: RunOptions): Promise<unknown>;
  /** Runs a command and gives everything that came of it. A failure is in `error`, and is thrown by whoever looks at `result`. */
  capture<Name extends CommandName>(command: Name, input: CommandInput<Name>, options?: CaptureOptions): Promise<CapturedRun<CommandResult<Name>, CommandItem<Name>>>;
  capture<Type extends CommandClass>(command: Type, input: InputOf<Type>, options?: CaptureOptions): Promise<CapturedRun<ResultOf<Type>, ItemsOf<Type>>>;
  capture<Path extends string>(command: OtherPath<Path>, input?: object, options?: CaptureOptions): Promise<CapturedRun>;
  /** Starts a command: for tests that look at it while it runs. */
  start(command: string | CommandClass, input?: object, options?: StartOptions): Execution;
  /** A service of the plugin under test, or of another one. */
  service<Service>(token: ServiceToken<Service>): Promise<Service>;
  /** Loads and activates the plugin under test, as a command of it would. */
  activate(): Promise<void>;
  /**
   * Gives the plugin other settings in the place of those that it was given, as a change of the configuration does while
   * it is up. Resolves when it was told, or has come up anew.
   * @throws `CONFIG_INVALID` where it does not take them; then it keeps those before.
   */
  configure(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Takes the host down and removes its workspace. A second call waits for the first. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
/**
 * What the plugin in `folder` is held to, as a list: its package, its manifest, each of its commands, and that it comes
 * up and goes down without leaving anything behind. Plugins that it requires are faked, unless `fakes` or `plugins` has them.
 *
 * Everything runs against the built plugin, as hosts load it.
 * @param folder - Of its `package.json`, as a path or a `file:` URL.
 * @throws `MANIFEST_UNREADABLE`, `MANIFEST_INVALID`, `OPTION_INVALID`.
 */
export declare function contractChecks(folder: string | URL, options?: ContractOptions): readonly ContractCheck[];
/**
 * Holds the plugin in `folder` to the contract of plugins, a test for each of {@link contractChecks}:
 * `describeContract({ describe, it }, new URL('..', import.meta.url))`.
 */
export declare function describeContract({ describe, it }: TestRunner, folder: string | URL, options?: ContractOptions): void;
/**
 * Fails where the manifest of the plugin in a folder does not say what its code says, and shows where they differ.
 *
 * The plugin is imported, with all of its commands.
 *
 * @param location - Of its `package.json`, as a path or a `file:` URL.
 * @throws the codes of `generateManifest` and `readManifest` where there is no plugin, or no valid manifest.
 */
export declare function expectManifestFresh(location: string | URL): Promise<void>;
/**
 * Takes the host down, and fails where something of its plugins is left: something owned or running, a timer, server,
 * socket, child process, watcher or worker, a listener of the process, or a deactivation that failed. Says what, and
 * where it was started.
 *
 * Only what was started through the host counts, so tests may run beside each other.
 */
export declare function expectNoLeaks(host: TestHost, options?: LeakOptions): Promise<void>;
/** A plugin that stands in for one that the plugin under test requires: `fakePlugin('tree', { services: [fakeService(TreeService, …)] })`. */
export declare function fakePlugin(name: string, { version, services, commands }?: FakePluginOptions): FakePlugin;
/**
 * A service that stands in for a real one: `fakeService(TreeService, { walk: () => [] })`.
 *
 * Only what the test needs has to be there; using any other member of it fails, and names that member. Beside a
 * plugin, in `fakes`, it is a service of any plugin, or one of the host: its registry, its policy, its clock.
 */
export declare function fakeService<Service>(token: ServiceToken<Service>, value: Partial<Service>): FakeService;
/**
 * A clock for tests: give it to `testHost(…, { clock })`, and move it with `advance()`.
 *
 * As with the timers of Node, a delay below one millisecond is one millisecond.
 * @param start - What time it is at first; the beginning of 2026, UTC, when left out.
 */
export declare function manualClock(start?: Date | string | number): ManualClock;
/**
 * Makes a host with just this plugin, and what it needs:
 *
 * ```ts
 * await using host = await testHost(GreetPlugin, { settings: { greeting: 'Hi' } });
 * const { lines } = await host.capture('greet', { name: 'Ada' });
 * ```
 *
 * @param plugin - Its class, its imported module, or the folder of its package.
 * @throws `OPTION_INVALID`, what `Structum.create()` throws, and an `AssertionError` where a plugin is missing that it requires.
 */
export declare function testHost(plugin: PluginUnderTest, options?: TestHostOptions): Promise<TestHost>;
/**
 * Makes a temporary folder with these files: `using folder = workspace({ 'a.txt': 'some text' })`.
 *
 * It is removed when it is disposed, at the latest when the process ends.
 */
export declare function workspace(files?: WorkspaceFiles): Workspace;
/** A question that was asked, and what was answered. */
export interface AskedQuestion {
  readonly message: string;
  readonly answer: Answer;
}
/** How to run a command whose output is captured. */
export interface CaptureOptions extends CaptureTarget, Pick<RunOptions, "signal" | "cwd" | "render"> {
  /** The answers to this run's questions; the host's when left out. */
  readonly answers?: Answers;
}
/** What a run's text is rendered for. */
export interface CaptureTarget {
  /** The width in columns; unknown when left out, as where output goes to a file. */
  readonly columns?: number;
  /** Whether to colour; no when left out. */
  readonly color?: boolean;
  /** Whether more than ASCII can be shown; yes when left out. */
  readonly unicode?: boolean;
  /** Whether a person reads along; no when left out. */
  readonly isTerminal?: boolean;
}
/** One thing that every plugin is held to. */
export interface ContractCheck {
  /** What is true of a plugin that passes: `its manifest describes its code`. */
  readonly name: string;
  /** Rejects with an `AssertionError` that says what is wrong and what to do. */
  readonly run: () => Promise<void>;
}
/** What the contract test needs to know of a plugin. */
export interface ContractOptions extends Pick<TestHostOptions, "fakes" | "plugins" | "from" | "settings" | "config" | "env" | "answers" | "files"> {
  /**
   * Inputs by the command's path that are safe to run: `{ greet: [{ name: 'Ada' }] }`. Each is run several times, in a
   * workspace of its own with `files` in it.
   */
  readonly samples?: Readonly<Record<string, readonly object[]>>;
  /** Milliseconds that what ends by itself gets; 1,000 when left out. */
  readonly patience?: number;
}
/** What stands in for a plugin; see {@link fakePlugin}. */
export interface FakePlugin {
  readonly kind: "plugin";
  readonly name: string;
  /** The lowest that will do, when left out. */
  readonly version: string | undefined;
  readonly services: readonly FakeService[];
  readonly commands: readonly CommandClass[];
}
/** What a {@link fakePlugin} has. */
export interface FakePluginOptions {
  /** The lowest version that the plugin under test accepts, when left out. */
  readonly version?: string;
  /** The services that it provides. */
  readonly services?: readonly FakeService[];
  readonly commands?: readonly CommandClass[];
}
/** What stands in for a service; see {@link fakeService}. */
export interface FakeService {
  readonly kind: "service";
  readonly token: ServiceToken<unknown>;
  readonly value: unknown;
}
/** How to look for leaks. */
export interface LeakOptions {
  /** Milliseconds that what ends by itself gets: a socket that is being closed, a child process that was told to stop; 1,000 when left out. */
  readonly patience?: number;
}
/** A clock that stands still until the test moves it; see {@link manualClock}. */
export interface ManualClock extends Clock {
  /** How many timers and sleepers wait. */
  readonly waiting: number;
  /**
   * Lets `duration` milliseconds pass: what is due is called in order, each at its own time, with what follows from it
   * done before the next. Rejects with what a callback throws; the time stays at that callback's.
   */
  advance(duration: number): Promise<void>;
  /** Lets the time pass until the next timer is due, and calls it; does nothing when nothing waits. */
  next(): Promise<void>;
}
/** What a {@link TestHost} has besides the plugin under test. */
export interface TestHostOptions {
  /** What stands in for plugins that it requires, for services that it needs, and for services of the host. */
  readonly fakes?: readonly Fake[];
  /** Other plugins, as they are. */
  readonly plugins?: readonly PluginInput[];
  /**
   * The modules (`import.meta.url`, or a path) from which plugins named by string are found. When left out, these are found
   * from the package of the plugin under test, or from the working folder where a class does not name its module.
   */
  readonly from?: StructumOptions["from"];
  /** The plugin's own settings: `plugins.<name>` of the configuration. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The rest of the configuration. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** The system's when left out; see {@link manualClock}. */
  readonly clock?: Clock;
  /** Files of a {@link Workspace} of the host's own, in which its commands run. */
  readonly files?: WorkspaceFiles;
  /** The folder that commands run in; the workspace when left out. */
  readonly cwd?: string;
  /** The environment variables that commands see; none when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The answers to questions of the plugin; when left out, nobody can be asked. */
  readonly answers?: Answers;
  /** The least important lines that are kept; `trace`, which is all, when left out. */
  readonly logLevel?: LogLevel;
  readonly limits?: PhaseLimits;
}
/** What mocha, vitest and `node:test` have in common. */
export interface TestRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => Promise<void>) => unknown;
}
/** A temporary folder of a test; see {@link workspace}. */
export interface Workspace extends Disposable {
  /** Absolute, without links in it. */
  readonly folder: string;
  /** The absolute path of something below it. */
  path(...names: readonly string[]): string;
  /** Writes files, and the folders that they need. */
  write(files: WorkspaceFiles): void;
  /** The text of a file. */
  read(file: string): string;
  exists(path: string): boolean;
  /** The paths of all files, with `/`, sorted. */
  readonly files: readonly string[];
  /** Removes the folder and everything in it. A second call does nothing. */
  dispose(): void;
}
/** An answer to a question: yes or no, a text, or `undefined` from somebody who gives none to a question for a text. */
export type Answer = boolean | string | undefined;
/** The answers to a plugin's questions: one after the other, or made for each question. */
export type Answers = readonly Answer[] | ((question: Question | TextQuestion) => Answer | Promise<Answer>);
/** What {@link testHost} takes as `fakes`. */
export type Fake = FakePlugin | FakeService;
/** Something that a host told. */
export type HostEvent = {
  readonly [Name in keyof StructumEvents]: {
    readonly name: Name;
    readonly payload: StructumEvents[Name];
  };
}[keyof StructumEvents];
/** The plugin that a test is about: its class, its imported module, or the folder of its package. */
export type PluginUnderTest = PluginClass | {
  readonly default: PluginClass;
} | string | URL;
/** Contents of files by their paths, with `/`: text, bytes, or an object that is written as JSON. A path with a `/` at its end is an empty folder. */
export type WorkspaceFiles = Readonly<Record<string, string | Uint8Array | object>>;
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
type ItemOf<Returned> = Returned extends AsyncGenerator<infer Item> ? Item : never;
export {};
