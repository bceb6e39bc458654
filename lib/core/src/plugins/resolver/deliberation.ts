import { isCoreService, thisCore } from '../../contract/index.js';
import type { Claimants } from '../claimants.js';
import type { PluginLookup } from '../plugin-lookup.js';
import type { PluginUnit } from '../plugin-unit.js';
import { includes, isRange, satisfies } from '../ranges.js';
import { Case, opposite, Row, type Discord, type Opposition, type Tie } from './case.js';
import { hardCircles } from './circles.js';
import { Knots } from './knots.js';

/**
 * Finds out which plugins can be used, with all that this depends on: what they require, and those who come before them
 * and claim the same. What follows from what is known is concluded first; what is left then leads back to itself, and is
 * decided in the order of precedence.
 *
 * Nothing is written to the plugins.
 */
export class Deliberation {
  readonly #lookup: PluginLookup;
  readonly #cases = new Map<PluginUnit, Case>();
  readonly #names = new Map<string, Case | undefined>();
  readonly #rows = new Map<string, Row>();
  /** Those whose ties are not known yet. */
  readonly #unexplored: Case[] = [];
  /** Those that are decided, when those that wait for them were not told yet. */
  readonly #decided: Case[] = [];

  constructor(lookup: PluginLookup, wanted: Iterable<PluginUnit>) {
    this.#lookup = lookup;
    for (const unit of wanted) this.#caseOf(unit);
    this.#concludeAll();
    this.#refuseCircles();
    this.#untie();
  }

  /** Those that are judged now, by name. */
  get cases(): readonly Case[] {
    return [...this.#cases.values()].filter(({ isNew }) => isNew).sort(byName);
  }

  #caseOf(unit: PluginUnit): Case {
    let found = this.#cases.get(unit);
    if (found === undefined) {
      found = new Case(unit);
      this.#cases.set(unit, found);
      if (found.isNew) this.#unexplored.push(found);
      else if (found.standing === 'unfit') found.refusal = this.#lookup.refusal(unit);
    }
    return found;
  }

  /** Concludes what follows, and looks at more of those who claim a service where that is needed. */
  #concludeAll(): void {
    this.#conclude();
    for (let row = this.#undecidedRow(); row !== undefined; row = this.#undecidedRow()) {
      while (this.#extend(row));
      this.#advance(row);
      this.#conclude();
    }
  }

