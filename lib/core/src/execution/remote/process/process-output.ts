import type { Readable, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { LastWords } from './last-words.js';

/** Where it comes from: a process, or a worker. */
export interface OutputSources {
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
}

/** Where the output of guests goes: `process`, usually. */
export interface OutputTargets {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** How much the process of a guest may write. */
export interface OutputLimit {
  /** Bytes. */
  readonly most: number;
  /** Called when it writes more; no more is handed on. */
  readonly onExceeded: () => void;
  /** Whether it says something before it crashes that is for nobody else: a thread does not. */
  readonly hasLastWords: boolean;
}

/** Hands on what the process of a guest writes to its standard streams to those of this one, as plugins in this thread do it. */
export class ProcessOutput {
  readonly #limit: OutputLimit;
  readonly #lastWords: LastWords | undefined;
  readonly #ways: readonly (readonly [source: Readable | null, target: Writable])[];
  #written = 0;

  constructor({ stdout, stderr }: OutputSources, limit: OutputLimit, targets: OutputTargets = process) {
    this.#limit = limit;
    this.#ways = [[stdout, targets.stdout], [stderr, targets.stderr]];
    const toStderr = (chunk: Buffer): void => { handOn(chunk, stderr, targets.stderr); };
    const lastWords = limit.hasLastWords ? new LastWords(toStderr) : undefined;
    this.#lastWords = lastWords;
    this.#follow(stdout, (chunk) => { handOn(chunk, stdout, targets.stdout); });
    this.#follow(stderr, lastWords === undefined ? toStderr : (chunk) => { lastWords.take(chunk); });
  }

  /** What is written from now on is another call's. */
  begin(): void {
    this.#written = 0;
  }

  /** Whether all that may have been written before, and is not counted yet, is no more than may be. */
  get isWithinLimit(): boolean {
    return this.#written + MOST_ON_THE_WAY <= this.#limit.most;
  }

  /** Resolves when what was written before has been counted, which takes as long as whoever reads the targets does. */
  async caughtUp(): Promise<void> {
    let before: number | undefined;
    for (let turn = 0; turn < TURNS && before !== this.#written; turn += 1) {
      await Promise.all(this.#ways.map(([source, target]) => resumed(source, target)));
      before = this.#written;
      // Whatever there is, the system tells of between two of these.
      await setImmediate();
      await setImmediate();
    }
  }

  /** When nothing comes any more: whether its last words say that it crashed for want of memory. */
  conclude(didCrash: boolean): boolean {
    return this.#lastWords?.conclude(didCrash) === true;
  }

  #follow(source: Readable | null, take: (chunk: Buffer) => void): void {
    source?.on('error', () => undefined);
    source?.on('data', (chunk: Buffer) => {
      this.#written += chunk.length;
      if (this.#written > this.#limit.most) this.#limit.onExceeded();
      else take(chunk);
    });
  }
}

/** Bytes, more than pipes hold. */
const MOST_ON_THE_WAY = 2 * 2 ** 20;

/** Of the event loop: what a pipe can hold comes in fewer. */
const TURNS = 64;

/** The sources that wait for a target. */
interface Held {
  readonly sources: Set<Readable>;
  readonly released: Promise<void>;
}

/** With one listener for all of them, however many there are. */
const waiting = new WeakMap<Writable, Held>();

/** As much as the target takes. */
function handOn(chunk: Buffer, source: Readable | null, target: Writable): void {
  if (target.write(chunk) || source === null) return;
  const { sources } = waiting.get(target) ?? waitFor(target);
  source.pause();
  sources.add(source);
}

function waitFor(target: Writable): Held {
  const sources = new Set<Readable>();
  const released = new Promise<void>((resolve) => {
    const goOn = (): void => {
      target.off('drain', goOn).off('close', goOn);
      waiting.delete(target);
      for (const source of sources) source.resume();
      resolve();
    };
    target.on('drain', goOn).on('close', goOn);
  });
  const held: Held = { sources, released };
  waiting.set(target, held);
  return held;
}

/** Resolves when a source does not wait for its target. */
async function resumed(source: Readable | null, target: Writable): Promise<void> {
  const held = waiting.get(target);
  if (source !== null && held?.sources.has(source) === true) await held.released;
}
