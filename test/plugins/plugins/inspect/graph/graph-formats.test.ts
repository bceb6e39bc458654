import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { dotGraph } from '#internal/plugins/inspect/graph/dot-graph.js';
import { partOf } from '#internal/plugins/inspect/graph/graph-walk.js';
import { mermaidGraph } from '#internal/plugins/inspect/graph/mermaid-graph.js';
import type { GraphEdge, GraphNode, PluginGraph } from '#internal/plugins/inspect/graph/plugin-graph.js';
import { textGraph } from '#internal/plugins/inspect/graph/text-graph.js';
import { styleOf } from '#internal/plugins/inspect/style.js';

const OUTPUT = { write: () => undefined, line: () => undefined, isAvailable: true, isTerminal: false, columns: undefined, color: false, unicode: true };

function node(id: string, state: GraphNode['state'] = 'resolved'): GraphNode {
  return state === 'missing' ? { id, state } : { id, version: '1.0.0', state };
}

function edge(from: string, to: string, more: Partial<GraphEdge> = {}): GraphEdge {
  return { from, to, range: '^1.0.0', optional: false, ...more };
}

function graph(edges: readonly GraphEdge[], nodes?: readonly GraphNode[]): PluginGraph {
  return { nodes: nodes ?? [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort().map((id) => node(id)), edges };
}

function text(whole: PluginGraph, starts: readonly string[] = [], direction: 'dependencies' | 'dependents' = 'dependencies'): string[] {
  return [...textGraph(whole, direction, starts, { style: styleOf(OUTPUT), unicode: true })];
}

describe('textGraph', () => {
  it('tells what a plugin leads to once, and then where to look', () => {
    expect(text(graph([edge('a', 'c'), edge('b', 'c'), edge('c', 'd')]))).to.deep.equal([
      'a 1.0.0', '└─ c 1.0.0 (^1.0.0)', '   └─ d 1.0.0 (^1.0.0)', 'b 1.0.0', '└─ c 1.0.0 (^1.0.0) (see above)',
    ]);
  });

  it('gathers all that one plugin asks of another', () => {
    expect(text(graph([edge('a', 'b', { optional: true }), edge('a', 'b', { range: '*', service: 'b.search' })]))).to.deep.equal([
      'a 1.0.0', '└─ b 1.0.0 (^1.0.0, optional; service b.search)',
    ]);
  });

  it('begins a circle that nobody leads into with its first plugin, and ends it where it closes', () => {
    expect(text(graph([edge('x', 'y'), edge('y', 'z'), edge('z', 'x')]))).to.deep.equal([
      'x 1.0.0', '└─ y 1.0.0 (^1.0.0)', '   └─ z 1.0.0 (^1.0.0)', '      └─ x 1.0.0 (^1.0.0) (see above)',
    ]);
  });

  it('is followed the other way round', () => {
    expect(text(graph([edge('a', 'c'), edge('b', 'c')]), ['c'], 'dependents')).to.deep.equal(['c 1.0.0', '├─ a 1.0.0 (^1.0.0)', '└─ b 1.0.0 (^1.0.0)']);
  });

  it('marks what is not there and what cannot be used', () => {
    const nodes = [node('a', 'rejected'), node('b', 'missing'), node('c', 'disabled'), node('d', 'failed')];
    expect(text(graph([edge('a', 'b'), edge('a', 'c'), edge('a', 'd')], nodes))).to.deep.equal([
      'a 1.0.0 [rejected]', '├─ b [missing] (^1.0.0)', '├─ c 1.0.0 [disabled] (^1.0.0)', '└─ d 1.0.0 [failed] (^1.0.0)',
    ]);
  });

  it('is as long as there are plugins and needs, however deep they go, and no line is long', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `p-${String(index).padStart(4, '0')}`);
    const chain = names.slice(1).map((name, index) => edge(names[index] ?? '', name));
    const lines = text(graph(chain));
    expect(lines.length).to.be.at.most(names.length + chain.length);
    expect(Math.max(...lines.map((line) => line.length))).to.be.below(150);
    expect(new Set(lines.filter((line) => !line.includes('(see')).map((line) => /p-\d+/.exec(line)?.[0]))).to.deep.equal(new Set(names));
  });

  it('looks at each need once where thousands share what has thousands of needs', () => {
    const users = Array.from({ length: 2500 }, (_, index) => edge(`user-${String(index)}`, 'hub'));
    const used = Array.from({ length: 2500 }, (_, index) => edge('hub', `used-${String(index)}`));
    expect(text(graph([...users, ...used]))).to.have.lengthOf(2500 + 2500 + 2500);
  });
});

