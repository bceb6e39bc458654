import { statSync } from 'node:fs';
import { parse, resolve } from 'node:path';
import { ExitCode, keepInspectorShut, similar, Structum, StructumError, type CommandRecord, type PluginInput, type StructumOptions } from '@structum/core';
import { uptime } from './clock.js';
import { GLOBAL_OPTIONS, RESERVED_FLAGS, type GlobalValues } from './command-line/global-options.js';
import { readLeading, takeGlobal, type Leading } from './command-line/leading.js';
import { findTarget, HELP, type Target } from './command-line/target.js';
import { danglingLinks } from './dangling-links.js';
import { usageErrors } from './errors.js';
import { cliFolders } from './folders.js';
import type { Program } from './help/overview.js';
import { runCommand, type RoutedCommand } from './run-command.js';
import { jsonOf } from './terminal/json.js';
import { Terminal } from './terminal/terminal.js';
import { Timings } from './timings.js';

declare const __STRUCTUM_VERSION__: string | undefined;

/** What a command line is made of. */
export interface CliOptions {
  /** What people type to run it; `structum` when left out. */
  readonly name?: string;
  /** What `--version` prints; that of `@structum/cli` when left out. */
  readonly version?: string;
  /** One line for the help. */
  readonly description?: string;
  /** The words after the program's name; those of the process when left out. */
  readonly argv?: readonly string[];
  /** Where plugins are looked for: `import.meta.url` or `__filename` of the program. */
  readonly from?: StructumOptions['from'];
  /**
   * Whether packages with a manifest are found by themselves, beside the program, in the user's folders and in the
   * project, and what the user and the project decided about them counts; true when left out.
   */
  readonly discover?: boolean;
  /** Plugins that are there in any case. */
  readonly plugins?: readonly PluginInput[];
  /** Settings, as `Structum.create()` takes them. */
  readonly config?: StructumOptions['config'];
  /** The environment variables; those of the process when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs one command line, from its words to its exit code: `process.exitCode = await runCli({ from: __filename })`.
 *
 * Results go to standard output, everything else to standard error. Never rejects: whatever goes wrong is told.
 */
export async function runCli(options: CliOptions = {}): Promise<number> {
  const timings = new Timings();
  timings.add('start', uptime());
  const globals: GlobalValues = {};
  const terminal = new Terminal(globals, options.env ?? process.env);
  try {
    return await new CommandLine(options, globals, terminal, timings).run();
  } catch (error) {
    terminal.report(error);
    return StructumError.is(error) ? error.exitCode : ExitCode.failed;
  } finally {
    if (globals.timings === true) terminal.stderr.write(timings.report(globals.json === true));
  }
}

class CommandLine {
  readonly #options: CliOptions;
  readonly #program: Program;
  readonly #globals: GlobalValues;
  readonly #terminal: Terminal;
  readonly #timings: Timings;
  /** Why hardly any command can run: what the user decided cannot be read. */
  #problem: StructumError | undefined;
  /** Where links to plugins under development are. */
  #linkFolder: string | undefined;

  constructor(options: CliOptions, globals: GlobalValues, terminal: Terminal, timings: Timings) {
    this.#options = options;
    this.#program = {
      name: options.name ?? 'structum',
      version: options.version ?? (typeof __STRUCTUM_VERSION__ === 'string' ? __STRUCTUM_VERSION__ : '0.0.0'),
      description: options.description ?? 'Work on your projects with plugins.',
    };
    this.#globals = globals;
    this.#terminal = terminal;
    this.#timings = timings;
  }

