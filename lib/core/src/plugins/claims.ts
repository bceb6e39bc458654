import type { PluginOrigin } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { flagsOf } from '../manifest/flags.js';
import { Claimants, type Claim } from './claimants.js';
import { ClashReport } from './clash.js';
import type { PluginUnit } from './plugin-unit.js';
import type { AppliedPolicy } from './policy.js';
import { untrusted } from './unfitness.js';
import type { UnitStore } from './unit-store.js';

/** What a plugin claims, and who has it. */
export interface Loss {
  readonly claim: Claim;
  readonly winner: PluginUnit;
}

/** What a host keeps for itself. */
export interface Reserved {
  readonly flags: ReadonlySet<string>;
  /** The first words of commands. */
  readonly words: ReadonlySet<string>;
}

/** What plugins claim, and who may claim anything at all. Who gets what several claim is for the {@link Resolver} to say. */
export class Claims {
  readonly #store: UnitStore;
  readonly #policy: AppliedPolicy;
  readonly #reserved: Reserved;
  readonly #report: ClashReport;
  #claimants = new Map<string, Claimants>();
  #contests = new Map<PluginUnit, readonly Claimants[]>();
  #revision: number;

  constructor(store: UnitStore, policy: AppliedPolicy, reserved: Reserved) {
    this.#store = store;
    this.#policy = policy;
    this.#reserved = reserved;
    this.#report = new ClashReport(policy, (name) => this.claimants({ kind: 'command', key: name }).at(0) === undefined, reserved.words);
    this.#revision = store.revision;
  }

  /** The plugins that claim something, in precedence, whether they can be used or not. Of those that nobody trusts no more than one. */
  claimants({ kind, key }: Claim): Claimants {
    this.#forgetChanged();
    const id = `${kind}\0${key}`;
    let claimants = this.#claimants.get(id);
    if (claimants === undefined) {
      claimants = new Claimants({ kind, key }, untilUntrusted(this.#store.claimants(kind, key)));
      this.#claimants.set(id, claimants);
    }
    return claimants;
  }

  /** Of what a plugin claims, what others claim that come before it. */
  contests(unit: PluginUnit): readonly Claimants[] {
    this.#forgetChanged();
    let contests = this.#contests.get(unit);
    if (contests === undefined) {
      contests = this.#store.isFirm(unit) ? NONE : this.#findContests(unit);
      this.#contests.set(unit, contests);
    }
    return contests;
  }

  #findContests(unit: PluginUnit): readonly Claimants[] {
    const shared = claimsOf(unit, this.#policy).filter(({ kind, key }) => !this.#store.isAlone(kind, key));
    return shared.length === 0 ? NONE : shared.map((claim) => this.claimants(claim)).filter((claimants) => claimants.indexOf(unit) > 0);
  }

  /** What is wrong with a plugin that comes now, or comes in the place of `old`: it must take nothing from firm ones. A disabled one takes nothing. */
  clash(unit: PluginUnit, old?: PluginUnit): StructumError | undefined {
    if (this.#policy.disabledBy(unit.manifest) !== undefined) return undefined;
    const [flaw] = this.flaws(unit);
    if (flaw !== undefined) return flaw;
    for (const claim of claimsOf(unit, this.#policy)) {
      for (const other of this.#store.findKnown(claim.kind, claim.key)) {
        if (other !== unit && other !== old && this.#store.isFirm(other) && this.refusal(other) === undefined) return this.#report.errors(unit, [{ claim, winner: other }])[0];
      }
    }
    return undefined;
  }

  /** Why a plugin may claim nothing, whatever others claim. */
  refusal(unit: PluginUnit): StructumError | undefined {
    const { name, manifest, tier } = unit;
    const origin = this.#policy.disabledBy(manifest);
    if (origin !== undefined) return catalogued('PLUGIN_DISABLED', { plugin: name, ...origin });
    // Whoever asks, and however it came here: what nobody trusts is not used.
    if (tier === 'found') return untrusted(unit);
    const first = this.#store.held(name);
    if (first === undefined || first === unit || !this.#store.namesakesOf(name).includes(unit)) return undefined;
    return catalogued('PLUGIN_DUPLICATE', { plugin: name, first: first.source.label, second: unit.source.label, why: this.#reasonToWin(first, unit) });
  }

  /** What is wrong with what a plugin claims, whatever others claim. */
  flaws(unit: PluginUnit): readonly StructumError[] {
    const flaws: StructumError[] = [];
    const own = new Set<string>();
    for (const { name, original, record } of this.#policy.namesOf(unit.manifest)) {
      if (own.has(name)) flaws.push(...this.#report.errors(unit, [{ claim: { kind: 'command', key: name }, winner: unit }]));
      own.add(name);
      const word = firstWord(name);
      if (this.#reserved.words.has(word)) flaws.push(this.#report.reserved(unit, name, word));
      if (this.#reserved.flags.size === 0 || original !== record.manifest.path) continue;
      for (const flag of Object.values(record.manifest.input.properties).flatMap(flagsOf)) {
        if (this.#reserved.flags.has(flag)) flaws.push(catalogued('OPTION_RESERVED', { plugin: unit.name, command: record.path, flag }));
      }
    }
    return flaws;
  }

  /** Why `loser` does not get what others have, and what to write into the configuration about it. */
  losses(loser: PluginUnit, lost: readonly Loss[]): readonly StructumError[] {
    return this.#report.errors(loser, lost.map(({ claim, winner }) => ({ claim, winner, why: this.#reasonToWin(winner, loser) })));
  }

  #reasonToWin(winner: PluginUnit, loser: PluginUnit): string {
    if (this.#store.isGiven(winner)) return 'the host was given it';
    if (this.#store.isFirm(winner)) return 'it is in use';
    if (this.#store.compare(winner, loser) > 0) return 'a plugin that comes before the other one requires it';
    const [one, other] = [originOf(winner), originOf(loser)];
    return one === other ? 'it was found first' : `${PLACES[one]} come before ${PLACES[other]}`;
  }

  #forgetChanged(): void {
    if (this.#revision === this.#store.revision) return;
    this.#revision = this.#store.revision;
    this.#claimants = new Map();
    this.#contests = new Map();
  }
}

function firstWord(path: string): string {
  return path.split(' ', 1)[0] ?? path;
}

const NONE: readonly never[] = [];

const PLACES: Readonly<Record<PluginOrigin, string>> = {
  host: 'plugins beside the host',
  linked: 'linked plugins',
  user: 'plugins of the user',
  configured: 'plugins of configured folders',
  project: 'plugins of the project',
};

function originOf({ source }: PluginUnit): PluginOrigin {
  return source.kind === 'package' ? source.origin : 'host';
}

/** They come after all others: who takes one of them knows all that count. */
function* untilUntrusted(units: Iterable<PluginUnit>): Iterable<PluginUnit> {
  for (const unit of units) {
    yield unit;
    if (unit.tier === 'found') return;
  }
}

function claimsOf({ manifest }: PluginUnit, policy: AppliedPolicy): readonly Claim[] {
  return [
    ...[...new Set(policy.namesOf(manifest).map(({ name }) => name))].map((key) => ({ kind: 'command', key }) as const),
    ...manifest.provides.map((key) => ({ kind: 'service', key }) as const),
  ];
}
