import type { Broker, BrokeredResponse, EffectiveLimits, ExecOptions, FetchOptions, ProgressUpdate, Question, ResponseData, TextQuestion } from '../../contract/index.js';
import { catalogued } from '../../errors/index.js';
import { inNameOf } from '../../plugins/askers.js';
import type { PluginUnit } from '../../plugins/plugin-unit.js';
import type { CommandCall } from '../executor.js';
import { limitExceeded } from '../limit-exceeded.js';
import { ProtocolViolation } from '../wire/protocol-violation.js';
import { DeskFiles, STEPS } from './desk-files.js';
import { inTurns } from './in-turns.js';
import { writeRecord } from './log-lines.js';
import type { Handler, Handlers } from './peer.js';
import { shape } from './shape.js';

/** Gives a core service to the plugin of a guest: what may use it is checked with each use. */
export type ServiceLookup = (id: string) => object;

/** What guests get beside what their calls can do. */
export interface DeskHost {
  readonly services: ServiceLookup;
  readonly limits: EffectiveLimits;
  /** The paths that the guest may write; undefined where it is not confined. */
  readonly write: readonly string[] | undefined;
  /** In whose name it is at work beside its calls; its plugin's own when left out. */
  readonly chain?: readonly PluginUnit[] | undefined;
  /** Works for the plugin beside its calls. */
  readonly broker: Broker;
}

/** A call that a guest carries out. */
interface OpenCall {
  readonly call: CommandCall;
  readonly files: DeskFiles;
  /** Whether the guest has said anything of it. */
  isHeard: boolean;
  hasStarted: boolean;
  /** Bytes that it has written to its output, and to files, and that its items and shown results had. */
  written: number;
}

/** Answers what guests ask on behalf of the calls that they carry out: each gets what its own context can do. */
export class CallDesk {
  readonly #calls = new Map<string, OpenCall>();
  readonly #host: DeskHost;

  constructor(host: DeskHost) {
    this.#host = host;
  }

  /** The command of the call that came last, as the host calls it. */
  get command(): string | undefined {
    return [...this.#calls.values()].at(-1)?.call.context.command;
  }

  /** From now on requests that name `id` are for that call. */
  open(id: string, call: CommandCall): void {
    const open: OpenCall = { call, isHeard: false, hasStarted: false, written: 0, files: new DeskFiles(call, this.#host.write, (length) => { this.#count(open, length); }) };
    this.#calls.set(id, open);
  }

  /** Whether the guest has said that the command of that call began. */
  hasStarted(id: string): boolean {
    return this.#calls.get(id)?.hasStarted === true;
  }

  /** Whether the guest had said anything of that call. */
  close(id: string): boolean {
    const isHeard = this.#calls.get(id)?.isHeard === true;
    this.#calls.delete(id);
    return isHeard;
  }

  readonly handlers: Handlers = {
    tell: this.#forCall(async (open, { news }, bytes) => {
      const all = shape.list(news).map((each) => shape.fields(each));
      this.#count(open, outputBytes(all, bytes));
      await inTurns(all, (each) => this.#take(open, each));
    }),
    confirm: this.#forCall(({ call: { context } }, { question }) => context.confirm(confirmation(question))),
    ask: this.#forCall(({ call: { context } }, { question }) => context.ask(textQuestion(question))),
    run: this.#forCall(({ call: { context } }, { command, input }) => context.run(shape.text(command) as never, input as never)),
    // Their options are checked where they are heeded.
    fetch: this.#forBroker(async (broker, { url, options }) => responseData(await broker.fetch(shape.text(url), options as FetchOptions))),
    exec: this.#forBroker((broker, { program, args, options }) => broker.exec(shape.text(program), shape.texts(args), options as ExecOptions)),
    replaceFile: this.#forCall(({ files }, { path, options }) => files.begin(shape.text(path), options)),
    replacement: this.#forCall(({ files }, { file, step, bytes }) => files.take(shape.number(file), shape.oneOf(step, STEPS), bytes)),
    service: (data) => this.#service(shape.fields(data)),
  };

  /** Has the call's own context do what the guest tells: one thing after the other. */
  async #take(open: OpenCall, news: Readonly<Record<string, unknown>>): Promise<void> {
    const { context, onItem, show } = open.call;
    if ('write' in news) await context.output.write(shape.chunk(news['write']));
    else if ('item' in news) await onItem(news['item']);
    else if ('log' in news) writeRecord(context.logger, news['log']);
    else if ('progress' in news) context.progress.report(progressUpdate(news['progress']));
    else if ('show' in news) await show(news['show']);
    else if ('exitCode' in news) context.setExitCode(shape.number(news['exitCode']));
    else if ('started' in news) this.#started(open);
    else throw new ProtocolViolation('news of no kind that there is');
  }

  #started(open: OpenCall): void {
    if (open.hasStarted) throw new ProtocolViolation('more than once that a command began');
    open.hasStarted = true;
    open.call.onStart();
  }

