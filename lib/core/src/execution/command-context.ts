import type { CallPriority, CommandContext, CommandRecord, CommandRunner, Logger, Question, ResolvedPermissions, SecurityPolicy, StartOptions, TextQuestion } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { createLogger, redactedLogger, teeLogger, type Redactor } from '../monitoring/index.js';
import { unlessAborted } from '../platform/index.js';
import { dataFolderOf } from './data-folder.js';
import type { PluginUnit } from '../plugins/plugin-unit.js';
import type { Confine } from './broker/broker.js';
import { CallBroker } from './call-broker.js';
import { progressData } from './progress-data.js';
import type { FileReplacements, WriteConfinement } from './file-replacements.js';
import type { RunningExecution } from './execution.js';
import type { ExecutionOutput } from './output.js';

/** Answers a question, until the signal says that nobody wants to know any more. */
export type Confirm = (question: Question, signal: AbortSignal) => boolean | Promise<boolean>;

/** Answers a question with a text, or `undefined` when there is no answer. */
export type Ask = (question: TextQuestion, signal: AbortSignal) => string | undefined | Promise<string | undefined>;

/** What a context is made of, besides the execution. */
export interface Surroundings {
  readonly record: CommandRecord;
  readonly unit: PluginUnit;
  readonly output: ExecutionOutput;
  readonly logger: Logger;
  readonly redactor: Redactor;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Where plugins keep data of their own. */
  readonly dataFolder: string | undefined;
  readonly confirm: Confirm | undefined;
  readonly ask: Ask | undefined;
  readonly priority: CallPriority | undefined;
  /** What is in force by now. */
  readonly security: () => SecurityPolicy;
  /** Is told of what the plugin wanted from the host and may not, whatever it makes of that. */
  readonly onDenied: (error: StructumError) => void;
  /** Runs another command as part of this one, which may do no more than what is `within`, where this one is confined. */
  readonly run: (command: Parameters<CommandRunner['run']>[0], input: object, options: StartOptions, within: ResolvedPermissions | undefined) => Promise<unknown>;
}

/** A context, and a way to hold on to what may change. */
export interface HeldContext {
  readonly context: CommandContext;
  /** From now on the settings stay what they are, whatever those of the plugin become. */
  readonly holdSettings: () => void;
  /** Before the command begins. */
  readonly confine: (confinement: CallConfinement) => void;
  /** When the command is over: what it has under way is ended, and files that it did not finish are discarded. */
  readonly end: () => Promise<void>;
}

/** What a command of a confined plugin has the host do is confined as well. */
export interface CallConfinement extends WriteConfinement {
  /** Confines programs. */
  readonly programs: Confine;
  /** What it may do, as it was found when the call began, the paths that its user named included. */
  readonly permissions: ResolvedPermissions;
}

/** What a command gets with a call. */
export function createContext(execution: RunningExecution, surroundings: Surroundings): HeldContext {
  const { record, unit, output, logger, redactor, env, cwd, confirm, ask, priority, run } = surroundings;
  const nested: StartOptions = { cwd, ...(priority === undefined ? {} : { priority }), ...(confirm === undefined ? {} : { confirm }), ...(ask === undefined ? {} : { ask }) };
  let confinement: CallConfinement | undefined;
  const broker = brokerOf(execution, surroundings, () => confinement);
  const files = filesOf(surroundings, () => confinement);
  let held: CommandContext['config'] | undefined;
  const context: CommandContext = {
    command: record.path,
    plugin: { name: unit.name, version: unit.manifest.version },
    executionId: execution.id,
    signal: execution.signal,
    logger: teeLogger(logger.child({ plugin: unit.name, command: record.path }), redactedLogger(executionLogger(execution, unit.name), redactor)),
    // Of a plugin that is not up yet, they are known when it is.
    get config() {
      return held ?? unit.config;
    },
    progress: {
      report: (update) => {
        execution.events.push({ ...redactor.redactValue(progressData(update)), type: 'progress' });
      },
    },
    output,
    cwd,
    get dataFolder() {
      return dataFolderOf(unit, surroundings.dataFolder);
    },
    env,
    confirm: (question) => confirmed(execution, confirm, withMessage(question, redactor)),
    canAsk: ask !== undefined,
    ask: (question) => answered(execution, ask, withMessage(question, redactor)),
    run: (command: Parameters<CommandRunner['run']>[0], input: object = {}) => run(command, input, { ...nested, signal: execution.innerSignal }, confinement?.permissions) as Promise<never>,
    fetch: (url, options) => broker.fetch(url, options),
    exec: (program, args, options) => broker.exec(program, args, options),
    replaceFile: async (path, options) => (await files.get()).replace(path, options),
    setExitCode: (code) => {
      execution.setExitCode(code);
    },
  };
  return { context, holdSettings: () => { held = unit.config; }, confine: (given) => { confinement = given; }, end: async () => { await Promise.all([broker.end(), files.end()]); } };
}

function brokerOf(execution: RunningExecution, { record, unit, security, env, cwd, onDenied }: Surroundings, confined: () => CallConfinement | undefined): CallBroker {
  return new CallBroker(async (over) => {
    // Hosts do not wait for its code.
    const { brokerFor } = await import('./broker/index.js');
    const signal = AbortSignal.any([execution.innerSignal, over]);
    return brokerFor(unit, security(), { command: record.manifest.path, env, cwd, signal, onDenied, confinement: confined() });
  });
}

/** Most commands replace no files, either. */
function filesOf({ cwd, onDenied }: Surroundings, confining: () => WriteConfinement | undefined): { readonly get: () => Promise<FileReplacements>; readonly end: () => Promise<void> } {
  let files: Promise<FileReplacements> | undefined;
  return {
    get: () => (files ??= import('./file-replacements.js').then(({ FileReplacements }) => {
      const confinement = confining();
      return new FileReplacements({ cwd, onDenied, ...(confinement === undefined ? {} : { confinement }) });
    })),
    end: async () => { await (await files)?.end(); },
  };
}

/** A question whose text tells no secret; what may be answered stays as it is. */
function withMessage<Asked extends Question | TextQuestion>(asked: string | Asked, redactor: Redactor): Asked | { readonly message: string } {
  return typeof asked === 'string' ? { message: redactor.redact(asked) } : { ...asked, message: redactor.redact(asked.message) };
}

async function confirmed({ command, innerSignal: signal }: RunningExecution, confirm: Confirm | undefined, question: Question): Promise<boolean> {
  if (confirm === undefined) throw catalogued('CONFIRMATION_UNAVAILABLE', { command, question: question.message });
  return unlessAborted(signal, Promise.resolve(confirm(question, signal)));
}

async function answered({ command, innerSignal: signal }: RunningExecution, ask: Ask | undefined, question: TextQuestion): Promise<string> {
  const answer = ask === undefined ? undefined : await unlessAborted(signal, Promise.resolve(ask(question, signal)));
  if (answer === undefined) throw catalogued('ANSWER_UNAVAILABLE', { command, question: question.message });
  const { choices = [answer] } = question;
  if (!choices.includes(answer)) throw catalogued('ANSWER_INVALID', { command, question: question.message, answer, choices });
  return answer;
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
