import type { PluginManifest } from '@structum/core';
import { expect } from 'chai';
import fc from 'fast-check';
import satisfies from 'semver/functions/satisfies.js';
import { PluginRegistry } from '#internal/core/plugins/plugin-registry.js';
import { MemoryCatalog, type Discovered } from './memory-catalog.js';

const registry = (plugins: readonly Discovered[]): PluginRegistry => new PluginRegistry({ catalog: new MemoryCatalog(plugins) });

/** Plugins whose precedence is the order in which they are given. */
const inOrder = (...plugins: readonly Discovered[]): readonly Discovered[] => plugins.map((plugin, index) => ({ folder: `/${String(index)}`, ...plugin }));

async function outcome(looked: PluginRegistry): Promise<Record<string, string>> {
  return Object.fromEntries((await looked.view.judged()).map(({ name, state, reason }) => [name, reason?.code ?? state]));
}

describe('what several plugins claim', () => {
  it('goes to the first that can be used', async () => {
    const looked = registry(inOrder(
      { name: 'broken', paths: ['x'], provides: ['s.x'], requires: { none: '*' } },
      { name: 'old', paths: ['x|y'], provides: ['s.x'], engine: '^1.0.0' },
      { name: 'fit', paths: ['x'], provides: ['s.x'] },
      { name: 'late', paths: ['x', 'z'] },
      { name: 'client', requiresServices: ['s.x'] },
    ));
    expect([looked.view.command('x')?.plugin, looked.view.route(['x', 'y'])?.command.plugin, looked.view.provider('s.x')?.name]).to.deep.equal(['fit', 'fit', 'fit']);
    expect(await outcome(looked)).to.deep.equal({
      broken: 'REQUIREMENT_MISSING', old: 'ENGINE_MISMATCH', fit: 'resolved', late: 'COMMAND_DUPLICATE', client: 'resolved',
    });
    expect(looked.unit('client')?.requirements.map(({ name }) => name)).to.deep.equal(['fit']);
    expect(looked.view.command('y')?.plugin, 'so that running it says why').to.equal('old');
    expect(looked.view.command('z')?.plugin).to.equal('late');
  });

  it('takes nobody down who requires one that does not get it for another reason', async () => {
    expect(await outcome(registry(inOrder(
      { name: 'a', paths: ['x'], requires: { c: '*' } },
      { name: 'b', paths: ['x', 'y'], requires: { none: '*' } },
      { name: 'c', paths: ['y'] },
    )))).to.deep.equal({ a: 'resolved', b: 'PLUGIN_UNFIT', c: 'resolved' });
  });

  it('does not go to one that requires another one which claims the same', async () => {
    const looked = registry(inOrder({ name: 'a', paths: ['x'], requires: { b: '*' } }, { name: 'b', requires: { c: '*' } }, { name: 'c', paths: ['x'] }));
    expect(await outcome(looked)).to.deep.equal({ a: 'REQUIREMENT_DISCORD', b: 'resolved', c: 'resolved' });
    expect(looked.view.plugin('a')?.reason?.message).to.contain('cannot be there with all that it requires: The command "x" is claimed by both');
  });

  it('goes to one that the first in a knot requires', async () => {
    const looked = registry(inOrder({ name: 'a', requires: { c: '*' } }, { name: 'b', paths: ['x'], requires: { a: '*' } }, { name: 'c', paths: ['x'] }));
    expect(await outcome(looked)).to.deep.equal({ a: 'resolved', b: 'COMMAND_DUPLICATE', c: 'resolved' });
    expect(looked.view.plugin('b')?.reason?.message).to.contain('because a plugin that comes before the other one requires it');
  });

  it('leaves a service to another provider where the first one cannot be without its own client', async () => {
    const looked = registry(inOrder(
      { name: 'first', provides: ['s.x'], requires: { client: '*' } },
      { name: 'second', provides: ['s.x'] },
      { name: 'client', requiresServices: ['s.x'] },
    ));
    expect(await outcome(looked)).to.deep.equal({ first: 'REQUIREMENT_CYCLE', second: 'resolved', client: 'resolved' });
    const alone = registry(inOrder({ name: 'first', provides: ['s.x'], requires: { client: '*' } }, { name: 'second', provides: ['s.x'], engine: '^9.0.0' }, { name: 'client', requiresServices: ['s.x'] }));
    expect(await outcome(alone)).to.deep.equal({ first: 'REQUIREMENT_CYCLE', second: 'ENGINE_MISMATCH', client: 'REQUIREMENT_CYCLE' });
  });

  it('is looked up without a look at all who claim it', () => {
    const rivals = (more: Partial<Discovered>): Discovered[] => Array.from({ length: 1_000 }, (_none, index) => ({ name: `p-${String(index).padStart(4, '0')}`, paths: ['tree'], provides: ['s.tree'], ...more }));
    for (const plugins of [rivals({}), [{ name: 'tree', paths: ['tree'], provides: ['s.tree'] }, ...rivals({ tier: 'found', origin: 'host' })]]) {
      const catalog = new MemoryCatalog(plugins);
      const looked = new PluginRegistry({ catalog });
      const first = plugins[0]?.name;
      expect([looked.view.command('tree')?.plugin, looked.view.provider('s.tree')?.name]).to.deep.equal([first, first]);
      expect(catalog.asked.entries).to.be.at.most(2);
      looked.view.command('tree');
      looked.view.route(['tree', 'x']);
      expect(catalog.asked.entries).to.be.at.most(2);
    }
  });
});

