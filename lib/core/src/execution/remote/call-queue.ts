import type { ConcurrencyLimits } from '../../contract/index.js';
import { catalogued } from '../../errors/index.js';

/** Who wants a turn. */
export interface TurnRequest {
  readonly plugin: string;
  /** The higher comes first; 0 is usual. */
  readonly priority: number;
  readonly signal: AbortSignal;
  /** How many wait for each other with this one: 1 where none does. */
  readonly depth: number;
}

interface Waiting {
  /** How many had asked before. */
  readonly place: number;
  readonly begin: () => void;
}

/** Those of one plugin, one priority and one depth that wait, in the order in which they asked: only the first can be next. */
interface Line extends Pick<TurnRequest, 'plugin' | 'priority' | 'depth'> {
  readonly waiting: Set<Waiting>;
}

interface First {
  readonly line: Line;
  readonly waiting: Waiting;
}

/**
 * Gives turns: by priority, and among those of one priority to the plugin that has the fewest, so that one that asks for
 * thousands does not keep others waiting. Where a caller has a turn itself and waits for this one, there is one place more
 * at each depth: the deepest always goes on, and they do not wait for each other.
 */
export class CallQueue {
  readonly #limits: () => ConcurrencyLimits;
  readonly #lines = new Map<string, Line>();
  readonly #running = new Map<string, number>();
  /** Depths at which somebody has the place that is there beyond the limits. */
  readonly #beyond = new Set<number>();
  #count = 0;
  #waiting = 0;
  #asked = 0;

  /** @param limits - As they are in force by now. */
  constructor(limits: () => ConcurrencyLimits) {
    this.#limits = limits;
  }

  /** How many have a turn. */
  get running(): number {
    return this.#count;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Resolves with what ends the turn.
   * @throws `QUEUE_FULL`, and the reason of the signal.
   */
  async turn(request: TurnRequest): Promise<() => void> {
    request.signal.throwIfAborted();
    // Those that wait were there before.
    this.heedLimits();
    return this.#mayBegin(request, this.#limits()) ? this.#begin(request) : this.#wait(request);
  }

  /** Gives turns to those who wait and may begin: to be called where the limits may have become others. */
  heedLimits(): void {
    const limits = this.#limits();
    for (let next = this.#next(limits); next !== undefined; next = this.#next(limits)) next.begin();
  }

  #wait(request: TurnRequest): Promise<() => void> {
    const { plugin, signal } = request;
    const { queue: limit } = this.#limits();
    if (this.#waiting >= limit) throw catalogued('QUEUE_FULL', { plugin, waiting: limit });
    return new Promise((resolve, reject) => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whoever aborted chose the reason
      const leave = (): void => { this.#leave(request, entry); reject(signal.reason); };
      const entry: Waiting = {
        place: this.#asked,
        begin: () => {
          this.#leave(request, entry);
          signal.removeEventListener('abort', leave);
          resolve(this.#begin(request));
        },
      };
      this.#join(request, entry);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  #join(request: TurnRequest, entry: Waiting): void {
    const { plugin, priority, depth } = request;
    const line = this.#lines.get(lineKey(request)) ?? { plugin, priority, depth, waiting: new Set() };
    this.#lines.set(lineKey(request), line);
    line.waiting.add(entry);
    this.#waiting += 1;
    this.#asked += 1;
  }

  #leave(request: TurnRequest, entry: Waiting): void {
    const line = this.#lines.get(lineKey(request));
    if (line?.waiting.delete(entry) !== true) return;
    this.#waiting -= 1;
    if (line.waiting.size === 0) this.#lines.delete(lineKey(request));
  }

  /** Gives what ends the turn. */
  #begin({ plugin, depth }: TurnRequest): () => void {
    const isBeyond = !this.#hasRoomFor(plugin, this.#limits());
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
    this.heedLimits();
  }

  #next(limits: ConcurrencyLimits): Waiting | undefined {
    let best: First | undefined;
    for (const line of this.#lines.values()) {
      const [waiting] = line.waiting;
      if (waiting === undefined || !this.#mayBegin(line, limits)) continue;
      const first = { line, waiting };
      if (best === undefined || this.#comesBefore(first, best)) best = first;
    }
    return best?.waiting;
  }

  /** Those that came earlier stay in front where nothing else tells them apart. */
  #comesBefore(one: First, other: First): boolean {
    if (one.line.priority !== other.line.priority) return one.line.priority > other.line.priority;
    const [own, others] = [this.#runningOf(one.line.plugin), this.#runningOf(other.line.plugin)];
    return own === others ? one.waiting.place < other.waiting.place : own < others;
  }

  #mayBegin({ plugin, depth }: Pick<TurnRequest, 'plugin' | 'depth'>, limits: ConcurrencyLimits): boolean {
    return this.#hasRoomFor(plugin, limits) || (depth > 1 && !this.#beyond.has(depth));
  }

  #hasRoomFor(plugin: string, { global, perPlugin }: ConcurrencyLimits): boolean {
    return this.#count < global && this.#runningOf(plugin) < perPlugin;
  }

  #runningOf(plugin: string): number {
    return this.#running.get(plugin) ?? 0;
  }
}

function lineKey({ plugin, priority, depth }: TurnRequest): string {
  return `${plugin} ${String(priority)} ${String(depth)}`;
}
