import { printable, type Style } from '../style.js';
import { GraphWay, rootsOf, type GraphDirection } from './graph-walk.js';
import { edgeText, troubleOf, type GraphEdge, type GraphNode, type PluginGraph } from './plugin-graph.js';

/** How a graph is told. */
export interface TextLook {
  readonly style: Style;
  /** Whether lines can be drawn with more than ASCII. */
  readonly unicode: boolean;
}

/** What is nested deeper gets a tree of its own, so that no line is longer than its reader can follow. */
const MOST_LEVELS = 24;

/**
 * A graph as trees, a line for each node and each edge at most: what a node leads to is told once, where it comes up
 * first, or in a tree of its own further down.
 */
export function* textGraph(graph: PluginGraph, direction: Exclude<GraphDirection, 'both'>, starts: readonly string[], { style, unicode }: TextLook): Generator<string> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const way = new GraphWay(graph.edges, direction);
  const lines = unicode ? UNICODE : ASCII;
  const trees = starts.length === 0 ? rootsOf(graph, way) : [...starts];
  const told = new Set<string>();
  const promised = new Set(trees);
  // More trees come while these are told.
  for (const root of trees) {
    if (told.has(root)) continue;
    const pending: Place[] = [{ id: root, edges: [], level: 0, margin: '', isLast: true }];
    for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
      const { id, edges, level, margin, isLast } = place;
      const isEnd = way.from(id).length === 0;
      const isTold = told.has(id) || (level > 0 && promised.has(id));
      const isLater = !isTold && level === MOST_LEVELS && !isEnd;
      const note = isEnd || (!isTold && !isLater) ? '' : style.dim(told.has(id) ? ' (see above)' : ' (see below)');
      const branch = level === 0 ? '' : `${margin}${isLast ? lines.last : lines.next}`;
      yield `${branch}${nodeText(nodes.get(id) ?? { id, state: 'missing' }, style)}${edges.length === 0 ? '' : ` (${printable(edges.map(edgeText).join('; '))})`}${note}`;
      if (isLater) {
        promised.add(id);
        trees.push(id);
      }
      if (isTold || isLater) continue;
      told.add(id);
      const inner = level === 0 ? '' : `${margin}${isLast ? lines.blank : lines.through}`;
      const branches = branchesOf(id, way);
      for (const [index, [target, asked]] of [...branches.entries()].reverse()) {
        pending.push({ id: target, edges: asked, level: level + 1, margin: inner, isLast: index === branches.length - 1 });
      }
    }
  }
}

interface Place {
  readonly id: string;
  /** What the one above asks of it, or it of the one above. */
  readonly edges: readonly GraphEdge[];
  readonly level: number;
  readonly margin: string;
  readonly isLast: boolean;
}

const UNICODE = { next: '├─ ', last: '└─ ', through: '│  ', blank: '   ' };
const ASCII = { next: '|- ', last: '`- ', through: '|  ', blank: '   ' };

/** Where a node leads to, once each, with all edges that lead there. */
function branchesOf(id: string, way: GraphWay): readonly (readonly [string, readonly GraphEdge[]])[] {
  const branches = new Map<string, GraphEdge[]>();
  for (const edge of way.from(id)) {
    const known = branches.get(way.target(edge));
    if (known === undefined) branches.set(way.target(edge), [edge]);
    else known.push(edge);
  }
  return [...branches];
}

function nodeText(node: GraphNode, style: Style): string {
  const trouble = troubleOf(node);
  const name = printable(node.version === undefined ? node.id : `${node.id} ${node.version}`);
  if (trouble === undefined) return name;
  const mark = `[${trouble}]`;
  return `${name} ${trouble === 'missing' ? style.yellow(mark) : trouble === 'disabled' ? style.dim(mark) : style.red(mark)}`;
}
