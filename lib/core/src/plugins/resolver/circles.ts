import { circleThrough, componentsOf } from '../dependency-graph.js';
import type { Case } from './case.js';

/**
 * The circles of requirements that nobody else can open, by those that are in them; all that are on one are told the same.
 *
 * @param cases - In the order in which circles are looked for.
 */
export function hardCircles(cases: readonly Case[]): ReadonlyMap<Case, readonly Case[]> {
  const numbers = new Map(cases.map((own, number) => [own, number]));
  const edges = cases.map((own) => hardNeeds(own).map((other) => numbers.get(other)).filter((number) => number !== undefined));
  const { groups, groupOf } = componentsOf(edges);
  const circles = new Map<Case, readonly Case[]>();
  for (const group of groups) {
    const [first = 0] = group;
    if (group.length === 1 && edges[first]?.includes(first) !== true) continue;
    for (const number of [...group].sort((one, other) => one - other)) {
      const own = cases[number];
      if (own === undefined || circles.has(own)) continue;
      const circle = circleThrough(number, edges, groupOf).map((member) => cases[member]).filter((member) => member !== undefined);
      for (const member of circle) if (!circles.has(member)) circles.set(member, circle);
    }
  }
  return circles;
}

/** What a plugin cannot be without, and what of that there is only one of. */
function hardNeeds({ requires, services }: Case): readonly Case[] {
  const providers = services.flatMap(({ winner, isComplete, members }) => {
    const able = members.filter(({ refusal }) => refusal === undefined);
    return winner === undefined && isComplete && able.length === 1 ? able : [];
  });
  return [...new Set([...requires.map(({ other }) => other).filter((other) => other !== undefined), ...providers])];
}
