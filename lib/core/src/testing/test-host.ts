import {
  checkOptions, ClockService, createLogger, optionRules, LoggerService, PolicyService, RegistryService, SettingsService, Structum,
  type Clock, type CommandClass, type CommandInput, type CommandItem, type CommandName, type CommandResult, type Execution, type InputOf, type ItemsOf,
  type LogLevel, type LogRecord, type OptionRules, type OtherPath, type PhaseLimits, type PluginInput, type PluginRecord, type ResultOf, type RunOptions, type ServiceToken, type StartOptions,
  type StructumEvents, type StructumOptions,
} from '../index.js';
import { AnswerBook, type Answers, type AskedQuestion } from './answers.js';
import { CapturedRun, type CaptureTarget } from './captured-run.js';
import { fakePlugin, pluginOfFake, type Fake, type FakePlugin, type FakeService } from './fakes.js';
import { failure } from './failure.js';
import { knownPlugin, type KnownPlugin, type PluginUnderTest } from './plugin-under-test.js';
import { ResourceTracker, trackers } from './resource-tracker.js';
import { workspace, type Workspace, type WorkspaceFiles } from './workspace.js';

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
  readonly from?: StructumOptions['from'];
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

/** How to run a command whose output is captured. */
export interface CaptureOptions extends CaptureTarget, Pick<RunOptions, 'signal' | 'cwd' | 'render'> {
  /** The answers to this run's questions; the host's when left out. */
  readonly answers?: Answers;
}

/** Something that a host told. */
export type HostEvent = { readonly [Name in keyof StructumEvents]: { readonly name: Name; readonly payload: StructumEvents[Name] } }[keyof StructumEvents];

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
export async function testHost(plugin: PluginUnderTest, options: TestHostOptions = {}): Promise<TestHost> {
  return TestHost.create(plugin, options);
}

/** A host that a test is done with; see {@link testHost}. It keeps what is written, logged, told and asked. */
export class TestHost implements AsyncDisposable {
  /** The name of the plugin under test. */
  readonly name: string;
  /** The host itself. What is started through it counts for {@link expectNoLeaks}. */
  readonly structum: Structum;
  /** Every line that was logged by the host and its plugins, in order. */
  readonly logs: readonly LogRecord[];
  /** What the host told since it was made, in order. */
  readonly events: readonly HostEvent[];
  readonly #workspace: Workspace | undefined;
  readonly #answers: AnswerBook | undefined;
  /** All but the settings of the plugin under test. */
  readonly #config: Readonly<Record<string, unknown>>;

  private constructor(name: string, structum: Structum, parts: Parts) {
    this.name = name;
    this.structum = within(structum, parts.tracker);
    this.logs = parts.logs;
    this.events = recorded(structum);
    this.#workspace = parts.workspace;
    this.#answers = parts.answers;
    this.#config = parts.config;
    trackers.set(this, parts.tracker);
  }

  /** See {@link testHost}. */
  static async create(given: PluginUnderTest, options: TestHostOptions = {}): Promise<TestHost> {
    checkOptions('testHost()', options, TEST_HOST_OPTIONS);
    const plugin = knownPlugin(given);
    const others = await othersOf(plugin, options);
    const tracker = new ResourceTracker();
    const logs: LogRecord[] = [];
    const folder = options.files === undefined ? undefined : workspace(options.files);
    const answers = options.answers === undefined ? undefined : new AnswerBook(options.answers);
    try {
      const logger = createLogger({ level: options.logLevel ?? 'trace', write: (record) => { logs.push(record); } });
      const structum = await tracker.run(() => Structum.create({
        ...hostOptions(plugin, options),
        plugins: [...others, plugin.input],
        logger,
        ...defined({ cwd: options.cwd ?? folder?.folder }),
        ...answers?.options,
      }));
      return new TestHost(plugin.name, structum, { tracker, logs, workspace: folder, answers, config: options.config ?? {} });
    } catch (error) {
      folder?.dispose();
      throw error;
    }
  }

