import { catalogued } from '../../errors/index.js';

/** How many may work at once, and wait. */
export interface QueueLimits {
  /** Calls at once in all. */
  readonly global: number;
  /** Calls of one plugin at once. */
  readonly perPlugin: number;
  /** Calls that wait for their turn. */
  readonly queue: number;
}

/** Who wants a turn. */
export interface TurnRequest {
  readonly plugin: string;
  /** The higher comes first; 0 is usual. */
  readonly priority: number;
  readonly signal: AbortSignal;
  /** How many wait for each other with this one: 1 where none does. */
  readonly depth: number;
}

interface Waiting extends TurnRequest {
  readonly begin: () => void;
}

/**
 * Gives turns: by priority, and among those of one priority to the plugin that has the fewest, so that one that asks for
 * thousands does not keep others waiting. Where a caller has a turn itself and waits for this one, there is one place more
 * at each depth: the deepest always goes on, and they do not wait for each other.
 */
export class CallQueue {
  readonly #limits: () => QueueLimits;
  readonly #waiting = new Set<Waiting>();
  readonly #running = new Map<string, number>();
  /** Depths at which somebody has the place that is there beyond the limits. */
  readonly #beyond = new Set<number>();
  #count = 0;

  /** @param limits - As they are in force by now. */
  constructor(limits: () => QueueLimits) {
    this.#limits = limits;
  }

  /** How many have a turn. */
  get running(): number {
    return this.#count;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Resolves with what ends the turn.
   * @throws `QUEUE_FULL`, and the reason of the signal.
   */
  async turn(request: TurnRequest): Promise<() => void> {
    request.signal.throwIfAborted();
    return this.#mayBegin(request) ? this.#begin(request) : this.#wait(request);
  }

  #wait(request: TurnRequest): Promise<() => void> {
    const { plugin, signal } = request;
    const { queue: limit } = this.#limits();
    if (this.#waiting.size >= limit) throw catalogued('QUEUE_FULL', { plugin, waiting: limit });
    return new Promise((resolve, reject) => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whoever aborted chose the reason
      const leave = (): void => { this.#waiting.delete(entry); reject(signal.reason); };
      const entry: Waiting = {
        ...request,
        begin: () => {
          this.#waiting.delete(entry);
          signal.removeEventListener('abort', leave);
          resolve(this.#begin(request));
        },
      };
      this.#waiting.add(entry);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** Gives what ends the turn. */
  #begin({ plugin, depth }: TurnRequest): () => void {
    const isBeyond = !this.#hasRoomFor(plugin);
    if (isBeyond) this.#beyond.add(depth);
    this.#count += 1;
    this.#running.set(plugin, this.#runningOf(plugin) + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      if (isBeyond) this.#beyond.delete(depth);
      this.#end(plugin);
    };
  }

  #end(plugin: string): void {
    this.#count -= 1;
    const left = this.#runningOf(plugin) - 1;
    if (left === 0) this.#running.delete(plugin);
    else this.#running.set(plugin, left);
    for (let next = this.#next(); next !== undefined; next = this.#next()) next.begin();
  }

  #next(): Waiting | undefined {
    let best: Waiting | undefined;
    for (const each of this.#waiting) {
      if (this.#mayBegin(each) && (best === undefined || this.#comesBefore(each, best))) best = each;
    }
    return best;
  }

  /** Those that came earlier stay in front where nothing else tells them apart. */
  #comesBefore(one: Waiting, other: Waiting): boolean {
    if (one.priority !== other.priority) return one.priority > other.priority;
    return this.#runningOf(one.plugin) < this.#runningOf(other.plugin);
  }

  #mayBegin({ plugin, depth }: TurnRequest): boolean {
    return this.#hasRoomFor(plugin) || (depth > 1 && !this.#beyond.has(depth));
  }

  #hasRoomFor(plugin: string): boolean {
    const { global, perPlugin } = this.#limits();
    return this.#count < global && this.#runningOf(plugin) < perPlugin;
  }

  #runningOf(plugin: string): number {
    return this.#running.get(plugin) ?? 0;
  }
}
