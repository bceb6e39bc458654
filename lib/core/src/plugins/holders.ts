import type { Claim } from './claimants.js';
import type { Judge } from './judge.js';
import type { PluginLookup } from './plugin-lookup.js';
import type { PluginUnit } from './plugin-unit.js';

/** Who has what plugins claim: of those that claim the same, the first that can be used. */
export class Holders {
  readonly #lookup: PluginLookup;
  readonly #judge: Judge;
  /** As of a revision of the plugins. */
  readonly #holders = new Map<string, { readonly revision: number; readonly unit: PluginUnit | undefined }>();

  constructor(lookup: PluginLookup, judge: Judge) {
    this.#lookup = lookup;
    this.#judge = judge;
  }

  /** Who has it; where none of those that claim it can be used, the first that nobody decided against. */
  holder(claim: Claim): PluginUnit | undefined {
    const { revision } = this.#lookup;
    const id = `${claim.kind}\0${claim.key}`;
    const known = this.#holders.get(id);
    if (known?.revision === revision && (known.unit === undefined || this.#judge.isAdmitted(known.unit))) return known.unit;
    const unit = this.#find(claim);
    this.#holders.set(id, { revision: this.#lookup.revision, unit });
    return unit;
  }

  #find(claim: Claim): PluginUnit | undefined {
    const claimants = this.#lookup.claimants(claim);
    const isContested = claimants.at(1) !== undefined;
    let broken: PluginUnit | undefined;
    // The first can be used, as a rule. Where it cannot, more and more are judged at once.
    for (let from = 0, to = 1; claimants.at(from) !== undefined; from = to, to *= 2) {
      const units = claimants.between(from, to);
      if (isContested) this.#judge.judge(units);
      const admitted = units.filter((unit) => this.#judge.isAdmitted(unit));
      const fit = admitted.find(({ state }) => state !== 'rejected');
      if (fit !== undefined) return fit;
      broken ??= admitted[0];
    }
    return broken;
  }

  /** Of those that claim something that nobody has, and may not be there, the one to tell of. */
  withheld(claim: Claim): PluginUnit | undefined {
    const claimants = [...this.#lookup.claimants(claim)];
    return claimants.find((unit) => this.#lookup.refusal(unit) === undefined) ?? claimants[0];
  }

  /** Of the services that a plugin says it provides, those that it does. */
  servicesOf(unit: PluginUnit): readonly string[] {
    return unit.manifest.provides.filter((key) => this.holder({ kind: 'service', key }) === unit);
  }

  /** Who has what is found out anew: plugins are judged anew. */
  forget(): void {
    this.#holders.clear();
  }
}
