import type { Execution, Reloaded, StructumError } from '@structum/core';
import { fieldsOf } from '../command-line/fields.js';
import { inputOf } from '../command-line/input.js';
import { readTail } from '../command-line/tail.js';
import { CrashWatch } from '../crashes.js';
import { finish, reportFailure, start, type CommandRun, type RoutedCommand } from '../run-command.js';
import { SignalWatch } from '../signals.js';
import { PluginWatches } from './plugin-watches.js';

/**
 * Runs a command, and again each time its plugin, or one that this needs, was reloaded because its files changed, or what
 * is decided about plugins has changed; until somebody ends it. Gives the exit code.
 */
export async function watchCommand(run: CommandRun): Promise<number> {
  const watched = new WatchedCommand(run);
  try {
    return await watched.run();
  } finally {
    await watched.end();
  }
}

class WatchedCommand {
  readonly #run: CommandRun;
  readonly #signals: SignalWatch;
  readonly #watches: PluginWatches;
  #execution: Execution | undefined;
  #isOver = false;
  #hasChanged = false;
  #wake = (): void => undefined;

  constructor(run: CommandRun) {
    this.#run = run;
    const { terminal, host } = run;
    this.#watches = new PluginWatches(host, {
      onReload: (reloaded) => { this.#onReload(reloaded); },
      onConfig: () => { this.#onConfig(); },
      onError: (error) => { this.#onError(error); },
      onUnwatchable: (error) => { terminal.logger.debug(error.message); },
    });
    terminal.onClosed(() => { this.#stop('the reader of the output has gone'); });
    this.#signals = new SignalWatch({
      cancel: (signal) => { this.#stop(signal); },
      abort: (exitCode) => { process.exit(exitCode); },
    });
  }

  async run(): Promise<number> {
    const { terminal, command } = this.#run;
    this.#watches.begin(command.plugin);
    for (let isOver = false; !isOver; isOver = await this.#changed()) {
      this.#hasChanged = false;
      await this.#runOnce();
      if (!this.#isDue()) terminal.logger.info(`Waiting for changes of plugin "${this.#watches.plugin}". Ctrl-C ends this.`);
    }
    return this.#signals.exitCode ?? 0;
  }

  async end(): Promise<void> {
    const { host, terminal } = this.#run;
    this.#watches[Symbol.dispose]();
    terminal.stderr.clear();
    terminal.prompt.close();
    await host.dispose();
    await terminal.stdout.flush();
    this.#signals.stop();
  }

  #onReload({ plugin, version, duration }: Reloaded): void {
    const waits = this.#execution === undefined ? '' : ' The command that is running ends on the version it began on.';
    this.#run.terminal.logger.info(`Reloaded plugin "${plugin}" ${version} in ${duration.toFixed(0)} ms.${waits}`);
    this.#onChange();
  }

  #onConfig(): void {
    this.#run.terminal.logger.info('The configuration has changed.');
    this.#onChange();
  }

  #onChange(): void {
    this.#hasChanged = true;
    this.#wake();
  }

  #onError(error: StructumError): void {
    const { terminal } = this.#run;
    if (error.code === 'WATCH_OWN_CHANGES') terminal.logger.warn(error.message, { hint: error.hint });
    else terminal.report(error);
  }

  /** Waits until something changed; whether it is over instead. What plugins throw meanwhile is told, the same once. */
  async #changed(): Promise<boolean> {
    if (this.#isDue()) return this.#isOver;
    const told = new Set<string>();
    const crashes = new CrashWatch(this.#run.host.registry, (error) => {
      if (!told.has(error.message)) this.#run.terminal.report(error);
      told.add(error.message);
    });
    // Where no plugin can be watched, the watch of the configuration alone would let the process end.
    const waiting = setInterval(() => undefined, LONG);
    await new Promise<void>((resolve) => { this.#wake = resolve; });
    clearInterval(waiting);
    crashes.stop();
    return this.#isOver;
  }

  /** Whether there is nothing to wait for. */
  #isDue(): boolean {
    return this.#isOver || this.#hasChanged;
  }

  /** The command may be another one by now, or gone. */
  async #runOnce(): Promise<void> {
    const { terminal } = this.#run;
    let routed: RoutedCommand;
    try {
      routed = this.#run.routeAgain();
    } catch (error) {
      terminal.report(error);
      return;
    }
    await this.#watches.follow(routed.command.plugin);
    await this.#execute({ ...this.#run, ...routed });
  }

  async #execute(run: CommandRun): Promise<void> {
    const { command, args, globals, terminal } = run;
    const fields = fieldsOf(command.manifest);
    const crashes = new CrashWatch(run.host.registry);
    try {
      const tail = readTail(args, fields, globals);
      if (tail.problem !== undefined) throw tail.problem;
      this.#execution = start(run, await inputOf(tail, fields));
      const exitCode = await finish(run, this.#execution, crashes);
      if (exitCode !== 0) terminal.logger.info(`The command ended with exit code ${String(exitCode)}.`);
    } catch (error) {
      this.#execution?.cancel();
      if (!this.#isOver) await reportFailure(run, fields, error);
    } finally {
      crashes.stop();
      terminal.stderr.clear();
      this.#execution = undefined;
    }
  }

  #stop(reason: string): void {
    const { terminal } = this.#run;
    this.#isOver = true;
    terminal.stderr.clear();
    this.#execution?.cancel(reason);
    terminal.stdout.interrupt();
    terminal.prompt.cancel();
    this.#wake();
  }
}

/** In milliseconds. */
const LONG = 60 * 60 * 1000;
