import { defineCommand, definePlugin, defineService, Structum, type PluginClass, type PluginDefinition, type PluginPolicy } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

function plugin(name: string, more: Partial<PluginDefinition> = {}): PluginClass {
  return definePlugin({ name, version: '1.0.0', description: name, commands: [command(name, name)], ...more });
}

function command(path: string, answer: string, ...aliases: string[]): ReturnType<typeof defineCommand> {
  return defineCommand({ path, aliases, description: path, execute: () => answer });
}

function create(policy: PluginPolicy, ...plugins: PluginClass[]): Promise<Structum> {
  return Structum.create({ plugins, config: { plugin_policy: policy } });
}

describe('a host with a policy of plugins', () => {
  it('keeps disabled ones from being used, and is made all the same', async () => {
    const Search = defineService<object>('off.search');
    const off = plugin('off', { provides: [Search], providers: [{ provide: Search, useValue: {} }] });
    const structum = await create({ enabled: { off: false, needs: true } }, off, plugin('needs', { requires: { off: '*' } }), plugin('asks', { requiresServices: [Search] }), plugin('on'));
    const error = await failure('PLUGIN_DISABLED', structum.run('off'));
    expect(error.details).to.deep.equal({ plugin: 'off', layer: 'host' });
    expect(error.hint).to.contain('plugin_policy: { enabled: { "off": true } }').and.not.contain('structum plugins enable');
    const refused = await failure('PLUGIN_REJECTED', structum.run('needs'));
    expect(refused.message).to.equal('Plugin "needs" cannot be used: it requires "off", which cannot be used: Plugin "off" is disabled by the host\'s configuration.');
    expect(refused.hint).to.equal(error.hint);
    await failure('PLUGIN_REJECTED', structum.run('asks'));
    await failure('SERVICE_UNKNOWN', structum.services.get(Search));
    expect(await structum.run('on')).to.equal('on');
    expect(structum.registry.plugins.map(({ name, state }) => [name, state])).to.deep.equal([['asks', 'rejected'], ['needs', 'rejected'], ['off', 'disabled'], ['on', 'active']]);
    expect(structum.registry.commands.map(({ path }) => path)).to.deep.equal(['on']);
  });

  it('still fails for what is wrong with plugins themselves', async () => {
    const wrong = plugin('wrong', { requires: { off: '*', absent: '*' } });
    await failure('PLUGIN_UNFIT', create({ enabled: { off: false } }, plugin('off'), wrong));
  });

  it('runs commands by the names that they have here', async () => {
    const forest = plugin('forest', { commands: [command('tree', 'forest', 't', 'f')] });
    const structum = await create({ renames: { forest: { tree: 'forest tree', t: 'ft' } }, aliases: { 'my tree': 'tree', f: 'tree' } }, plugin('tree'), forest);
    const answers = await Promise.all(['tree', 'forest tree', 'ft', 'f', 'my tree'].map((path) => structum.run(path)));
    expect(answers).to.deep.equal(['tree', 'forest', 'forest', 'forest', 'tree']);
    expect((await failure('COMMAND_UNKNOWN', structum.run('t'))).details?.['command']).to.equal('t');
  });

  it('refuses names that clash because of it', async () => {
    await failure('COMMAND_DUPLICATE', create({ renames: { b: { b: 'a' } } }, plugin('a'), plugin('b')));
    await failure('COMMAND_DUPLICATE', create({ renames: { b: { x: 'b' } } }, plugin('b', { commands: [command('b', 'b', 'x')] })));
  });

  it('refuses what is no policy, by the setting', async () => {
    const error = await failure('CONFIG_INVALID', Structum.create({ config: { plugin_policy: { enabled: { tree: 'no' } } } }));
    expect(error.details?.['problems']).to.deep.equal([{ path: 'plugin_policy.enabled.tree', problem: 'must be true or false' }]);
  });
});
