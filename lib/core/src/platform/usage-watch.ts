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
  readonly #interval: number;
  /** The looks of one start, and when the next one is; absent while nobody looks. */
  #looks: { next?: NodeJS.Timeout } | undefined;

  /**
   * @param onExceeded - Called once with each start, when it has more.
   * @param interval - Milliseconds between two looks.
   */
  constructor(limits: UsageLimits, onExceeded: (limit: keyof UsageLimits) => void, usageOf: UsageOf = processUsage, interval = INTERVAL) {
    this.#limits = limits;
    this.#onExceeded = onExceeded;
    this.#usageOf = usageOf;
    this.#interval = interval;
  }

  /** Looks at that process from now on. Keeps no process running. */
  start(pid: number | undefined): void {
    if (pid === undefined || this.#looks !== undefined || Object.values(this.#limits).every((limit) => limit === undefined)) return;
    this.#looks = {};
    this.#lookLater(pid, this.#looks);
  }

  stop(): void {
    clearTimeout(this.#looks?.next);
    this.#looks = undefined;
  }

  #lookLater(pid: number, looks: { next?: NodeJS.Timeout }): void {
    looks.next = setTimeout(() => void this.#look(pid, looks), this.#interval).unref();
  }

  async #look(pid: number, looks: object): Promise<void> {
    const usage = await this.#usageOf(pid);
    // It was stopped meanwhile, and perhaps started anew.
    if (looks !== this.#looks) return;
    const exceeded = (['memory', 'processes'] as const).find((limit) => usage !== undefined && usage[limit] > (this.#limits[limit] ?? Infinity));
    if (exceeded === undefined) {
      this.#lookLater(pid, looks);
      return;
    }
    this.stop();
    this.#onExceeded(exceeded);
  }
}