  /** The folder that the host's `files` are in. @throws where it was given none. */
  get workspace(): Workspace {
    if (this.#workspace !== undefined) return this.#workspace;
    throw failure({ message: `The test host of plugin "${this.name}" has no workspace.`, remedy: 'Give it one: testHost(…, { files: {} }).' });
  }

  /** The questions that were asked, and what was answered: those that the host's own `answers` were for. */
  get questions(): readonly AskedQuestion[] {
    return this.#answers?.asked ?? [];
  }

  /** What the host knows of the plugin under test. */
  get record(): PluginRecord {
    const record = this.structum.registry.plugin(this.name);
    if (record !== undefined) return record;
    throw failure({ message: `The host does not have the plugin "${this.name}" any more.`, remedy: 'Look at it before it is taken out.' });
  }

  /** Runs a command and gives its result, without rendering it. @throws what the command fails with. */
  run<Name extends CommandName>(command: Name, input: CommandInput<Name>, options?: RunOptions): Promise<CommandResult<Name>>;
  run<Type extends CommandClass>(command: Type, input: InputOf<Type>, options?: RunOptions): Promise<ResultOf<Type>>;
  run<Path extends string>(command: OtherPath<Path>, input?: object, options?: RunOptions): Promise<unknown>;
  run(command: string | CommandClass, input?: object, options?: RunOptions): Promise<unknown> {
    return this.structum.run(command as string, input, options);
  }

  /** Runs a command and gives everything that came of it. A failure is in `error`, and is thrown by whoever looks at `result`. */
  capture<Name extends CommandName>(command: Name, input: CommandInput<Name>, options?: CaptureOptions): Promise<CapturedRun<CommandResult<Name>, CommandItem<Name>>>;
  capture<Type extends CommandClass>(command: Type, input: InputOf<Type>, options?: CaptureOptions): Promise<CapturedRun<ResultOf<Type>, ItemsOf<Type>>>;
  capture<Path extends string>(command: OtherPath<Path>, input?: object, options?: CaptureOptions): Promise<CapturedRun>;
  capture(command: string | CommandClass, input?: object, options: CaptureOptions = {}): Promise<CapturedRun> {
    checkOptions('capture()', options, CAPTURE_OPTIONS);
    const { columns, color, unicode, isTerminal, answers, ...rest } = options;
    const target = { ...defined({ columns, color, unicode, isTerminal }) };
    const asking = answers === undefined ? {} : new AnswerBook(answers).options;
    return CapturedRun.of((output) => this.start(command as string, input, { ...rest, ...asking, output }), target);
  }

  /** Starts a command: for tests that look at it while it runs. */
  start(command: string | CommandClass, input?: object, options?: StartOptions): Execution {
    return this.structum.start(command as string, input, options);
  }

  /** A service of the plugin under test, or of another one. */
  service<Service>(token: ServiceToken<Service>): Promise<Service> {
    return this.structum.services.get(token);
  }

  /** Loads and activates the plugin under test, as a command of it would. */
  async activate(): Promise<void> {
    await this.structum.activate(this.name);
  }

  /**
   * Gives the plugin other settings in the place of those that it was given, as a change of the configuration does while
   * it is up. Resolves when it was told, or has come up anew.
   * @throws `CONFIG_INVALID` where it does not take them; then it keeps those before.
   */
  async configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await this.structum.configure(configOf(this.name, this.#config, settings));
  }

  /** Takes the host down and removes its workspace. A second call waits for the first. */
  async dispose(): Promise<void> {
    await this.structum.dispose();
    this.#workspace?.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}

const { either, flag, limitOf, list, object, oneOf, text } = optionRules;
const answers = either(list, optionRules.callback);

/** What the options may be; the host says what is wrong with those that it gets as they are. */
export const TEST_HOST_OPTIONS: OptionRules<TestHostOptions> = {
  fakes: list, plugins: list, from: either(text, either(list, object)), settings: object, config: object, clock: object, files: object, cwd: text, env: object,
  answers, logLevel: oneOf('error', 'warn', 'info', 'debug', 'trace'), limits: object,
};

const CAPTURE_OPTIONS: OptionRules<CaptureOptions> = { columns: limitOf('columns'), color: flag, unicode: flag, isTerminal: flag, signal: object, cwd: text, render: flag, answers };

interface Parts {
  readonly tracker: ResourceTracker;
  readonly logs: readonly LogRecord[];
  readonly workspace: Workspace | undefined;
  readonly answers: AnswerBook | undefined;
  readonly config: Readonly<Record<string, unknown>>;
}

/** The object, with everything that its methods start counted. */
function within<Target extends object>(target: Target, tracker: ResourceTracker): Target {
  return new Proxy(target, {
    get(_target, member): unknown {
      const value: unknown = Reflect.get(target, member, target);
      if (typeof value === 'function') return (...args: unknown[]): unknown => tracker.run((): unknown => Reflect.apply(value, target, args));
      return member === 'services' ? within(value as object, tracker) : value;
    },
  });
}

const EVENTS: Readonly<Record<keyof StructumEvents, true>> = {
  'plugin:registered': true,
  'plugin:rejected': true,
  'plugin:loaded': true,
  'plugin:activated': true,
  'plugin:failed': true,
  'plugin:deactivated': true,
  'plugin:unregistered': true,
  'plugin:changed': true,
  'plugin:reloaded': true,
  'plugin:reload-failed': true,
  'config:changed': true,
  'config:refused': true,
  'config:recovered': true,
  'command:started': true,
  'command:finished': true,
  'permission:denied': true,
  'secrets:known': true,
  warning: true,
};

function recorded(structum: Structum): readonly HostEvent[] {
  const events: HostEvent[] = [];
  for (const name of Object.keys(EVENTS) as (keyof StructumEvents)[]) structum.on(name, (payload) => { events.push({ name, payload } as HostEvent); });
  return events;
}

function hostOptions({ name, home }: KnownPlugin, { config = {}, settings, clock, env, limits, fakes = [], from = home }: TestHostOptions): StructumOptions {
  const services = fakes.filter((fake): fake is FakeService => fake.kind === 'service' && isOfHost(fake));
  return {
    config: configOf(name, config, settings),
    from,
    ...defined({ clock, env, limits }),
    coreServices: Object.fromEntries(services.map(({ token, value }) => [token.id, value])),
  };
}

function configOf(plugin: string, config: Readonly<Record<string, unknown>>, settings: object | undefined): Readonly<Record<string, unknown>> {
  return { ...config, plugins: { ...(config['plugins'] as object | undefined), ...(settings === undefined ? {} : { [plugin]: settings }) } };
}

const OF_HOST: ReadonlySet<string> = new Set([RegistryService, PolicyService, ClockService, LoggerService, SettingsService].map(({ id }) => id));

function isOfHost({ token }: FakeService): boolean {
  return OF_HOST.has(token.id);
}

/** The other plugins of a host: real ones, and fakes. */
async function othersOf(plugin: KnownPlugin, { plugins = [], fakes = [] }: TestHostOptions): Promise<readonly PluginInput[]> {
  const services = fakes.filter((fake): fake is FakeService => fake.kind === 'service' && !isOfHost(fake));
  const faked = fakes.filter((fake): fake is FakePlugin => fake.kind === 'plugin');
  if (services.length > 0) faked.push(fakePlugin('fakes', { version: '1.0.0', services }));
  refuseMissing(plugin, new Set(faked.map(({ name }) => name)), plugins);
  return [...plugins, ...(await Promise.all(faked.map(async (fake) => pluginOfFake(fake, fake.version ?? (await lowest(plugin, fake.name))))))];
}

function refuseMissing({ name, requires }: KnownPlugin, faked: ReadonlySet<string>, plugins: readonly PluginInput[]): void {
  // What is named by a string is known only when the host has it.
  if (plugins.some((other) => typeof other === 'string')) return;
  const there = new Set([...faked, ...plugins.flatMap((other) => (typeof other === 'string' ? [] : [knownPlugin(other).name]))]);
  const missing = Object.entries(requires).filter(([required]) => !there.has(required));
  if (missing.length === 0) return;
  throw failure({
    message: `Plugin "${name}" requires plugins that this test host does not have.`,
    problems: missing.map(([required, range]) => `"${required}", ${range}`),
    remedy: `Give it a fake, fakes: [fakePlugin('${missing[0]?.[0] ?? ''}', { services: […] })], or the plugin itself: plugins: […].`,
    actual: [...there],
    expected: Object.keys(requires),
  });
}

async function lowest({ requires }: KnownPlugin, name: string): Promise<string> {
  const range = requires[name];
  if (range === undefined) return '1.0.0';
  const { default: minVersion } = await import('semver/ranges/min-version.js');
  try {
    return minVersion(range)?.version ?? '1.0.0';
  } catch {
    // The host says what is wrong with the range.
    return '1.0.0';
  }
}

/** What of `members` is there: an option that is `undefined` is as good as left out. */
function defined<Members extends object>(members: Members): { [Name in keyof Members]: Exclude<Members[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as { [Name in keyof Members]: Exclude<Members[Name], undefined> };
}
