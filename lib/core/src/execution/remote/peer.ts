import { errorData, errorFrom, errorInShort, type ErrorData } from '../wire/error-data.js';
import { ProtocolViolation } from '../wire/protocol-violation.js';
import type { Channel } from './channel.js';
import type { Message } from './protocol.js';

/** Answers what the other side asks for, by method. Throws a {@link ProtocolViolation} for what it must not ask. */
export type Handlers = Readonly<Record<string, Handler>>;

/** @param bytes - How many the request had, where that is known. */
export type Handler = (data: unknown, bytes: number) => unknown;

/** What a peer needs. */
export interface PeerOptions {
  readonly handlers: Handlers;
  /** What the ids of its requests begin with. Nobody else can answer who cannot guess it. */
  readonly nonce: string;
  /** Those of what the other side only tells. Nobody hears of what they throw. */
  readonly notices?: Handlers;
  /** How many requests of the other side may be under way at once, and how many bytes they may have together. */
  readonly inFlight: number;
  readonly bytesInFlight: number;
  /** How many notices of it are taken. */
  readonly mostNotices: number;
  /** The other side broke the protocol. */
  readonly onViolation: (reason: string) => void;
  /** What it stands for that something cannot be sent: `error` itself when left out. */
  readonly unsendable?: (error: unknown, sent: Sent) => unknown;
}

/** A request, or the answer to one of the other side. */
export interface Sent {
  readonly kind: 'request' | 'answer';
  readonly method: string;
  /** Of the request. */
  readonly data: unknown;
}

