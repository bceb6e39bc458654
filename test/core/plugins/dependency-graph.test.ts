import { expect } from 'chai';
import fc from 'fast-check';
import { circleThrough, componentsOf, type Edges } from '#internal/core/plugins/dependency-graph.js';

const graphs = fc.integer({ min: 1, max: 12 }).chain((size) => fc.array(fc.array(fc.nat(size - 1), { maxLength: 4 }), { minLength: size, maxLength: size }));

function reaches(edges: Edges, from: number, to: number): boolean {
  const seen = new Set(edges[from]);
  for (const node of seen) for (const next of edges[node] ?? []) seen.add(next);
  return seen.has(to);
}

describe('the parts of a graph', () => {
  it('hold what leads to each other, and come after what they lead to', () => {
    fc.assert(fc.property(graphs, (edges) => {
      const { groups, groupOf } = componentsOf(edges);
      expect(groups.flat().sort((one, other) => one - other)).to.deep.equal(edges.map((_none, node) => node));
      edges.forEach((targets, node) => {
        edges.forEach((_none, other) => {
          const together = node === other || (reaches(edges, node, other) && reaches(edges, other, node));
          expect(groupOf[node] === groupOf[other]).to.equal(together);
        });
        for (const target of targets) expect(groupOf[target]).to.be.at.most(groupOf[node] ?? -1);
      });
    }));
  });

  it('have circles through each of their nodes, along their edges', () => {
    fc.assert(fc.property(graphs, (edges) => {
      const { groupOf } = componentsOf(edges);
      edges.forEach((_none, node) => {
        if (!reaches(edges, node, node)) return;
        const circle = circleThrough(node, edges, groupOf);
        expect([circle[0], circle.at(-1)]).to.deep.equal([node, node]);
        expect(new Set(circle).size).to.equal(circle.length - 1);
        circle.slice(1).forEach((next, index) => {
          expect(edges[circle[index] ?? -1]).to.include(next);
        });
      });
    }));
  });

  it('are found in chains and rings of any length', () => {
    const chain = Array.from({ length: 200_000 }, (_none, node) => (node + 1 < 200_000 ? [node + 1] : []));
    expect(componentsOf(chain).groups).to.have.length(200_000);
    const ring = chain.map((_none, node) => [(node + 1) % chain.length]);
    expect(componentsOf(ring).groups).to.have.length(1);
    expect(circleThrough(0, ring, componentsOf(ring).groupOf)).to.have.length(200_001);
  });
});
