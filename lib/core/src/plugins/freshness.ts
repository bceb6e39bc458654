import type { StructumError } from '../errors/index.js';
import type { PluginUnit } from './plugin-unit.js';
import { isAbsence } from './reason.js';
import type { UnitStore } from './unit-store.js';

/** Looks at everything again where that may change what is known of a plugin that is about to be used. */
export class Freshness {
  readonly #store: UnitStore;
  /** What was there when everything was looked at again for something that was missing. */
  #lookedAgain: number | undefined;

  constructor(store: UnitStore) {
    this.#store = store;
  }

  /**
   * Why a plugin cannot be used, as `resolve` judges it: once more where something is missing that may have come.
   *
   * @param resolve - Judges the plugin as far as it is not judged, and gives the reason.
   */
  resolve(resolve: () => StructumError | undefined): StructumError | undefined {
    const reason = resolve();
    if (reason === undefined || !isAbsence(reason) || this.#lookedAgain === this.#store.revision) return reason;
    // Nothing tells that it has come but a look at everything.
    const isDifferent = this.#store.refresh();
    this.#lookedAgain = this.#store.revision;
    return isDifferent ? this.resolve(resolve) : reason;
  }

  /** Looks again where the package of `unit` was changed since it was found; whether anything was different. What is up, or on its way, stays. */
  refresh(unit: PluginUnit): boolean {
    return this.#store.isOutdated(unit) && this.#store.refresh();
  }

  /** Looks again where `unit` is judged and a package of those that it uses was changed since; whether anything was different. */
  refreshUsed(unit: PluginUnit): boolean {
    if (unit.state !== 'resolved') return false;
    const used = new Set([...unit.requirements, ...unit.options]);
    // A set hands out what is added to it while it is walked.
    for (const other of used) {
      // What is up, or on its way, stays as it is, with all that it uses.
      if (other.isBegun) continue;
      if (this.#store.isOutdated(other)) return this.#store.refresh();
      for (const next of [...other.requirements, ...other.options]) used.add(next);
    }
    return false;
  }
}