  /** @throws `LIMIT_EXCEEDED` */
  #count(open: OpenCall, length: number): void {
    const { limits } = this.#host;
    const { unit, context } = open.call;
    open.written += length;
    if (open.written > (limits.output ?? Infinity)) throw limitExceeded('output', { plugin: unit.name, command: context.command, limits });
  }

  /** What comes late, after its call was answered, is for nobody. */
  #forCall(handle: (open: OpenCall, data: Readonly<Record<string, unknown>>, bytes: number) => unknown): Handler {
    return (data, bytes) => {
      const fields = shape.fields(data);
      const open = this.#callOf(fields['call']);
      if (open === undefined) throw catalogued('DISPOSED', { subject: 'This execution' });
      return inNameOf(open.call.chain, () => handle(open, fields, bytes));
    };
  }

  /** What a plugin asks for beside its calls, its own broker does. */
  #forBroker(use: (broker: Broker, data: Readonly<Record<string, unknown>>) => unknown): Handler {
    const forCall = this.#forCall(({ call }, data) => use(call.context, data));
    return (data, bytes) => {
      const fields = shape.fields(data);
      return fields['call'] === undefined ? use(this.#host.broker, fields) : forCall(data, bytes);
    };
  }

  #callOf(id: unknown): OpenCall | undefined {
    const open = this.#calls.get(shape.text(id));
    if (open !== undefined) open.isHeard = true;
    return open;
  }

  /** Uses a member of a core service: in the name of those whose commands led to the call, where there is one. */
  #service({ call, service, member, args }: Readonly<Record<string, unknown>>): unknown {
    const id = shape.text(service);
    const name = shape.text(member);
    const use = (): unknown => useMember(this.#host.services(id), name, args === undefined ? undefined : shape.list(args));
    const chain = (call === undefined ? undefined : this.#callOf(call))?.call.chain ?? this.#host.chain;
    return chain === undefined ? use() : inNameOf(chain, use);
  }
}

/** What of news is output: what is written, and items and shown results as they travelled. Log lines and the like are not. */
function outputBytes(news: readonly Readonly<Record<string, unknown>>[], bytes: number): number {
  const written = news.reduce((sum, each) => ('write' in each ? sum + Buffer.byteLength(shape.chunk(each['write'])) : sum), 0);
  return news.some((each) => 'item' in each || 'show' in each) ? Math.max(written, bytes) : written;
}

/** The value of a member, or that it is a method; with arguments, what the method gives. */
function useMember(service: object, name: string, args: readonly unknown[] | undefined): unknown {
  if (name in Object.prototype) throw new ProtocolViolation('a request for a member that no service has');
  const member: unknown = Reflect.get(service, name);
  if (typeof member !== 'function') return { value: member };
  if (args === undefined) return { isMethod: true };
  return Reflect.apply(member, service, [...args]);
}

/** Without what cannot travel. */
function responseData({ status, statusText, headers, url, body }: BrokeredResponse): ResponseData {
  return { status, statusText, headers, url, body };
}

function progressUpdate(data: unknown): ProgressUpdate {
  const { message, completed, total, unit } = shape.fields(data);
  return defined({ message: shape.optionalText(message), completed: shape.optionalNumber(completed), total: shape.optionalNumber(total), unit: shape.optionalText(unit) });
}

function confirmation(data: unknown): Question {
  const { message, default: preset } = shape.fields(data);
  return { message: shape.text(message), ...(preset === undefined ? {} : { default: shape.flag(preset) }) };
}

function textQuestion(data: unknown): TextQuestion {
  const { message, default: preset, choices } = shape.fields(data);
  return { message: shape.text(message), ...defined({ default: shape.optionalText(preset), choices: choices === undefined ? undefined : shape.texts(choices) }) };
}

/** What is there of it. */
function defined<Value extends object>(value: Value): { [Name in keyof Value]?: Exclude<Value[Name], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as { [Name in keyof Value]?: Exclude<Value[Name], undefined> };
}
