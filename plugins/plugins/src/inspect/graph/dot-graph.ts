import { printable } from '../style.js';
import { edgeText, troubleOf, type GraphEdge, type GraphNode, type PluginGraph } from './plugin-graph.js';

/** A graph in the language of Graphviz; the nodes are called as they are. */
export function dotGraph({ nodes, edges }: PluginGraph): string {
  const lines = [
    'digraph plugins {',
    '  rankdir=LR;',
    '  node [shape=box, style=rounded];',
    ...nodes.map((node) => `  ${quoted(node.id)} [${nodeAttributes(node).join(', ')}];`),
    ...edges.map((edge) => `  ${quoted(edge.from)} -> ${quoted(edge.to)} [${edgeAttributes(edge).join(', ')}];`),
    '}',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const LOOKS = {
  missing: ['style="rounded,dashed"', 'color="#b45309"', 'fontcolor="#b45309"'],
  rejected: ['color="#b91c1c"', 'fontcolor="#b91c1c"'],
  failed: ['color="#b91c1c"', 'fontcolor="#b91c1c"', 'penwidth=2'],
  disabled: ['color="#6b7280"', 'fontcolor="#6b7280"'],
} as const;

function nodeAttributes(node: GraphNode): string[] {
  const trouble = troubleOf(node);
  const lines = [node.id, node.version, trouble].flatMap((line) => (line === undefined ? [] : [line]));
  return [`label=${label(lines)}`, ...(trouble === undefined ? [] : LOOKS[trouble])];
}

function edgeAttributes(edge: GraphEdge): string[] {
  return [`label=${label([edgeText(edge)])}`, ...(edge.optional ? ['style=dashed'] : [])];
}

/** Lines of text: Graphviz knows escapes and the entities of HTML there. */
function label(lines: readonly string[]): string {
  const escaped = lines.map((line) => printable(line).replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/&/g, '&amp;'));
  return `"${escaped.join('\\n')}"`;
}

/** A name: Graphviz knows no escape there but that of the quotation mark. */
function quoted(id: string): string {
  return `"${printable(id).replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
}
