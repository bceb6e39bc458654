import type { StructumError } from '../../errors/index.js';
import { componentsOf } from '../dependency-graph.js';
import type { PluginLookup } from '../plugin-lookup.js';
import type { PluginUnit } from '../plugin-unit.js';
import { includes, satisfies } from '../ranges.js';
import { isConflictWith } from '../reason.js';
import { conflictBetween } from '../unfitness.js';
import type { Case } from './case.js';
import { Deliberation } from './deliberation.js';
import { Verdicts } from './verdicts.js';

/**
 * Decides which plugins can be used: engine, requirements, required services, conflicts, and who gets what several claim.
 * It validates and never installs; each plugin is judged once, with everything that this depends on, and all that is
 * wrong with it is told.
 *
 * How a plugin is judged depends on which plugins are there, and not on the order in which they came or were asked for.
 */
export class Resolver {
  readonly #lookup: PluginLookup;

  constructor(lookup: PluginLookup) {
    this.#lookup = lookup;
  }

  /** Judges `unit`: its state becomes `resolved`, or `rejected` with the reason, which is returned. */
  resolve(unit: PluginUnit): StructumError | undefined {
    this.resolveAll([unit]);
    return unit.reason;
  }

  /** Judges `units`, and all that this depends on; gives those that were judged. */
  resolveAll(units: Iterable<PluginUnit>): readonly PluginUnit[] {
    const wanted = [...units];
    if (!wanted.some(({ state }) => state === 'discovered')) return [];
    const { cases } = this.#deliberate(wanted);
    const verdicts = new Verdicts(cases, this.#lookup);
    for (const own of cases) {
      const reason = verdicts.of(own);
      if (reason?.code === 'PLUGIN_DISABLED') own.unit.disabled(reason);
      else own.unit.judged(reason);
    }
    connect(cases);
    return cases.map(({ unit }) => unit);
  }

  /** Why `unit` cannot come to the plugins that are there: one of them, which can be used as long as it does not come, cannot work beside it. */
  conflictWith(unit: PluginUnit): StructumError | undefined {
    const { name, version } = unit.manifest;
    const opponents = this.#lookup.opponentsOf(name).filter((opponent) => opponent !== unit && includes(version, opponent.manifest.conflicts[name] ?? '*'));
    this.resolveAll(opponents);
    const opponent = opponents.find(({ state, reason }) => state === 'failed' || reason === undefined || isConflictWith(reason, name));
    return opponent === undefined ? undefined : conflictBetween(opponent, unit, opponent.manifest.conflicts[name] ?? '*', unit);
  }

  /** Looks at everything once more where what was discovered turned out to be different meanwhile. */
  #deliberate(wanted: readonly PluginUnit[]): Deliberation {
    for (let attempt = 1; ; attempt += 1) {
      const { revision } = this.#lookup;
      const deliberation = new Deliberation(this.#lookup, wanted);
      if (revision === this.#lookup.revision || attempt === MOST_ATTEMPTS) return deliberation;
    }
  }
}

/** What was discovered may change while it is looked at, and then once more. */
const MOST_ATTEMPTS = 3;

/** Says which others each plugin uses. Two that lead to each other cannot wait for each other: an optional one is not used then. */
function connect(cases: readonly Case[]): void {
  const numbers = new Map(cases.map((own, number) => [own, number]));
  const hasOptions = cases.some(({ optional }) => optional.length > 0);
  const edges = hasOptions ? cases.map((own) => [...requirementsOf(own), ...optionsOf(own)].map((other) => numbers.get(other)).filter((number) => number !== undefined)) : [];
  const { groupOf } = componentsOf(edges);
  cases.forEach((own, number) => {
    if (own.unit.state !== 'resolved') return;
    own.unit.requirements = requirementsOf(own).map(({ unit }) => unit);
    own.unit.options = optionsOf(own).filter((other) => {
      const theirs = numbers.get(other);
      return theirs === undefined || groupOf[theirs] !== groupOf[number];
    }).map(({ unit }) => unit);
  });
}

function requirementsOf({ requires, services }: Case): readonly Case[] {
  const required = requires.flatMap(({ other }) => other ?? []);
  return services.length === 0 ? required : [...new Set([...required, ...services.flatMap(({ winner }) => winner ?? [])])];
}

function optionsOf({ optional }: Case): readonly Case[] {
  return optional.length === 0 ? [] : optional.flatMap(({ other, range }) => (other?.standing === 'fit' && satisfies(other.unit.manifest.version, range) ? [other] : []));
}
