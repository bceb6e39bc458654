import type { Clock } from '../index.js';
import { failure } from './failure.js';

/** A clock that stands still until the test moves it; see {@link manualClock}. */
export interface ManualClock extends Clock {
  /** How many timers and sleepers wait. */
  readonly waiting: number;
  /**
   * Lets `duration` milliseconds pass: what is due is called in order, each at its own time, with what follows from it
   * done before the next. Rejects with what a callback throws; the time stays at that callback's.
   */
  advance(duration: number): Promise<void>;
  /** Lets the time pass until the next timer is due, and calls it; does nothing when nothing waits. */
  next(): Promise<void>;
}

/**
 * A clock for tests: give it to `testHost(…, { clock })`, and move it with `advance()`.
 *
 * As with the timers of Node, a delay below one millisecond is one millisecond.
 * @param start - What time it is at first; the beginning of 2026, UTC, when left out.
 */
export function manualClock(start: Date | string | number = '2026-01-01T00:00:00.000Z'): ManualClock {
  return new TestClock(new Date(start).getTime());
}

interface Timer {
  due: number;
  readonly order: number;
  readonly period: number | undefined;
  readonly call: () => void;
}

/** The real one, whatever a test puts in its place. */
const { setImmediate } = globalThis;

class TestClock implements ManualClock {
  readonly #timers = new Set<Timer>();
  #now: number;
  #count = 0;

  constructor(start: number) {
    if (Number.isNaN(start)) throw failure({ message: 'A manual clock cannot start at a time that is none.', remedy: 'Give a date, milliseconds since 1970, or a text like 2026-01-01T00:00:00Z.' });
    this.#now = start;
  }

  get waiting(): number {
    return this.#timers.size;
  }

  now(): Date {
    return new Date(this.#now);
  }

  async sleep(duration: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = withResolvers();
    const timer = this.setTimeout(resolve, duration);
    const stop = (): void => { reject(signal?.reason); };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      await promise;
    } finally {
      timer[Symbol.dispose]();
      signal?.removeEventListener('abort', stop);
    }
  }

  setTimeout(callback: () => void, delay: number): Disposable {
    return this.#add(callback, delay, false);
  }

  setInterval(callback: () => void, period: number): Disposable {
    return this.#add(callback, period, true);
  }

  async advance(duration: number): Promise<void> {
    if (!(duration >= 0)) throw failure({ message: `A clock cannot be advanced by ${String(duration)} milliseconds.`, remedy: 'Give 0 or more: time does not go back.' });
    const end = this.#now + duration;
    // What was started just before may be about to wait for the clock.
    await settled();
    for (let timer = this.#first(); timer !== undefined && timer.due <= end; timer = this.#first()) await this.#fire(timer);
    this.#now = Math.max(this.#now, end);
  }

  async next(): Promise<void> {
    await settled();
    const timer = this.#first();
    if (timer !== undefined) await this.#fire(timer);
  }

  #add(call: () => void, delay: number, repeats: boolean): Disposable {
    const wait = delay >= 1 ? delay : 1;
    const timer: Timer = { due: this.#now + wait, order: this.#count++, period: repeats ? wait : undefined, call };
    this.#timers.add(timer);
    return { [Symbol.dispose]: () => { this.#timers.delete(timer); } };
  }

  #first(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (first === undefined || timer.due < first.due || (timer.due === first.due && timer.order < first.order)) first = timer;
    }
    return first;
  }

  async #fire(timer: Timer): Promise<void> {
    this.#now = Math.max(this.#now, timer.due);
    if (timer.period === undefined) this.#timers.delete(timer);
    else timer.due += timer.period;
    timer.call();
    await settled();
  }
}

/** When everything that follows from what happened, without waiting for anything outside, is done. */
function settled(): Promise<void> {
  return new Promise((resolve) => { setImmediate(resolve); });
}

function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (reason: unknown) => void } {
  let resolve = (): void => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<void>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
