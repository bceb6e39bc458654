import type { StructumError } from '../errors/index.js';
import type { Findings } from './findings.js';
import type { PluginLookup } from './plugin-lookup.js';
import type { PluginUnit } from './plugin-unit.js';
import { isClash, isRefusal } from './reason.js';
import { Resolver } from './resolver/index.js';

/** Judges the plugins of a host no sooner than somebody has to know, and each once. */
export class Judge {
  readonly #lookup: PluginLookup;
  readonly #findings: Findings;
  readonly #resolver: Resolver;

  constructor(lookup: PluginLookup, findings: Findings) {
    this.#lookup = lookup;
    this.#findings = findings;
    this.#resolver = new Resolver(lookup);
  }

  /** Judges plugins that were not judged yet; those that others leave no room are among the findings. */
  judge(units: Iterable<PluginUnit>): void {
    for (const unit of this.#resolver.resolveAll(units)) if (unit.reason !== undefined && isClash(unit.reason)) this.#findings.add(unit, unit.reason);
  }

  /** A plugin as far as it is known: where it may not be there, its state says so before anybody sees it. */
  settle(unit: PluginUnit): PluginUnit {
    this.settleAll([unit]);
    return unit;
  }

  /** As {@link settle}, for many at once. */
  settleAll(units: readonly PluginUnit[]): void {
    const doubtful = units.filter((unit) => unit.state === 'discovered' && this.#isDoubtful(unit));
    if (doubtful.length > 0) this.judge(doubtful);
  }

  #isDoubtful(unit: PluginUnit): boolean {
    return this.#lookup.refusal(unit) !== undefined || this.#lookup.contests(unit).length > 0 || this.#lookup.flaws(unit).length > 0;
  }

  /** Whether it may be there at all: nobody decided against it, and no other one has what it claims. */
  isAdmitted(unit: PluginUnit): boolean {
    const { state, reason } = this.settle(unit);
    return state !== 'disabled' && (state !== 'rejected' || reason === undefined || !(isRefusal(reason) || isClash(reason)));
  }

  /** Why `unit` cannot come to the plugins that are there. */
  conflictWith(unit: PluginUnit): StructumError | undefined {
    return this.#resolver.conflictWith(unit);
  }
}