  async run(): Promise<number> {
    const argv = this.#options.argv ?? process.argv.slice(2);
    if (argv[0] === COMPLETE) return this.#complete(argv.slice(1));
    const leading = this.#readLeading(argv);
    if (this.#globals.version === true) return this.#print(`${this.#program.version}\n`);
    // The host needs these before the command's own options can be read; none of those takes one of these for its value.
    const globals = { ...this.#globals };
    liftGlobals(leading.rest, globals);
    const folder = workingFolder(globals.cwd);
    return this.#withHost(folder, globals, (host) => this.#answer(host, leading, folder));
  }

  /** Whatever becomes of `work`, nothing of a plugin is left behind. */
  async #withHost(folder: WorkingFolder, globals: GlobalValues, work: (host: Structum) => Promise<number>): Promise<number> {
    keepInspectorShut();
    const host = await this.#createHost(folder, globals);
    try {
      return await work(host);
    } finally {
      await host.dispose();
    }
  }

  /** Where the words make no sense, what follows them still says how to tell it. */
  #readLeading(argv: readonly string[]): Leading {
    try {
      return readLeading(argv, this.#globals);
    } catch (error) {
      liftGlobals(argv, this.#globals);
      throw error;
    }
  }

  async #createHost(folder: WorkingFolder, globals: GlobalValues): Promise<Structum> {
    // What is wrong with plugins that nobody asked for is told by --verbose only.
    this.#terminal.applyLogOptions({ untilReady: true });
    const { discover = true, env = process.env } = this.#options;
    if (!discover) return this.#create(folder, { discover });
    const folders = cliFolders(env, folder.problem === undefined ? folder.path : undefined, globals);
    if (typeof folders.discover === 'object') this.#linkFolder = folders.discover.linkFolder;
    try {
      return await this.#create(folder, folders);
    } catch (error) {
      if (!isConfigProblem(error)) throw error;
      // Help is given all the same, and what helps to mend it runs; nothing else that may have been decided against.
      this.#problem = error;
      return this.#create(folder, { ...folders, configProblems: 'warn', activateOnStart: false });
    }
  }

  async #create({ path: cwd }: WorkingFolder, sources: StructumOptions): Promise<Structum> {
    const { from, plugins = [], config, env = process.env } = this.#options;
    const host = await Structum.create({
      activateOnStart: 'before-first-command',
      ...sources, plugins, cwd, env,
      ...(from === undefined ? {} : { from }),
      ...(config === undefined ? {} : { config }),
      logger: this.#terminal.logger,
      on: { warning: ({ error }) => { if (StructumError.is(error) && CONFIG_NOTICES.has(error.code)) this.#terminal.postpone(error); } },
      reservedFlags: RESERVED_FLAGS,
      reservedWords: [HELP],
    });
    this.#terminal.keepSecretsOf(host);
    this.#timings.add('create', host.timings.create - host.timings.discovery);
    this.#timings.add('discovery', host.timings.discovery);
    return host;
  }

  async #answer(host: Structum, { words, rest }: Leading, folder: WorkingFolder): Promise<number> {
    const target = findTarget(host.registry, words);
    if (target.kind === 'command') {
      return runCommand({
        host, program: this.#program, command: target.command, args: [...target.args, ...rest],
        routeAgain: () => this.#routeAgain(host, { words, rest }),
        globals: this.#globals, terminal: this.#terminal, timings: this.#timings, problem: folder.problem ?? this.#problemWith(host, target.command),
      });
    }
    liftGlobals(rest, this.#globals);
    this.#terminal.applyLogOptions();
    if (this.#globals.version === true) return this.#print(`${this.#program.version}\n`);
    if (target.kind !== 'help') throw this.#noCommand(host, target);
    const stray = rest[0];
    if (stray !== undefined && this.#globals.help !== true) throw strayOption(stray, target.group, this.#program.name);
    return this.#help(host, target.group);
  }

  /** Throws why there is no command now. */
  #routeAgain(host: Structum, { words, rest }: Leading): RoutedCommand {
    const target = findTarget(host.registry, words);
    if (target.kind === 'command') return { command: target.command, args: [...target.args, ...rest] };
    throw this.#noCommand(host, target.kind === 'help' ? { kind: 'unknown', path: words.join(' '), suggestions: host.registry.suggest(words.join(' ')) } : target);
  }

  #noCommand({ registry }: Structum, target: Exclude<Target, { readonly kind: 'command' | 'help' }>): StructumError {
    const links = this.#linkFolder === undefined ? [] : danglingLinks(this.#linkFolder);
    return usageErrors.commandUnknown(target.path, target.suggestions, this.#program.name, registry.problems(), links);
  }

  /** Whoever broke a policy needs plugins like `plugins` to see what is wrong with it. */
  #problemWith({ registry }: Structum, { plugin }: CommandRecord): StructumError | undefined {
    const record = this.#problem === undefined ? undefined : registry.plugin(plugin);
    return record?.category === 'core' && record.tier === 'host' ? undefined : this.#problem;
  }

  async #help(host: Structum, group: string | undefined): Promise<number> {
    const commands = group === undefined ? host.registry.commands : host.registry.group(group);
    if (this.#globals.json === true) {
      const { helpData } = await import('./help/help-data.js');
      return this.#print(`${jsonOf(helpData(this.#program, commands, host.registry), this.#terminal.stdout.isTerminal) ?? ''}\n`);
    }
    const { groupHelp, overview } = await import('./help/overview.js');
    const { pageOptions } = await import('./help/page.js');
    const page = pageOptions(this.#terminal.stdout);
    if (group === undefined) return this.#print(overview(this.#program, host.registry, page));
    return this.#print(groupHelp(this.#program, group, commands, page));
  }

  async #complete(words: readonly string[]): Promise<number> {
    const { complete, formatCompletion } = await import('./complete.js');
    return this.#withHost(workingFolder(undefined), {}, (host) => this.#print(formatCompletion(complete(words, host.registry))));
  }

  async #print(text: string): Promise<number> {
    void this.#terminal.stdout.write(text);
    await this.#terminal.stdout.flush();
    return 0;
  }
}

