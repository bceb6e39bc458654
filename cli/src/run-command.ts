import { ExitCode, StructumError, type CommandManifest, type CommandRecord, type Execution, type StartOptions, type Structum } from '@structum/core';
import { fieldsOf, type Fields } from './command-line/fields.js';
import type { GlobalValues } from './command-line/global-options.js';
import { inputOf } from './command-line/input.js';
import { readTail, type Tail } from './command-line/tail.js';
import { CrashWatch } from './crashes.js';
import { USAGE_CODES } from './errors.js';
import type { Program } from './help/overview.js';
import { SignalWatch } from './signals.js';
import { jsonOf } from './terminal/json.js';
import type { Terminal } from './terminal/terminal.js';
import type { Timings } from './timings.js';

/** What the words of a command line mean. */
export interface RoutedCommand {
  readonly command: CommandRecord;
  /** What follows the command's words. */
  readonly args: readonly string[];
}

/** A command to run, and everything around it. */
export interface CommandRun extends RoutedCommand {
  readonly host: Structum;
  readonly program: Program;
  /** What the words mean by now: plugins may have changed. Throws why there is no such command. */
  readonly routeAgain: () => RoutedCommand;
  readonly globals: GlobalValues;
  readonly terminal: Terminal;
  readonly timings: Timings;
  /** Why it cannot run; its help can be had all the same. */
  readonly problem: StructumError | undefined;
}

/** Runs a command, or prints its help, and gives the exit code. */
export async function runCommand(run: CommandRun): Promise<number> {
  const { command, args, globals, terminal, program } = run;
  const fields = fieldsOf(command.manifest);
  const tail = readTail(args, fields, globals);
  terminal.applyLogOptions();
  // A look at everything warns of what cannot be used, which nobody else asks for.
  if (globals.verbose === true) run.host.registry.problems();
  if (globals.version === true) return print(terminal, `${program.version}\n`);
  if (globals.help === true) return printHelp(run);
  try {
    const problem = tail.problem ?? run.problem;
    if (problem !== undefined) throw problem;
    terminal.tellPostponed();
    warnOfDeprecated(run, tail);
    if (globals.watch === true) {
      const { watchCommand } = await import('./watch/watched-command.js');
      return await watchCommand(run);
    }
    return await execute(run, await run.timings.measure('parse', () => inputOf(tail, fields)));
  } catch (error) {
    return await reportFailure(run, fields, error);
  }
}

/** A command as this host calls it, which may be another name than its plugin has for it. */
function named({ path, manifest }: CommandRecord): CommandManifest {
  return { ...manifest, path };
}

async function printHelp({ host, program, command, terminal, globals }: CommandRun): Promise<number> {
  if (globals.json === true) {
    const { commandData } = await import('./help/help-data.js');
    return print(terminal, `${jsonOf(commandData(command, host.registry), terminal.stdout.isTerminal) ?? ''}\n`);
  }
  const { commandHelp } = await import('./help/command-help.js');
  const { pageOptions } = await import('./help/page.js');
  return print(terminal, commandHelp(program.name, named(command), host.registry.plugin(command.plugin)?.reason, pageOptions(terminal.stdout)));
}

function warnOfDeprecated({ command, terminal }: CommandRun, tail: Tail): void {
  const { path, manifest: { deprecated } } = command;
  if (deprecated !== undefined) terminal.logger.warn(`The command "${path}" is deprecated: ${deprecated}`);
  const options = new Map(tail.options.map(({ field, flag }) => [field, flag]));
  for (const [{ binding }, flag] of options) {
    if (binding.deprecated !== undefined) terminal.logger.warn(`The option ${flag} is deprecated: ${binding.deprecated}`);
  }
}

