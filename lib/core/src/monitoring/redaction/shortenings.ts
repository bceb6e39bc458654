/** Where a text was shortened, as Node and V8 do it: `'sk_live_0123...'`, `'…'... 2000 more characters`, `..."b": sk_live_01"... is not valid JSON`. */
export class Shortenings {
  readonly #text: string;
  readonly #isEnd: boolean;
  readonly #starts: readonly number[];
  /** Looked for when something is found that may be the beginning of a secret: hardly ever. */
  #ends: readonly number[] | undefined;
  /** From where on an end is one only if the text goes on so. */
  #begun: ReadonlySet<number> = new Set();
  #passedEnds = 0;
  #passedStarts = 0;

  /**
   * @param before - The end of what came before the text.
   * @param isEnd - Whether nothing follows: what may be the beginning of a mark is one until then.
   */
  constructor(text: string, before: string, isEnd: boolean) {
    this.#text = text;
    this.#isEnd = isEnd;
    this.#starts = startsIn(text, before);
  }

  /** The ends, in order, of what begins at `index`, which grows from call to call; quotes may be a part of it or of the mark. */
  endsAfter(index: number): readonly number[] {
    const ends = this.#ends ?? this.#findEnds();
    const first = index + FEWEST_UNITS;
    while ((ends[this.#passedEnds] ?? first) < first) this.#passedEnds += 1;
    return ends.slice(this.#passedEnds, this.#passedEnds + MOST_ENDS);
  }

  /** Whether it shows only later whether there is an end. */
  isBegun(end: number): boolean {
    return this.#begun.has(end);
  }

  /** The first place from `index` on, which never gets less, where the rest of something may begin; `undefined` where there is none. */
  startFrom(index: number): number | undefined {
    while ((this.#starts[this.#passedStarts] ?? index) < index) this.#passedStarts += 1;
    return this.#starts[this.#passedStarts];
  }

  #findEnds(): readonly number[] {
    this.#begun = new Set(this.#isEnd ? [] : begunEndsIn(this.#text));
    this.#ends = [...Array.from(this.#text.matchAll(END), ({ index }) => index), ...this.#begun];
    return this.#ends;
  }
}

/** What is left of a secret is looked for where it has as many units: fewer stand in many words. */
export const FEWEST_UNITS = 8;

/** How much of what came before a text is needed to see what it begins with. */
export const LONGEST_MARK = 32;

/** A text may hold any number of dots, and a secret a few. */
const MOST_ENDS = 16;

/** Three dots, or the character for them, also as one of its bytes each or escaped; behind a quote, and what colours the text before it. */
const END = /(?=(?:\\{0,7}["'`])?(?:\p{Cc}\[[\d;]{0,8}m)?(?:\.\.\.|…|â\u0080¦|\\{1,7}u2026))/gu;

/** What END may begin with. */
const BEGUN_END = /^(?:\\{0,7}["'`])?(?:\p{Cc}(?:\[[\d;]{0,8}m?)?)?(?:\.{0,2}|â\u0080?|\\{1,7}(?:u2?0?2?)?)$/u;

function begunEndsIn(text: string): readonly number[] {
  const places = Array.from({ length: Math.min(LONGEST_MARK, text.length) }, (_, index) => text.length - index - 1).reverse();
  return places.filter((place) => BEGUN_END.test(text.slice(place)));
}

/** As V8 tells of JSON. */
const START = /\.\.\.\\{0,7}"/g;

function startsIn(text: string, before: string): readonly number[] {
  if (!text.includes('"') && !before.includes('...')) return [];
  return Array.from((before + text).matchAll(START), ({ 0: mark, index }) => index + mark.length - before.length).filter((start) => start >= 0);
}
