import { printable } from '../style.js';
import { edgeText, troubleOf, type GraphEdge, type GraphNode, type PluginGraph } from './plugin-graph.js';

/** What Mermaid draws unless it is told to draw more, which only its host may tell it. */
const MOST_EDGES = 500;
const MOST_CHARACTERS = 50_000;

/** A graph in the language of Mermaid; the nodes are called `n0`, `n1` and so on, by name. */
export function mermaidGraph({ nodes, edges }: PluginGraph): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${String(index)}`]));
  const lines = [
    'flowchart LR',
    ...nodes.map((node) => `  ${names.get(node.id) ?? ''}${nodeText(node)}`),
    ...edges.map((edge) => `  ${names.get(edge.from) ?? ''} ${arrow(edge)} ${names.get(edge.to) ?? ''}`),
    ...STYLES,
  ];
  const text = lines.map((line) => `${line}\n`).join('');
  return edges.length <= MOST_EDGES && text.length <= MOST_CHARACTERS ? text : `${limitNote(edges.length, text.length)}${text}`;
}

const STYLES = [
  '  classDef missing stroke:#b45309,color:#b45309,stroke-dasharray:4',
  '  classDef rejected stroke:#b91c1c,color:#b91c1c',
  '  classDef failed stroke:#b91c1c,color:#b91c1c,stroke-width:3px',
  '  classDef disabled stroke:#6b7280,color:#6b7280',
];

function nodeText(node: GraphNode): string {
  const trouble = troubleOf(node);
  const lines = [node.id, node.version, trouble].flatMap((line) => (line === undefined ? [] : [escaped(line)]));
  return `["${lines.join('<br>')}"]${trouble === undefined ? '' : `:::${trouble}`}`;
}

function arrow(edge: GraphEdge): string {
  return `${edge.optional ? '-.->' : '-->'}|"${escaped(edgeText(edge))}"|`;
}

/** Text within quotation marks, where Mermaid knows entities, tags and Markdown; letters and digits stay as they are. */
function escaped(text: string): string {
  return printable(text).replace(/[^\p{L}\p{N} ./:,@^~=+-]/gu, (character) => `#${String(character.codePointAt(0))};`);
}

function limitNote(edges: number, characters: number): string {
  return `%% Mermaid draws at most ${String(MOST_EDGES)} edges and ${String(MOST_CHARACTERS)} characters unless it is initialized with more:\n` +
    `%% mermaid.initialize({ maxEdges: ${String(edges)}, maxTextSize: ${String(Math.ceil(characters / 1000 + 1) * 1000)} })\n`;
}
