import type { Output } from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import type { ExecuteRequest } from '../execution/remote/protocol.js';
import { Outbox } from './outbox.js';

type Chunk = string | Uint8Array;

/** In characters or bytes. */
const ROOM = 256 * 1024;

/** The output of a call: what is written is sent on in order, as much as the host takes. */
export class GuestOutput implements Output {
  readonly isAvailable: boolean;
  readonly isTerminal: boolean;
  readonly columns: number | undefined;
  readonly color: boolean;
  readonly unicode: boolean;
  readonly #command: string;
  readonly #outbox: Outbox<Chunk>;

  constructor({ path, output }: Pick<ExecuteRequest, 'path' | 'output'>, send: (chunks: readonly Chunk[]) => Promise<unknown>) {
    this.#command = path;
    this.#outbox = new Outbox({ room: ROOM, sizeOf: (chunk) => chunk.length, send: (chunks) => send(merged(chunks)) });
    this.isAvailable = output.isAvailable;
    this.isTerminal = output.isTerminal;
    this.columns = output.columns;
    this.color = output.color;
    this.unicode = output.unicode;
  }

  write(chunk: Chunk): void | Promise<void> {
    if (!this.isAvailable) throw catalogued('OUTPUT_UNAVAILABLE', { command: this.#command });
    // Whoever writes bytes may use their buffer again.
    const waiting = this.#outbox.add(typeof chunk === 'string' ? chunk : Uint8Array.prototype.slice.call(chunk));
    // It is told at the end, too.
    waiting?.catch(() => undefined);
    return waiting;
  }

  line(text = ''): void | Promise<void> {
    return this.write(`${text}\n`);
  }

  /** Resolves when the host has taken all of it; rejects with why it could not. */
  flush(): Promise<void> {
    return this.#outbox.flush();
  }
}

/** Texts that follow each other as one. */
function merged(chunks: readonly Chunk[]): readonly Chunk[] {
  return chunks.every((chunk) => typeof chunk === 'string') ? [chunks.join('')] : chunks;
}
