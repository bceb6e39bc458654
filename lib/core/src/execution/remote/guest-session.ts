import { randomBytes } from 'node:crypto';
import type { Broker, EffectiveLimits, Logger } from '../../contract/index.js';
import { catalogued, StructumError } from '../../errors/index.js';
import { LONGEST_TIMER, unlessAborted } from '../../platform/index.js';
import type { PluginUnit } from '../../plugins/plugin-unit.js';
import type { CommandCall } from '../executor.js';
import { limitExceeded } from '../limit-exceeded.js';
import { errorFrom } from '../wire/error-data.js';
import { ProtocolViolation } from '../wire/protocol-violation.js';
import { CallDesk, type ServiceLookup } from './call-desk.js';
import type { Channel, ChannelListener } from './channel.js';
import { inTurns } from './in-turns.js';
import { logLevelOf, writeRecord } from './log-lines.js';
import { Peer } from './peer.js';
import type { ExecuteRequest, OpenAnswer, OpenRequest } from './protocol.js';
import { serviceRequest, unsendableService, type ServiceRequest } from './service-request.js';
import { shape } from './shape.js';

/** What runs a guest: a process, or a worker. */
export interface GuestRunner {
  readonly channel: Channel;
  /** As messages name it: `process 1234`. */
  readonly label: string;
  /** A call begins: what it writes past its host counts anew. */
  begin(): void;
  /** Resolves when what it wrote past its host so far is counted: with its end, where that was more than it may. */
  printed(): Promise<GuestEnd | undefined>;
  /** Ends it, whatever it is at: nothing of it is left. */
  kill(): void;
  /** It keeps the process of the host running, as long as it is at work, or it does not. */
  ref(): void;
  unref(): void;
  /** Resolves when nothing of it is left. */
  readonly ended: Promise<GuestEnd>;
}

/** How a guest ended. */
export interface GuestEnd {
  /** As it reads after "it": `ended with exit code 3`. */
  readonly how: string;
  /** What it took more of than it may. */
  readonly limit?: 'memory' | 'cpuTime' | 'output';
}

/** Starts what runs a guest; the listener gets what comes from it. */
export type StartGuest = (listener: ChannelListener) => GuestRunner;

/** What a session needs from its host. */
export interface SessionHost {
  readonly plugin: string;
  readonly logger: Logger;
  readonly services: ServiceLookup;
  /** Works for the plugin beside its calls. */
  readonly broker: Broker;
  /** Tells of something that works, but not as it should. */
  warn(error: StructumError, level?: 'warn' | 'debug'): void;
  /** Milliseconds that a cancelled call gets to end by itself. */
  readonly grace: number;
  /** What what runs the guest was started with. */
  readonly limits: EffectiveLimits;
  /** The paths that it may write; undefined where it is not confined. */
  readonly write: readonly string[] | undefined;
  /** In whose name it is at work beside its calls; its plugin's own when left out. */
  readonly chain?: readonly PluginUnit[] | undefined;
}

/** How many requests of a guest may be under way, and how much they may have, in messages of the largest size: a guest of ours holds itself to less. */
const IN_FLIGHT = 256;
const MESSAGES_IN_FLIGHT = 4;

/** How many warnings of a guest are told. */
const NOTICES = 256;

/** Milliseconds that a guest gets to end by itself when it took more than it may, or said that it ends. */
const LIMIT_GRACE = 500;

/** One guest, as its host sees it: it runs a plugin, and carries out calls of its commands. */
export class GuestSession {
  /** Resolves when nothing of it is left. */
  readonly ended: Promise<void>;
  readonly #host: SessionHost;
  readonly #desk: CallDesk;
  readonly #runner: GuestRunner;
  readonly #peer: Peer;
  /** Bytes that it said it has after its first call, and after its last. */
  readonly memory = { first: Infinity, last: 0 };
  #count = 0;
  #failure: StructumError | undefined;
  #hasEnded = false;
  /** Whether its last call began there. */
  #hasBegun = false;
  #overdue: NodeJS.Timeout | undefined;

