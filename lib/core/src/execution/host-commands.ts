import {
  CALL_PRIORITIES, ConfigService, optionError, optionRules,
  type CommandClass, type CommandRecord, type Execution, type Logger, type OptionRules, type PluginState, type ResolvedPermissions, type SecurityPolicy, type StartOptions,
} from '../contract/index.js';
import { catalogued, messageOf, type StructumError } from '../errors/index.js';
import { checkInput, settingsFor, type InputSources } from '../manifest/check-input.js';
import { isPlainObject } from '../manifest/plain-object.js';
import type { Redactor } from '../monitoring/index.js';
import { LONGEST_TIMER, unlessAborted, uptime } from '../platform/index.js';
import type { ActivationEvents } from '../plugins/activation-events.js';
import { drain } from '../plugins/drain.js';
import type { Lifecycle } from '../plugins/lifecycle.js';
import { settingsByKey } from '../plugins/plugin-settings.js';
import type { PluginRegistry } from '../plugins/plugin-registry.js';
import type { PluginUnit } from '../plugins/plugin-unit.js';
import { AuditedExecution, type RunObservers } from './audited-execution.js';
import { callVariables } from './call-variables.js';
import { commandPathOf } from './command-path.js';
import { createContext, type Ask, type Confirm } from './command-context.js';
import { RunningExecution } from './execution.js';
import type { CallerBounds, CommandCall, Executor } from './executor.js';
import { limitExceeded } from './limit-exceeded.js';
import { isMending } from './mending.js';
import { ExecutionOutput } from './output.js';
import { showData } from './show-data.js';

/** What running commands needs from its host. */
export interface CommandsHost extends RunObservers {
  readonly registry: PluginRegistry;
  readonly lifecycle: Lifecycle;
  readonly activation: ActivationEvents;
  readonly executor: Executor;
  /** What is decided about the containment of plugins, as it is in force by now. */
  readonly policy: () => SecurityPolicy;
  readonly logger: Logger;
  readonly redactor: Redactor;
  readonly cwd: string;
  /** Where plugins keep data of their own. */
  readonly dataFolder: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly confirm: Confirm | undefined;
  readonly ask: Ask | undefined;
}

/** Who starts a command. */
interface Origin {
  /** The plugins whose commands led to it, outermost first. */
  readonly callers: readonly PluginUnit[];
  /** What they may do, where they are confined. */
  readonly within?: CallerBounds | undefined;
  readonly isRefused: boolean;
}

interface Found {
  readonly record: CommandRecord;
  readonly unit: PluginUnit;
  /** Whether the plugin is on its way down, or down: another unit is to be waited for. */
  readonly isGone: boolean;
}

