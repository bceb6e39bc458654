import { thisCore } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { circleThrough, componentsOf, type Components } from './dependency-graph.js';
import type { PluginLookup } from './plugin-lookup.js';
import type { PluginUnit } from './plugin-unit.js';
import { rangesFor, type RangeQuestion, type Ranges } from './ranges.js';
import { installCommand, reasonOf, requirementRejected, whereFound, whereIs } from './reason.js';

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
    const open = this.#undecided(wanted);
    if (open.length === 0) return;
    const known = rangesFor(this.#questionsOf(open));
    if (!(known instanceof Promise)) {
      new Judgement(this.#lookup, open, known).pass();
      return;
    }
    const ranges = await known;
    // In one go: nothing can come or go between the look at one plugin and the next.
    new Judgement(this.#lookup, this.#undecided(wanted), ranges).pass();
  }

  /** Why `unit` cannot come to the plugins that are there: one of them cannot work beside it. */
  async conflictWith(unit: PluginUnit): Promise<StructumError | undefined> {
    const { name, version } = unit.manifest;
    const ranges = await rangesFor(this.#lookup.opponentsOf(name).map(({ manifest }) => [manifest.conflicts[name] ?? '*', version] as const));
    const [conflict] = conflictsWith(unit, this.#lookup.opponentsOf(name), ranges);
    return conflict;
  }

  /** Those of `units` that are not judged yet, with all that they need, or use when it is there. */
  #undecided(units: readonly PluginUnit[]): readonly PluginUnit[] {
    const found = new Set(units.filter(isUndecided));
    // A set hands out what is added to it while it is walked.
    for (const unit of found) {
      for (const other of [...needsOf(unit, this.#lookup), ...optionsOf(unit, this.#lookup)]) if (isUndecided(other)) found.add(other);
    }
    return [...found];
  }

  *#questionsOf(units: readonly PluginUnit[]): Iterable<RangeQuestion> {
    for (const { manifest } of units) {
      const { name, version, engine, requires, optional, conflicts } = manifest;
      yield [engine, thisCore.version];
      for (const ranges of [requires, optional, conflicts]) {
        for (const [other, range] of Object.entries(ranges)) {
          const found = this.#lookup.unit(other)?.manifest.version;
          yield found === undefined ? [range] : [range, found];
        }
      }
      for (const { manifest: opponent } of this.#lookup.opponentsOf(name)) yield [opponent.conflicts[name] ?? '*', version];
    }
  }
}

/** One look at plugins that are not judged yet: those that others need before these. */
class Judgement {
  readonly #lookup: PluginLookup;
  readonly #units: readonly PluginUnit[];
  readonly #numbers: ReadonlyMap<PluginUnit, number>;
  readonly #ranges: Ranges;
  /** Among the plugins that are judged, who needs whom. */
  readonly #needs: readonly (readonly number[])[];
  readonly #circles = new Map<PluginUnit, readonly string[]>();

  /** @param units - With all that they need. */
  constructor(lookup: PluginLookup, units: readonly PluginUnit[], ranges: Ranges) {
    this.#lookup = lookup;
    this.#units = [...units].sort(byName);
    this.#numbers = new Map(this.#units.map((unit, number) => [unit, number]));
    this.#ranges = ranges;
    this.#needs = this.#units.map((unit) => this.#numbered(needsOf(unit, lookup)));
  }

  pass(): void {
    const parts = componentsOf(this.#needs);
    for (const group of parts.groups) {
      const reasons = group.map((number) => this.#reasonsAgainst(number, parts));
      group.forEach((number, index) => {
        const unit = this.#units[number];
        unit?.judged(reasonOf(unit, reasons[index] ?? []));
      });
    }
    this.#connect();
  }

  /** Says which others each plugin uses. Two that lead to each other cannot wait for each other: an optional one is not used then. */
  #connect(): void {
    const { groupOf } = componentsOf(this.#units.map((unit, number) => [...(this.#needs[number] ?? []), ...this.#numbered(optionsOf(unit, this.#lookup))]));
    this.#units.forEach((unit, number) => {
      if (unit.state !== 'resolved') return;
      const { optional } = unit.manifest;
      unit.requirements = needsOf(unit, this.#lookup);
      unit.options = optionsOf(unit, this.#lookup).filter((candidate) => {
        const other = this.#numbers.get(candidate);
        return (other === undefined || groupOf[other] !== groupOf[number])
          && isUsable(candidate)
          && this.#ranges.satisfies(candidate.manifest.version, optional[candidate.name] ?? '*');
      });
    });
  }

  #reasonsAgainst(number: number, parts: Components): readonly StructumError[] {
    const unit = this.#units[number];
    if (unit === undefined) return [];
    const wrong = this.#wrongRanges(unit);
    if (wrong.length > 0) return wrong;
    const circle = this.#circleOf(number, parts);
    return [
      ...this.#engineReasons(unit),
      ...this.#conflictReasons(unit),
      ...(circle === undefined ? [] : [catalogued('REQUIREMENT_CYCLE', { plugin: unit.name, chain: circle })]),
      ...Object.entries(unit.manifest.requires).flatMap(([required, range]) => this.#requirementReason(unit, required, range, parts) ?? []),
      ...(unit.manifest.requiresServices ?? []).flatMap((service) => this.#serviceReason(unit, service, parts) ?? []),
    ];
  }

  #wrongRanges({ manifest }: PluginUnit): readonly StructumError[] {
    const { name, engine, requires, optional, conflicts } = manifest;
    return [['@structum/core', engine] as const, ...[requires, optional, conflicts].flatMap((named) => Object.entries(named))]
      .filter(([, range]) => !this.#ranges.isRange(range))
      .map(([of, range]) => catalogued('RANGE_INVALID', { plugin: name, of, range }));
  }

  #engineReasons({ manifest: { name, engine } }: PluginUnit): readonly StructumError[] {
    return this.#ranges.satisfies(thisCore.version, engine) ? [] : [catalogued('ENGINE_MISMATCH', { plugin: name, engine, core: thisCore.version })];
  }

  /** The one that says so gives way, unless it is firm and the other is not. */
  #conflictReasons(unit: PluginUnit): readonly StructumError[] {
    const isFirm = this.#lookup.isFirm(unit);
    const own = Object.entries(unit.manifest.conflicts).flatMap(([name, range]) => {
      const other = this.#lookup.unit(name);
      if (other === undefined || other === unit || !this.#lookup.isAdmitted(other) || (isFirm && !this.#lookup.isFirm(other))) return [];
      return this.#ranges.includes(other.manifest.version, range) ? [conflict(unit, other, range, unit)] : [];
    });
    return isFirm ? own : [...own, ...conflictsWith(unit, this.#lookup.opponentsOf(unit.name), this.#ranges)];
  }

  #requirementReason(unit: PluginUnit, required: string, range: string, parts: Components): StructumError | undefined {
    const found = this.#lookup.unit(required);
    if (found === undefined) return catalogued('REQUIREMENT_MISSING', { plugin: unit.name, ...whereIs(unit), required, range });
    // What may not be there at all matters more than its version.
    if (this.#lookup.isAdmitted(found) && !this.#ranges.satisfies(found.manifest.version, range)) return mismatch(unit, found, range);
    return this.#isInCircleWith(unit, found, parts) || isUsable(found) ? undefined : rejectedBy(unit, found);
  }

  #serviceReason(unit: PluginUnit, service: string, parts: Components): StructumError | undefined {
    const provider = this.#lookup.providerUnit(service);
    if (provider === undefined) {
      const withheld = this.#lookup.withheldProvider(service);
      const rejected = withheld === undefined ? undefined : rejectedBy(unit, withheld, service);
      return rejected ?? catalogued('SERVICE_MISSING', { plugin: unit.name, ...whereIs(unit), service });
    }
    // Where the plugin itself is required too, that says it already.
    if (provider === unit || Object.hasOwn(unit.manifest.requires, provider.name)) return undefined;
    return this.#isInCircleWith(unit, provider, parts) || isUsable(provider) ? undefined : rejectedBy(unit, provider, service);
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

  /** Those of `units` that are judged now, each once, by name. */
  #numbered(units: readonly PluginUnit[]): readonly number[] {
    const numbers = new Set<number>();
    for (const unit of units) {
      const number = this.#numbers.get(unit);
      if (number !== undefined) numbers.add(number);
    }
    return [...numbers].sort((one, other) => one - other);
  }
}

/** What a plugin cannot be without: the plugins that it requires, and those that provide services that it requires. */
function needsOf(unit: PluginUnit, lookup: PluginLookup): readonly PluginUnit[] {
  const { requires, requiresServices = [] } = unit.manifest;
  const needs = new Set(unitsOf(Object.keys(requires), lookup));
  for (const service of requiresServices) {
    const provider = lookup.providerUnit(service);
    if (provider !== undefined && provider !== unit) needs.add(provider);
  }
  return [...needs];
}

function optionsOf(unit: PluginUnit, lookup: PluginLookup): readonly PluginUnit[] {
  return unitsOf(Object.keys(unit.manifest.optional), lookup);
}

function unitsOf(names: readonly string[], lookup: PluginLookup): readonly PluginUnit[] {
  return names.flatMap((name) => lookup.unit(name) ?? []);
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
