import type { Readable, Writable } from 'node:stream';
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
  #written = 0;

  constructor({ stdout, stderr }: OutputSources, limit: OutputLimit, targets: OutputTargets = process) {
    this.#limit = limit;
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

/** The sources that wait for a target: with one listener for all of them, however many there are. */
const waiting = new WeakMap<Writable, Set<Readable>>();

/** As much as the target takes. */
function handOn(chunk: Buffer, source: Readable | null, target: Writable): void {
  if (target.write(chunk) || source === null) return;
  const sources = waiting.get(target) ?? waitFor(target);
  source.pause();
  sources.add(source);
}

function waitFor(target: Writable): Set<Readable> {
  const sources = new Set<Readable>();
  waiting.set(target, sources);
  const goOn = (): void => {
    target.off('drain', goOn).off('close', goOn);
    waiting.delete(target);
    for (const source of sources) source.resume();
  };
  target.on('drain', goOn).on('close', goOn);
  return sources;
}
