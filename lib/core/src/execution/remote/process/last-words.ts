/** As Node's own last words begin, which are for nobody else. */
const BEGIN = /^(?:<--- |FATAL ERROR: |#\s*$|----- Native stack trace -----|terminate called )/m;

const OUT_OF_MEMORY = /heap out of memory|Allocation failed|out of memory|std::bad_alloc/i;

/** Bytes: Node's are shorter. */
const LONGEST = 64 * 1024;

/** Milliseconds after which a process has ended that said its last words. */
const PATIENCE = 1000;

/** Tells what a process says before it crashes from what its plugin writes: whatever might be the former is held back until it is known. */
export class LastWords {
  readonly #handOn: (chunk: Buffer) => void;
  /** What came since it began like last words, also when it was handed on. */
  #words: readonly Buffer[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param handOn - Gets what is the plugin's. */
  constructor(handOn: (chunk: Buffer) => void) {
    this.#handOn = handOn;
  }

  take(chunk: Buffer): void {
    if (this.#timer !== undefined) this.#hold([...this.#words, chunk]);
    else {
      // One character a byte.
      const start = chunk.toString('latin1').search(BEGIN);
      if (start !== 0) this.#handOn(start === -1 ? chunk : chunk.subarray(0, start));
      if (start !== -1) this.#hold([chunk.subarray(start)]);
    }
  }

  /** When nothing comes any more: whether the process crashed for want of memory. */
  conclude(didCrash: boolean): boolean {
    if (didCrash) clearTimeout(this.#timer);
    else this.#release();
    return didCrash && OUT_OF_MEMORY.test(Buffer.concat(this.#words).toString());
  }

  #hold(words: readonly Buffer[]): void {
    clearTimeout(this.#timer);
    this.#words = words;
    this.#timer = setTimeout(() => { this.#release(); }, PATIENCE).unref();
    if (words.reduce((sum, { length }) => sum + length, 0) > LONGEST) this.#release();
  }

  #release(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const chunk of this.#words) this.#handOn(chunk);
  }
}