async function execute(run: CommandRun, input: object): Promise<number> {
  const { host, terminal, timings, globals } = run;
  timings.follow(host);
  const execution = start(run, input);
  const signals = watchSignals(execution, terminal);
  const crashes = new CrashWatch(host.registry);
  terminal.onClosed(() => { execution.cancel('the reader of the output has gone'); });
  try {
    const exitCode = await finish(run, execution, crashes);
    return signals.exitCode ?? exitCode;
  } catch (error) {
    if (signals.exitCode !== undefined) {
      if (globals.json === true || globals.verbose === true) terminal.report(error);
      return signals.exitCode;
    }
    if (terminal.stdout.isClosed) return 0;
    execution.cancel();
    throw error;
  } finally {
    terminal.stderr.clear();
    terminal.prompt.close();
    await timings.measure('dispose', () => host.dispose());
    crashes.stop();
    await terminal.stdout.flush();
    signals.stop();
    // The thread of an abandoned write would hold up any other end.
    if (terminal.stdout.isAbandoned && signals.signal !== undefined) process.kill(process.pid, signals.signal);
  }
}

/** Starts the command as the command line wants it. */
export function start(run: CommandRun, input: object): Execution {
  return run.host.start(run.command.path, input, runOptions(run));
}

/** Writes what an execution gives until it ends, or a plugin crashes, and gives its exit code. */
export async function finish(run: CommandRun, execution: Execution, crashes: CrashWatch): Promise<number> {
  const { command, terminal, timings, globals } = run;
  const [result] = await Promise.race([Promise.all([execution.result, follow(execution, run)]), crashes.crashed]);
  // The items of a stream have been written one by one.
  if (globals.json === true && command.manifest.streams !== true) await writeJson(terminal, result);
  await timings.measure('output', () => terminal.stdout.flush());
  return execution.exitCode;
}

function runOptions({ globals, terminal }: CommandRun): StartOptions {
  const { prompt } = terminal;
  return {
    collect: false,
    ...(globals.json === true ? { redact: true } : { output: terminal.stdout }),
    ...(prompt.isPossible ? { confirm: (question) => prompt.confirm(question), ask: (question) => prompt.ask(question) } : {}),
  };
}

/** Shows progress, and in JSON the items of a stream; read in any case, because a stream waits for its reader. */
async function follow(execution: Execution, { terminal, globals }: CommandRun): Promise<void> {
  const bar = terminal.showsProgress ? await terminal.progressBar() : undefined;
  for await (const event of execution) {
    if (event.type === 'progress') bar?.report(event);
    else if (event.type === 'item' && globals.json === true) await terminal.stdout.write(`${jsonOf(event.item, false) ?? 'null'}\n`);
  }
}

async function writeJson(terminal: Terminal, result: unknown): Promise<void> {
  await terminal.stdout.write(`${jsonOf(result, terminal.stdout.isTerminal) ?? 'null'}\n`);
}

function watchSignals(execution: Execution, terminal: Terminal): SignalWatch {
  return new SignalWatch({
    cancel: (signal) => {
      terminal.stderr.clear();
      execution.cancel(signal);
      terminal.stdout.interrupt();
      terminal.prompt.cancel();
      // A reader that takes nothing any more, like a pager, must not keep the command from ending.
      setTimeout(() => { terminal.stdout.abandon(); }, GRACE_MS).unref();
    },
    abort: (exitCode, signal) => {
      terminal.stderr.clear();
      terminal.stdout.abandon();
      if (terminal.stdout.isAbandoned) process.kill(process.pid, signal);
      else process.exit(exitCode);
    },
  });
}

const GRACE_MS = 500;

/** Tells why a command failed, and gives the exit code. */
export async function reportFailure({ terminal, program, command }: CommandRun, fields: Fields, error: unknown): Promise<number> {
  if (!StructumError.is(error) || !USAGE_CODES.has(error.code)) terminal.report(error);
  else {
    const { usageOf } = await import('./help/command-help.js');
    const labels = new Map<string, string>([
      ...fields.arguments.map(({ name }): [string, string] => [name, `<${name}>`]),
      ...fields.options.map(({ name, binding }): [string, string] => [name, binding.flags.find((flag) => flag.startsWith('--')) ?? binding.flags[0] ?? name]),
    ]);
    terminal.report(error, { usage: usageOf(program.name, named(command)), labels });
  }
  return StructumError.is(error) ? error.exitCode : ExitCode.failed;
}

async function print(terminal: Terminal, text: string): Promise<number> {
  void terminal.stdout.write(text);
  await terminal.stdout.flush();
  return 0;
}