describe('plugins in conflict', () => {
  it('with one that cannot be used are left in peace', async () => {
    const blocked = { b: 'resolved' };
    for (const fault of [{ engine: '^9.0.0' }, { requires: { none: '*' } }, { tier: 'found' as const }, { requires: { a: '*' } }]) {
      expect(await outcome(registry([{ name: 'b', conflicts: { a: '*' } }, { name: 'a', ...fault }]))).to.include(blocked);
      expect((await outcome(registry([{ name: 'b' }, { name: 'a', conflicts: { b: '*' }, ...fault }])))).to.include(blocked);
    }
    const third = registry([{ name: 'a', conflicts: { b: '*' } }, { name: 'b', conflicts: { c: '*' } }, { name: 'c' }]);
    expect(await outcome(third), 'as "b" gives way to "c", "a" need not give way to "b"').to.deep.equal({ a: 'resolved', b: 'CONFLICT', c: 'resolved' });
  });

  it('both ways, or in a ring, leave the first in precedence', async () => {
    expect(await outcome(registry(inOrder({ name: 'z', conflicts: { a: '*' } }, { name: 'a', conflicts: { z: '*' } })))).to.deep.equal({ z: 'resolved', a: 'CONFLICT' });
    const ring = inOrder({ name: 'c', conflicts: { a: '*' } }, { name: 'a', conflicts: { b: '*' } }, { name: 'b', conflicts: { c: '*' } });
    expect(await outcome(registry(ring))).to.deep.equal({ c: 'resolved', a: 'CONFLICT', b: 'CONFLICT' });
  });
});

