/** What texts that are looked for begin with: it decides nearly all places of another text in one pass, however many they are. */
export class Beginnings {
  /** Bits, by the hash of the first units of texts that have as many. */
  readonly #windows = new Uint32Array(BITS / 32);
  /** By the first unit: 1 for any text, 2 for one that is shorter than a window. */
  readonly #units = new Uint8Array(0x1_0000);
  #hasShort = false;

  add(text: string): void {
    const first = text.charCodeAt(0);
    if (text.length < WINDOW) {
      this.#units[first] = SHORT;
      this.#hasShort = true;
      return;
    }
    this.#units[first] ||= 1;
    let window = 0;
    for (let place = 0; place < WINDOW; place += 1) window = moved(window, text.charCodeAt(place));
    const bit = hashOf(window);
    this.#windows[bit >>> 5] = (this.#windows[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }

  /** The first place from `index` on where one may begin, also one that goes on behind the end; the length of the text where there is none. */
  next(text: string, index: number): number {
    const units = this.#units;
    const windows = this.#windows;
    const hasShort = this.#hasShort;
    const last = text.length - WINDOW;
    let place = index;
    let window = 0;
    for (let ahead = index; ahead < index + WINDOW - 1; ahead += 1) window = moved(window, text.charCodeAt(ahead));
    for (; place <= last; place += 1) {
      window = moved(window, text.charCodeAt(place + WINDOW - 1));
      const bit = hashOf(window);
      if (((windows[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0) return place;
      if (hasShort && units[text.charCodeAt(place)] === SHORT) return place;
    }
    while (place < text.length && units[text.charCodeAt(place)] === 0) place += 1;
    return place;
  }
}

/** How many units are looked at together: those before them leave a window as bits are shifted out of it. */
const WINDOW = 4;

const SHORT = 2;

/** Enough for tens of thousands of texts, in 256 KB. */
const BITS = 2 ** 21;

function moved(window: number, unit: number): number {
  return ((window << 8) + unit) | 0;
}

function hashOf(window: number): number {
  return Math.imul(window, 0x9e37_79b1) >>> 11;
}
