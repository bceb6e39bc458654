import type { PluginUnit } from './plugin-unit.js';

/** What only one plugin can have: the name of a command, or the id of a service. */
export interface Claim {
  readonly kind: 'command' | 'service';
  readonly key: string;
}

/** The plugins that claim the same, in precedence: no more of them are read than are asked for. */
export class Claimants {
  readonly claim: Claim;
  readonly #units: PluginUnit[] = [];
  readonly #places = new Map<PluginUnit, number>();
  readonly #others: Iterator<PluginUnit>;
  #isComplete = false;

  constructor(claim: Claim, units: Iterable<PluginUnit>) {
    this.claim = claim;
    this.#others = units[Symbol.iterator]();
  }

  at(index: number): PluginUnit | undefined {
    while (index >= this.#units.length && !this.#isComplete) {
      const next = this.#others.next();
      if (next.done === true) this.#isComplete = true;
      else {
        this.#places.set(next.value, this.#units.length);
        this.#units.push(next.value);
      }
    }
    return this.#units[index];
  }

  /** Those from one place to before another one. */
  between(from: number, to: number): readonly PluginUnit[] {
    this.at(to - 1);
    return this.#units.slice(from, to);
  }

  /** The place of `unit`; -1 where it is not among them. */
  indexOf(unit: PluginUnit): number {
    while (!this.#places.has(unit) && this.at(this.#units.length) !== undefined);
    return this.#places.get(unit) ?? -1;
  }

  *[Symbol.iterator](): Iterator<PluginUnit> {
    for (let index = 0, unit = this.at(0); unit !== undefined; index += 1, unit = this.at(index)) yield unit;
  }
}
