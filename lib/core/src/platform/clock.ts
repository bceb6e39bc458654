/** Milliseconds since the process started: `performance.now()` would load all of `node:perf_hooks` at the start. */
export function uptime(): number {
  return process.uptime() * 1000;
}

/**
 * The system's clock. What is slept for, or is to happen once, keeps the process running until then; what happens again
 * and again does not: it has no end to wait for.
 */
export const systemClock = {
  now: (): Date => new Date(),

  async sleep(duration: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whoever aborted chose the reason
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, duration);
      signal?.addEventListener('abort', stop, { once: true });
    });
  },

  setTimeout(callback: () => void, delay: number): Disposable {
    const timer = setTimeout(callback, delay);
    return { [Symbol.dispose]: () => { clearTimeout(timer); } };
  },

  setInterval(callback: () => void, period: number): Disposable {
    const timer = setInterval(callback, period);
    timer.unref();
    return { [Symbol.dispose]: () => { clearInterval(timer); } };
  },
};