/** What shells call to complete a line: `structum __complete -- tree --the`. */
const COMPLETE = '__complete';

/** What is wrong with files and variables that settings come from. */
const CONFIG_PROBLEMS: ReadonlySet<string> = new Set(['CONFIG_AMBIGUOUS', 'CONFIG_FILE_INVALID', 'CONFIG_INVALID', 'CONFIG_UNREADABLE', 'CONFIG_UNUSABLE']);

/** What of a configuration is gone on without. */
const CONFIG_NOTICES: ReadonlySet<string> = new Set([...CONFIG_PROBLEMS, 'CONFIG_DEPRECATED', 'CONFIG_IGNORED', 'CONFIG_KEY_UNKNOWN', 'CONFIG_VARIABLE_UNKNOWN']);

function isConfigProblem(error: unknown): error is StructumError {
  return StructumError.is(error) && CONFIG_PROBLEMS.has(error.code);
}

function liftGlobals(args: readonly string[], globals: GlobalValues): void {
  for (let index = 0; index < args.length && args[index] !== '--'; index += 1) {
    try {
      takeGlobal(args, index, globals);
    } catch {
      // Something else is wrong already, and will be told.
    }
  }
}

function strayOption(token: string, group: string | undefined, program: string): StructumError {
  const suggestions = token === '--' ? [] : similar(token, GLOBAL_OPTIONS.flatMap(({ flags }) => flags));
  if (suggestions.length > 0) return usageErrors.optionUnknown(token, suggestions);
  return usageErrors.commandMissing(token, group === undefined ? program : `${program} ${group}`);
}

/** Where commands work. */
interface WorkingFolder {
  /** Absolute; the system's root when there is a problem, because help is given anywhere. */
  readonly path: string;
  /** `FOLDER_UNUSABLE`: why no command can run there. */
  readonly problem: StructumError | undefined;
}

function workingFolder(given: string | undefined): WorkingFolder {
  try {
    const path = resolve(given ?? '.');
    if (given === undefined || statSync(path).isDirectory()) return { path, problem: undefined };
  } catch {
    // Told below, like a file in its place.
  }
  return { path: parse(process.execPath).root, problem: given === undefined ? usageErrors.folderGone() : usageErrors.folderUnusable(given) };
}
