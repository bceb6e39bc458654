import {
  commandOptionsOf,
  type CommandClass, type CommandRecord, type Execution, type Logger, type StartOptions,
} from '../contract/index.js';
import { catalogued, messageOf } from '../errors/index.js';
import { checkInput, isPlainObject } from '../manifest/check-input.js';
import { uptime } from '../platform/index.js';
import { drain } from '../plugins/drain.js';
import type { HostEvents } from '../plugins/host-events.js';
import type { PluginRegistry } from '../plugins/plugin-registry.js';
import type { PluginUnit } from '../plugins/plugin-unit.js';
import { createContext, type Ask, type Confirm } from './command-context.js';
import { RunningExecution } from './execution.js';
import type { Executor } from './executor.js';
import { ExecutionOutput } from './output.js';

/** What running commands needs from its host. */
export interface CommandsHost {
  readonly registry: PluginRegistry;
  readonly executor: Executor;
  readonly events: HostEvents;
  readonly logger: Logger;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly confirm: Confirm | undefined;
  readonly ask: Ask | undefined;
  /** The plugin's own settings, frozen. */
  readonly settingsOf: (plugin: string) => Readonly<Record<string, unknown>>;
}

/** Runs commands: finds them, checks their input, hands them to an executor, and tells what happens. */
export class HostCommands {
  readonly #host: CommandsHost;
  /** Tells the executions of this host from those of others, also in other processes. */
  readonly #prefix = `${String(process.pid)}-${Math.random().toString(36).slice(2, 10)}`;
  readonly #running = new Set<RunningExecution>();
  #count = 0;
  #isClosing = false;
  #isClosed = false;

  constructor(host: CommandsHost) {
    this.#host = host;
  }

  /** Starts a command; whatever goes wrong, also before it begins, is the failure of the execution. */
  start(command: string | CommandClass, input: object = {}, options: StartOptions = {}): Execution {
    return this.#start(command, input, options, this.#isClosing);
  }

  /**
   * From now on executions fail with `DISPOSED`. Those under way get `patience` milliseconds to end, and may run other
   * commands meanwhile; then they are cancelled, and get `grace` milliseconds to heed that.
   */
  async close(patience: number, grace: number): Promise<void> {
    this.#isClosing = true;
    await drain(this.#running, 'the host is being disposed', patience, grace);
    this.#isClosed = true;
  }

  #start(command: string | CommandClass, input: object, options: StartOptions, isRefused: boolean): Execution {
    this.#count += 1;
    const path = pathOf(command);
    const execution = new RunningExecution(`${this.#prefix}-${String(this.#count)}`, path, options, (own) => {
      if (isRefused) throw catalogued('DISPOSED', { subject: 'This Structum' });
      return this.#carryOut(own, path, input, options);
    });
    this.#running.add(execution);
    void execution.settled.then(() => this.#running.delete(execution));
    return execution;
  }

  async #carryOut(execution: RunningExecution, path: string, given: object, options: StartOptions): Promise<unknown> {
    const { record, unit } = this.#find(path);
    // Before anything is waited for: a plugin must not be taken down under a command that was found.
    unit.running.add(execution);
    try {
      return await this.#execute(execution, record, unit, this.#checked(record, given), options);
    } finally {
      unit.running.delete(execution);
    }
  }

  #find(path: string): { record: CommandRecord; unit: PluginUnit } {
    const { registry } = this.#host;
    const record = registry.command(path);
    const unit = record === undefined ? undefined : registry.unit(record.plugin);
    if (record === undefined || unit === undefined) throw catalogued('COMMAND_UNKNOWN', { command: path, suggestions: registry.suggest(path) });
    return { record, unit };
  }

  #checked(record: CommandRecord, given: object): Readonly<Record<string, unknown>> {
    let copy: unknown;
    try {
      copy = structuredClone(given);
    } catch (error) {
      throw catalogued('INPUT_NOT_CLONEABLE', { command: record.path, reason: messageOf(error) }, error);
    }
    if (!isPlainObject(copy)) {
      throw catalogued('INPUT_INVALID', { command: record.path, problems: [{ field: '', rule: 'type', message: 'must be an object', received: copy }] });
    }
    const { input, problems } = checkInput(record.manifest.input, copy, this.#host.env);
    if (problems.length > 0) throw catalogued('INPUT_INVALID', { command: record.path, problems });
    return input;
  }

  async #execute(
    execution: RunningExecution,
    record: CommandRecord,
    unit: PluginUnit,
    input: Readonly<Record<string, unknown>>,
    options: StartOptions,
  ): Promise<unknown> {
    const { events, executor, logger, env, cwd, confirm, ask, settingsOf } = this.#host;
    const identity = { command: record.path, plugin: unit.name, execution: execution.id };
    const output = new ExecutionOutput(record.path, options.output);
    let began: number | undefined;
    let outcome: 'done' | 'failed' = 'failed';
    try {
      const result = await executor.execute({
        unit,
        command: record.manifest,
        input,
        context: createContext(execution, {
          record, unit, output, logger, env,
          config: settingsOf(unit.name),
          cwd: options.cwd ?? cwd,
          confirm: options.confirm ?? confirm,
          ask: options.ask ?? ask,
          run: (command, inner, nested) => this.#start(command, inner, nested, this.#isClosed).result,
        }),
        render: options.output !== undefined && options.render !== false,
        collect: options.collect !== false,
        onItem: (item) => execution.events.pushItem(item),
        onStart: () => {
          began = uptime();
          events.emit('command:started', identity);
        },
      });
      await output.settle();
      outcome = 'done';
      return result;
    } finally {
      if (began !== undefined) {
        const finished = execution.signal.aborted ? 'cancelled' : outcome;
        events.emit('command:finished', { ...identity, outcome: finished, duration: uptime() - began });
      }
    }
  }
}

/** Plain JavaScript may pass anything. */
function pathOf(command: unknown): string {
  if (typeof command !== 'function') return String(command);
  return commandOptionsOf(command)?.path ?? command.name;
}