interface Pending {
  /** Bytes of the request. */
  bytes: number;
  readonly resolve: (data: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** One of the two sides of a channel: asks the other, and answers it. */
export class Peer {
  readonly #channel: Channel;
  readonly #options: PeerOptions;
  readonly #pending = new Map<string, Pending>();
  /** The requests of the other side that are under way, with their bytes. */
  readonly #answering = new Map<string, number>();
  #count = 0;
  #bytes = 0;
  #bytesAsked = 0;
  #notices = 0;
  #end: { readonly error: Error } | undefined;

  constructor(channel: Channel, options: PeerOptions) {
    this.#channel = channel;
    this.#options = options;
  }

  /** Bytes of the requests to the other side that it has not answered yet. */
  get bytesAsked(): number {
    return this.#bytesAsked;
  }

  /**
   * What the other side answers. Rejects with what it throws there, and with why the channel ended.
   * @param own - As in {@link Channel.send}.
   */
  request(method: string, data: unknown, own?: () => number): Promise<unknown> {
    if (this.#end !== undefined) return Promise.reject(this.#end.error);
    return new Promise((resolve, reject) => {
      const id = this.#nextId();
      const pending: Pending = { resolve, reject, bytes: 0 };
      this.#pending.set(id, pending);
      try {
        pending.bytes = this.#channel.send({ kind: 'request', id, method, data }, own);
        this.#bytesAsked += pending.bytes;
      } catch (error) {
        this.#pending.delete(id);
        throw this.#meant(error, { kind: 'request', method, data });
      }
    });
  }

  /**
   * An answer that a request of {@link Channel.sendWaited}'s kind was given later.
   * @param id - Of the request.
   */
  later(id: string): Promise<unknown> {
    if (this.#end !== undefined) return Promise.reject(this.#end.error);
    return new Promise((resolve, reject) => { this.#pending.set(id, { resolve, reject, bytes: 0 }); });
  }

  /** Tells of an error, whatever that is, with facts about it that are small. */
  notify(method: string, error: unknown, facts: object = {}): void {
    if (this.#end !== undefined) return;
    tellError(error, (told) => { this.#channel.send({ kind: 'notice', method, data: { ...facts, error: told } }); });
  }

  /**
   * Takes what came through the channel.
   * @param bytes - How many it had.
   */
  receive(message: unknown, bytes = 0): void {
    if (this.#end !== undefined) return;
    try {
      this.#take(message, bytes);
    } catch (error) {
      if (!(error instanceof ProtocolViolation)) throw error;
      this.#options.onViolation(error.reason);
    }
  }

  /** Nothing comes any more: who waits for an answer gets `error`. */
  close(error: Error): void {
    if (this.#end !== undefined) return;
    this.#end = { error };
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  #meant(error: unknown, sent: Sent): unknown {
    return this.#options.unsendable?.(error, sent) ?? error;
  }

  #nextId(): string {
    this.#count += 1;
    return `${this.#options.nonce}-${String(this.#count)}`;
  }

  #take(message: unknown, bytes: number): void {
    const { kind, id, method, data } = fieldsOf(message);
    switch (kind) {
      case 'request': this.#begin(asText(id), this.#handlerOf(method), data, { bytes, method: String(method) }); break;
      case 'wait': this.#answerWaited(asText(id), this.#handlerOf(method), data, bytes); break;
      case 'notice': void this.#heed(this.#handlerOf(method, this.#options.notices), data, bytes); break;
      case 'answer': this.#settle(asText(id)).resolve(data); break;
      case 'failure': this.#settle(asText(id)).reject(errorFrom(data)); break;
      default: throw new ProtocolViolation('a message of no kind that there is');
    }
  }

  #handlerOf(method: unknown, handlers: Handlers = this.#options.handlers): Handler {
    const handler = typeof method === 'string' && Object.hasOwn(handlers, method) ? handlers[method] : undefined;
    if (handler === undefined) throw new ProtocolViolation('a request for what there is not');
    return handler;
  }

  #settle(id: string): Pending {
    const pending = this.#pending.get(id);
    if (pending === undefined) throw new ProtocolViolation('an answer that nobody waits for');
    this.#pending.delete(id);
    this.#bytesAsked -= pending.bytes;
    return pending;
  }

  #begin(id: string, handler: Handler, data: unknown, { bytes, method }: { readonly bytes: number; readonly method?: string }): void {
    const { inFlight, bytesInFlight } = this.#options;
    if (this.#answering.has(id)) throw new ProtocolViolation('two requests under one id');
    if (this.#answering.size >= inFlight) throw new ProtocolViolation('too many requests at once');
    this.#bytes += bytes;
    if (this.#bytes > bytesInFlight) throw new ProtocolViolation('too much at once');
    this.#answering.set(id, bytes);
    void this.#answer(id, (given) => handler(given, bytes), data, method);
  }

  async #answer(id: string, handler: (data: unknown) => unknown, data: unknown, method: string | undefined): Promise<void> {
    const send = (message: Message): void => { this.#channel.send(message); };
    try {
      const answer = await handler(data);
      if (this.#end === undefined) this.#sendAnswer(send, id, answer, (error) => (method === undefined ? error : this.#meant(error, { kind: 'answer', method, data })));
    } catch (error) {
      if (error instanceof ProtocolViolation) this.#options.onViolation(error.reason);
      else if (this.#end === undefined) sendFailure(send, id, error);
    } finally {
      this.#bytes -= this.#answering.get(id) ?? 0;
      this.#answering.delete(id);
    }
  }

  async #heed(handler: Handler, data: unknown, bytes: number): Promise<void> {
    this.#notices += 1;
    try {
      if (this.#notices > this.#options.mostNotices) throw new ProtocolViolation('too many notices');
      await handler(data, bytes);
    } catch (error) {
      if (error instanceof ProtocolViolation) this.#options.onViolation(error.reason);
    }
  }

  /** At once; what takes longer is answered later, under the same id. */
  #answerWaited(id: string, handler: Handler, data: unknown, bytes: number): void {
    const send = (message: Message): void => { this.#channel.sendWaited(message); };
    try {
      const answer = handler(data, bytes);
      if (answer instanceof Promise) {
        this.#begin(id, () => answer, undefined, { bytes });
        send({ kind: 'answer', id, data: { isLater: true } });
      } else this.#sendAnswer(send, id, { value: answer }, (error) => error);
    } catch (error) {
      if (error instanceof ProtocolViolation) throw error;
      sendFailure(send, id, error);
    }
  }

  /** An answer that cannot be sent is a failure by itself. */
  #sendAnswer(send: (message: Message) => void, id: string, data: unknown, meant: (error: unknown) => unknown): void {
    try {
      send({ kind: 'answer', id, data });
    } catch (error) {
      sendFailure(send, id, meant(error));
    }
  }
}

function sendFailure(send: (message: Message) => void, id: string, error: unknown): void {
  tellError(error, (data) => { send({ kind: 'failure', id, data }); });
}

/** An error that cannot be told in full is told in short. */
function tellError(error: unknown, tell: (data: ErrorData) => void): void {
  try {
    tell(errorData(error));
  } catch {
    tell(errorInShort(error));
  }
}

function fieldsOf(message: unknown): Readonly<Record<string, unknown>> {
  if (typeof message !== 'object' || message === null) throw new ProtocolViolation('something that is no message');
  return message as Readonly<Record<string, unknown>>;
}

const LONGEST_ID = 64;

function asText(id: unknown): string {
  if (typeof id !== 'string' || id.length > LONGEST_ID) throw new ProtocolViolation('a message without an id');
  return id;
}
