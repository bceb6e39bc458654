import type { ExecutionEvent } from '../contract/index.js';
import { joinedProgress } from './progress-data.js';

type ProgressEvent = Extract<ExecutionEvent, { type: 'progress' }>;

/** How many events wait for a reader at most. */
const CAPACITY = 1024;

/**
 * Events on their way from a command to whoever reads them.
 *
 * Full, it drops the oldest progress first, whose successor then tells what it told, and then the oldest log line. Items
 * are dropped only where nobody reads and they are kept elsewhere, or nobody reads any more; otherwise their sender waits.
 */
export class EventBuffer {
  readonly #events: ExecutionEvent[] = [];
  #dropped: ProgressEvent | undefined;
  /** Whether an item that does not fit is waited for: before somebody reads, and while somebody does. */
  #itemsMustArrive: boolean;
  #readers = 0;
  #isClosed = false;
  /** Those who wait for an event, for room, or for the end. */
  readonly #waiting = new Set<() => void>();

  constructor({ itemsMustArrive }: { readonly itemsMustArrive: boolean }) {
    this.#itemsMustArrive = itemsMustArrive;
  }

  /** Adds a log line or a progress report, in place of an older one if need be. */
  push(event: ExecutionEvent): void {
    if (this.#isClosed) return;
    const isFull = this.#isFull();
    this.#add(event);
    // It may be the oldest of its kind itself.
    if (isFull) this.#dropFor(event);
  }

  /** Adds an item of a stream, waiting for room where it must not be lost. */
  async pushItem(item: unknown): Promise<void> {
    const event: ExecutionEvent = { type: 'item', item };
    while (!this.#isClosed && this.#isFull() && !this.#dropFor(event)) {
      if (this.#readers === 0 && !this.#itemsMustArrive) return;
      await this.#change();
    }
    if (!this.#isClosed) this.#add(event);
  }

  /** Items need not arrive any more: nobody waits for a reader. */
  abandonItems(): void {
    this.#itemsMustArrive = false;
    this.#wakeAll();
  }

  /** No more events will come; those that wait can still be read. */
  close(): void {
    this.#isClosed = true;
    this.#wakeAll();
  }

  /** Reads events until the buffer is closed and empty. Two readers share the events between them. */
  async *[Symbol.asyncIterator](): AsyncGenerator<ExecutionEvent, void, undefined> {
    this.#readers += 1;
    try {
      for (;;) {
        const event = this.#next();
        if (event !== undefined) {
          this.#wakeAll();
          yield event;
        } else if (this.#isClosed) {
          return;
        } else {
          await this.#change();
        }
      }
    } finally {
      // The last reader that goes before the end must not leave the command waiting for another one.
      this.#readers -= 1;
      if (this.#readers === 0) this.abandonItems();
    }
  }

  #isFull(): boolean {
    return this.#events.length >= CAPACITY;
  }

  #next(): ExecutionEvent | undefined {
    const event = this.#events.shift();
    if (event?.type !== 'progress' || this.#dropped === undefined) return event;
    const whole = joinedProgress(this.#dropped, event);
    this.#dropped = undefined;
    return whole;
  }

  /** Drops something that may be dropped for `event`; tells whether there was anything. */
  #dropFor(event: ExecutionEvent): boolean {
    const expendable = event.type === 'progress' ? (['progress'] as const) : (['progress', 'log'] as const);
    for (const type of expendable) {
      const index = this.#events.findIndex((waiting) => waiting.type === type);
      if (index === -1) continue;
      for (const dropped of this.#events.splice(index, 1)) this.#forget(dropped);
      return true;
    }
    return false;
  }

  /** Of progress, what it told is kept for the next one. */
  #forget(event: ExecutionEvent): void {
    if (event.type === 'progress') this.#dropped = this.#dropped === undefined ? event : joinedProgress(this.#dropped, event);
  }

  #add(event: ExecutionEvent): void {
    this.#events.push(event);
    this.#wakeAll();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
    });
  }

  #wakeAll(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
