import { setImmediate } from 'node:timers/promises';

/** How long the event loop waits for its turn at most, in milliseconds. */
const INTERVAL_MS = 20;

/**
 * Keeps long synchronous work answerable: now and then it lets the event loop run, so that a cancellation
 * arrives and progress is seen.
 */
export class Pulse {
  private last = performance.now();

  /**
   * @param onRest - Called at each rest, to report how far the work is.
   */
  constructor(
    private readonly signal: AbortSignal,
    private readonly onRest: () => void = () => undefined,
  ) {
    signal.throwIfAborted();
  }

  /** Cheap enough for every file: `undefined`, or a promise to await when a rest is due; it rejects with the signal's reason. */
  beat(): Promise<void> | undefined {
    return performance.now() - this.last < INTERVAL_MS ? undefined : this.rest();
  }

  private async rest(): Promise<void> {
    this.onRest();
    await setImmediate();
    this.signal.throwIfAborted();
    this.last = performance.now();
  }
}