/** A call whose command was found, and whose input was checked. */
interface ReadyCall extends Pick<CommandCall, 'unit' | 'input' | 'given' | 'chain' | 'within'> {
  readonly record: CommandRecord;
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
    return this.#start(command, input, options, { callers: [], isRefused: this.#isClosing });
  }

  /**
   * From now on executions fail with `DISPOSED`. Those under way get `patience` milliseconds to end, and may run other
   * commands meanwhile; then they are cancelled, and get `grace` milliseconds to heed that.
   */
  async close(patience: number, grace: number): Promise<void> {
    this.#isClosing = true;
    await drain(this.#running, 'the host is being disposed', { patience, grace });
    this.#isClosed = true;
  }

  #start(command: string | CommandClass, input: object, options: StartOptions, origin: Origin): Execution {
    this.#count += 1;
    const path = commandPathOf(command);
    const problem = optionError('run()', options, START_OPTIONS);
    const audited = new AuditedExecution(this.#host);
    const ended = (failure: StructumError | undefined): void => {
      const outcome = failure === undefined ? 'done' : execution.signal.aborted ? 'cancelled' : 'failed';
      audited.ended({ outcome, exitCode: execution.exitCode }, failure);
    };
    const execution = new RunningExecution(`${this.#prefix}-${String(this.#count)}`, path, { redactor: this.#host.redactor, ended }, problem === undefined ? options : {}, (own) => {
      if (problem !== undefined) throw problem;
      if (origin.isRefused) throw catalogued('DISPOSED', { subject: 'This Structum' });
      return this.#carryOut(own, audited, path, input, options, origin);
    });
    this.#running.add(execution);
    void execution.settled.then(() => this.#running.delete(execution));
    return execution;
  }

  async #carryOut(execution: RunningExecution, audited: AuditedExecution, path: string, given: object, options: StartOptions, { callers, within }: Origin): Promise<unknown> {
    let found = this.#find(path, callers);
    while (found.isGone) {
      await unlessAborted(execution.signal, this.#host.lifecycle.current(found.unit));
      found = this.#find(path, callers);
    }
    const { record, unit } = found;
    // Before anything is waited for: a plugin must not be taken down under a command that was found.
    unit.running.add(execution);
    execution.plugin = unit.name;
    audited.found({ execution: execution.id, record, unit, within });
    try {
      const copy = copyOf(record, given);
      // What is wrong already need not wait for the plugin.
      const env = callVariables({ unit, within }, this.#host);
      const checked = this.#checked(record, copy, { env });
      if (!UNUSABLE.has(unit.state)) await this.#tellThoseWhoWait(found, execution.signal);
      const needsSettings = settingsFor(record.manifest.input, copy, env).length > 0;
      const input = needsSettings ? this.#checked(record, copy, { env, settings: await this.#settingsOf(unit, execution.signal) }) : checked;
      return await this.#execute(execution, audited, { record, unit, input, given: copy, chain: [...callers, unit], within }, options);
    } finally {
      unit.running.delete(execution);
    }
  }

  #find(path: string, callers: readonly PluginUnit[]): Found {
    const { registry, lifecycle } = this.#host;
    // What is missing may have come since what is there was found.
    const record = registry.view.command(path) ?? (registry.refresh() ? registry.view.command(path) : undefined);
    const unit = record === undefined ? undefined : registry.unit(record.plugin);
    if (record === undefined || unit === undefined) throw catalogued('COMMAND_UNKNOWN', { command: path, suggestions: registry.view.suggest(path) });
    const bound = boundBy(callers, record);
    if (bound !== undefined) return bound;
    return registry.upToDate(unit) === unit ? { record, unit, isGone: lifecycle.isGone(unit) } : this.#find(path, callers);
  }

  /** Plugins may ask to be up before a command of another one runs, by its own name or by the one that it has here. */
  async #tellThoseWhoWait({ record: { path, manifest }, unit }: Found, signal: AbortSignal): Promise<void> {
    const isOfHostOnly = isMending(unit);
    for (const name of new Set([path, manifest.path])) {
      const ready = this.#host.activation.beforeCommand(name, { isOfHostOnly });
      if (ready !== undefined) await unlessAborted(signal, ready);
    }
  }

  /** The settings of a plugin by key, resolved: it has to be up. */
  async #settingsOf(unit: PluginUnit, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
    await unlessAborted(signal, this.#host.lifecycle.activate(unit));
    return settingsByKey(unit.manifest.settings, unit.config);
  }

  #checked(record: CommandRecord, given: Readonly<Record<string, unknown>>, sources: InputSources): Readonly<Record<string, unknown>> {
    const { input, problems } = checkInput(record.manifest.input, given, sources);
    if (problems.length > 0) throw catalogued('INPUT_INVALID', { command: record.path, problems });
    return input;
  }

  async #execute(execution: RunningExecution, audited: AuditedExecution, { record, unit, input, given, chain, within }: ReadyCall, options: StartOptions): Promise<unknown> {
    const { events, executor, logger, redactor, env, cwd, dataFolder, confirm, ask, policy } = this.#host;
    const identity = { command: record.path, plugin: unit.name, execution: execution.id };
    // Who sees all settings, and belongs to the host, is shown secrets where he asks for them, and only there.
    const redaction = { showsRevealed: chain.every(({ isOfHost, manifest }) => isOfHost && manifest.permissions.services?.includes(ConfigService.id) === true) };
    const output = new ExecutionOutput(record.path, options.output, redactor.stream(redaction));
    const shown = <Value>(data: Value): Value => redactor.redactValue(data, redaction);
    const told = <Value>(data: Value): Value => (options.redact === true ? shown(data) : data);
    const { context, holdSettings, confine, end } = createContext(execution, {
      record, unit, output, logger, redactor, env, dataFolder, security: policy,
      cwd: options.cwd ?? cwd,
      confirm: options.confirm ?? confirm,
      ask: options.ask ?? ask,
      priority: options.priority,
      onDenied: (error) => { audited.failedWith(error); },
      run: (command, inner, nested, may) => this.#start(command, inner, nested, { callers: chain, within: this.#bounds(unit, may, within), isRefused: this.#isClosed }).result,
    });
    const limits = policy().limitsFor(unit.name, record.manifest.path);
    let deadline: NodeJS.Timeout | undefined;
    let turned = 0;
    let began: number | undefined;
    let outcome: 'done' | 'failed' = 'failed';
    try {
      const result = await executor.execute({
        unit,
        chain,
        within,
        command: record.manifest,
        input,
        given,
        context,
        priority: CALL_PRIORITIES.indexOf(options.priority ?? 'normal') - CALL_PRIORITIES.indexOf('normal'),
        render: options.output !== undefined && options.render !== false,
        collect: options.collect !== false,
        // Before it is text: what that breaks into lines could not be found any more.
        show: (data) => showData(shown(data), context.output),
        onItem: (item) => execution.events.pushItem(told(item)),
        confine,
        onTurn: () => {
          // Not from when a plugin says that its command begins.
          turned = uptime();
          audited.began();
          if (limits.wallTime === undefined) return;
          deadline = setTimeout(() => {
            execution.exceeded(limitExceeded('wallTime', { plugin: unit.name, command: record.path, limits }));
          }, Math.min(limits.wallTime, LONGEST_TIMER));
        },
        onStart: () => {
          began = turned;
          holdSettings();
          events.emit('command:started', identity);
        },
      });
      output.end();
      await output.settle();
      outcome = 'done';
      return told(result);
    } finally {
      clearTimeout(deadline);
      output.end();
      await end();
      if (began !== undefined) {
        const finished = execution.signal.aborted ? 'cancelled' : outcome;
        events.emit('command:finished', { ...identity, outcome: finished, duration: uptime() - began });
      }
    }
  }

  /** What a command that `unit` runs may do at most: what that may, which is within what its own callers may. */
  #bounds({ name }: PluginUnit, may: ResolvedPermissions | undefined, within: CallerBounds | undefined): CallerBounds | undefined {
    if (this.#host.policy().mode === 'off') return undefined;
    if (may === undefined) return within;
    const { plugins = [], writable = [] } = within ?? {};
    return { permissions: may, writable: [...new Set([...writable, ...may.write])], plugins: [...new Set([...plugins, name])] };
  }
}

