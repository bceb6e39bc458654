/** Who leads to whom, by numbers: `edges[from]` holds each `to`. */
export type Edges = readonly (readonly number[])[];

/** The parts of a graph in which each leads to each other. */
export interface Components {
  /** Each after those that it leads to. */
  readonly groups: readonly (readonly number[])[];
  /** The group of each node. */
  readonly groupOf: ArrayLike<number>;
}

const UNSEEN = -1;

/** Finds the strongly connected components of a graph (Tarjan's algorithm, without recursion: chains may be long). */
export function componentsOf(edges: Edges): Components {
  const count = edges.length;
  const order = new Int32Array(count).fill(UNSEEN);
  const lowest = new Int32Array(count);
  const groupOf = new Int32Array(count).fill(UNSEEN);
  const next = new Int32Array(count);
  const groups: number[][] = [];
  const open: number[] = [];
  const path: number[] = [];
  let seen = 0;
  const enter = (node: number): void => {
    order[node] = lowest[node] = seen++;
    open.push(node);
    path.push(node);
  };
  for (let start = 0; start < count; start++) {
    if (at(order, start) !== UNSEEN) continue;
    enter(start);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const target = edges[node]?.[at(next, node)];
      if (target !== undefined) {
        next[node] = at(next, node) + 1;
        if (at(order, target) === UNSEEN) enter(target);
        else if (at(groupOf, target) === UNSEEN) lowest[node] = Math.min(at(lowest, node), at(order, target));
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) lowest[parent] = Math.min(at(lowest, parent), at(lowest, node));
      if (at(lowest, node) === at(order, node)) groups.push(closeGroup(open, node, groupOf, groups.length));
    }
  }
  return { groups, groupOf };
}

/** Takes what was opened since `first`, which is a group by now. */
function closeGroup(open: number[], first: number, groupOf: Int32Array, number: number): number[] {
  const group = open.splice(open.lastIndexOf(first));
  for (const node of group) groupOf[node] = number;
  return group;
}

/** A shortest circle from `start` back to it, within its group; ends where it began. Lower numbers are preferred. */
export function circleThrough(start: number, edges: Edges, groupOf: ArrayLike<number>): readonly number[] {
  const cameFrom = new Map<number, number>();
  const reached = [start];
  for (const node of reached) {
    for (const target of [...(edges[node] ?? [])].sort((one, other) => one - other)) {
      if (target === start) return walkBack(node, start, cameFrom);
      if (groupOf[target] !== groupOf[start] || cameFrom.has(target)) continue;
      cameFrom.set(target, node);
      reached.push(target);
    }
  }
  return [start, start];
}

function walkBack(last: number, start: number, cameFrom: ReadonlyMap<number, number>): readonly number[] {
  const circle = [start];
  for (let node: number | undefined = last; node !== undefined && node !== start; node = cameFrom.get(node)) circle.push(node);
  return [...circle, start].reverse();
}

function at(numbers: Int32Array, index: number): number {
  return numbers[index] ?? UNSEEN;
}
