/** What a queue holds at least, once it holds anything. */
const FIRST_CAPACITY = 4096;

/** How much larger a queue gets that is full: seldom, so that what is copied stays in proportion to what came. */
const GROWTH = 4;

/** Room beyond what is wanted for the rest of the chunk that brings the last of it. */
const OVERLAP = 64 * 1024;

const NONE = new Uint8Array(0);

/**
 * Bytes that come in chunks and are taken in other lengths. A chunk that is taken before the next one comes is not copied;
 * of others, no byte is copied more often than its queue grows.
 */
export class ByteQueue {
  /** Bytes from `#start` to `#end` wait. */
  #bytes: Uint8Array = NONE;
  #start = 0;
  #end = 0;
  /** Whether `#bytes` is a chunk of somebody else, which is not to be written to. */
  #isBorrowed = false;
  /** How many bytes the next {@link take} is known to need. */
  #wanted = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  push(chunk: Uint8Array): void {
    if (this.length === 0) {
      this.#hold(chunk, chunk.byteLength, true);
    } else if (chunk.byteLength > 0) {
      this.#reserve(chunk.byteLength);
      this.#bytes.set(chunk, this.#end);
      this.#end += chunk.byteLength;
    }
  }

  /** Whether as many bytes wait; where not, it gets ready for them. */
  has(length: number): boolean {
    this.#wanted = length;
    return this.length >= length;
  }

  /** The next bytes, of which there must be as many: a view that nobody writes to. */
  take(length: number): Uint8Array {
    const taken = this.#bytes.subarray(this.#start, this.#start + length);
    this.#start += length;
    return taken;
  }

  clear(): void {
    this.#hold(NONE, 0, true);
  }

  #reserve(more: number): void {
    const needed = this.length + more;
    if (!this.#isBorrowed && this.#end + more <= this.#bytes.byteLength) return;
    const capacity = Math.max(needed, FIRST_CAPACITY, Math.min(this.#wanted + OVERLAP, needed * GROWTH));
    const bytes = new Uint8Array(capacity);
    bytes.set(this.#bytes.subarray(this.#start, this.#end));
    this.#hold(bytes, this.length, false);
  }

  #hold(bytes: Uint8Array, end: number, isBorrowed: boolean): void {
    this.#bytes = bytes;
    this.#start = 0;
    this.#end = end;
    this.#isBorrowed = isBorrowed;
  }
}
