import type { Clock } from '../contract/index.js';
import type { OwnedResources } from './owned-resources.js';

/**
 * The host's clock, for one plugin: what it starts there belongs to the plugin, and ends with it. What a plugin still
 * sleeps for then never wakes up: it would do so in the middle of nowhere.
 */
export class UnitClock implements Clock {
  readonly #clock: Clock;
  readonly #owned: OwnedResources;

  constructor(clock: Clock, owned: OwnedResources) {
    this.#clock = clock;
    this.#owned = owned;
  }

  now(): Date {
    return this.#clock.now();
  }

  async sleep(duration: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const timer = this.#once(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, duration, 'sleep');
      const stop = (): void => {
        timer[Symbol.dispose]();
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whoever aborted chose the reason
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  setTimeout(callback: () => void, delay: number): Disposable {
    return this.#once(callback, delay, 'timeout');
  }

  setInterval(callback: () => void, period: number): Disposable {
    return this.#own(this.#clock.setInterval(callback, period), `interval of ${String(period)} ms`);
  }

  #once(callback: () => void, delay: number, kind: string): Disposable {
    const owned = this.#own(this.#clock.setTimeout(() => {
      owned[Symbol.dispose]();
      callback();
    }, delay), `${kind} of ${String(delay)} ms`);
    return owned;
  }

  /** The timer as the plugin's own: until somebody ends it. */
  #own(timer: Disposable, label: string): Disposable {
    const release = this.#owned.add(timer, label);
    return {
      [Symbol.dispose]: () => {
        release();
        timer[Symbol.dispose]();
      },
    };
  }
}
