import { isCoreService, thisCore } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { circleThrough, componentsOf, type Components } from './dependency-graph.js';
import type { PluginLookup } from './plugin-lookup.js';
import type { PluginUnit } from './plugin-unit.js';
import { isPlain, rangesFor, type Ranges } from './ranges.js';
import { installCommand, reasonOf, requirementRejected, untrusted, whereFound, whereIs } from './reason.js';

/**
 * Decides whether plugins fit together: engine, requirements, required services, conflicts. It validates and never
 * installs; each plugin is judged once, with everything that it requires, and all that is wrong with it is told.
 *
 * How a plugin is judged depends on which plugins are there, and not on the order in which they came or were asked for.
 */
export class Resolver {
  readonly #lookup: PluginLookup;

  constructor(lookup: PluginLookup) {
    this.#lookup = lookup;
  }

  /** Judges `unit`: its state becomes `resolved`, or `rejected` with the reason, which is returned. */
  async resolve(unit: PluginUnit): Promise<StructumError | undefined> {
    await this.resolveAll([unit]);
    return unit.reason;
  }

  /** Judges `units`, and all that they need. */
  async resolveAll(units: Iterable<PluginUnit>): Promise<void> {
    const wanted = [...units];
    const judgement = new Judgement(this.#lookup, wanted);
    const ranges = rangesFor(judgement.isPlain());
    // In one go: nothing can come or go between the look at one plugin and the next.
    if (ranges instanceof Promise) new Judgement(this.#lookup, wanted).pass(await ranges);
    else judgement.pass(ranges);
  }

  /** Why `unit` cannot come to the plugins that are there: one of them cannot work beside it. */
  async conflictWith(unit: PluginUnit): Promise<StructumError | undefined> {
    const { name, version } = unit.manifest;
    const ranges = await rangesFor(this.#lookup.opponentsOf(name).every(({ manifest }) => isPlain(manifest.conflicts[name] ?? '*', version)));
    const [conflict] = conflictsWith(unit, this.#lookup.opponentsOf(name), ranges);
    return conflict;
  }
}

/** A plugin that another one names, and what there is of that name. */
interface Tie {
  readonly name: string;
  readonly range: string;
  readonly unit: PluginUnit | undefined;
}

/** What a plugin has to do with others. */
interface Ties {
  readonly requires: readonly Tie[];
  readonly optional: readonly Tie[];
  readonly conflicts: readonly Tie[];
  /** By services that it requires, which others provide. */
  readonly services: readonly Tie[];
  /** What it cannot be without: those that it requires, and that provide what it requires. */
  readonly needs: readonly PluginUnit[];
  readonly opponents: readonly PluginUnit[];
}

/** One look at plugins that are not judged yet, with all that they need: those that others need come first. */
class Judgement {
  readonly #lookup: PluginLookup;
  readonly #ties = new Map<PluginUnit, Ties>();
  readonly #named = new Map<string, PluginUnit | undefined>();
  readonly #units: readonly PluginUnit[];
  readonly #numbers: ReadonlyMap<PluginUnit, number>;
  /** Among the plugins that are judged, who needs whom. */
  readonly #needs: readonly (readonly number[])[];
  readonly #circles = new Map<PluginUnit, readonly string[]>();

  constructor(lookup: PluginLookup, wanted: readonly PluginUnit[]) {
    this.#lookup = lookup;
    const found = new Set(wanted.filter(isUndecided));
    // A set hands out what is added to it while it is walked.
    for (const unit of found) {
      const { needs, optional } = this.#tiesOf(unit);
      for (const other of needs) if (isUndecided(other)) found.add(other);
      for (const other of unitsAmong(optional)) if (isUndecided(other)) found.add(other);
    }
    this.#units = [...found].sort(byName);
    this.#numbers = new Map(this.#units.map((unit, number) => [unit, number]));
    this.#needs = this.#units.map((unit) => this.#numbered(this.#tiesOf(unit).needs));
  }

  /** Whether it is plain to see which versions are within which ranges. */
  isPlain(): boolean {
    return this.#units.every((unit) => {
      const { name, version, engine } = unit.manifest;
      const { requires, optional, conflicts, opponents } = this.#tiesOf(unit);
      return isPlain(engine, thisCore.version)
        && arePlain(requires) && arePlain(optional) && arePlain(conflicts)
        && opponents.every(({ manifest }) => isPlain(manifest.conflicts[name] ?? '*', version));
    });
  }

  pass(ranges: Ranges): void {
    const parts = componentsOf(this.#needs);
    for (const group of parts.groups) {
      const judged = group.map((number) => [this.#at(number), this.#reasonsAgainst(number, parts, ranges)] as const);
      for (const [unit, reasons] of judged) unit.judged(reasonOf(unit, reasons));
    }
    this.#connect(ranges);
  }

  /** Says which others each plugin uses. Two that lead to each other cannot wait for each other: an optional one is not used then. */
  #connect(ranges: Ranges): void {
    const hasOptions = this.#units.some((unit) => this.#tiesOf(unit).optional.length > 0);
    const groupOf = hasOptions ? componentsOf(this.#units.map((unit, number) => this.#uses(unit, number))).groupOf : [];
    this.#units.forEach((unit, number) => {
      if (unit.state !== 'resolved') return;
      const ties = this.#tiesOf(unit);
      unit.requirements = ties.needs;
      unit.options = unitsAmong(ties.optional.filter(({ unit: candidate, range }) => {
        if (candidate === undefined || !isUsable(candidate) || !ranges.satisfies(candidate.manifest.version, range)) return false;
        const other = this.#numbers.get(candidate);
        return other === undefined || groupOf[other] !== groupOf[number];
      }));
    });
  }

  /** Whom a plugin waits for when it comes up. */
  #uses(unit: PluginUnit, number: number): readonly number[] {
    return [...(this.#needs[number] ?? []), ...this.#numbered(unitsAmong(this.#tiesOf(unit).optional))];
  }

  #reasonsAgainst(number: number, parts: Components, ranges: Ranges): readonly StructumError[] {
    const unit = this.#at(number);
    // Whoever asks, and however it came here: what nobody trusts is not used.
    if (unit.tier === 'found') return [untrusted(unit)];
    const { name, engine } = unit.manifest;
    const { requires, services, optional, conflicts } = this.#tiesOf(unit);
    const reasons: StructumError[] = [];
    const add = (reason: StructumError | undefined): void => {
      if (reason !== undefined) reasons.push(reason);
    };
    if (!ranges.satisfies(thisCore.version, engine)) add(catalogued('ENGINE_MISMATCH', { plugin: name, engine, core: thisCore.version }));
    for (const reason of this.#conflictReasons(unit, ranges)) add(reason);
    const circle = this.#circleOf(number, parts);
    if (circle !== undefined) add(catalogued('REQUIREMENT_CYCLE', { plugin: name, chain: circle }));
    for (const tie of requires) add(this.#requirementReason(unit, tie, parts, ranges));
    for (const tie of services) add(this.#serviceReason(unit, tie, parts));
    // What a version is within is a range for certain.
    const wrong = reasons.length + optional.length + conflicts.length > 0 ? this.#wrongRanges(unit, ranges) : [];
    return wrong.length > 0 ? wrong : reasons;
  }

  #wrongRanges(unit: PluginUnit, { isRange }: Ranges): readonly StructumError[] {
    const { name, engine } = unit.manifest;
    const { requires, optional, conflicts } = this.#tiesOf(unit);
    const wrong: StructumError[] = [];
    const check = (of: string, range: string): void => {
      if (!isRange(range)) wrong.push(catalogued('RANGE_INVALID', { plugin: name, of, range }));
    };
    check('@structum/core', engine);
    for (const ties of [requires, optional, conflicts]) for (const tie of ties) check(tie.name, tie.range);
    return wrong;
  }

  /** The one that says so gives way, unless it is firm and the other is not. */
  #conflictReasons(unit: PluginUnit, ranges: Ranges): readonly StructumError[] {
    const { conflicts, opponents } = this.#tiesOf(unit);
    if (conflicts.length === 0 && opponents.length === 0) return [];
    const isFirm = this.#lookup.isFirm(unit);
    const own = conflicts.flatMap(({ unit: other, range }) => {
      if (other === undefined || other === unit || !this.#lookup.isAdmitted(other) || (isFirm && !this.#lookup.isFirm(other))) return [];
      return ranges.includes(other.manifest.version, range) ? [conflict(unit, other, range, unit)] : [];
    });
    return isFirm ? own : [...own, ...conflictsWith(unit, opponents, ranges)];
  }

  #requirementReason(unit: PluginUnit, { name: required, range, unit: found }: Tie, parts: Components, { satisfies }: Ranges): StructumError | undefined {
    if (found === undefined) return catalogued('REQUIREMENT_MISSING', { plugin: unit.name, ...whereIs(unit), required, range });
    // What may not be there at all matters more than its version.
    if (!satisfies(found.manifest.version, range) && this.#lookup.isAdmitted(found)) return mismatch(unit, found, range);
    return isUsable(found) || this.#isInCircleWith(unit, found, parts) ? undefined : rejectedBy(unit, found);
  }

  #serviceReason(unit: PluginUnit, { name: service, unit: provider }: Tie, parts: Components): StructumError | undefined {
    if (provider === undefined) {
      const withheld = this.#lookup.withheldProvider(service);
      const rejected = withheld === undefined ? undefined : rejectedBy(unit, withheld, service);
      return rejected ?? catalogued('SERVICE_MISSING', { plugin: unit.name, ...whereIs(unit), service });
    }
    // Where the plugin itself is required too, that says it already.
    if (provider === unit || Object.hasOwn(unit.manifest.requires, provider.name)) return undefined;
    return isUsable(provider) || this.#isInCircleWith(unit, provider, parts) ? undefined : rejectedBy(unit, provider, service);
  }

  #isInCircleWith(unit: PluginUnit, other: PluginUnit, { groupOf }: Components): boolean {
    const [one, another] = [this.#numbers.get(unit), this.#numbers.get(other)];
    return one !== undefined && another !== undefined && groupOf[one] === groupOf[another];
  }

  /** The circle that a plugin is in; all that are on it are told the same one. */
  #circleOf(number: number, { groups, groupOf }: Components): readonly string[] | undefined {
    const group = groups[groupOf[number] ?? -1] ?? [];
    const isAlone = group.length === 1 && this.#needs[number]?.includes(number) !== true;
    if (isAlone) return undefined;
    const unit = this.#at(number);
    if (!this.#circles.has(unit)) for (const member of [...group].sort((one, other) => one - other)) this.#findCircle(member, groupOf);
    return this.#circles.get(unit);
  }

  #findCircle(number: number, groupOf: ArrayLike<number>): void {
    if (this.#circles.has(this.#at(number))) return;
    const circle = circleThrough(number, this.#needs, groupOf).map((member) => this.#at(member));
    const names = circle.map(({ name }) => name);
    for (const unit of circle) if (!this.#circles.has(unit)) this.#circles.set(unit, names);
  }

  #at(number: number): PluginUnit {
    const unit = this.#units[number];
    if (unit === undefined) throw new RangeError(`There is no plugin ${String(number)}.`);
    return unit;
  }

  #tiesOf(unit: PluginUnit): Ties {
    let ties = this.#ties.get(unit);
    if (ties === undefined) {
      ties = this.#findTies(unit);
      this.#ties.set(unit, ties);
    }
    return ties;
  }

  #findTies({ manifest }: PluginUnit): Ties {
    const { name, requires, optional, conflicts, requiresServices = [] } = manifest;
    const named = (ranges: Readonly<Record<string, string>>): readonly Tie[] => {
      const others = Object.keys(ranges);
      return others.length === 0 ? NO_TIES : others.map((other) => ({ name: other, range: ranges[other] ?? '*', unit: this.#unitOf(other) }));
    };
    const required = named(requires);
    const services = requiresServices.filter((service) => !isCoreService(service)).map((service) => ({ name: service, range: '*', unit: this.#lookup.providerUnit(service) }));
    return {
      requires: required,
      optional: named(optional),
      conflicts: named(conflicts),
      services,
      needs: services.length === 0 ? unitsAmong(required) : [...new Set([...unitsAmong(required), ...unitsAmong(services)])],
      opponents: this.#lookup.opponentsOf(name),
    };
  }

  #unitOf(name: string): PluginUnit | undefined {
    if (!this.#named.has(name)) this.#named.set(name, this.#lookup.unit(name));
    return this.#named.get(name);
  }

  /** Those of `units` that are judged now. */
  #numbered(units: readonly PluginUnit[]): readonly number[] {
    return units.map((unit) => this.#numbers.get(unit)).filter((number) => number !== undefined);
  }
}

const NO_TIES: readonly Tie[] = [];

function arePlain(ties: readonly Tie[]): boolean {
  return ties.every(({ range, unit }) => isPlain(range, unit?.manifest.version));
}

function unitsAmong(ties: readonly Tie[]): readonly PluginUnit[] {
  if (ties.length === 0) return [];
  return ties.map(({ unit }) => unit).filter((unit) => unit !== undefined);
}

function isUndecided({ state }: PluginUnit): boolean {
  return state === 'discovered';
}

function isUsable({ state }: PluginUnit): boolean {
  return state !== 'rejected' && state !== 'disabled' && state !== 'failed';
}

function mismatch(unit: PluginUnit, found: PluginUnit, range: string): StructumError {
  const run = installCommand(found, range);
  return catalogued('REQUIREMENT_MISMATCH', {
    plugin: unit.name, ...whereIs(unit), required: found.name, range, found: found.manifest.version, ...whereFound(found), ...(run === undefined ? {} : { run }),
  });
}

function rejectedBy(unit: PluginUnit, required: PluginUnit, service?: string): StructumError | undefined {
  return required.reason === undefined ? undefined : requirementRejected(unit, required.name, required.reason, service);
}

function conflictsWith(unit: PluginUnit, opponents: readonly PluginUnit[], ranges: Ranges): readonly StructumError[] {
  const { name, version } = unit.manifest;
  return opponents.flatMap((opponent) => {
    const range = opponent.manifest.conflicts[name] ?? '*';
    return opponent !== unit && ranges.isRange(range) && ranges.includes(version, range) ? [conflict(opponent, unit, range, unit)] : [];
  });
}

function conflict(unit: PluginUnit, other: PluginUnit, range: string, loser: PluginUnit): StructumError {
  return catalogued('CONFLICT', {
    plugin: unit.name, ...whereIs(unit), other: other.name, range, found: other.manifest.version, ...whereFound(other), loser: loser.name,
  });
}

function byName(one: PluginUnit, other: PluginUnit): number {
  return one.name < other.name ? -1 : 1;
}
