import { errorFrom } from '../execution/wire/error-data.js';
import type { Channel } from '../execution/remote/channel.js';
import { Peer, type Handlers, type PeerOptions } from '../execution/remote/peer.js';
import type { Message } from '../execution/remote/protocol.js';
import { uniqueName } from '../platform/unique.js';
import { Gate } from './gate.js';

/** A channel to the host, on which this thread can also wait for an answer. */
export interface HostChannel extends Channel {
  /** What the host answers, this thread standing still meanwhile. */
  waitFor(message: Message): Message;
  /** From now on, no message is sent that has more bytes. */
  limit(bytes: number): void;
  /** Hands what comes to `receive`; `closed` when the host is gone. */
  listen(receive: (message: unknown) => void, closed: () => void): void;
}

type Unsendable = NonNullable<PeerOptions['unsendable']>;

/** How many requests are under way at once: a host ends guests that ask for very much at once. */
const AT_ONCE = 128;

/** How many of those whose answers may be large: a host ends guests for which very much waits. */
const LARGE_AT_ONCE = 16;
const LARGE: ReadonlySet<string> = new Set(['run', 'fetch', 'exec']);

/** Bytes: larger ones are sent no faster. */
const LONGEST_PIECE = 1024 * 1024;

/** The guest's way to its host. */
export class HostLink {
  readonly #channel: HostChannel;
  readonly #peer: Peer;
  readonly #unsendable: Unsendable;
  /** Bytes of one message. */
  #most = Infinity;
  readonly #large = new Gate((inside) => inside < LARGE_AT_ONCE && this.#isLight(1));
  readonly #usual = new Gate((inside) => inside < AT_ONCE && this.#isLight(1));
  /** For what others wait for: no request that is under way keeps it back. */
  readonly #urgent = new Gate(() => this.#isLight(2));
  #count = 0;

  constructor(channel: HostChannel, handlers: Handlers, unsendable: Unsendable) {
    this.#channel = channel;
    this.#unsendable = unsendable;
    // A host asks for as much as it likes, and would not have to guess anything.
    this.#peer = new Peer(channel, { handlers, unsendable, nonce: uniqueName(), inFlight: Infinity, bytesInFlight: Infinity, mostNotices: Infinity, onViolation: (reason) => { throw new Error(`The host sent ${reason}.`); } });
  }

  /** @param closed - Called when the host is gone. */
  listen(closed: () => void): void {
    this.#channel.listen((message) => { this.#peer.receive(message); }, closed);
  }

  limit(bytes: number): void {
    this.#most = bytes;
    this.#channel.limit(bytes);
  }

  /** Bytes of something long that are sent at once. */
  get longestPiece(): number {
    return Math.max(1, Math.min(LONGEST_PIECE, Math.floor(this.#most / 2)));
  }

  /** What the host answers to what a plugin asks; one that asks for very much at once gets it bit by bit. */
  request(method: string, data: unknown): Promise<unknown> {
    return this.#ask(LARGE.has(method) ? this.#large : this.#usual, method, data);
  }

  /** Tells the host what happens in a call; resolves when it has seen to it. */
  tell(data: unknown): Promise<unknown> {
    return this.send('tell', data);
  }

  /** What the host answers to what has left when this returns, where there is room: for those who wait for one answer before they send more. */
  send(method: string, data: unknown): Promise<unknown> {
    return this.#ask(this.#urgent, method, data);
  }

  notify(method: string, error: unknown, facts?: object): void {
    this.#peer.notify(method, error, facts);
  }

  /** What the host answers at once, or the promise of what it answers later. */
  requestNow(method: string, data: unknown): unknown {
    this.#count += 1;
    const id = `now-${String(this.#count)}`;
    const answer = this.#waitFor({ kind: 'wait', id, method, data });
    if (answer.kind === 'failure') throw errorFrom(answer.data) as Error;
    const { isLater, value } = ('data' in answer ? answer.data : {}) as { readonly isLater?: boolean; readonly value?: unknown };
    return isLater === true ? this.#peer.later(id) : value;
  }

  #waitFor(request: Message & { readonly kind: 'wait' }): Message {
    try {
      return this.#channel.waitFor(request);
    } catch (error) {
      throw this.#unsendable(error, { ...request, kind: 'request' });
    }
  }

  async #ask(gate: Gate, method: string, data: unknown): Promise<unknown> {
    try {
      return await gate.pass(() => this.#peer.request(method, data));
    } finally {
      for (const each of [this.#urgent, this.#usual, this.#large]) each.open();
    }
  }

  /** Whether no more is under way than so many messages may have. */
  #isLight(messages: number): boolean {
    return this.#peer.bytesAsked <= messages * this.#most;
  }
}
