import { definePlugin, defineCommand, Structum, StructumError, type PluginClass, type PluginDefinition } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

function plugin(name: string, more: Partial<PluginDefinition> = {}): PluginClass {
  return definePlugin({ name, version: '1.0.0', description: name, commands: [defineCommand({ path: name, description: name, execute: () => name })], ...more });
}

const create = (...plugins: PluginClass[]): Promise<Structum> => Structum.create({ plugins });

describe('resolving plugins', () => {
  it('takes versions within npm ranges', async () => {
    const ranges = ['^1.0.0', '1.x', '>=0.9 <2', '1.0.0 || 3', '*', '~1.0'];
    for (const range of ranges) await create(plugin('a', { requires: { b: range } }), plugin('b'));
    for (const range of ['^2.0.0', '<1.0.0', '0.x']) await failure('REQUIREMENT_MISMATCH', create(plugin('a', { requires: { b: range } }), plugin('b')));
  });

  it('takes a pre-release only where npm does', async () => {
    const pre = plugin('b', { version: '2.0.0-beta.1' });
    await failure('REQUIREMENT_MISMATCH', create(plugin('a', { requires: { b: '^2.0.0' } }), pre));
    await failure('REQUIREMENT_MISMATCH', create(plugin('a', { requires: { b: '*' } }), pre));
    await create(plugin('a', { requires: { b: '>=2.0.0-alpha' } }), pre);
  });

  it('refuses a core outside the range that a plugin works with', async () => {
    await create(plugin('a', { engine: '^2.0.0' }));
    const error = await failure('ENGINE_MISMATCH', create(plugin('a', { engine: '^99.0.0' })));
    expect(error.message).to.contain('^99.0.0').and.contain('2.0.0');
  });

  it('refuses what is no range', async () => {
    const wrong: Partial<PluginDefinition>[] = [{ engine: 'newest' }, { requires: { b: 'v?' } }, { optional: { b: '1.2.3.4' } }, { conflicts: { b: 'all' } }];
    for (const more of wrong) await failure('RANGE_INVALID', create(plugin('a', more), plugin('b')));
  });

  it('judges anew when a plugin comes', async () => {
    const structum = await create();
    await failure('REQUIREMENT_MISSING', structum.register(plugin('a', { requires: { b: '*' } })));
    await structum.register(plugin('b'));
    await structum.register(plugin('a', { requires: { b: '*' } }));
    expect(await structum.run('a')).to.equal('a');
  });

  it('names the chain to what is missing', async () => {
    const error = await failure('REQUIREMENT_REJECTED', create(plugin('a', { requires: { b: '*' } }), plugin('b', { requires: { c: '^3.0.0' } })));
    const cause = error.cause as StructumError;
    expect(cause.code).to.equal('REQUIREMENT_MISSING');
    expect(cause.message).to.equal('Plugin "a" -> "b" requires "c" ^3.0.0, and it is not there.');
    expect(cause.hint).to.contain('"c"');
  });

  it('refuses plugins that conflict, and only in the versions that do', async () => {
    await create(plugin('a', { conflicts: { b: '<1.0.0' } }), plugin('b'));
    await failure('CONFLICT', create(plugin('a', { conflicts: { b: '^1.0.0' } }), plugin('b')));
  });

  it('shows a circle as a chain', async () => {
    const error = await failure('REQUIREMENT_REJECTED', create(plugin('a', { requires: { b: '*' } }), plugin('b', { requires: { c: '*' } }), plugin('c', { requires: { a: '*' } })));
    let root: unknown = error;
    while (StructumError.is(root) && StructumError.is(root.cause)) root = root.cause;
    expect(StructumError.is(root) && root.message).to.contain('a -> b -> c -> a');
    await failure('REQUIREMENT_CYCLE', create(plugin('a', { requires: { a: '*' } })));
  });

  it('lets two optional users of each other be', async () => {
    const structum = await create(plugin('a', { optional: { b: '*' } }), plugin('b', { optional: { a: '*' } }));
    expect(await structum.run('a')).to.equal('a');
    expect(await structum.run('b')).to.equal('b');
  });

  it('refuses two plugins of one name, two commands of one path or alias, and two providers of a service', async () => {
    await failure('PLUGIN_DUPLICATE', create(plugin('a'), plugin('a')));
    const aliased = plugin('b', { commands: [defineCommand({ path: 'b', aliases: ['a'], description: 'b', execute: () => 1 })] });
    const error = await failure('COMMAND_DUPLICATE', create(plugin('a'), aliased));
    expect(error.message).to.equal('The command "a" is claimed by both plugin "a" and plugin "b".');
    const twice = [1, 2].map(() => defineCommand({ path: 'twice', description: 'x', execute: () => 1 }));
    await failure('COMMAND_DUPLICATE', create(plugin('c', { commands: twice })));
    const token = { id: 'same', remote: false, [Symbol.for('structum.service')]: true };
    const provider = { provides: [token], providers: [{ provide: token, useValue: 1 }] };
    await failure('SERVICE_DUPLICATE', create(plugin('a', provider), plugin('b', provider)));
  });

  it('refuses flags that the host keeps for itself', async () => {
    const greedy = plugin('greedy', { commands: [defineCommand({ path: 'x', description: 'x', options: { json: { description: 'x', type: 'boolean' } }, execute: () => 1 })] });
    await create(greedy);
    await failure('OPTION_RESERVED', Structum.create({ plugins: [greedy], reservedFlags: ['--json'] }));
    await failure('OPTION_RESERVED', Structum.create({ plugins: [greedy], reservedFlags: ['--no-json'] }));
  });
});
