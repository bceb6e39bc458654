import { thisCore } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import type { PluginUnit } from './plugin-unit.js';

/** Where the plugins are that others may require. */
export interface PluginLookup {
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
    return this.#judge(unit, []);
  }

  async #judge(unit: PluginUnit, chain: readonly string[]): Promise<StructumError | undefined> {
    if (unit.state !== 'discovered') return unit.reason;
    const reason = await this.#reasonAgainst(unit, [...chain, unit.name]);
    // A plugin that leans on a circle above it is judged again when it is asked for itself.
    if (reason !== undefined) unit.fail('rejected', reason);
    else unit.state = 'resolved';
    return reason;
  }

  async #reasonAgainst(unit: PluginUnit, chain: readonly string[]): Promise<StructumError | undefined> {
    const { name, engine, requires, optional, conflicts } = unit.manifest;
    for (const [of, range] of [['@structum/core', engine], ...[requires, optional, conflicts].flatMap((ranges) => Object.entries(ranges))] as const) {
      if (!(await isRange(range))) return catalogued('RANGE_INVALID', { plugin: name, of, range });
    }
    if (!(await satisfies(thisCore.version, engine))) return catalogued('ENGINE_MISMATCH', { plugin: name, engine, core: thisCore.version });
    for (const [other, range] of Object.entries(conflicts)) {
      const found = this.#registry.unit(other)?.manifest.version;
      if (found !== undefined && (await satisfies(found, range))) return catalogued('CONFLICT', { plugin: name, other, range, found });
    }
    for (const [required, range] of Object.entries(requires)) {
      const reason = await this.#requirementReason(required, range, chain);
      if (reason !== undefined) return reason;
    }
    unit.requirements = this.#unitsOf(Object.keys(requires));
    unit.options = await this.#usable(unit, optional);
    return undefined;
  }

  /** The optional plugins that are there in a version that fits. Two that lead to each other cannot wait for each other: neither is used. */
  async #usable(unit: PluginUnit, optional: Readonly<Record<string, string>>): Promise<readonly PluginUnit[]> {
    const usable: PluginUnit[] = [];
    for (const candidate of this.#unitsOf(Object.keys(optional))) {
      const fits = await satisfies(candidate.manifest.version, optional[candidate.name] ?? '*');
      if (fits && !this.#leadsTo(candidate, unit)) usable.push(candidate);
    }
    return usable;
  }

  #leadsTo(from: PluginUnit, target: PluginUnit): boolean {
    const seen = new Set<PluginUnit>();
    const pending = [from];
    for (let unit = pending.pop(); unit !== undefined; unit = pending.pop()) {
      if (unit === target) return true;
      if (seen.has(unit)) continue;
      seen.add(unit);
      pending.push(...this.#unitsOf([...Object.keys(unit.manifest.requires), ...Object.keys(unit.manifest.optional)]));
    }
    return false;
  }

  #unitsOf(names: readonly string[]): readonly PluginUnit[] {
    return names.flatMap((name) => this.#registry.unit(name) ?? []);
  }

  async #requirementReason(required: string, range: string, chain: readonly string[]): Promise<StructumError | undefined> {
    if (chain.includes(required)) return catalogued('REQUIREMENT_CYCLE', { chain: [...chain.slice(chain.indexOf(required)), required] });
    const found = this.#registry.unit(required);
    if (found === undefined) return catalogued('REQUIREMENT_MISSING', { chain, required, range });
    if (!(await satisfies(found.manifest.version, range))) {
      return catalogued('REQUIREMENT_MISMATCH', { chain, required, range, found: found.manifest.version });
    }
    const reason = await this.#judge(found, chain);
    if (reason === undefined) return undefined;
    return catalogued('REQUIREMENT_REJECTED', { plugin: chain.at(-1) ?? required, required }, reason);
  }
}

/** What most plugins write: no library is needed to see that it is a range. */
const PLAIN_RANGE = /^(\*|[~^]?\d+\.\d+\.\d+)$/;

async function isRange(range: string): Promise<boolean> {
  if (PLAIN_RANGE.test(range)) return true;
  const { default: validRange } = await import('semver/ranges/valid.js');
  return validRange(range) !== null;
}

/** Whether `version` is within `range`. semver is imported only for what is not plain to see. */
async function satisfies(version: string, range: string): Promise<boolean> {
  if (range === `^${version}` || range === version || (range === '*' && !version.includes('-'))) return true;
  const { default: semverSatisfies } = await import('semver/functions/satisfies.js');
  return semverSatisfies(version, range);
}