  #conclude(): void {
    for (;;) {
      const unexplored = this.#unexplored.pop();
      if (unexplored !== undefined) {
        this.#explore(unexplored);
        continue;
      }
      const decided = this.#decided.pop();
      if (decided === undefined) return;
      this.#tellOthers(decided);
    }
  }

  #undecidedRow(): Row | undefined {
    for (const row of this.#rows.values()) {
      if (!row.isComplete && row.winner === undefined && row.consumers.some(({ standing }) => standing === 'open')) return row;
    }
    return undefined;
  }

  /** Finds out what has to do with a plugin. */
  #explore(own: Case): void {
    const { unit } = own;
    own.refusal = this.#lookup.refusal(unit);
    if (own.refusal !== undefined) {
      this.#decide(own, 'unfit');
      return;
    }
    const { engine, requires, optional, requiresServices = [], provides } = unit.manifest;
    // Until all of it is known, nothing follows.
    own.pending += 1;
    own.requires = this.#ties(requires);
    own.optional = this.#ties(optional);
    let isFit = satisfies(thisCore.version, engine) && this.#lookup.flaws(unit).length === 0 && hasRanges(unit);
    for (const { other, range } of own.requires) if (!this.#await(own, other, range)) isFit = false;
    for (const service of requiresServices) {
      // What it provides itself, it has where it can be used at all.
      if (isCoreService(service) || provides.includes(service)) continue;
      if (!this.#awaitService(own, this.#rowOf(this.#lookup.claimants({ kind: 'service', key: service })))) isFit = false;
    }
    for (const claimants of this.#lookup.contests(unit)) if (!this.#contest(own, this.#rowOf(claimants))) isFit = false;
    for (const opposition of this.#oppositionsOf(own)) if (!this.#giveWay(own, opposition)) isFit = false;
    if (isFit) this.#relieve(own);
    else this.#decide(own, 'unfit');
  }

  #ties(ranges: Readonly<Record<string, string>>): readonly Tie[] {
    const names = Object.keys(ranges);
    return names.length === 0 ? NO_TIES : names.map((name) => ({ name, range: ranges[name] ?? '*', other: this.#named(name) }));
  }

  #named(name: string): Case | undefined {
    let found = this.#names.get(name);
    if (found === undefined && !this.#names.has(name)) {
      const unit = this.#lookup.unit(name);
      found = unit === undefined ? undefined : this.#caseOf(unit);
      this.#names.set(name, found);
    }
    return found;
  }

  #await(own: Case, other: Case | undefined, range: string): boolean {
    if (other === undefined || !satisfies(other.unit.manifest.version, range)) return false;
    if (other.standing === 'open') {
      own.pending += 1;
      other.dependents.push(own);
    }
    return other.standing === 'open' || other.standing === 'fit';
  }

  #awaitService(own: Case, row: Row): boolean {
    own.services = [...own.services, row];
    if (row.winner !== undefined) return row.winner.standing === 'fit';
    own.pending += 1;
    row.consumers.push(own);
    this.#advance(row);
    return true;
  }

  #contest(own: Case, row: Row): boolean {
    while (!own.places.has(row)) if (!this.#extend(row)) return true;
    this.#advance(row);
    if (row.winner !== undefined) return row.winner === own;
    if (row.members[row.passed] !== own) {
      own.pending += 1;
      row.contenders.add(own);
    }
    return true;
  }

  #giveWay(own: Case, opposition: Opposition): boolean {
    const other = opposite(opposition, own);
    own.oppositions = [...own.oppositions, opposition];
    if (other.standing === 'open') {
      own.pending += 1;
      other.challengers ??= [];
      other.challengers.push(own);
    }
    return !other.isSeated;
  }

  /** The one that says so gives way, unless it is firm and the other is not. */
  #oppositionsOf(own: Case): readonly Opposition[] {
    const { name, version, conflicts } = own.unit.manifest;
    const firm = this.#lookup.opponentsOf(name);
    const names = Object.keys(conflicts);
    if (names.length === 0 && firm.length === 0) return [];
    const isFirm = this.#lookup.isFirm(own.unit);
    const oppositions = names.flatMap((other): Opposition[] => {
      const spokenOf = this.#named(other);
      const range = conflicts[other] ?? '*';
      if (spokenOf === undefined || spokenOf === own || (isFirm && !this.#lookup.isFirm(spokenOf.unit)) || !includes(spokenOf.unit.manifest.version, range)) return [];
      return [{ speaker: own, range, spokenOf }];
    });
    if (isFirm) return oppositions;
    const others = firm.flatMap((unit): Opposition[] => {
      const range = unit.manifest.conflicts[name] ?? '*';
      const isKnown = unit === own.unit || oppositions.some(({ spokenOf }) => spokenOf.unit === unit);
      return isKnown || !includes(version, range) ? [] : [{ speaker: this.#caseOf(unit), range, spokenOf: own }];
    });
    return [...oppositions, ...others];
  }

  #rowOf(claimants: Claimants): Row {
    const id = `${claimants.claim.kind}\0${claimants.claim.key}`;
    let row = this.#rows.get(id);
    if (row === undefined) {
      row = new Row(id, claimants);
      this.#rows.set(id, row);
    }
    return row;
  }

  /** Looks at the next of those who claim the same; whether there was one. */
  #extend(row: Row): boolean {
    const unit = row.claimants.at(row.members.length);
    if (unit === undefined) {
      row.isComplete = true;
      return false;
    }
    const member = this.#caseOf(unit);
    member.stand(row, row.members.length);
    row.members.push(member);
    if (row.winner !== undefined) this.#decide(member, 'unfit');
    else if (member.isSeated) this.#win(row, member);
    return true;
  }

  /** Lets those who claim the same know of those before them; looks at more of them as long as somebody waits for one that is fit. */
  #advance(row: Row): void {
    while (row.winner === undefined) {
      const next = row.members[row.passed];
      if (next === undefined) {
        if (row.consumers.length > 0 && this.#extend(row)) continue;
        break;
      }
      if (next.isSeated) this.#win(row, next);
      if (next.standing === 'open') {
        if (row.contenders.delete(next)) this.#relieve(next);
        return;
      }
      row.passed += 1;
    }
    if (row.isLost) for (const consumer of row.consumers) this.#decide(consumer, 'unfit');
  }

  /** Lets go of all that cannot be there beside `own`. Those that would come before it are told why. */
  #leaveNoRoomBeside(own: Case): void {
    const letGo = (other: Case, why: Discord | undefined): void => {
      if (other.standing !== 'open') return;
      other.passedOver = why;
      this.#decide(other, 'unfit');
    };
    for (const opposition of own.oppositions) {
      const other = opposite(opposition, own);
      letGo(other, other.oppositions.some((theirs) => opposite(theirs, other) === own) ? undefined : opposition);
    }
    for (const row of own.rows) row.members.forEach((other, place) => { letGo(other, place < (own.places.get(row) ?? 0) ? { row, first: own, second: other } : undefined); });
  }

  #win(row: Row, member: Case): void {
    row.winner = member;
    for (const other of row.members) this.#decide(other, 'unfit');
    for (const consumer of row.consumers) if (member.standing === 'fit') this.#relieve(consumer); else this.#decide(consumer, 'unfit');
  }

  #decide(own: Case, standing: 'fit' | 'unfit'): void {
    if (own.standing !== 'open') return;
    own.standing = standing;
    this.#decided.push(own);
  }

  #tellOthers(own: Case): void {
    for (const dependent of own.dependents) if (own.standing === 'fit') this.#relieve(dependent); else this.#decide(dependent, 'unfit');
    for (const challenger of own.challengers ?? []) if (own.isSeated) this.#decide(challenger, 'unfit'); else this.#relieve(challenger);
    for (const row of own.places.keys()) if (own.isSeated && row.winner === undefined) this.#win(row, own); else this.#advance(row);
  }

  /** One thing less that `own` waits for. */
  #relieve(own: Case): void {
    own.pending -= 1;
    if (own.pending === 0) this.#decide(own, 'fit');
  }

  /** Those that require each other, whoever else is there, can never be used. */
  #refuseCircles(): void {
    const doubtful = this.cases.filter(({ standing, refusal }) => standing !== 'fit' && refusal === undefined);
    if (doubtful.length === 0) return;
    for (const [own, circle] of hardCircles(doubtful)) {
      own.circle = circle;
      this.#decide(own, 'unfit');
    }
    this.#concludeAll();
  }

  /** Decides what leads back to itself. */
  #untie(): void {
    const open = this.cases.filter(({ standing }) => standing === 'open');
    if (open.length === 0) return;
    const knots = new Knots(open, this.#lookup);
    for (const own of knots.inOrder()) {
      while (own.standing === 'open') {
        const { fit, unfit } = knots.cut(own);
        for (const each of fit) this.#decide(each, 'fit');
        // Before anybody else is fit because of them.
        for (const each of fit) this.#leaveNoRoomBeside(each);
        for (const each of unfit) this.#decide(each, 'unfit');
        this.#concludeAll();
      }
    }
  }
}

const NO_TIES: readonly Tie[] = [];

/** Of those that have to be within a range for the plugin to be fit, that is seen there. */
function hasRanges({ manifest: { optional, conflicts } }: PluginUnit): boolean {
  return [...Object.values(optional), ...Object.values(conflicts)].every(isRange);
}

function byName(one: Case, other: Case): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  return one.unit.source.label < other.unit.source.label ? -1 : 1;
}
