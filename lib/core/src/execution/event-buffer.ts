import type { ExecutionEvent } from '../contract/index.js';

/** How many events wait for a reader at most. */
const CAPACITY = 1024;

/**
 * Events on their way from a command to whoever reads them.
 *
 * Full, it drops the oldest progress first, then the oldest log line. Items are dropped only where nobody reads and
 * they are kept elsewhere; otherwise their sender waits.
 */
export class EventBuffer {
  readonly #events: ExecutionEvent[] = [];
  #closed = false;
  #reading = false;
  /** Whether an item that does not fit is waited for even before somebody reads. */
  readonly #itemsMustArrive: boolean;
  #wakeReader: (() => void) | undefined;
  #wakeWriter: (() => void) | undefined;

  constructor({ itemsMustArrive }: { readonly itemsMustArrive: boolean }) {
    this.#itemsMustArrive = itemsMustArrive;
  }

  /** Adds a log line or a progress report, in place of an older one if need be. */
  push(event: ExecutionEvent): void {
    if (this.#closed || (this.#isFull() && !this.#makeRoom(event))) return;
    this.#add(event);
  }

  /** Adds an item of a stream, waiting for room where it must not be lost. */
  async pushItem(item: unknown): Promise<void> {
    const event: ExecutionEvent = { type: 'item', item };
    while (!this.#closed && this.#isFull() && !this.#makeRoom(event)) {
      if (!this.#reading && !this.#itemsMustArrive) return;
      await new Promise<void>((resolve) => {
        this.#wakeWriter = resolve;
      });
    }
    if (!this.#closed) this.#add(event);
  }

  /** No more events will come; those that wait can still be read. */
  close(): void {
    this.#closed = true;
    this.#wakeReader?.();
    this.#wakeWriter?.();
  }

  /** Reads events until the buffer is closed and empty. Two readers share the events between them. */
  async *[Symbol.asyncIterator](): AsyncGenerator<ExecutionEvent, void, undefined> {
    this.#reading = true;
    try {
      for (;;) {
        const event = this.#events.shift();
        if (event !== undefined) {
          this.#wakeWriter?.();
          yield event;
        } else if (this.#closed) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            this.#wakeReader = resolve;
          });
        }
      }
    } finally {
      // A reader that has gone must not leave the command waiting.
      this.#reading = false;
      this.#wakeWriter?.();
    }
  }

  #isFull(): boolean {
    return this.#events.length >= CAPACITY;
  }

  #makeRoom(event: ExecutionEvent): boolean {
    const expendable = event.type === 'progress' ? (['progress'] as const) : (['progress', 'log'] as const);
    for (const type of expendable) {
      const index = this.#events.findIndex((waiting) => waiting.type === type);
      if (index === -1) continue;
      this.#events.splice(index, 1);
      return true;
    }
    return false;
  }

  #add(event: ExecutionEvent): void {
    this.#events.push(event);
    this.#wakeReader?.();
  }
}
