import { uptime } from './clock.js';

/** The longest that a timer of Node can wait, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** Milliseconds: a timer that is later than that was kept waiting by something else in this thread. */
const LATE = 50;

/**
 * What `work` gives, or the error of `onTimeout` when that takes longer than `limit` milliseconds. The work itself
 * cannot be ended from here: it goes on, and nobody looks at what becomes of it. Time in which something else kept the
 * thread busy when the limit was reached does not count against it.
 */
export async function within<Value>(limit: number, work: () => Value | PromiseLike<Value>, onTimeout: () => Error): Promise<Value> {
  const value = work();
  if (!isThenable(value) || limit > LONGEST) return value;
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_resolve, reject) => {
    const wait = (delay: number): void => {
      const due = uptime() + delay;
      timer = setTimeout(() => {
        const late = uptime() - due;
        if (late > LATE) wait(late);
        else reject(onTimeout());
      }, delay);
    };
    wait(limit);
  });
  try {
    return await Promise.race([value, expiry]);
  } finally {
    clearTimeout(timer);
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
