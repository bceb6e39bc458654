import { expect } from 'chai';
import { dependentsAmong } from '#internal/core/plugins/dependents.js';
import { PluginRegistry } from '#internal/core/plugins/plugin-registry.js';
import type { PluginUnit } from '#internal/core/plugins/plugin-unit.js';
import { MemoryCatalog } from './memory-catalog.js';

const registry = (): PluginRegistry => new PluginRegistry({
  catalog: new MemoryCatalog([
    { name: 'base', provides: ['base.service'] },
    { name: 'by-name', requires: { base: '*' } },
    { name: 'by-service', requiresServices: ['base.service'] },
    { name: 'optional', optional: { base: '*' } },
  ]),
});

/** A plugin that is judged, unless nobody is to have asked for that yet. */
function unitIn(known: PluginRegistry, name: string, isJudged = true): PluginUnit {
  const unit = known.unit(name);
  if (unit === undefined) throw new Error(`There is no plugin "${name}".`);
  if (isJudged) known.resolve(unit);
  return unit;
}

describe('the dependents of a plugin', () => {
  it('are those that require it and are up, or on their way', () => {
    const known = registry();
    const [base, byName, byService, optional] = [unitIn(known, 'base'), unitIn(known, 'by-name'), unitIn(known, 'by-service'), unitIn(known, 'optional')];
    expect(dependentsAmong({ active: [base, byName, optional], comingUp: [byService], isClosing: false }, known)(base)).to.deep.equal([byName, byService]);
    expect(dependentsAmong({ active: [base], comingUp: [], isClosing: false }, known)(base)).to.deep.equal([]);
  });

  it('are also those that may use it and came up after it, when all end', () => {
    const known = registry();
    const [base, optional] = [unitIn(known, 'base'), unitIn(known, 'optional')];
    expect(dependentsAmong({ active: [base, optional], comingUp: [], isClosing: true }, known)(base)).to.deep.equal([optional]);
    expect(dependentsAmong({ active: [optional, base], comingUp: [], isClosing: true }, known)(base)).to.deep.equal([]);
  });

  it('are also those on their way that are not judged yet, where it is the one that they will find', () => {
    const known = registry();
    const base = unitIn(known, 'base');
    const comingUp = ['by-name', 'by-service', 'optional'].map((name) => unitIn(known, name, false));
    const names = (unit: PluginUnit): readonly string[] => dependentsAmong({ active: [], comingUp, isClosing: false }, known)(unit).map(({ name }) => name);
    expect(names(base)).to.deep.equal(['by-name', 'by-service']);
    expect(names(base.renewed())).to.deep.equal([]);
  });
});
