import type { Destination } from './destination.js';

/** From this size on, what has gathered is written. */
const FLUSH_BYTES = 1024 * 1024;

/** Gathers text and bytes for a destination, so that it is written to seldom and in large pieces. */
export class Batch {
  private buffer = Buffer.allocUnsafeSlow(FLUSH_BYTES / 4);
  private length = 0;
  private flushed = 0;

  constructor(private readonly destination: Destination) {}

  /** All that was added so far, in bytes. */
  get size(): number {
    return this.flushed + this.length;
  }

  /** Whether it is time to {@link flush}. */
  get isFull(): boolean {
    return this.length >= FLUSH_BYTES;
  }

  text(text: string): void {
    // No character takes more than three bytes per unit of a string.
    this.reserve(text.length * 3);
    this.length += this.buffer.write(text, this.length, 'utf8');
  }

  bytes(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  async flush(): Promise<void> {
    if (this.length === 0) return;
    await this.destination.write(this.buffer.subarray(0, this.length));
    this.flushed += this.length;
    this.length = 0;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.length + more));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
