import { join } from 'node:path';
import { defineCommand, definePlugin, PolicyService, Structum, type PluginClass, type PluginDefinition, type PolicyStore } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

describe('a policy that is changed while its host runs', () => {
  let folder: string;
  let structum: Structum;
  let policies: PolicyStore;
  let log: string[];
  let release: () => void;

  beforeEach(() => {
    folder = temporaryFolder();
    log = [];
  });

  afterEach(async () => { await structum.dispose(); });

  const plugin = (name: string, more: Partial<PluginDefinition> = {}): PluginClass => definePlugin({
    name, version: '1.0.0', description: name,
    onActivate: () => { log.push(`${name} up`); },
    onDeactivate: () => { log.push(`${name} down`); },
    commands: [defineCommand({ path: name, description: name, execute: () => name })],
    ...more,
  });
  const keeper = (): PluginClass => definePlugin({
    name: 'keeper', version: '1.0.0', description: 'Hands out the policy',
    permissions: { services: [PolicyService.id] },
    onActivate: (context) => { policies = context.service(PolicyService); },
  });
  const create = async (...plugins: PluginClass[]): Promise<void> => {
    structum = await Structum.create({ plugins: [keeper(), ...plugins], configSources: { global: folder, project: join(folder, 'project') } });
    await structum.activate('keeper');
  };
  const states = (...names: string[]): (string | undefined)[] => names.map((name) => structum.registry.plugin(name)?.state);

  it('takes down what is disabled, with those that require it, and lets it come again', async () => {
    await create(plugin('base'), plugin('user', { requires: { base: '*' } }), plugin('other'));
    await structum.run('user');
    await structum.run('other');
    expect(await policies.setEnabled('base', false, 'user')).to.include({ changed: true });
    expect(log).to.deep.equal(['base up', 'user up', 'other up', 'user down', 'base down']);
    expect(states('base', 'other')).to.deep.equal(['disabled', 'active']);
    expect(policies.policy.enabled).to.deep.equal({ base: false });
    const error = await failure('PLUGIN_DISABLED', structum.run('base'));
    expect(error.details).to.deep.equal({ plugin: 'base', layer: 'global', file: join(folder, 'config.yaml') });
    await failure('PLUGIN_REJECTED', structum.run('user'));
    await policies.setEnabled('base', true, 'user');
    expect(states('base')).to.deep.equal(['discovered']);
    expect(await structum.run('user')).to.equal('user');
  });

  it('heeds what all files say by then, and whose word counts', async () => {
    await create(plugin('one'), plugin('two'));
    writeFiles(folder, { 'project/.structum.yaml': 'plugin_policy: { enabled: { one: false } }' });
    await policies.setEnabled('two', false, 'user');
    expect(states('one', 'two')).to.deep.equal(['disabled', 'disabled']);
    expect((await failure('PLUGIN_DISABLED', structum.run('one'))).details).to.include({ layer: 'project' });
    await policies.setEnabled('one', true, 'project');
    expect(await structum.run('one')).to.equal('one');
  });

  it('lets a command of what is disabled end, and waits for none', async () => {
    const held = new Promise<void>((resolve) => { release = resolve; });
    let isRunning: () => void = () => undefined;
    const running = new Promise<void>((resolve) => { isRunning = resolve; });
    const execute = async (): Promise<string> => { isRunning(); await held; return 'done'; };
    await create(plugin('slow', { commands: [defineCommand({ path: 'slow', description: 'slow', execute })] }));
    const result = structum.run('slow');
    await running;
    await policies.setEnabled('slow', false, 'user');
    const refused = failure('PLUGIN_DISABLED', structum.run('slow'));
    release();
    expect(await result).to.equal('done');
    await refused;
    expect(log).to.deep.equal(['slow up', 'slow down']);
  });

  it('takes up what asks for the start of its host when it is enabled', async () => {
    writeFiles(folder, { 'config.yaml': 'plugin_policy: { enabled: { early: false } }' });
    const isUp = new Promise<void>((resolve) => { release = resolve; });
    await create(plugin('early', { activation: ['onStart'], onActivate: () => { release(); } }));
    expect(states('early')).to.deep.equal(['disabled']);
    await policies.setEnabled('early', true, 'user');
    await isUp;
  });

  it('gives what a disabled plugin claimed to others', async () => {
    await create(plugin('first'));
    await structum.run('first');
    await policies.setEnabled('first', false, 'user');
    await structum.register(plugin('second', { commands: [defineCommand({ path: 'first', description: 'first', execute: () => 'second' })] }));
    expect(await structum.run('first')).to.equal('second');
    expect(states('first', 'second')).to.deep.equal(['disabled', 'active']);
  });
});
