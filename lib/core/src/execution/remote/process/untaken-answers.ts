/** How many answers, and bytes of them, may wait for a guest to take them. */
export interface MostUntaken {
  readonly answers: number;
  /** Beside those of the largest: it may be as large as a message may be. */
  readonly bytes: number;
}

/** The answers to requests of a guest that it has not taken yet. */
export class UntakenAnswers {
  readonly #most: MostUntaken;
  readonly #untaken = new Set<{ readonly bytes: number }>();
  #bytes = 0;

  constructor(most: MostUntaken) {
    this.#most = most;
  }

  /** Gives what says that it was taken. */
  add(bytes: number): () => void {
    const answer = { bytes };
    this.#untaken.add(answer);
    this.#bytes += bytes;
    return () => { if (this.#untaken.delete(answer)) this.#bytes -= bytes; };
  }

  get areTooMany(): boolean {
    const { answers, bytes } = this.#most;
    return this.#untaken.size > answers || (this.#bytes > bytes && this.#bytes - this.#largest() > bytes);
  }

  #largest(): number {
    let largest = 0;
    for (const { bytes } of this.#untaken) largest = Math.max(largest, bytes);
    return largest;
  }
}
