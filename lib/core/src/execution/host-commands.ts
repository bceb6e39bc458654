import {
  commandOptionsOf,
  type CommandClass, type CommandContext, type CommandRecord, type Execution, type Logger, type Question, type StartOptions,
} from '../contract/index.js';
import { catalogued, messageOf } from '../errors/index.js';
import { checkInput } from '../manifest/check-input.js';
import { createLogger, teeLogger } from '../monitoring/index.js';
import { uptime } from '../platform/index.js';
import type { HostEvents } from '../plugins/host-events.js';
import type { PluginRegistry } from '../plugins/plugin-registry.js';
import type { PluginUnit } from '../plugins/plugin-unit.js';
import { RunningExecution } from './execution.js';
import type { Executor } from './executor.js';
import { createOutput } from './output.js';

/** What running commands needs from its host. */
export interface CommandsHost {
  readonly registry: PluginRegistry;
  readonly executor: Executor;
  readonly events: HostEvents;
  readonly logger: Logger;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly confirm: ((question: Question) => boolean | Promise<boolean>) | undefined;
  /** The plugin's own settings, frozen. */
  settingsOf(plugin: string): Readonly<Record<string, unknown>>;
}

/** Runs commands: finds them, checks their input, hands them to an executor, and tells what happens. */
export class HostCommands {
  readonly #host: CommandsHost;
  #count = 0;
  #closed = false;

  constructor(host: CommandsHost) {
    this.#host = host;
  }

  /** Starts a command; whatever goes wrong, also before it begins, is the failure of the execution. */
  start(command: string | CommandClass, input: object = {}, options: StartOptions = {}): Execution {
    this.#count += 1;
    const path = typeof command === 'string' ? command : (commandOptionsOf(command)?.path ?? command.name);
    const id = `${String(process.pid)}-${String(this.#count)}`;
    return new RunningExecution(id, path, options, (execution) => this.#carryOut(execution, path, input, options));
  }

  /** From now on executions fail with `DISPOSED`. */
  close(): void {
    this.#closed = true;
  }

  async #carryOut(execution: RunningExecution, path: string, given: object, options: StartOptions): Promise<unknown> {
    if (this.#closed) throw catalogued('DISPOSED', { subject: 'This Structum' });
    const { record, unit } = await this.#find(path);
    const input = this.#checked(record, given);
    unit.running.add(execution);
    const { events, executor } = this.#host;
    const identity = { command: record.path, plugin: unit.name, execution: execution.id };
    let began = 0;
    let outcome: 'done' | 'failed' = 'failed';
    try {
      const result = await executor.execute({
        unit,
        command: record.manifest,
        input,
        context: this.#contextOf(execution, record, unit, options),
        render: options.output !== undefined && options.render !== false,
        collect: options.collect !== false,
        onItem: (item) => execution.events.pushItem(item),
        onStart: () => {
          began = uptime();
          events.emit('command:started', identity);
        },
      });
      outcome = 'done';
      return result;
    } finally {
      unit.running.delete(execution);
      if (began > 0) {
        const finished = execution.signal.aborted ? 'cancelled' : outcome;
        events.emit('command:finished', { ...identity, outcome: finished, duration: uptime() - began });
      }
    }
  }

  async #find(path: string): Promise<{ record: CommandRecord; unit: PluginUnit }> {
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
    if (!isObject(copy)) {
      throw catalogued('INPUT_INVALID', { command: record.path, problems: [{ field: '', rule: 'type', message: 'must be an object', received: copy }] });
    }
    const { input, problems } = checkInput(record.manifest.input, copy, this.#host.env);
    if (problems.length > 0) throw catalogued('INPUT_INVALID', { command: record.path, problems });
    return input;
  }

  #contextOf(execution: RunningExecution, record: CommandRecord, unit: PluginUnit, options: StartOptions): CommandContext {
    const { env, cwd, logger } = this.#host;
    const nested = { signal: execution.signal, cwd: options.cwd ?? cwd, ...(options.confirm === undefined ? {} : { confirm: options.confirm }) };
    const run = (command: string | CommandClass, input?: object): Promise<unknown> => this.start(command, input, nested).result;
    return {
      command: record.path,
      plugin: { name: unit.name, version: unit.manifest.version },
      executionId: execution.id,
      signal: execution.signal,
      logger: teeLogger(logger.child({ plugin: unit.name, command: record.path }), executionLogger(execution, unit.name)),
      config: this.#host.settingsOf(unit.name),
      progress: {
        report: (update) => {
          execution.events.push({ type: 'progress', ...update });
        },
      },
      output: createOutput(record.path, options.output),
      cwd: options.cwd ?? cwd,
      env,
      confirm: (question) => this.#confirm(record.path, question, options),
      run,
      setExitCode: (code) => {
        execution.exitCode = code;
      },
    };
  }

  async #confirm(command: string, asked: string | Question, options: StartOptions): Promise<boolean> {
    const question = typeof asked === 'string' ? { message: asked } : asked;
    const confirm = options.confirm ?? this.#host.confirm;
    if (confirm === undefined) throw catalogued('CONFIRMATION_UNAVAILABLE', { command, question: question.message });
    return confirm(question);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Puts a command's log lines among the events of its execution. */
function executionLogger(execution: RunningExecution, plugin: string): Logger {
  return createLogger({
    level: 'info',
    fields: { plugin },
    write: (record) => {
      execution.events.push({ type: 'log', record });
    },
  });
}
