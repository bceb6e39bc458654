import type { StructumError } from '../errors/index.js';
import { Claimants, type Claim } from './claimants.js';
import type { Claims, Loss } from './claims.js';
import { byName } from './order.js';
import type { PluginUnit } from './plugin-unit.js';
import type { UnitStore } from './unit-store.js';

/** Where plugins are found by those that judge whether they fit together: as they are, whether they can be used or not. */
export interface PluginLookup {
  /** Counts up whenever what was concluded from earlier answers may not hold any more. */
  readonly revision: number;
  /** The plugin that counts of that name. */
  unit(name: string): PluginUnit | undefined;
  /** The plugins that claim something, in precedence. */
  claimants(claim: Claim): Claimants;
  /** Of what a plugin claims, what others claim that come before it. */
  contests(unit: PluginUnit): readonly Claimants[];
  /** Why a plugin may claim nothing, whatever others do: disabled, not trusted, or not the one that counts of its name. */
  refusal(unit: PluginUnit): StructumError | undefined;
  /** What is wrong with what a plugin claims, whatever others do. */
  flaws(unit: PluginUnit): readonly StructumError[];
  /** Why `loser` does not get what others have: an error for each. */
  losses(loser: PluginUnit, lost: readonly Loss[]): readonly StructumError[];
  /** Firm plugins that cannot work beside versions of `name`. */
  opponentsOf(name: string): readonly PluginUnit[];
  /** Whether it was given to the host or is up: it does not give way to what was merely discovered. */
  isFirm(unit: PluginUnit): boolean;
  /** Orders plugins by precedence. */
  compare(one: PluginUnit, other: PluginUnit): number;
}

/** The plugins of a host. */
export function lookupIn(store: UnitStore, claims: Claims): PluginLookup {
  return {
    get revision() { return store.revision; },
    unit: (name) => store.unit(name),
    claimants: (claim) => claims.claimants(claim),
    contests: (unit) => claims.contests(unit),
    refusal: (unit) => claims.refusal(unit),
    flaws: (unit) => claims.flaws(unit),
    losses: (loser, lost) => claims.losses(loser, lost),
    opponentsOf: (name) => [...store.findKnown('opponent', name)].filter((unit) => store.isFirm(unit)).sort(byName),
    isFirm: (unit) => store.isFirm(unit),
    compare: (one, other) => store.compare(one, other),
  };
}

/** `base` as it would be with `fresh` in the place of their namesakes: to judge plugins before they are there. */
export function overlay(base: PluginLookup, fresh: readonly PluginUnit[]): PluginLookup {
  const names = new Map(fresh.map((unit) => [unit.name, unit]));
  const isFresh = (unit: PluginUnit): boolean => names.get(unit.name) === unit;
  return {
    get revision() { return base.revision; },
    unit: (name) => names.get(name) ?? base.unit(name),
    // Which commands the fresh ones get was decided before; their services are new to others.
    claimants: (claim) => (claim.kind === 'command' ? base.claimants(claim) : new Claimants(claim, providers(fresh, base.claimants(claim)))),
    contests: (unit) => (isFresh(unit) ? [] : base.contests(unit)),
    refusal: (unit) => base.refusal(unit),
    flaws: (unit) => base.flaws(unit),
    losses: (loser, lost) => base.losses(loser, lost),
    opponentsOf: (name) => [
      ...fresh.filter(({ manifest }) => Object.hasOwn(manifest.conflicts, name)),
      ...base.opponentsOf(name).filter((unit) => !names.has(unit.name)),
    ],
    isFirm: (unit) => isFresh(unit) || base.isFirm(unit),
    compare: (one, other) => Number(isFresh(other)) - Number(isFresh(one)) || base.compare(one, other),
  };
}

/** Who provides a service: those of `fresh`, then all others whose places they do not take. */
function* providers(fresh: readonly PluginUnit[], claimants: Claimants): Iterable<PluginUnit> {
  yield* fresh.filter(({ manifest }) => manifest.provides.includes(claimants.claim.key));
  for (const unit of claimants) if (!fresh.some(({ name }) => name === unit.name)) yield unit;
}
