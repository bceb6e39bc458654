import { thisCore } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import type { PluginUnit } from './plugin-unit.js';

/** Where the plugins are that others may require. */
export interface PluginLookup {
  readonly units: Iterable<PluginUnit>;
  unit(name: string): PluginUnit | undefined;
}

/**
 * Decides whether plugins fit together: engine, requirements, conflicts. It validates and never installs; each
 * plugin is judged once, with everything that it requires.
 *
 * Ranges are npm's. A pre-release counts as being within a range only where npm says so.
 */
export class Resolver {
  readonly #registry: PluginLookup;

  constructor(registry: PluginLookup) {
    this.#registry = registry;
  }

  /** Judges `unit`: its state becomes `resolved`, or `rejected` with the reason, which is returned. */
  async resolve(unit: PluginUnit): Promise<StructumError | undefined> {
    if (unit.state === 'discovered') {
      const ranges = await this.#rangesFor(this.#reachable(unit));
      // In one go: nothing can come or go between the look at one plugin and the next.
      this.#judge(unit, [], ranges);
    }
    return unit.reason;
  }

  /** Why `unit` cannot come to the plugins that are there: one of them cannot work beside it. */
  async conflictWith(unit: PluginUnit): Promise<StructumError | undefined> {
    const { name, version } = unit.manifest;
    const opponents = [...this.#registry.units].filter((other) => other !== unit && Object.hasOwn(other.manifest.conflicts, name));
    const { satisfies } = await this.#rangesFor(opponents);
    for (const other of opponents) {
      const range = other.manifest.conflicts[name] ?? '*';
      if (satisfies(version, range)) return catalogued('CONFLICT', { plugin: other.name, other: name, range, found: version });
    }
    return undefined;
  }

  #judge(unit: PluginUnit, chain: readonly string[], ranges: Ranges): StructumError | undefined {
    if (unit.state !== 'discovered') return unit.reason;
    const reason = this.#reasonAgainst(unit, [...chain, unit.name], ranges);
    if (reason === undefined) {
      unit.requirements = this.#unitsOf(Object.keys(unit.manifest.requires));
      unit.options = this.#usable(unit, ranges);
    }
    unit.judged(reason);
    return reason;
  }

  #reasonAgainst({ manifest }: PluginUnit, chain: readonly string[], ranges: Ranges): StructumError | undefined {
    const { name, engine, requires, optional, conflicts } = manifest;
    for (const [of, range] of [['@structum/core', engine], ...[requires, optional, conflicts].flatMap((named) => Object.entries(named))] as const) {
      if (!ranges.isRange(range)) return catalogued('RANGE_INVALID', { plugin: name, of, range });
    }
    if (!ranges.satisfies(thisCore.version, engine)) return catalogued('ENGINE_MISMATCH', { plugin: name, engine, core: thisCore.version });
    for (const [other, range] of Object.entries(conflicts)) {
      const found = this.#registry.unit(other)?.manifest.version;
      if (found !== undefined && ranges.satisfies(found, range)) return catalogued('CONFLICT', { plugin: name, other, range, found });
    }
    for (const [required, range] of Object.entries(requires)) {
      const reason = this.#requirementReason(required, range, chain, ranges);
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  #requirementReason(required: string, range: string, chain: readonly string[], ranges: Ranges): StructumError | undefined {
    if (chain.includes(required)) return catalogued('REQUIREMENT_CYCLE', { chain: [...chain.slice(chain.indexOf(required)), required] });
    const found = this.#registry.unit(required);
    if (found === undefined) return catalogued('REQUIREMENT_MISSING', { chain, required, range });
    if (!ranges.satisfies(found.manifest.version, range)) {
      return catalogued('REQUIREMENT_MISMATCH', { chain, required, range, found: found.manifest.version });
    }
    const reason = this.#judge(found, chain, ranges);
    if (reason === undefined) return undefined;
    return catalogued('REQUIREMENT_REJECTED', { plugin: chain.at(-1) ?? required, required }, reason);
  }

  /** The optional plugins that are there in a version that fits. Two that lead to each other cannot wait for each other: neither is used. */
  #usable(unit: PluginUnit, { satisfies }: Ranges): readonly PluginUnit[] {
    const { optional } = unit.manifest;
    return this.#unitsOf(Object.keys(optional)).filter(
      (candidate) => satisfies(candidate.manifest.version, optional[candidate.name] ?? '*') && !this.#reachable(candidate).has(unit),
    );
  }

  /** `unit` and all that it requires or may use, directly or not. */
  #reachable(unit: PluginUnit): ReadonlySet<PluginUnit> {
    const reached = new Set([unit]);
    // A set hands out what is added to it while it is walked.
    for (const { manifest } of reached) {
      for (const other of this.#unitsOf([...Object.keys(manifest.requires), ...Object.keys(manifest.optional)])) reached.add(other);
    }
    return reached;
  }

  /** Enough to judge `units`: semver is imported only where that takes more than a look. */
  async #rangesFor(units: Iterable<PluginUnit>): Promise<Ranges> {
    return [...units].every((unit) => this.#isPlain(unit)) ? PLAIN : npmRanges();
  }

  /** Whether all ranges that `unit` names are plain to see, and so is that what is there is within them. */
  #isPlain({ manifest: { engine, requires, optional, conflicts } }: PluginUnit): boolean {
    const named = [requires, optional, conflicts].flatMap((ranges) => Object.entries(ranges));
    return PLAIN.satisfies(thisCore.version, engine) && named.every(([name, range]) => {
      const version = this.#registry.unit(name)?.manifest.version;
      return PLAIN.isRange(range) && (version === undefined || PLAIN.satisfies(version, range));
    });
  }

  #unitsOf(names: readonly string[]): readonly PluginUnit[] {
    return names.flatMap((name) => this.#registry.unit(name) ?? []);
  }
}

/** What npm means by a range. */
interface Ranges {
  readonly isRange: (range: string) => boolean;
  readonly satisfies: (version: string, range: string) => boolean;
}

/** What most plugins write. */
const PLAIN_RANGE = /^(\*|[~^]?\d+\.\d+\.\d+)$/;

/** Knows without a library what is plain to see, and nothing else. */
const PLAIN: Ranges = {
  isRange: (range) => PLAIN_RANGE.test(range),
  satisfies: (version, range) => range === `^${version}` || range === version || (range === '*' && !version.includes('-')),
};

async function npmRanges(): Promise<Ranges> {
  const [{ default: satisfies }, { default: validRange }] = await Promise.all([import('semver/functions/satisfies.js'), import('semver/ranges/valid.js')]);
  return { satisfies, isRange: (range) => validRange(range) !== null };
}