const { callback, flag, object, oneOf, text } = optionRules;

const START_OPTIONS: OptionRules<StartOptions> = { signal: object, output: object, render: flag, cwd: text, confirm: callback, ask: callback, redact: flag, collect: flag, priority: oneOf(...CALL_PRIORITIES) };

/** Nothing of such a plugin is going to run. */
const UNUSABLE: ReadonlySet<PluginState> = new Set(['rejected', 'disabled', 'failed']);

/**
 * A command of a plugin that runs a command which leads to this one, or of one that such a plugin uses: what runs sees no
 * other version than the one that it began with, also where that is on its way down.
 */
function boundBy(callers: readonly PluginUnit[], record: CommandRecord): Found | undefined {
  for (const caller of [...callers].reverse()) {
    const unit = [caller, ...caller.requirements, ...caller.options].find(({ name, state, isClosing }) => name === record.plugin && state === 'active' && !isClosing);
    const manifest = unit?.manifest.commands.find(({ path }) => path === record.manifest.path);
    if (unit !== undefined && manifest !== undefined) return { record: { ...record, manifest }, unit, isGone: false };
  }
  return undefined;
}

function copyOf({ path }: CommandRecord, given: object): Readonly<Record<string, unknown>> {
  let copy: unknown;
  try {
    copy = structuredClone(given);
  } catch (error) {
    throw catalogued('INPUT_NOT_CLONEABLE', { command: path, reason: messageOf(error) }, error);
  }
  if (!isPlainObject(copy)) throw catalogued('INPUT_INVALID', { command: path, problems: [{ field: '', rule: 'type', message: 'must be an object', received: copy }] });
  return copy;
}
