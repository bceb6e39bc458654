import type { EffectiveLimits } from '../../contract/index.js';
import { catalogued } from '../../errors/index.js';
import { uptime } from '../../platform/index.js';
import type { PluginUnit } from '../../plugins/plugin-unit.js';
import type { CallConfinement } from '../command-context.js';
import type { GuestSession, StartGuest } from './guest-session.js';
import type { OpenAnswer } from './protocol.js';

/** What guests have in common that may stand in for each other. */
export interface GuestKind {
  readonly unit: PluginUnit;
  /** In whose name it is at work beside its calls, where it only runs for others: see {@link CommandCall.chain}. */
  readonly chain?: readonly PluginUnit[];
  /** The same for the same plugin with the same permissions. */
  readonly key: string;
  readonly limits: EffectiveLimits;
  /** The environment variables that commands see there; all that there are when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether it may do what only one call grants: it ends with that. */
  readonly isOfOneCall?: boolean;
  /** Whether work that failed with this has used up its guest: whatever comes next would fail as well. */
  isUsedUpBy?(error: unknown): boolean;
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
  /** How many guests may wait for calls, as it is in force by now. */
  mostIdle(): IdleLimits;
}

/** How many guests wait for calls at most. */
export interface IdleLimits {
  readonly global: number;
  readonly perPlugin: number;
}

/** When guests end by themselves. */
const LIFE = {
  /** Milliseconds without a call. */
  idle: 30_000,
  /** Milliseconds that one waits for the only call that it is for. */
  unclaimed: 5_000,
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
  isUsedUp: boolean;
  timer?: NodeJS.Timeout | undefined;
}

/** A guest that is on its way up. */
interface Opening {
  readonly kind: GuestKind;
  readonly opened: Promise<OpenGuest>;
}

