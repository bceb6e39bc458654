import type { Output } from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import { checkChunk } from '../execution/check-chunk.js';
import type { ExecuteRequest } from '../execution/remote/protocol.js';
import { cut, type Chunk } from './chunk.js';

/** In characters or bytes: what is longer travels in parts. */
const LONGEST = 256 * 1024;

/** The output of a call: what is written is sent on in order, as much as the host takes. */
export class GuestOutput implements Output {
  readonly isAvailable: boolean;
  readonly isTerminal: boolean;
  readonly columns: number | undefined;
  readonly color: boolean;
  readonly unicode: boolean;
  readonly #command: string;
  readonly #send: (chunk: Chunk) => undefined | Promise<void>;

  /** @param send - Gives a promise where the host is slow. */
  constructor({ path, output }: Pick<ExecuteRequest, 'path' | 'output'>, send: (chunk: Chunk) => undefined | Promise<void>) {
    this.#command = path;
    this.#send = send;
    this.isAvailable = output.isAvailable;
    this.isTerminal = output.isTerminal;
    this.columns = output.columns;
    this.color = output.color;
    this.unicode = output.unicode;
  }

  write(chunk: Chunk): void | Promise<void> {
    checkChunk('context.output.write()', chunk);
    if (!this.isAvailable) throw catalogued('OUTPUT_UNAVAILABLE', { command: this.#command });
    let waiting: undefined | Promise<void>;
    // Whoever writes bytes may use their buffer again.
    const own = typeof chunk === 'string' ? chunk : Uint8Array.prototype.slice.call(chunk);
    for (const part of cut(own, LONGEST)) waiting = this.#send(part);
    // It is told at the end, too.
    waiting?.catch(() => undefined);
    return waiting;
  }

  line(text = ''): void | Promise<void> {
    return this.write(`${text}\n`);
  }
}
