import type { ExecutionLimits } from '../../contract/index.js';
import { catalogued } from '../../errors/index.js';
import { uptime } from '../../platform/index.js';
import type { PluginUnit } from '../../plugins/plugin-unit.js';
import type { CallConfinement } from '../command-context.js';
import type { GuestSession, StartGuest } from './guest-session.js';
import type { OpenAnswer } from './protocol.js';

/** What guests have in common that may stand in for each other. */
export interface GuestKind {
  readonly unit: PluginUnit;
  /** The same for the same plugin with the same permissions. */
  readonly key: string;
  readonly limits: ExecutionLimits;
  /** What it is confined to; absent where it is not. */
  readonly confinement?: CallConfinement;
  /** How one is started. */
  starter(): Promise<StartGuest>;
  /** Whether one that did not come up has to be started in another way: with a new starter. Absent where there is no other. */
  isOutdated?(start: StartGuest): Promise<boolean>;
}

/** A guest that is open. */
export interface OpenGuest {
  readonly session: GuestSession;
  readonly answer: OpenAnswer;
}

/** What a pool needs. */
export interface GuestPoolHost {
  /** Starts a guest of that kind. Rejects with why it does not come up; then nothing is left of it. */
  open(kind: GuestKind): Promise<OpenGuest>;
  /** Milliseconds for a guest to take its plugin down. */
  readonly patience: number;
}

/** When guests end by themselves. */
const LIFE = {
  /** Milliseconds without a call. */
  idle: 30_000,
  /** Calls, after which a fresh one is started. */
  calls: 5_000,
  /** Milliseconds. */
  age: 30 * 60_000,
  /** How many times the memory of its first calls, and bytes beyond that. */
  growth: { times: 2, bytes: 64 * 1024 * 1024 },
} as const;

interface Pooled extends OpenGuest {
  readonly kind: GuestKind;
  readonly born: number;
  calls: number;
  /** How many share it, beside a call that it carries out. */
  sharing: number;
  /** Whether it is kept for one call, or for what it was started for. */
  isTaken: boolean;
  timer?: NodeJS.Timeout | undefined;
}

/** Guests that are up: each carries out one call at a time, and waits for the next one. */
export class GuestPool {
  readonly #host: GuestPoolHost;
  readonly #idle = new Map<string, Pooled[]>();
  readonly #alive = new Set<Pooled>();
  readonly #opening = new Map<PluginUnit, Set<Promise<OpenGuest>>>();
  readonly #retired = new WeakSet<PluginUnit>();
  #isDisposed = false;

  constructor(host: GuestPoolHost) {
    this.#host = host;
  }

  /** How many there are. */
  get size(): number {
    return this.#alive.size;
  }

  /** Whether there is one of that plugin. */
  has(unit: PluginUnit): boolean {
    return this.#firstOf(unit) !== undefined;
  }

  /** Starts a guest that waits for calls. Rejects with why it does not come up. */
  async warm(kind: GuestKind): Promise<OpenAnswer> {
    const pooled = await this.#open(kind);
    pooled.isTaken = false;
    this.#rest(pooled);
    return pooled.answer;
  }

