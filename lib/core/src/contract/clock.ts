import { defineService } from './token.js';

/** The time, and what waits for it. Tests give plugins another one. */
export interface Clock {
  now(): Date;
  /** Resolves after `duration` milliseconds; rejects with the reason of `signal` when that is aborted before. */
  sleep(duration: number, signal?: AbortSignal): Promise<void>;
  /** Calls `callback` once, `delay` milliseconds from now, unless it is disposed before. */
  setTimeout(callback: () => void, delay: number): Disposable;
  /** Calls `callback` every `period` milliseconds until it is disposed. */
  setInterval(callback: () => void, period: number): Disposable;
}

/** The host's clock. Every plugin may inject it. */
export const ClockService = defineService<Clock>('structum.clock');
