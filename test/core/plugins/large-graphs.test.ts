import { definePlugin, Structum, type PluginClass } from '@structum/core';
import { expect } from 'chai';

/** What a plugin of the graph requires, by name. */
type Graph = ReadonlyMap<string, readonly string[]>;

/** Each plugin requires the one before it. */
function chain(length: number): Graph {
  return new Map(Array.from({ length }, (_, index) => [`p${String(index)}`, index === 0 ? [] : [`p${String(index - 1)}`]]));
}

/** Each plugin requires all of the layer below it: there are `width ** layers` ways from the top to the bottom. */
function layers(count: number, width: number): Graph {
  const name = (layer: number, index: number): string => `p${String(layer)}-${String(index)}`;
  const all = (layer: number): readonly string[] => (layer < 0 ? [] : Array.from({ length: width }, (_, index) => name(layer, index)));
  return new Map(Array.from({ length: count }, (_, layer) => all(layer).map((plugin) => [plugin, all(layer - 1)] as const)).flat());
}

/** Plugins that note in `seen` when they come up and go down. */
function pluginsOf(graph: Graph, seen: string[]): readonly PluginClass[] {
  return [...graph].map(([name, required]) => definePlugin({
    name,
    version: '1.0.0',
    description: name,
    requires: Object.fromEntries(required.map((other) => [other, '*'])),
    onActivate: (context) => { context.own(() => void seen.push(name), name); },
  }));
}

/** Each once, and none before those that require it. */
function expectDependentsFirst(graph: Graph, seen: readonly string[]): void {
  const positions = new Map(seen.map((name, index) => [name, index]));
  expect(seen).to.have.length(graph.size);
  expect(positions.size).to.equal(graph.size);
  for (const [name, required] of graph) {
    for (const other of required) expect(positions.get(other), `${other} before ${name}`).to.be.greaterThan(positions.get(name) ?? Infinity);
  }
}

describe('plugins in large graphs', () => {
  const graphs = [
    { what: 'a chain of 3,000', graph: chain(3_000), top: 'p2999', bottom: 'p0' },
    { what: '30 layers of 20 that require all of the layer below', graph: layers(30, 20), top: 'p29-0', bottom: 'p0-0' },
  ];
  const ways: readonly (readonly [string, (structum: Structum, bottom: string) => Promise<void>])[] = [
    ['all at once', (structum) => structum.dispose()],
    ['one after the other that requires it', (structum, bottom) => structum.deactivate(bottom, { dependents: 'first' })],
    ['to be taken out', (structum, bottom) => structum.unregister(bottom, { dependents: true })],
  ];
  for (const { what, graph, top, bottom } of graphs) {
    for (const [how, takeDown] of ways) {
      it(`go down in order, each once, ${how}: ${what}`, async () => {
        const seen: string[] = [];
        await using structum = await Structum.create({ plugins: pluginsOf(graph, seen) });
        await Promise.all([...graph.keys()].map((name) => structum.activate(name)));
        expect(structum.registry.plugin(top)?.state).to.equal('active');
        await takeDown(structum, bottom);
        await structum.dispose();
        expectDependentsFirst(graph, seen);
      });
    }
  }
});
