import { ByteQueue } from './byte-queue.js';
import { headerFrom } from './header.js';
import { ProtocolViolation } from './protocol-violation.js';

/** One message: data as JSON, and bytes that travel as they are. */
export interface Frame {
  /** An object as JSON gives it, with no prototype, and none in what it holds. */
  readonly header: unknown;
  /** May be a view of a chunk that was pushed. */
  readonly body: Uint8Array;
  /** How many all of it has. */
  readonly bytes: number;
}

/** How many bytes the parts of one frame have. */
interface FrameLengths {
  readonly header: number;
  readonly body: number;
}

/** The lengths of header and body, in front of both: two unsigned integers of 32 bits, the high byte first. */
const PREFIX = 8;

/** What is smaller than that is copied into one piece with its neighbours, rather than written by itself. */
const SMALL = 16 * 1024;

/** Makes frames of what comes in through a pipe, however that is cut into chunks. Holds no more than was sent. */
export class FrameDecoder {
  readonly #most: number;
  readonly #queue = new ByteQueue();
  #lengths: FrameLengths | undefined;
  #isViolated = false;

  /** @param most - Bytes that one frame may have. */
  constructor(most: number) {
    this.#most = most;
  }

  /** How many bytes wait for the rest of their frame. */
  get buffered(): number {
    return this.#queue.length;
  }

  /**
   * The frames that are complete with this chunk, which must not be changed afterwards. After a violation everything is ignored.
   * @throws ProtocolViolation
   */
  push(chunk: Uint8Array): Frame[] {
    if (this.#isViolated) return [];
    try {
      this.#queue.push(chunk);
      return [...this.#frames()];
    } catch (error) {
      this.#isViolated = true;
      this.#queue.clear();
      throw error;
    }
  }

  *#frames(): Generator<Frame> {
    for (;;) {
      this.#lengths ??= this.#nextLengths();
      if (this.#lengths === undefined || !this.#queue.has(this.#lengths.header + this.#lengths.body)) return;
      const { header, body } = this.#lengths;
      this.#lengths = undefined;
      yield { header: headerFrom(this.#queue.take(header)), body: this.#queue.take(body), bytes: PREFIX + header + body };
    }
  }

  #nextLengths(): FrameLengths | undefined {
    if (!this.#queue.has(PREFIX)) return undefined;
    const prefix = this.#queue.take(PREFIX);
    const view = new DataView(prefix.buffer, prefix.byteOffset, PREFIX);
    const lengths = { header: view.getUint32(0), body: view.getUint32(4) };
    const bytes = PREFIX + lengths.header + lengths.body;
    if (bytes > this.#most) throw new ProtocolViolation(`a message of ${String(bytes)} bytes, and no more than ${String(this.#most)} are allowed`);
    return lengths;
  }
}

/**
 * The pieces to write one after the other; large ones of the body are not copied.
 * @throws RangeError for more than 4 GiB
 */
export function encodeFrame(header: unknown, body: readonly Uint8Array[] = []): Uint8Array[] {
  const text = JSON.stringify(header);
  const headerLength = Buffer.byteLength(text);
  const start = Buffer.allocUnsafe(PREFIX + headerLength);
  start.writeUInt32BE(headerLength, 0);
  start.writeUInt32BE(body.reduce((sum, { byteLength }) => sum + byteLength, 0), 4);
  start.write(text, PREFIX);
  return joined([start, ...body]);
}

/** The same bytes in fewer pieces. */
function joined(pieces: readonly Uint8Array[]): Uint8Array[] {
  const result: Uint8Array[] = [];
  let small: Uint8Array[] = [];
  const flush = (): void => {
    const [only] = small;
    if (only !== undefined) result.push(small.length === 1 ? only : Buffer.concat(small));
    small = [];
  };
  for (const piece of pieces) {
    if (piece.byteLength < SMALL) {
      if (piece.byteLength > 0) small.push(piece);
    } else {
      flush();
      result.push(piece);
    }
  }
  flush();
  return result;
}
