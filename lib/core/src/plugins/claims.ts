import type { PluginOrigin } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { flagsOf } from '../manifest/flags.js';
import type { PluginUnit } from './plugin-unit.js';
import type { AppliedPolicy } from './policy.js';
import { reasonOf, untrusted } from './reason.js';
import type { UnitStore } from './unit-store.js';

/** What only one plugin can have: the name of a command, or the id of a service. */
export interface Claim {
  readonly kind: 'command' | 'service';
  readonly key: string;
}

/** Plugins that come before another one and claim the same, in precedence. */
interface Rivalry {
  readonly claim: Claim;
  readonly rivals: readonly PluginUnit[];
}

/**
 * Decides which plugin gets what several claim: the one that comes first in precedence. A plugin that does not get all
 * that it claims is not there at all; nor is one that is disabled or not trusted. These take nothing from others.
 */
export class Claims {
  readonly #store: UnitStore;
  readonly #policy: AppliedPolicy;
  readonly #reservedFlags: ReadonlySet<string>;
  #verdicts = new Map<PluginUnit, StructumError | undefined>();
  #revision: number;

  constructor(store: UnitStore, policy: AppliedPolicy, reservedFlags: ReadonlySet<string>) {
    this.#store = store;
    this.#policy = policy;
    this.#reservedFlags = reservedFlags;
    this.#revision = store.revision;
  }

