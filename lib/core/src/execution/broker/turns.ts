import { unlessAborted } from '../../platform/index.js';

/** Lets so many work at once; others wait for their turn, in the order in which they came. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #working = 0;

  /** Has `work` done when it is its turn. @throws why the signal was aborted before that */
  async take<Result>(most: number, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    if (this.#working < most) this.#working += 1;
    else await this.#turn(signal);
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #turn(signal: AbortSignal): Promise<void> {
    let begin = (): void => undefined;
    const turn = new Promise<void>((resolve) => { begin = resolve; });
    this.#waiting.push(begin);
    try {
      // Not a listener on the signal itself: many wait under the same one.
      await unlessAborted(AbortSignal.any([signal]), turn);
    } catch (error) {
      const place = this.#waiting.indexOf(begin);
      if (place === -1) this.#leave();
      else this.#waiting.splice(place, 1);
      throw error;
    }
  }

  /** Whoever waits longest takes the place. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#working -= 1;
    else next();
  }
}