describe('the plugins that can be used', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const some = (values: readonly string[], most: number): fc.Arbitrary<string[]> => fc.uniqueArray(fc.constantFrom(...values), { maxLength: most });
  const plugin = (name: string): fc.Arbitrary<Discovered> => fc.record({
    name: fc.constant(name),
    version: fc.constantFrom('1.0.0', '2.0.0', '2.1.0-beta.1'),
    origin: fc.constantFrom('host', 'user'),
    tier: fc.constantFrom('host', 'host', 'host', 'host', 'found'),
    engine: fc.constantFrom('^2.0.0', '^2.0.0', '^2.0.0', '^2.0.0', '^3.0.0'),
    requires: fc.dictionary(fc.constantFrom(...names), fc.constantFrom('*', '>=1.0.0', '^2.0.0'), { maxKeys: 1 }),
    optional: fc.dictionary(fc.constantFrom(...names), fc.constantFrom('*'), { maxKeys: 1 }),
    conflicts: fc.dictionary(fc.constantFrom(...names), fc.constantFrom('*', '<2.0.0'), { maxKeys: 2 }),
    paths: some(['one', 'two', 'three|four', 'four'], 2),
    provides: some(['s.one', 's.two', 's.three'], 1),
    requiresServices: some(['s.one', 's.two', 's.three'], 1),
  });
  const sets = fc.subarray(names, { minLength: 1 }).chain((present) => fc.tuple(...present.map(plugin)));

  const keysOf = ({ commands, provides }: PluginManifest): readonly string[] => [...commands.flatMap(({ path, aliases }) => [path, ...aliases]), ...provides];
  const claimSame = (one: PluginManifest, other: PluginManifest): boolean => keysOf(one).some((key) => keysOf(other).includes(key));
  const conflict = (one: PluginManifest, other: PluginManifest): boolean => {
    const range = one.conflicts[other.name];
    return range !== undefined && satisfies(other.version, range, { includePrerelease: true });
  };
  const cannotBeTogether = (one: PluginManifest, other: PluginManifest): boolean => one !== other && (claimSame(one, other) || conflict(one, other) || conflict(other, one));
  const isServed = ({ requires, requiresServices = [], provides }: PluginManifest, fit: readonly PluginManifest[]): boolean =>
    Object.entries(requires).every(([name, range]) => fit.some((other) => other.name === name && satisfies(other.version, range)))
    && requiresServices.every((service) => provides.includes(service) || fit.some((other) => other.provides.includes(service)));

  it('have all that they need and no enemies, and none is left out without need', async () => {
    await fc.assert(fc.asyncProperty(sets, async (plugins) => {
      const judged = await registry(plugins).view.judged();
      const fit = judged.filter(({ state }) => state === 'resolved').map(({ manifest }) => manifest);
      for (const manifest of fit) {
        expect(manifest.engine).to.equal('^2.0.0');
        expect(isServed(manifest, fit), manifest.name).to.equal(true);
        expect(fit.filter((other) => cannotBeTogether(manifest, other)).map(({ name }) => name), manifest.name).to.deep.equal([]);
      }
      for (const { manifest, tier, reason, state } of judged) {
        if (state === 'resolved' || tier === 'found') continue;
        const codes = [reason?.code, ...(reason?.causes ?? []).map(({ code }) => code)];
        const ownKeys = keysOf(manifest);
        const isAtFault = manifest.engine !== '^2.0.0' || new Set(ownKeys).size < ownKeys.length || codes.some((code) => code === 'REQUIREMENT_CYCLE' || code === 'REQUIREMENT_DISCORD');
        expect(isAtFault || !isServed(manifest, fit) || fit.some((other) => cannotBeTogether(manifest, other)), `${manifest.name}: ${reason?.message ?? ''}`).to.equal(true);
      }
    }), { numRuns: 1_000 });
  });

  it('are the same whatever is asked for first, and what they came in', async () => {
    const orders = sets.chain((plugins) => fc.tuple(fc.constant(plugins), fc.shuffledSubarray(plugins, { minLength: plugins.length }), fc.shuffledSubarray(['one', 'two', 'three', 'four', ...names])));
    await fc.assert(fc.asyncProperty(orders, async ([plugins, shuffled, asked]) => {
      const folders = new Map(plugins.map(({ name }, index) => [name, `/p/${String(index)}`]));
      const placed = (each: Discovered): Discovered => ({ ...each, folder: folders.get(each.name) ?? '' });
      const [one, other] = [registry(plugins.map(placed)), registry(shuffled.map(placed))];
      await one.view.judged();
      for (const name of asked) {
        other.view.command(name);
        const unit = other.unit(name);
        if (unit !== undefined) other.resolve(unit);
      }
      await other.view.judged();
      expect(other.view.plugins).to.deep.equal(one.view.plugins);
      for (const key of ['one', 'two', 'three', 'four']) expect(other.view.command(key)).to.deep.equal(one.view.command(key));
      for (const name of names) expect(other.unit(name)?.requirements.map((unit) => unit.name)).to.deep.equal(one.unit(name)?.requirements.map((unit) => unit.name));
    }), { numRuns: 500 });
  });

  it('are told from the others in long rows and rings of those who give way', async () => {
    const name = (index: number): string => `p-${String(index).padStart(4, '0')}`;
    const ring = Array.from({ length: 3_000 }, (_none, index): Discovered => ({ name: name(index), conflicts: { [name((index + 1) % 3_000)]: '*' } }));
    expect((await registry(ring).view.judged()).filter(({ state }) => state === 'resolved')).to.have.length(1_500);
    const unfit = Array.from({ length: 3_000 }, (_none, index): Discovered => ({ name: name(index), provides: ['s.x'], requires: index === 2_999 ? {} : { none: '*' } }));
    const judged = await registry([...unfit, { name: 'client', requiresServices: ['s.x'] }]).view.judged();
    expect(judged.filter(({ state }) => state === 'resolved').map((plugin) => plugin.name)).to.deep.equal(['client', 'p-2999']);
  });
});