  /** Why a plugin is not admitted; `undefined` where it is. */
  verdict(unit: PluginUnit): StructumError | undefined {
    this.#forgetChanged();
    if (!this.#verdicts.has(unit)) this.#decide(unit);
    return this.#verdicts.get(unit);
  }

  /** The admitted plugin that has what is claimed. */
  holder(claim: Claim): PluginUnit | undefined {
    return this.claimants(claim).find((unit) => this.verdict(unit) === undefined);
  }

  /** The plugins that claim something, in precedence, admitted or not. */
  claimants({ kind, key }: Claim): readonly PluginUnit[] {
    return [...this.#store.find(kind, key)].sort((one, other) => this.#store.compare(one, other));
  }

  /** What is wrong with a plugin that comes now, or comes in the place of `old`: it must take nothing from firm ones. A disabled one takes nothing. */
  clash(unit: PluginUnit, old?: PluginUnit): StructumError | undefined {
    if (this.#policy.disabledBy(unit.manifest) !== undefined) return undefined;
    const own = this.#ownProblems(unit);
    const taken = claimsOf(unit, this.#policy).flatMap((claim) => {
      const holders = [...this.#store.findKnown(claim.kind, claim.key)]
        .filter((other) => other !== unit && other !== old && this.#store.isFirm(other) && this.verdict(other) === undefined);
      return holders.map((holder) => duplicate(claim, holder, unit));
    });
    return own[0] ?? taken[0];
  }

  /** Those that come first are decided on first: nobody depends on those after. Without recursion, for rows of rivals may be long. */
  #decide(unit: PluginUnit): void {
    const open = new Map<PluginUnit, readonly Rivalry[]>([[unit, this.#rivalriesOf(unit)]]);
    // A map hands out what is added to it while it is walked.
    for (const rivalries of open.values()) {
      for (const rival of rivalries.flatMap(({ rivals }) => rivals)) {
        if (!this.#verdicts.has(rival) && !open.has(rival)) open.set(rival, this.#rivalriesOf(rival));
      }
    }
    const inOrder = open.size === 1 ? open : [...open].sort(([one], [other]) => this.#store.compare(one, other));
    for (const [each, rivalries] of inOrder) this.#verdicts.set(each, this.#judge(each, rivalries));
  }

  #rivalriesOf(unit: PluginUnit): readonly Rivalry[] {
    if (this.#store.isFirm(unit) || this.#refusal(unit) !== undefined) return [];
    const rivalries: Rivalry[] = [];
    for (const claim of claimsOf(unit, this.#policy)) {
      const rivals: PluginUnit[] = [];
      for (const other of this.#store.find(claim.kind, claim.key)) if (other !== unit && this.#store.compare(other, unit) < 0) rivals.push(other);
      if (rivals.length > 0) rivalries.push({ claim, rivals: rivals.sort((one, other) => this.#store.compare(one, other)) });
    }
    return rivalries;
  }

  #judge(unit: PluginUnit, rivalries: readonly Rivalry[]): StructumError | undefined {
    const refusal = this.#refusal(unit);
    if (refusal !== undefined || this.#store.isFirm(unit)) return refusal;
    const clashes = rivalries.flatMap(({ claim, rivals }) => {
      const winner = rivals.find((rival) => this.#verdicts.get(rival) === undefined);
      return winner === undefined ? [] : [duplicate(claim, winner, unit, { why: this.#reasonToWin(winner, unit), remedy: remedy(claim, winner, unit, this.#policy) })];
    });
    return reasonOf(unit, [...this.#ownProblems(unit), ...clashes]);
  }

  /** Why a plugin may claim nothing, whatever others claim. */
  #refusal(unit: PluginUnit): StructumError | undefined {
    const { name, manifest, tier } = unit;
    const origin = this.#policy.disabledBy(manifest);
    if (origin !== undefined) return catalogued('PLUGIN_DISABLED', { plugin: name, ...origin });
    if (tier === 'found') return untrusted(unit);
    const first = this.#store.unit(name);
    if (first === undefined || first === unit) return undefined;
    return catalogued('PLUGIN_DUPLICATE', { plugin: name, first: first.source.label, second: unit.source.label, why: this.#reasonToWin(first, unit) });
  }

  #ownProblems(unit: PluginUnit): readonly StructumError[] {
    const problems: StructumError[] = [];
    const own = new Set<string>();
    for (const { name, original, record } of this.#policy.namesOf(unit.manifest)) {
      if (own.has(name)) problems.push(duplicate({ kind: 'command', key: name }, unit, unit));
      own.add(name);
      if (original !== record.manifest.path) continue;
      for (const flag of Object.values(record.manifest.input.properties).flatMap(flagsOf)) {
        if (this.#reservedFlags.has(flag)) problems.push(catalogued('OPTION_RESERVED', { command: record.path, flag }));
      }
    }
    return problems;
  }

  #reasonToWin(winner: PluginUnit, loser: PluginUnit): string {
    if (this.#store.isGiven(winner)) return 'the host was given it';
    if (this.#store.isFirm(winner)) return 'it is in use';
    const [one, other] = [originOf(winner), originOf(loser)];
    return one === other ? 'it was found first' : `${PLACES[one]} come before ${PLACES[other]}`;
  }

  #forgetChanged(): void {
    if (this.#revision === this.#store.revision) return;
    this.#revision = this.#store.revision;
    this.#verdicts = new Map();
  }
}

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

function claimsOf({ manifest }: PluginUnit, policy: AppliedPolicy): readonly Claim[] {
  return [
    ...policy.namesOf(manifest).map(({ name }) => ({ kind: 'command', key: name }) as const),
    ...manifest.provides.map((key) => ({ kind: 'service', key }) as const),
  ];
}

function duplicate({ kind, key }: Claim, first: PluginUnit, second: PluginUnit, more: { readonly why?: string; readonly remedy?: string } = {}): StructumError {
  const claimants = { first: `plugin "${first.name}"`, second: `plugin "${second.name}"`, ...more };
  return kind === 'command'
    ? catalogued('COMMAND_DUPLICATE', { command: key, ...claimants })
    : catalogued('SERVICE_DUPLICATE', { service: key, ...claimants });
}

/** What to write into the configuration so that both can be used, or the other one is. */
function remedy({ kind, key }: Claim, winner: PluginUnit, loser: PluginUnit, policy: AppliedPolicy): string {
  const disabling = `disable the other one: plugin_policy: { enabled: { "${winner.name}": false } }`;
  const name = kind === 'command' ? policy.namesOf(loser.manifest).find((candidate) => candidate.name === key)?.original : undefined;
  if (name === undefined) return `To use "${loser.name}" instead, ${disabling}.`;
  const elsewhere = `${loser.name.replace('/', '-')} ${name}`;
  return `Call it something else: plugin_policy: { renames: { "${loser.name}": { "${name}": "${elsewhere}" } } }; or ${disabling}.`;
}
