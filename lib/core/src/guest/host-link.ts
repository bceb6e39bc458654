import { errorFrom } from '../execution/wire/error-data.js';
import type { Channel } from '../execution/remote/channel.js';
import { Peer, type Handlers, type PeerOptions } from '../execution/remote/peer.js';
import type { Message } from '../execution/remote/protocol.js';
import { uniqueName } from '../platform/unique.js';

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

/** How many requests of plugins are under way at once: a host ends guests that ask for very much at once. */
const AT_ONCE = 128;

/** Bytes: larger ones are sent no faster. */
const LONGEST_PIECE = 1024 * 1024;

/** The guest's way to its host. */
export class HostLink {
  readonly #channel: HostChannel;
  readonly #peer: Peer;
  readonly #unsendable: Unsendable;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  #count = 0;
  #longestPiece = LONGEST_PIECE;

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
    this.#longestPiece = Math.max(1, Math.min(LONGEST_PIECE, Math.floor(bytes / 2)));
    this.#channel.limit(bytes);
  }

  /** Bytes of something long that are sent at once. */
  get longestPiece(): number {
    return this.#longestPiece;
  }

  /** What the host answers to what a plugin asks; one that asks for very much at once gets it bit by bit. */
  async request(method: string, data: unknown): Promise<unknown> {
    if (this.#underWay >= AT_ONCE) await new Promise<void>((resolve) => { this.#waiting.push(resolve); });
    else this.#underWay += 1;
    try {
      return await this.#peer.request(method, data);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#underWay -= 1;
      else next();
    }
  }

  /** Tells the host what happens in a call; resolves when it has seen to it. */
  tell(data: unknown): Promise<unknown> {
    return this.send('tell', data);
  }

  /** What the host answers to what has left when this returns: for those who wait for one answer before they send more. */
  send(method: string, data: unknown): Promise<unknown> {
    return this.#peer.request(method, data);
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
}