/** Guests that are up: each carries out one call at a time, and waits for the next one. */
export class GuestPool {
  readonly #host: GuestPoolHost;
  /** Those that wait, the one that has waited longest first. */
  readonly #idle = new Set<Pooled>();
  readonly #alive = new Set<Pooled>();
  readonly #opening = new Set<Opening>();
  readonly #retired = new WeakSet<PluginUnit>();
  /** How many are to be there, where somebody asked for that. */
  readonly #ready = new WeakMap<PluginUnit, number>();
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
    return [...this.#alive].some(({ kind, session }) => kind.unit === unit && session.isAlive);
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
    this.#ready.set(kind.unit, count);
    const there = [...this.#alive].filter((pooled) => pooled.kind.key === kind.key && pooled.session.isAlive).length;
    await Promise.all(Array.from({ length: Math.max(0, count - there) }, () => this.warm(kind)));
  }

  /** Has a guest of that kind do `work`, one that waits for it or a fresh one; also where the one that waited turns out to be gone. */
  async use<Result>(kind: GuestKind, work: (session: GuestSession) => Promise<Result>): Promise<Result> {
    const waiting = this.#waiting(kind);
    if (waiting !== undefined) {
      try {
        return await this.#use(waiting, work);
      } catch (error) {
        if (!waiting.session.isLost) throw error;
      }
    }
    return this.#use(await this.#open(kind), work);
  }

  /**
   * Has the guest of that kind which came up first do `work` that is no call of a command, beside other such work, and
   * beside no call: neither waits for the other, or ends with it. A fresh one where there is none.
   * @throws `DISPOSED`
   */
  async serve<Result>(kind: GuestKind, work: (session: GuestSession) => Promise<Result>): Promise<Result> {
    const pooled = await this.#shared(kind, (each) => !each.isTaken && !this.#isDue(each));
    pooled.calls += 1;
    return this.#share(pooled, work);
  }

  /**
   * Has the guest of that kind which came up first tell something, beside whatever it is at; a fresh one where there is none.
   * @throws `DISPOSED`
   */
  async share<Result>(kind: GuestKind, work: (session: GuestSession) => Promise<Result>): Promise<Result> {
    return this.#share(await this.#shared(kind, ({ isUsedUp }) => !isUsedUp), work);
  }

  /** Ends those of a unit: each when its call has ended. Resolves when none is left. */
  async retire(unit: PluginUnit): Promise<void> {
    this.#retired.add(unit);
    await this.#opened(({ kind }) => kind.unit === unit);
    const own = [...this.#alive].filter(({ kind }) => kind.unit === unit);
    for (const pooled of own) if (!pooled.isTaken && pooled.sharing === 0) void this.#end(pooled);
    await Promise.all(own.map(({ session }) => session.ended));
  }

  /** Ends all of them. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.#opened(() => true);
    await Promise.all([...this.#alive].map(({ session }) => session.close(this.#host.patience)));
  }

  async #share<Result>(pooled: Pooled, work: (session: GuestSession) => Promise<Result>): Promise<Result> {
    pooled.sharing += 1;
    this.#leaveIdle(pooled);
    pooled.session.ref();
    try {
      return await workOf(pooled, work);
    } finally {
      pooled.sharing -= 1;
      if (!pooled.isTaken) this.#rest(pooled);
    }
  }

  async #use<Result>(pooled: Pooled, work: (session: GuestSession) => Promise<Result>): Promise<Result> {
    pooled.calls += 1;
    try {
      return await workOf(pooled, work);
    } finally {
      pooled.isTaken = false;
      if (pooled.kind.isOfOneCall === true) await this.#end(pooled);
      else this.#rest(pooled);
    }
  }

  /** The one that has waited least: its memory is at hand. */
  #waiting({ key }: GuestKind): Pooled | undefined {
    const pooled = [...this.#idle].findLast(({ kind, session }) => kind.key === key && session.isAlive);
    if (pooled === undefined) return undefined;
    this.#leaveIdle(pooled);
    pooled.isTaken = true;
    pooled.session.ref();
    return pooled;
  }

  async #open(kind: GuestKind): Promise<Pooled> {
    const opening: Opening = { kind, opened: this.#host.open(kind) };
    this.#opening.add(opening);
    try {
      const pooled: Pooled = { ...(await opening.opened), kind, born: uptime(), calls: 0, sharing: 0, isTaken: true, isUsedUp: false };
      this.#alive.add(pooled);
      void pooled.session.ended.then(() => { this.#forget(pooled); });
      return pooled;
    } finally {
      this.#opening.delete(opening);
    }
  }

  /** Resolves when those that are on their way up are up, or not. */
  async #opened(which: (opening: Opening) => boolean): Promise<void> {
    await Promise.allSettled([...this.#opening].filter(which).map(({ opened }) => opened));
  }

  /** It waits for another call, where it is to have one, and nobody shares it. */
  #rest(pooled: Pooled): void {
    const { session, kind, sharing } = pooled;
    this.#leaveIdle(pooled);
    if (!session.isAlive || sharing > 0) return;
    if (this.#isDue(pooled)) {
      void this.#end(pooled);
      return;
    }
    this.#idle.add(pooled);
    session.unref();
    pooled.timer = setTimeout(() => void this.#end(pooled), kind.isOfOneCall === true ? LIFE.unclaimed : LIFE.idle).unref();
    this.#trim(kind.unit);
  }

  /** Ends those that have waited longest where more wait than may, but not those that somebody asked for. */
  #trim(unit: PluginUnit): void {
    const { global, perPlugin } = this.#host.mostIdle();
    const idle = [...this.#idle];
    const own = idle.filter(({ kind }) => kind.unit === unit);
    const unasked = idle.filter(({ kind }) => !this.#ready.has(kind.unit));
    const excess = [...beyond(own, Math.max(perPlugin, this.#ready.get(unit) ?? 0)), ...beyond(unasked, global)];
    for (const pooled of new Set(excess)) void this.#end(pooled);
  }

  #isDue({ session, kind, calls, born, isUsedUp }: Pooled): boolean {
    if (isUsedUp || this.#isDisposed || this.#retired.has(kind.unit)) return true;
    // Processor time counts from the start of a process.
    return calls >= LIFE.calls || uptime() - born > LIFE.age || hasGrown(session) || (kind.limits.cpuTime !== undefined && calls > 0);
  }

  async #shared(kind: GuestKind, mayShare: (pooled: Pooled) => boolean): Promise<Pooled> {
    const { unit, key } = kind;
    for (;;) {
      if (this.#isDisposed || this.#retired.has(unit)) throw catalogued('DISPOSED', { subject: `Plugin "${unit.name}"` });
      const alive = [...this.#alive].find((pooled) => pooled.kind.key === key && pooled.session.isAlive && mayShare(pooled));
      if (alive !== undefined) return alive;
      if (![...this.#opening].some((opening) => opening.kind.key === key)) break;
      // Those who ask at once share one.
      await this.#opened((opening) => opening.kind.key === key);
    }
    const opened = await this.#open(kind);
    opened.isTaken = false;
    return opened;
  }

  #end(pooled: Pooled): Promise<void> {
    this.#leaveIdle(pooled);
    return pooled.session.close(this.#host.patience);
  }

  #forget(pooled: Pooled): void {
    this.#alive.delete(pooled);
    this.#leaveIdle(pooled);
  }

  #leaveIdle(pooled: Pooled): void {
    clearTimeout(pooled.timer);
    this.#idle.delete(pooled);
  }
}

async function workOf<Result>(pooled: Pooled, work: (session: GuestSession) => Promise<Result>): Promise<Result> {
  try {
    return await work(pooled.session);
  } catch (error) {
    pooled.isUsedUp ||= pooled.kind.isUsedUpBy?.(error) === true;
    throw error;
  }
}

/** The first ones, where there are more than `most`. */
function beyond<Item>(items: readonly Item[], most: number): readonly Item[] {
  return items.slice(0, Math.max(0, items.length - most));
}

/** Whether a guest has more memory than it should need. */
function hasGrown({ memory: { first, last } }: GuestSession): boolean {
  return last > Math.max(first * LIFE.growth.times, first + LIFE.growth.bytes);
}
