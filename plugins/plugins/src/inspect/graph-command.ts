import { Argument, Command, Inject, Option, RegistryService, type Output, type Registry } from '@structum/core';
import { pluginNotThere } from '../plugin-unknown.js';
import { dotGraph } from './graph/dot-graph.js';
import { partOf, waysOf, type GraphDirection } from './graph/graph-walk.js';
import { mermaidGraph } from './graph/mermaid-graph.js';
import { pluginGraph, type PluginGraph } from './graph/plugin-graph.js';
import { textGraph } from './graph/text-graph.js';
import { styleOf } from './style.js';

/** How a graph is written. */
export type GraphFormat = 'text' | 'mermaid' | 'dot';

/** What `structum plugins graph` takes. */
export class GraphInput {
  @Argument({ type: 'array', items: { type: 'string' }, description: 'The plugins to begin with; all when left out' })
  names: string[] = [];

  @Option('-f,--format', { type: 'string', enum: ['text', 'mermaid', 'dot'], description: 'How the graph is written' })
  format: GraphFormat = 'text';

  @Option('-d,--direction', { type: 'string', enum: ['dependencies', 'dependents', 'both'], description: 'What the plugins need, who needs them, or both' })
  direction: GraphDirection = 'dependencies';

  @Option('--depth', { type: 'integer', minimum: 1, description: 'At most this many steps from where it begins', placeholder: 'steps' })
  depth?: number;
}

/** Shows which plugins need which. */
@Command({
  path: 'plugins graph',
  description: 'Show which plugins need which',
  details:
    'Without names, the graph begins with the plugins that nobody needs. What a plugin needs is told once: where it comes up again, ' +
    'it says where to look. Optional needs are dashed in Mermaid and DOT; what cannot be used or is not there is marked.',
  examples: [
    { command: 'structum plugins graph', description: 'All plugins as trees' },
    { command: 'structum plugins graph tree --direction dependents', description: 'Who needs the plugin "tree"' },
    { command: 'structum plugins graph --format dot | dot -Tsvg > plugins.svg', description: 'A picture, by Graphviz' },
    { command: 'structum plugins graph --json', description: 'Nodes and edges as data' },
  ],
  input: GraphInput,
})
export class GraphCommand {
  private input = new GraphInput();

  constructor(@Inject(RegistryService) private readonly registry: Registry) {}

  async execute(input: GraphInput): Promise<PluginGraph> {
    const graph = await pluginGraph(this.registry);
    const known = new Set(graph.nodes.map(({ id }) => id));
    const stranger = input.names.find((name) => !known.has(name));
    if (stranger !== undefined) throw pluginNotThere(stranger, this.registry, known);
    this.input = input;
    return partOf(graph, input.direction, input.names, input.depth);
  }

  async render(graph: PluginGraph, out: Output): Promise<void> {
    const { format, direction, names } = this.input;
    if (format === 'dot') return out.write(dotGraph(graph));
    if (format === 'mermaid') return out.write(mermaidGraph(graph));
    if (graph.nodes.length === 0) return out.line('No plugins.');
    const style = styleOf(out);
    for (const [index, way] of waysOf(direction).entries()) {
      if (direction === 'both') await out.line(`${index === 0 ? '' : '\n'}${style.bold(TITLES[way])}`);
      await out.write(`${[...textGraph(graph, way, names, { style, unicode: out.unicode })].join('\n')}\n`);
    }
  }
}

const TITLES = { dependencies: 'What they need', dependents: 'Who needs them' };
