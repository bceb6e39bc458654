import { thisCore } from '../../contract/index.js';
import { catalogued, type StructumError } from '../../errors/index.js';
import { circleThrough, componentsOf } from '../dependency-graph.js';
import type { PluginLookup } from '../plugin-lookup.js';
import type { PluginUnit } from '../plugin-unit.js';
import { isRange, satisfies } from '../ranges.js';
import { reasonOf, requirementRejected } from '../reason.js';
import { conflictBetween, engineMismatch, requirementMismatch, requirementMissing, serviceMissing } from '../unfitness.js';
import { opposite, type Case, type Discord, type Opposition, type Row, type Tie } from './case.js';

/** Why plugins cannot be used: all that is wrong with each, what it follows from underneath. */
export class Verdicts {
  readonly #lookup: PluginLookup;
  readonly #reasons = new Map<Case, StructumError | undefined>();

  /** @param cases - Those that are judged, by name; what is wrong with those that are unfit is told. */
  constructor(cases: readonly Case[], lookup: PluginLookup) {
    this.#lookup = lookup;
    const unfit = cases.filter(({ standing }) => standing === 'unfit');
    const numbers = new Map(unfit.map((own, number) => [own, number]));
    const edges = unfit.map((own) => this.#needs(own).map((other) => numbers.get(other)).filter((number) => number !== undefined));
    const { groups, groupOf } = componentsOf(edges);
    // What others need comes first: what is wrong with that is wrong with them.
    for (const group of groups) {
      for (const number of [...group].sort((one, other) => one - other)) {
        const own = unfit[number];
        if (own === undefined) continue;
        const reasons = this.#against(own);
        this.#reasons.set(own, reasonOf(own.unit, reasons.length > 0 ? reasons : [circle(own, circleThrough(number, edges, groupOf).flatMap((member) => unfit[member] ?? []))]));
      }
    }
  }

  /** Why a plugin that was judged cannot be used; `undefined` where it can. */
  of(own: Case): StructumError | undefined {
    return this.#reasons.get(own);
  }

  #needs({ requires, services }: Case): readonly Case[] {
    return [...requires.map(({ other }) => other), ...services.map(blamed)].filter((other) => other !== undefined);
  }

  #against(own: Case): readonly StructumError[] {
    if (own.refusal !== undefined) return [own.refusal];
    const wrong = wrongRanges(own.unit);
    if (wrong.length > 0) return wrong;
    const { unit, requires, services, discord, passedOver } = own;
    return [
      satisfies(thisCore.version, unit.manifest.engine) ? undefined : engineMismatch(unit),
      ...this.#lookup.flaws(unit),
      ...this.#losses(own),
      ...conflicts(own),
      ...(passedOver === undefined ? [] : this.#clash(passedOver, own)),
      own.circle === undefined ? undefined : circle(own, own.circle),
      ...requires.map((tie) => this.#requirement(own, tie)),
      ...services.map((row) => this.#service(own, row)),
      ...(discord === undefined ? [] : this.#discord(own, discord)),
    ].filter((reason) => reason !== undefined);
  }

  /** What it claims, and others have that come before it. */
  #losses(own: Case): readonly StructumError[] {
    const lost = own.rows.flatMap((row) => {
      const { claim, winner } = row;
      return winner !== undefined && placeOf(winner, row) < placeOf(own, row) ? [{ claim, winner: winner.unit }] : [];
    });
    return this.#lookup.losses(own.unit, lost);
  }

  #requirement({ unit, circle: around }: Case, { name: required, range, other }: Tie): StructumError | undefined {
    if (other === undefined) return requirementMissing(unit, required, range);
    const { unit: found, refusal } = other;
    // What may not be there at all matters more than its version.
    if (refusal === undefined && !satisfies(found.manifest.version, range)) return requirementMismatch(unit, found, range);
    if (other.standing === 'fit' || around?.includes(other) === true) return undefined;
    return this.#rejected(unit, other);
  }

  #service({ unit, circle: around }: Case, row: Row): StructumError | undefined {
    if (row.winner?.standing === 'fit') return undefined;
    const provider = blamed(row);
    if (provider === undefined) return serviceMissing(unit, row.claim.key);
    // Where the plugin itself is required too, that says it already.
    if (around?.includes(provider) === true || Object.hasOwn(unit.manifest.requires, provider.name)) return undefined;
    return this.#rejected(unit, provider, row.claim.key);
  }

  /** Nothing where the other one is in the same knot, and comes later: what is told of this one says it. */
  #rejected(unit: PluginUnit, other: Case, service?: string): StructumError | undefined {
    const reason = this.#reasons.get(other) ?? other.unit.reason;
    return reason === undefined ? undefined : requirementRejected(unit, other.name, reason, service);
  }

  #discord({ unit }: Case, discord: Discord): readonly StructumError[] {
    return this.#clash(discord).map((reason) =>
      catalogued('REQUIREMENT_DISCORD', { plugin: unit.name, reason: reason.message, ...(reason.hint === undefined ? {} : { remedy: reason.hint }) }, reason));
  }

  #clash(discord: Discord, loser?: Case): readonly StructumError[] {
    if (!('row' in discord)) return [conflict(discord, loser ?? discord.speaker)];
    return this.#lookup.losses(discord.second.unit, [{ claim: discord.row.claim, winner: discord.first.unit }]);
  }
}

/** Of those that might provide a service, and cannot, the one to tell of: the first that nobody decided against. */
function blamed({ winner, members }: Row): Case | undefined {
  return winner ?? members.find(({ refusal }) => refusal === undefined) ?? members[0];
}

function placeOf({ places }: Case, row: Row): number {
  return places.get(row) ?? Infinity;
}

function wrongRanges({ manifest: { name, engine, requires, optional, conflicts } }: PluginUnit): readonly StructumError[] {
  const named = [['@structum/core', engine] as const, ...[requires, optional, conflicts].flatMap(Object.entries<string>)];
  return named.flatMap(([of, range]) => (isRange(range) ? [] : [catalogued('RANGE_INVALID', { plugin: name, of, range })]));
}

function circle({ name }: Case, members: readonly Case[]): StructumError {
  return catalogued('REQUIREMENT_CYCLE', { plugin: name, chain: members.map((member) => member.name) });
}

/** Those that it gives way to, and that are there. */
function conflicts(own: Case): readonly StructumError[] {
  return own.oppositions
    .filter((opposition) => opposite(opposition, own).isSeated)
    .map((opposition) => conflict(opposition, own));
}

function conflict({ speaker: { unit }, range, spokenOf: { unit: other } }: Opposition, loser: Case): StructumError {
  return conflictBetween(unit, other, range, loser.unit);
}
