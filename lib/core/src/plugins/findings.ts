import type { StructumError } from '../errors/index.js';
import type { PluginUnit } from './plugin-unit.js';

/** What turns out to be wrong while plugins are looked up: told of once, and not before the look is over. */
export class Findings {
  readonly #report: (error: StructumError) => void;
  readonly #known = new Set<PluginUnit | string>();
  readonly #untold: StructumError[] = [];

  constructor(report: (error: StructumError) => void) {
    this.#report = report;
  }

  /** @param subject - What it is about; only the first that is found of it is told of. */
  add(subject: PluginUnit | string, error: StructumError): void {
    if (this.#known.has(subject)) return;
    this.#known.add(subject);
    this.#untold.push(error);
  }

  /** Tells of what was found since. Who hears of it may look something up. */
  tell(): void {
    for (let next = this.#untold.shift(); next !== undefined; next = this.#untold.shift()) this.#report(next);
  }
}
