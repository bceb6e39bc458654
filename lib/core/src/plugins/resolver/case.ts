import type { StructumError } from '../../errors/index.js';
import type { Claim, Claimants } from '../claimants.js';
import type { PluginUnit } from '../plugin-unit.js';

/** A plugin that another one names, and what there is of that name. */
export interface Tie {
  readonly name: string;
  readonly range: string;
  readonly other: Case | undefined;
}

/** Two plugins that cannot work beside each other: who says so, of which versions of the other one. */
export interface Opposition {
  readonly speaker: Case;
  readonly range: string;
  readonly spokenOf: Case;
}

/** The other one of the two. */
export function opposite({ speaker, spokenOf }: Opposition, own: Case): Case {
  return speaker === own ? spokenOf : speaker;
}

/**
 * Whether a plugin can be used: not known yet, it can, it cannot, or it broke: then it cannot either, and keeps what it
 * claims, for it may be tried again.
 */
export type Standing = 'open' | 'fit' | 'unfit' | 'failed';

/** A plugin that is judged, or was before, and what has to do with that. */
export class Case {
  readonly unit: PluginUnit;
  /** Whether it is judged now. */
  readonly isNew: boolean;
  standing: Standing;
  /** Why it may claim nothing, whatever else is true of it. */
  refusal: StructumError | undefined;
  requires: readonly Tie[] = NONE;
  optional: readonly Tie[] = NONE;
  /** Of the services that it requires, who provides them. */
  services: readonly Row[] = NONE;
  /** Those that it gives way to. */
  oppositions: readonly Opposition[] = NONE;
  /** Those that cannot be without it, and those that give way to it. */
  readonly dependents: Case[] = [];
  challengers: Case[] | undefined;
  /** How much has to turn out well before it is known to be fit. */
  pending = 0;
  /** The circle of requirements that it is in. */
  circle: readonly Case[] | undefined;
  /** What it had to make room for that is needed by one that comes before it. */
  passedOver: Discord | undefined;
  /** What of all that it requires, itself included, cannot be there together. */
  discord: Discord | undefined;

  #places: Map<Row, number> | undefined;

  constructor(unit: PluginUnit) {
    this.unit = unit;
    this.isNew = unit.state === 'discovered';
    this.standing = standingOf(unit);
  }

  get name(): string {
    return this.unit.name;
  }

  /** The rows that it was found to stand in, and its place in each, in the order in which they were looked at. */
  get places(): ReadonlyMap<Row, number> {
    return this.#places ?? NOWHERE;
  }

  /** The rows that it stands in, in an order of their own. */
  get rows(): readonly Row[] {
    return [...this.places.keys()].sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** It stands in `row`, at `place`. */
  stand(row: Row, place: number): void {
    this.#places ??= new Map();
    this.#places.set(row, place);
  }

  /** Whether it has what it claims. */
  get isSeated(): boolean {
    return this.standing === 'fit' || this.standing === 'failed';
  }
}

/** What most plugins have: there are thousands of them. */
const NONE: readonly never[] = [];
const NOWHERE: ReadonlyMap<Row, number> = new Map();

/** Two plugins that cannot be there together, for both claim something or because one says so. */
export type Discord = { readonly row: Row; readonly first: Case; readonly second: Case } | Opposition;

/** The plugins that claim the same, in precedence, as far as they were looked at: the first that is fit gets it. */
export class Row {
  readonly id: string;
  readonly claim: Claim;
  readonly claimants: Claimants;
  readonly members: Case[] = [];
  /** Those among them that wait for all before them to be unfit. */
  readonly contenders = new Set<Case>();
  /** Those that require what is claimed, which is a service then. */
  readonly consumers: Case[] = [];
  /** How many of the first members are unfit. */
  passed = 0;
  /** Whether nobody else claims it. */
  isComplete = false;
  winner: Case | undefined;

  constructor(id: string, claimants: Claimants) {
    this.id = id;
    this.claim = claimants.claim;
    this.claimants = claimants;
  }

  /** Whether nobody gets it. */
  get isLost(): boolean {
    return this.winner === undefined && this.isComplete && this.passed === this.members.length;
  }
}

function standingOf({ state }: PluginUnit): Standing {
  switch (state) {
    case 'discovered': return 'open';
    case 'rejected':
    case 'disabled': return 'unfit';
    case 'failed': return 'failed';
    default: return 'fit';
  }
}
