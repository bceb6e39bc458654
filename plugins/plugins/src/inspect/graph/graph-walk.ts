import type { GraphEdge, GraphNode, PluginGraph } from './plugin-graph.js';

/** Which way a graph is followed: to what plugins need, to who needs them, or both. */
export type GraphDirection = 'dependencies' | 'dependents' | 'both';

/** The edges of a graph by where one stands, for one way along them. */
export class GraphWay {
  readonly #direction: Exclude<GraphDirection, 'both'>;
  readonly #edges = new Map<string, GraphEdge[]>();

  constructor(edges: readonly GraphEdge[], direction: Exclude<GraphDirection, 'both'>) {
    this.#direction = direction;
    for (const edge of edges) {
      const at = direction === 'dependencies' ? edge.from : edge.to;
      const known = this.#edges.get(at);
      if (known === undefined) this.#edges.set(at, [edge]);
      else known.push(edge);
    }
  }

  /** The edges that lead on from a node. */
  from(id: string): readonly GraphEdge[] {
    return this.#edges.get(id) ?? [];
  }

  /** Where an edge leads to. */
  target(edge: GraphEdge): string {
    return this.#direction === 'dependencies' ? edge.to : edge.from;
  }

  /** All that can be reached from `starts` in at most `depth` steps, with them, and the edges that were followed. */
  reach(starts: readonly string[], depth = Infinity): { readonly ids: Set<string>; readonly edges: Set<GraphEdge> } {
    const ids = new Set(starts);
    const edges = new Set<GraphEdge>();
    let frontier: readonly string[] = [...ids];
    for (let step = 0; step < depth && frontier.length > 0; step += 1) {
      const next: string[] = [];
      for (const edge of frontier.flatMap((id) => this.from(id))) {
        edges.add(edge);
        const target = this.target(edge);
        if (!ids.has(target)) next.push(target);
        ids.add(target);
      }
      frontier = next;
    }
    return { ids, edges };
  }
}

/** The ways that a direction goes. */
export function waysOf(direction: GraphDirection): readonly Exclude<GraphDirection, 'both'>[] {
  return direction === 'both' ? ['dependencies', 'dependents'] : [direction];
}

/**
 * Nodes from which all others are reached: those that nothing leads to, then the first of each circle that none of them
 * leads into.
 */
export function rootsOf({ nodes, edges }: PluginGraph, way: GraphWay): string[] {
  const targets = new Set(edges.map((edge) => way.target(edge)));
  const starts = nodes.map(({ id }) => id).filter((id) => !targets.has(id));
  const roots = [...starts];
  const reached = way.reach(starts).ids;
  for (const { id } of nodes) {
    if (reached.has(id)) continue;
    roots.push(id);
    mark(id, way, reached);
  }
  return roots;
}

/** The part of a graph that is reached from `starts`, which may be left out, in at most `depth` steps each way. */
export function partOf(graph: PluginGraph, direction: GraphDirection, starts: readonly string[], depth: number | undefined): PluginGraph {
  if (starts.length === 0 && depth === undefined) return graph;
  const ids = new Set<string>();
  const edges = new Set<GraphEdge>();
  for (const each of waysOf(direction)) {
    const way = new GraphWay(graph.edges, each);
    const reached = way.reach(starts.length === 0 ? rootsOf(graph, way) : starts, depth);
    reached.ids.forEach((id) => ids.add(id));
    reached.edges.forEach((edge) => edges.add(edge));
  }
  const isWithin = ({ id }: GraphNode): boolean => ids.has(id);
  return { nodes: graph.nodes.filter(isWithin), edges: graph.edges.filter((edge) => edges.has(edge)) };
}

function mark(start: string, way: GraphWay, reached: Set<string>): void {
  const pending = [start];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    for (const edge of way.from(id)) pending.push(way.target(edge));
  }
}