  /** Has at least so many guests of that kind be there. Rejects with why one does not come up. */
  async keepReady(kind: GuestKind, count: number): Promise<void> {
    const there = [...this.#alive].filter((pooled) => pooled.kind.key === kind.key && pooled.session.isAlive).length;
    await Promise.all(Array.from({ length: Math.max(0, count - there) }, () => this.warm(kind)));
  }

  /** Has a guest of that kind do `work`, one that waits for it or a fresh one. */
  async use<Result>(kind: GuestKind, work: (session: GuestSession) => Promise<Result>): Promise<Result> {
    const pooled = this.#waiting(kind) ?? (await this.#open(kind));
    pooled.calls += 1;
    try {
      return await work(pooled.session);
    } finally {
      pooled.isTaken = false;
      this.#rest(pooled);
    }
  }

  /**
   * Has the guest of that plugin which came up first do `work`, beside whatever it is at; a fresh one where there is none.
   * @throws `DISPOSED`
   */
  async share<Result>(kind: GuestKind, work: (session: GuestSession) => Promise<Result>): Promise<Result> {
    const pooled = await this.#shared(kind);
    pooled.sharing += 1;
    clearTimeout(pooled.timer);
    pooled.session.ref();
    try {
      return await work(pooled.session);
    } finally {
      pooled.sharing -= 1;
      if (!pooled.isTaken) this.#rest(pooled);
    }
  }

  /** Ends those of a unit: each when its call has ended. Resolves when none is left. */
  async retire(unit: PluginUnit): Promise<void> {
    this.#retired.add(unit);
    await Promise.allSettled([...(this.#opening.get(unit) ?? [])]);
    const own = [...this.#alive].filter(({ kind }) => kind.unit === unit);
    for (const pooled of own) if (!pooled.isTaken && pooled.sharing === 0) this.#end(pooled);
    await Promise.all(own.map(({ session }) => session.ended));
  }

  /** Ends all of them. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await Promise.allSettled([...this.#opening.values()].flatMap((opening) => [...opening]));
    await Promise.all([...this.#alive].map(({ session }) => session.close(this.#host.patience)));
  }

  #waiting({ key }: GuestKind): Pooled | undefined {
    const idle = this.#idle.get(key) ?? [];
    for (let pooled = idle.pop(); pooled !== undefined; pooled = idle.pop()) {
      clearTimeout(pooled.timer);
      if (!pooled.session.isAlive) continue;
      pooled.isTaken = true;
      pooled.session.ref();
      return pooled;
    }
    return undefined;
  }

  async #open(kind: GuestKind): Promise<Pooled> {
    const opening = this.#host.open(kind);
    const others = this.#opening.get(kind.unit) ?? new Set<Promise<OpenGuest>>();
    this.#opening.set(kind.unit, others);
    others.add(opening);
    try {
      const pooled: Pooled = { ...(await opening), kind, born: uptime(), calls: 0, sharing: 0, isTaken: true };
      this.#alive.add(pooled);
      void pooled.session.ended.then(() => { this.#forget(pooled); });
      return pooled;
    } finally {
      others.delete(opening);
      if (others.size === 0) this.#opening.delete(kind.unit);
    }
  }

  /** It waits for another call, where it is to have one. */
  #rest(pooled: Pooled): void {
    const { session, kind, sharing } = pooled;
    this.#leaveIdle(pooled);
    if (!session.isAlive) return;
    if (this.#isDue(pooled)) {
      if (sharing === 0) this.#end(pooled);
      return;
    }
    this.#idle.set(kind.key, [...(this.#idle.get(kind.key) ?? []), pooled]);
    if (sharing > 0) return;
    session.unref();
    pooled.timer = setTimeout(() => { this.#end(pooled); }, LIFE.idle).unref();
  }

  #isDue({ session, kind, calls, born }: Pooled): boolean {
    if (this.#isDisposed || this.#retired.has(kind.unit)) return true;
    // Processor time counts from the start of a process.
    return calls >= LIFE.calls || uptime() - born > LIFE.age || hasGrown(session) || (kind.limits.cpuTime !== undefined && calls > 0);
  }

  async #shared(kind: GuestKind): Promise<Pooled> {
    const { unit } = kind;
    for (;;) {
      if (this.#isDisposed || this.#retired.has(unit)) throw catalogued('DISPOSED', { subject: `Plugin "${unit.name}"` });
      const alive = this.#firstOf(unit);
      if (alive !== undefined) return alive;
      const opening = this.#opening.get(unit);
      if (opening === undefined) break;
      // Those who ask at once share one.
      await Promise.allSettled([...opening]);
    }
    const opened = await this.#open(kind);
    opened.isTaken = false;
    return opened;
  }

  #firstOf(unit: PluginUnit): Pooled | undefined {
    return [...this.#alive].find(({ kind, session }) => kind.unit === unit && session.isAlive);
  }

  #end(pooled: Pooled): void {
    this.#leaveIdle(pooled);
    void pooled.session.close(this.#host.patience);
  }

  #forget(pooled: Pooled): void {
    this.#alive.delete(pooled);
    this.#leaveIdle(pooled);
  }

  #leaveIdle(pooled: Pooled): void {
    clearTimeout(pooled.timer);
    const idle = this.#idle.get(pooled.kind.key) ?? [];
    const left = idle.filter((each) => each !== pooled);
    if (left.length === 0) this.#idle.delete(pooled.kind.key);
    else this.#idle.set(pooled.kind.key, left);
  }
}

/** Whether a guest has more memory than it should need. */
function hasGrown({ memory: { first, last } }: GuestSession): boolean {
  return last > Math.max(first * LIFE.growth.times, first + LIFE.growth.bytes);
}
