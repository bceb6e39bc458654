import { uptime } from './clock.js';

/** The longest that a timer of Node can wait, in milliseconds. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** Milliseconds: a timer that is later than that was kept waiting by something else in this thread. */
const LATE = 50;

/** When the time counts. */
export interface WithinOptions {
  /** From when that is settled; at once when left out. */
  readonly after?: Promise<unknown>;
  /** Not any more when that is aborted: others end the wait then, and no timer is to keep the process. */
  readonly until?: AbortSignal;
}

/**
 * What `work` gives, or the error of `onTimeout` when that takes longer than `limit` milliseconds. The work itself
 * cannot be ended from here: it goes on, and nobody looks at what becomes of it.
 *
 * Time in which something kept the thread busy when the limit was reached does not count against it, up to as much as the
 * limit itself: it may have been the work.
 */
export async function within<Value>(limit: number, work: () => Value | PromiseLike<Value>, onTimeout: () => Error, { after, until }: WithinOptions = {}): Promise<Value> {
  const value = work();
  if (!isThenable(value) || limit > LONGEST_TIMER) return value;
  const deadline = new Deadline(limit, onTimeout);
  const stop = (): void => { deadline.stop(); };
  until?.addEventListener('abort', stop, { once: true });
  if (until?.aborted === true) stop();
  // Whatever becomes of what it waits for, others tell of that.
  if (after === undefined) deadline.start();
  else void after.then(() => { deadline.start(); }, () => { deadline.start(); });
  try {
    return await Promise.race([value, deadline.passed]);
  } finally {
    stop();
    until?.removeEventListener('abort', stop);
  }
}

class Deadline {
  readonly passed: Promise<never>;
  readonly #limit: number;
  #pass = (): void => undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(limit: number, onTimeout: () => Error) {
    this.#limit = limit;
    this.passed = new Promise<never>((_resolve, reject) => {
      this.#pass = () => { reject(onTimeout()); };
    });
  }

  start(): void {
    this.#wait(this.#limit, this.#limit);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #wait(delay: number, spare: number): void {
    if (this.#isStopped) return;
    const due = uptime() + delay;
    this.#timer = setTimeout(() => {
      const late = Math.min(uptime() - due, spare);
      if (late > LATE) this.#wait(late, spare - late);
      else this.#pass();
    }, delay);
  }
}

/** What `promise` gives, or the reason of `signal` as soon as that is aborted. */
export async function unlessAborted<Value>(signal: AbortSignal, promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined); // Nobody looks at what becomes of it any more when the signal came before.
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const abortion = new Promise<never>((_resolve, reject) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whoever aborted chose the reason
    stop = (): void => { reject(signal.reason); };
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, abortion]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function isThenable<Value>(value: Value | PromiseLike<Value>): value is PromiseLike<Value> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
