/** Lets in those who ask as long as there is room, in the order in which they ask. */
export class Gate {
  readonly #hasRoom: (inside: number) => boolean;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  /** @param hasRoom - Whether one more may come in, beside those who are inside. */
  constructor(hasRoom: (inside: number) => boolean) {
    this.#hasRoom = hasRoom;
  }

  /** Begins with `work` at once where there is room for it, and else when there is. */
  pass<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#waiting.length === 0 && this.#hasRoom(this.#inside)) return this.#enter(work);
    return new Promise((resolve) => { this.#waiting.push(() => { resolve(this.#enter(work)); }); });
  }

  /** There may be room by now. */
  open(): void {
    while (this.#hasRoom(this.#inside)) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      next();
    }
  }

  async #enter<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#inside += 1;
    try {
      return await work();
    } finally {
      this.#inside -= 1;
    }
  }
}