  constructor(start: StartGuest, host: SessionHost) {
    this.#host = host;
    this.#desk = new CallDesk(host);
    this.#runner = start({
      receive: (message, bytes) => { this.#peer.receive(message, bytes); },
      violated: (reason) => { this.#violated(reason); },
      closed: () => { this.#endSoon(); },
    });
    this.#peer = new Peer(this.#runner.channel, {
      nonce: randomBytes(8).toString('hex'),
      inFlight: IN_FLIGHT,
      bytesInFlight: MESSAGES_IN_FLIGHT * (host.limits.message ?? Infinity),
      mostNotices: NOTICES,
      onViolation: (reason) => { this.#violated(reason); },
      unsendable: (error, { kind, method, data }) => (method === 'service' ? unsendableService(error, kind, data as ServiceRequest) : error),
      handlers: {
        ...this.#desk.handlers,
        log: (data) => inTurns(shape.list(shape.fields(data)['records']), (record) => { writeRecord(host.logger, record); }),
        memory: (data) => { this.#remembers(shape.number(data)); },
      },
      notices: {
        warn: (data) => { this.#warned(data); },
        crashed: (data) => { this.#crashed(data); },
      },
    });
    this.ended = this.#runner.ended.then((end) => {
      this.#hasEnded = true;
      clearTimeout(this.#overdue);
      this.#peer.close(this.#failure ?? this.#reasonOf(end));
    });
  }

  /** Whether it can be asked for anything any more. */
  get isAlive(): boolean {
    return !this.#hasEnded && this.#failure === undefined;
  }

  /** Whether it ended by itself before its last call began: nothing was done for that. */
  get isLost(): boolean {
    return this.#hasEnded && !this.#hasBegun && (this.#failure === undefined || this.#failure.code === 'PLUGIN_CRASHED');
  }

  get label(): string {
    return this.#runner.label;
  }

  ref(): void {
    this.#runner.ref();
  }

  unref(): void {
    this.#runner.unref();
  }

  /** Has it load its plugin, and take that up. Rejects with why it could not. */
  async open(request: OpenRequest, patience: number): Promise<OpenAnswer> {
    const deadline = setTimeout(() => {
      this.end(catalogued('PLUGIN_PHASE_TIMEOUT', { plugin: this.#host.plugin, phase: 'load', limit: request.limits.load }));
    }, patience);
    try {
      return await this.#heldTo((answer) => this.#openAnswer(answer, request), this.#peer.request('open', request, () => Infinity));
    } finally {
      clearTimeout(deadline);
    }
  }

  /** Has it carry out a call. When that is cancelled and does not heed it, all of the guest is ended. */
  async execute(call: CommandCall, request: Omit<ExecuteRequest, 'call' | 'logLevel'>): Promise<unknown> {
    this.#count += 1;
    const id = String(this.#count);
    const { signal, logger } = call.context;
    let overdue: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      // What took more than it may is not waited for as long.
      const isOver = StructumError.is(signal.reason);
      overdue = setTimeout(() => { this.end(catalogued('COMMAND_CANCELLED', { command: call.context.command })); }, isOver ? LIMIT_GRACE : this.#host.grace);
      this.#peer.notify('cancel', signal.reason, { call: id });
    };
    this.#desk.open(id, call);
    this.#runner.begin();
    signal.addEventListener('abort', cancel, { once: true });
    call.onTurn();
    try {
      const asked: ExecuteRequest = { ...request, call: id, logLevel: logLevelOf(logger) };
      const answer = this.#peer.request('execute', asked, () => besideInput(asked));
      if (signal.aborted) cancel();
      const { result, memory } = await this.#heldTo((given) => this.#executeAnswer(given, id), this.#printedBefore(answer, signal));
      this.#remembers(memory);
      return result;
    } finally {
      clearTimeout(overdue);
      signal.removeEventListener('abort', cancel);
      this.#hasBegun = this.#desk.close(id);
    }
  }

  /** What the health check of its plugin answers; anything. */
  health(): Promise<unknown> {
    return this.#peer.request('health', undefined);
  }

  /**
   * What a method of a service of its plugin gives. When that takes longer than it may, all of the guest is ended.
   * @param wallTime - Milliseconds.
   */
  async service(id: string, member: string, args: readonly unknown[], wallTime: number | undefined): Promise<unknown> {
    const time = new AbortController();
    const deadline = wallTime === undefined ? undefined : setTimeout(() => {
      time.abort();
      this.end(catalogued('LIMIT_EXCEEDED', { plugin: this.#host.plugin, command: `${id}.${member}`, limit: 'wallTime', allowed: wallTime }));
    }, Math.min(wallTime, LONGEST_TIMER));
    this.#runner.begin();
    try {
      return await this.#printedBefore(this.#peer.request('service', serviceRequest({ service: id, member, args })), time.signal);
    } finally {
      clearTimeout(deadline);
    }
  }

  /** Has it take its plugin down, and ends it. */
  async close(patience: number): Promise<void> {
    const overdue = setTimeout(() => { this.end(); }, patience);
    try {
      if (this.isAlive) await this.#peer.request('close', undefined);
    } catch {
      // It is ended below, whatever it says.
    }
    clearTimeout(overdue);
    this.end();
    await this.ended;
  }

  /** Ends it now. Whoever waits for something of it gets `error`. */
  end(error: StructumError = catalogued('DISPOSED', { subject: `The process of plugin "${this.#host.plugin}"` })): void {
    if (this.#hasEnded) return;
    this.#failure ??= error;
    this.#runner.kill();
  }

  /** What the rest of an answer means is only known where both speak the same. */
  #openAnswer(answer: unknown, { version: expected }: OpenRequest): OpenAnswer {
    const version = typeof answer === 'object' && answer !== null && 'version' in answer ? answer.version : undefined;
    if (version !== expected) throw catalogued('GUEST_VERSION_MISMATCH', { plugin: this.#host.plugin, version: typeof version === 'number' ? version : 0, expected });
    return openAnswer(answer);
  }

  #executeAnswer(answer: unknown, call: string): { readonly result: unknown; readonly memory: number } {
    if (!this.#desk.hasStarted(call)) throw new ProtocolViolation('an answer of a command that never began');
    const { result, memory } = shape.fields(answer);
    return { result, memory: shape.number(memory) };
  }

  /** An answer, once what it printed before that is counted. */
  async #printedBefore(answer: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
    await answer.catch(() => undefined);
    // Nobody waits for that who has cancelled.
    const end = await unlessAborted(signal, this.#runner.printed()).catch(() => undefined);
    if (end !== undefined) throw this.#reasonOf(end);
    return answer;
  }

  #remembers(bytes: number): void {
    if (this.memory.first === Infinity) this.memory.first = bytes;
    this.memory.last = bytes;
  }

  /** What `read` finds in an answer. One that is none ends the guest. */
  async #heldTo<Value>(read: (answer: unknown) => Value, answer: Promise<unknown>): Promise<Value> {
    const given = await answer;
    try {
      return read(given);
    } catch (error) {
      if (!(error instanceof ProtocolViolation)) throw error;
      this.#violated(error.reason);
      throw this.#failure ?? error;
    }
  }

  /** It says, or closes, what only somebody does who is about to end. */
  #endSoon(): void {
    if (this.#hasEnded) return;
    this.#overdue ??= setTimeout(() => { this.end(this.#reasonOf({ how: 'let go of its host' })); }, LIMIT_GRACE);
  }

  #reasonOf({ how, limit }: GuestEnd): StructumError {
    const { plugin } = this.#host;
    if (limit === undefined) return catalogued('PLUGIN_CRASHED', { plugin, how });
    return limitExceeded(limit, { plugin, command: this.#desk.command ?? plugin, limits: this.#host.limits });
  }

  #violated(reason: string): void {
    if (!this.isAlive) return;
    const error = catalogued('PROTOCOL_VIOLATION', { plugin: this.#host.plugin, reason });
    this.#host.warn(error);
    this.end(error);
  }

  #warned(data: unknown): void {
    const { error, level } = shape.fields(data);
    const warning = errorFrom(error);
    if (StructumError.is(warning)) this.#host.warn(warning, shape.oneOf(level, ['warn', 'debug'] as const));
  }

  /** It tells what nobody there caught, and ends. */
  #crashed(data: unknown): void {
    const { error } = shape.fields(data);
    this.#failure ??= catalogued('PLUGIN_CRASHED', { plugin: this.#host.plugin, how: 'threw what nobody caught' }, errorFrom(error));
    this.#endSoon();
  }
}

function openAnswer(answer: unknown): OpenAnswer {
  const { load, activate, isChecked } = shape.fields(answer);
  return { load: shape.number(load), activate: shape.number(activate), isChecked: shape.flag(isChecked) };
}

/** How many bytes a request has beside the input, which is all of it that is somebody else's. */
function besideInput(request: ExecuteRequest): number {
  return Buffer.byteLength(JSON.stringify({ ...request, input: undefined }));
}
