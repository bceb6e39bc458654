import { componentsOf } from '../dependency-graph.js';
import type { PluginLookup } from '../plugin-lookup.js';
import { opposite, type Case, type Discord, type Row } from './case.js';

/** What is decided of plugins of which nothing follows from what is known. */
export interface Cut {
  readonly fit: readonly Case[];
  readonly unfit: readonly Case[];
}

/**
 * Plugins that can be used only if others can or cannot, which leads back to them. Of these, the first in precedence is
 * used, with all that it requires; where that cannot be there together, it is not.
 */
export class Knots {
  readonly #open: readonly Case[];
  readonly #lookup: PluginLookup;

  constructor(open: readonly Case[], lookup: PluginLookup) {
    this.#open = open;
    this.#lookup = lookup;
  }

  /** All of them, each knot after those that it leads to, and within one in precedence. */
  inOrder(): readonly Case[] {
    const { groups } = componentsOf(new KnotGraph(this.#open).edges);
    return groups.flatMap((group) => group
      .map((number) => this.#open[number])
      .filter((own) => own !== undefined)
      .sort((one, other) => this.#lookup.compare(one.unit, other.unit)));
  }

  cut(own: Case): Cut {
    const closure = closureOf(own);
    if ('steps' in closure) return this.#openCircle(closure.steps);
    const discord = discordIn(closure.members);
    if (discord === undefined) return { fit: closure.members, unfit: [] };
    own.discord = discord;
    return { fit: [], unfit: [own] };
  }

  /** Where something on the circle is provided by others too, the last of those that provide it there gives way to them. */
  #openCircle(steps: readonly Step[]): Cut {
    const circle = steps.map(({ to }) => to);
    const closed = [...circle, ...circle.slice(0, 1)];
    const replaceable = steps.filter(({ hasOthers }) => hasOthers).map(({ to }) => to).sort((one, other) => this.#lookup.compare(other.unit, one.unit)).slice(0, 1);
    const unfit = replaceable.length > 0 ? replaceable : circle;
    for (const each of unfit) each.circle = closed;
    return { fit: [], unfit };
  }
}

/** Who depends on whom among what is open, by numbers: plugins first, then places in rows, each of which stands for all before it. */
class KnotGraph {
  readonly edges: number[][];
  readonly #numbers: ReadonlyMap<Case, number>;
  /** Of a row, the number of the place before which nobody is open. */
  readonly #places = new Map<Row, number>();

  constructor(open: readonly Case[]) {
    this.#numbers = new Map(open.map((own, number) => [own, number]));
    this.edges = open.map(() => []);
    open.forEach((own, number) => { this.edges[number]?.push(...this.#edgesOf(own)); });
  }

  #edgesOf(own: Case): readonly number[] {
    const { requires, services, oppositions, places } = own;
    return [
      ...requires.flatMap(({ other }) => this.#numberOf(other)),
      ...services.filter(({ winner }) => winner === undefined).map((row) => this.#placeIn(row, row.members.length)),
      ...oppositions.flatMap((opposition) => this.#numberOf(opposite(opposition, own))),
      ...[...places].filter(([{ contenders }]) => contenders.has(own)).map(([row, place]) => this.#placeIn(row, place)),
    ];
  }

  #numberOf(own: Case | undefined): readonly number[] {
    const number = own === undefined ? undefined : this.#numbers.get(own);
    return number === undefined ? [] : [number];
  }

  #placeIn(row: Row, place: number): number {
    let first = this.#places.get(row);
    if (first === undefined) {
      first = this.edges.length;
      this.#places.set(row, first);
      this.edges.push([]);
      row.members.forEach((member, index) => { this.edges.push([(first ?? 0) + index, ...this.#numberOf(member)]); });
    }
    return first + place;
  }
}

/** A plugin on the way from another one, which requires it, or a service that others may provide too. */
interface Step {
  readonly to: Case;
  readonly hasOthers: boolean;
}

/** All that a plugin requires as far as it is open, itself included; or a circle on the way. */
function closureOf(start: Case): { readonly members: readonly Case[] } | { readonly steps: readonly Step[] } {
  const path = [{ to: start, hasOthers: false, next: needsOf(start) }];
  const onPath = new Set([start]);
  const members = new Set<Case>();
  for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
    const step = last.next.shift();
    if (step === undefined) {
      path.pop();
      onPath.delete(last.to);
      members.add(last.to);
    } else if (onPath.has(step.to)) {
      const from = path.findIndex(({ to }) => to === step.to);
      return { steps: [step, ...path.slice(from + 1)] };
    } else if (!members.has(step.to)) {
      path.push({ ...step, next: needsOf(step.to) });
      onPath.add(step.to);
    }
  }
  return { members: [...members] };
}

function needsOf({ requires, services }: Case): Step[] {
  const named = requires.flatMap(({ other }) => (other?.standing === 'open' ? [{ to: other, hasOthers: false }] : []));
  const provided = services.filter(({ winner }) => winner === undefined).flatMap(({ members, passed }) => {
    const [first, ...others] = members.slice(passed).filter(({ standing }) => standing === 'open');
    return first === undefined ? [] : [{ to: first, hasOthers: others.length > 0 }];
  });
  return [...named, ...provided];
}

function discordIn(members: readonly Case[]): Discord | undefined {
  const together = new Set(members);
  const seated = new Map<Row, Case>();
  for (const member of members) {
    for (const row of member.rows) {
      const other = seated.get(row);
      if (other !== undefined) {
        const [first = member, second = other] = row.members.filter((each) => each === member || each === other);
        return { row, first, second };
      }
      seated.set(row, member);
    }
    const opposition = member.oppositions.find(({ speaker, spokenOf }) => together.has(speaker) && together.has(spokenOf));
    if (opposition !== undefined) return opposition;
  }
  return undefined;
}
