import { processUsage, type UsageOf } from './process-usage.js';

/** What a process and all that it started may have together. */
export interface UsageLimits {
  readonly processes?: number | undefined;
  /** Bytes that are resident. */
  readonly memory?: number | undefined;
}

/** Milliseconds between two looks. */
const INTERVAL = 250;

/** Looks again and again whether a process has more than it may, where the kernel does not. */
export class UsageWatch {
  readonly #limits: UsageLimits;
  readonly #onExceeded: (limit: keyof UsageLimits) => void;
  readonly #usageOf: UsageOf;
  /** Ends the looks that are under way; absent while nobody looks. */
  #stop: AbortController | undefined;

  /** @param onExceeded - Called once with each start, when it has more. */
  constructor(limits: UsageLimits, onExceeded: (limit: keyof UsageLimits) => void, usageOf: UsageOf = processUsage) {
    this.#limits = limits;
    this.#onExceeded = onExceeded;
    this.#usageOf = usageOf;
  }

  /** Looks at that process from now on. Keeps no process running. */
  start(pid: number | undefined): void {
    if (pid === undefined || this.#stop !== undefined || Object.values(this.#limits).every((limit) => limit === undefined)) return;
    this.#stop = new AbortController();
    this.#lookLater(pid, this.#stop.signal);
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
  }

  #lookLater(pid: number, signal: AbortSignal): void {
    const timer = setTimeout(() => void this.#look(pid, signal), INTERVAL).unref();
    signal.addEventListener('abort', () => { clearTimeout(timer); }, { once: true });
  }

  async #look(pid: number, signal: AbortSignal): Promise<void> {
    const usage = await this.#usageOf(pid);
    if (signal.aborted) return;
    const exceeded = (['memory', 'processes'] as const).find((limit) => usage !== undefined && usage[limit] > (this.#limits[limit] ?? Infinity));
    if (exceeded === undefined) {
      this.#lookLater(pid, signal);
      return;
    }
    this.stop();
    this.#onExceeded(exceeded);
  }
}
