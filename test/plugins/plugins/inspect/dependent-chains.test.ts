import { expect } from 'chai';
import type { Dependent, Registry } from '@structum/core';
import { allDependents, dependentChains } from '#internal/plugins/inspect/dependent-chains.js';

/** Of a registry, what chains are made from: who needs whom. */
function needing(dependents: ReadonlyMap<string, readonly string[]>): { readonly registry: Registry; readonly asked: () => number } {
  let asked = 0;
  const registry: Pick<Registry, 'dependents'> = {
    dependents: (name): Dependent[] => {
      asked += 1;
      return (dependents.get(name) ?? []).map((plugin) => ({ plugin, range: '*', optional: false }));
    },
  };
  return { registry: registry as Registry, asked: () => asked };
}

describe('dependentChains', () => {
  const names = (registry: Registry, limit = 100): string[] =>
    dependentChains('base', registry, limit).chains.map((chain) => chain.map(({ plugin }) => plugin).join(' '));

  it('finds each way from plugins that nobody needs', () => {
    const { registry } = needing(new Map([['base', ['left', 'right']], ['left', ['top']], ['right', ['top', 'other']]]));
    expect(names(registry)).to.deep.equal(['top left base', 'top right base', 'other right base']);
    expect(names(registry, 2)).to.deep.equal(['top left base', 'top right base']);
  });

  it('ends where a circle would begin again, and follows other ways through the same plugins', () => {
    const { registry } = needing(new Map([['base', ['a', 'b']], ['a', ['b']], ['b', ['a', 'base']]]));
    expect(names(registry)).to.deep.equal(['b a base', 'a b base']);
  });

  it('asks for each plugin of a long chain once', () => {
    const chain = Array.from({ length: 5000 }, (_, index) => `p-${String(index)}`);
    const { registry, asked } = needing(new Map([['base', ['p-0']], ...chain.slice(1).map((name, index) => [`p-${String(index)}`, [name]] as const)]));
    const { chains, complete } = dependentChains('base', registry, 100);
    expect({ chains: chains.length, links: chains[0]?.length, complete, asked: asked() }).to.deep.equal({ chains: 1, links: 5001, complete: true, asked: 5001 });
    expect(allDependents('base', registry)).to.have.lengthOf(5000);
  });
});