describe('partOf', () => {
  const whole = graph([edge('a', 'b'), edge('b', 'c'), edge('c', 'd'), edge('e', 'c')]);
  const ids = (direction: 'dependencies' | 'dependents' | 'both', starts: readonly string[], depth?: number): string =>
    partOf(whole, direction, starts, depth).nodes.map(({ id }) => id).join(' ');

  it('follows a direction as far as is asked for', () => {
    expect(ids('dependencies', ['b'])).to.equal('b c d');
    expect(ids('dependents', ['c'])).to.equal('a b c e');
    expect(ids('both', ['c'], 1)).to.equal('b c d e');
    expect(ids('dependencies', [], 1)).to.equal('a b c e');
    expect(ids('dependencies', [])).to.equal('a b c d e');
  });

  it('leaves out siblings: what others need who need the same', () => {
    expect(ids('both', ['b'])).to.equal('a b c d');
  });
});

describe('mermaidGraph', () => {
  it('draws optional needs dashed, with what is asked for', () => {
    const nodes = [node('a/b-c'), node('end', 'missing')];
    expect(mermaidGraph(graph([edge('a/b-c', 'end', { range: '>=1 <2 || "3"', optional: true })], nodes)).split('\n').slice(0, 4)).to.deep.equal([
      'flowchart LR', '  n0["a/b-c<br>1.0.0"]', '  n1["end<br>missing"]:::missing', '  n0 -.->|"#62;=1 #60;2 #124;#124; #34;3#34;, optional"| n1',
    ]);
  });

  it('says what must be set where there is more than is drawn by default', () => {
    expect(mermaidGraph(graph(Array.from({ length: 501 }, (_, index) => edge('a', `b-${String(index)}`))))).to.match(/^%% .*\n%% mermaid\.initialize\(\{ maxEdges: 501, maxTextSize: \d+ \}\)\nflowchart LR\n/);
    expect(mermaidGraph(graph([edge('a', 'b')]))).to.match(/^flowchart LR\n/);
  });
});

describe('dotGraph', () => {
  const strange = graph(
    [edge('team/a-b', 'say "hi"\\', { range: '<2 & "x" \\', optional: true }), edge('team/a-b', 'service:b.search', { range: '*', service: 'b.search' })],
    [node('say "hi"\\', 'failed'), node('service:b.search', 'missing'), node('team/a-b')],
  );

  it('draws optional needs dashed, and marks what is missing', () => {
    const written = dotGraph(strange);
    expect(written).to.contain('"team/a-b" -> "service:b.search" [label="service b.search"];');
    expect(written).to.match(/"team\/a-b" -> .*optional", style=dashed\];/);
    expect(written).to.match(/"service:b\.search" \[label="service:b\.search\\nmissing", style="rounded,dashed"/);
  });

  it('is read by Graphviz as it was meant', function () {
    this.timeout(60_000);
    const { error, status, stdout, stderr } = spawnSync('dot', ['-Tjson0'], { input: dotGraph(strange), encoding: 'utf8' });
    if (error !== undefined) {
      console.error('      skipped: dot of Graphviz is not here');
      this.skip();
    }
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
    const drawn = JSON.parse(stdout) as { objects: { name: string; label: string }[]; edges: { label: string; style?: string }[] };
    expect(drawn.objects.map(({ name }) => name.replaceAll('\\\\', '\\')).sort()).to.deep.equal(['say "hi"\\', 'service:b.search', 'team/a-b']);
    expect(drawn.edges.map(({ style }) => style).sort()).to.deep.equal(['dashed', undefined]);
  });
});
