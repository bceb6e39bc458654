import { defineCommand, definePlugin, defineService, Structum, type ActivationEvent, type PluginClass, type PluginDefinition } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

const Store = defineService<object>('test.store');

function plugin(name: string, seen: string[], activation: readonly ActivationEvent[] = [], more: Partial<PluginDefinition> = {}): PluginClass {
  return definePlugin({
    name, version: '1.0.0', description: name, activation,
    commands: [defineCommand({ path: name, description: name, execute: () => [...seen] })],
    onActivate: () => void seen.push(name),
    ...more,
  });
}

/** The warnings of a host: the codes, and the plugins that they are about. */
function warnings(into: string[]): { warning: (event: { error: Error }) => void } {
  return { warning: ({ error }) => void into.push(`${(error as { code?: string }).code ?? ''} ${String((error as { details?: { plugin?: string } }).details?.plugin)}`) };
}

describe('a plugin that asks to be up', () => {
  it('when the host starts is up when the host is there', async () => {
    const seen: string[] = [];
    await Structum.create({ plugins: [plugin('eager', seen, ['onStart'], { requires: { base: '*' } }), plugin('base', seen), plugin('lazy', seen)] });
    expect(seen).to.deep.equal(['base', 'eager']);
  });

  it('when the host starts waits until the host says so, where that is wanted', async () => {
    const seen: string[] = [];
    const structum = await Structum.create({ plugins: [plugin('eager', seen, ['onStart'])], activateOnStart: false });
    await structum.register(plugin('other', seen, ['onStart']));
    expect(seen).to.deep.equal([]);
    await structum.trigger('onStart');
    expect(seen).to.have.members(['eager', 'other']);
  });

  it('when the host starts is up before the first command that runs, where that is wanted, and not for one that does not', async () => {
    const seen: string[] = [];
    const input = defineCommand({ path: 'work', description: 'work', arguments: { count: { type: 'integer', description: 'count' } }, execute: () => { seen.push('work'); } });
    const off = plugin('off', seen);
    const structum = await Structum.create({
      plugins: [plugin('eager', seen, ['onStart']), plugin('worker', seen, [], { commands: [input] }), off],
      config: { plugin_policy: { enabled: { off: false } } },
      activateOnStart: 'before-first-command',
    });
    await failure('COMMAND_UNKNOWN', structum.run('nothing'));
    await failure('INPUT_INVALID', structum.run('work', { count: 'many' }));
    await failure('PLUGIN_DISABLED', structum.run('off'));
    expect(seen).to.deep.equal([]);
    for (let round = 0; round < 2; round += 1) await structum.run('work', { count: 1 });
    expect(seen).to.deep.equal(['eager', 'worker', 'work', 'work']);
  });

  it('when the host starts is up as soon as it comes to a host that has started', async () => {
    const seen: string[] = [];
    const structum = await Structum.create();
    await structum.register(plugin('late', seen, ['onStart']));
    expect(seen).to.deep.equal(['late']);
  });

  it("before another plugin's command runs is up by then", async () => {
    const seen: string[] = [];
    const structum = await Structum.create({ plugins: [plugin('watcher', seen, ['onCommand:work']), plugin('work', seen)] });
    expect(await structum.run('work')).to.deep.equal(['watcher', 'work']);
    expect(await structum.run('work')).to.deep.equal(['watcher', 'work']);
  });

  it('when a service is asked for is up by the time that the host gets it', async () => {
    const seen: string[] = [];
    const store = plugin('store', seen, [], { provides: [Store], providers: [{ provide: Store, useValue: {} }] });
    const structum = await Structum.create({ plugins: [plugin('watcher', seen, ['onService:test.store']), store] });
    await structum.services.get(Store);
    expect(seen).to.deep.equal(['watcher', 'store']);
  });

  it('when a service is asked for comes up beside the plugin that does, and may even require that one', async () => {
    const seen: string[] = [];
    const store = plugin('store', seen, [], { provides: [Store], providers: [{ provide: Store, useValue: {} }] });
    const user = plugin('user', seen, [], { requires: { store: '*' }, onActivate: (context) => { context.service(Store); context.service(Store); seen.push('user'); } });
    const structum = await Structum.create({ plugins: [plugin('watcher', seen, ['onService:test.store'], { requires: { user: '*' } }), store, user] });
    await structum.activate('user');
    await structum.activate('watcher');
    expect(seen).to.deep.equal(['store', 'user', 'watcher']);
    await structum.dispose();
  });

  it("at an event of the host's own is up when that was told", async () => {
    const seen: string[] = [];
    const structum = await Structum.create({ plugins: [plugin('watcher', seen, ['onEvent:opened', 'onEvent:saved'])] });
    await structum.trigger('closed');
    expect(seen).to.deep.equal([]);
    await structum.trigger('opened');
    await structum.trigger('saved');
    expect(seen).to.deep.equal(['watcher']);
    await structum.dispose();
    await failure('DISPOSED', structum.trigger('opened'));
  });

  it('comes up again at the next event after it was taken down', async () => {
    const seen: string[] = [];
    const structum = await Structum.create({ plugins: [plugin('watcher', seen, ['onEvent:opened'])] });
    await structum.trigger('opened');
    await structum.deactivate('watcher');
    await structum.trigger('opened');
    expect(seen).to.deep.equal(['watcher', 'watcher']);
  });

  it('when a service is asked for comes up each time that it is down, also where it came later', async () => {
    const seen: string[] = [];
    const warned: string[] = [];
    const store = plugin('store', [], [], { provides: [Store], providers: [{ provide: Store, useValue: {} }] });
    const user = plugin('user', [], [], { requires: { store: '*' }, onActivate: (context) => void context.service(Store) });
    const structum = await Structum.create({ plugins: [store, user], on: warnings(warned) });
    await structum.activate('user');
    await structum.register(plugin('watcher', seen, ['onService:test.store']));
    for (let time = 0; time < 2; time++) {
      const isUp = new Promise<void>((resolve) => { structum.on('plugin:activated', ({ plugin: name }) => { if (name === 'watcher') resolve(); }); });
      await structum.deactivate('user');
      await structum.activate('user');
      await isUp;
      await structum.deactivate('watcher');
    }
    await structum.dispose();
    expect([seen, warned]).to.deep.equal([['watcher', 'watcher'], []]);
  });

  it('when a service is asked for is not taken up by its own asking, nor while the host ends', async () => {
    const seen: string[] = [];
    const warned: string[] = [];
    const store = plugin('store', [], [], { provides: [Store], providers: [{ provide: Store, useValue: {} }] });
    let ask = (): void => undefined;
    const asking = (name: string): Partial<PluginDefinition> => ({
      requires: { store: '*' },
      onActivate: (context) => { seen.push(name); ask = () => void context.service(Store); },
      onDeactivate: () => { ask(); },
    });
    const structum = await Structum.create({ plugins: [store, plugin('watcher', seen, ['onService:test.store'], asking('watcher')), plugin('user', seen, [], { ...asking('user'), requires: { store: '*', watcher: '*' } })], on: warnings(warned) });
    await structum.activate('watcher');
    await structum.deactivate('watcher');
    expect(structum.registry.plugin('watcher')?.state).to.equal('stopped');
    await structum.activate('user');
    await structum.dispose();
    expect([seen, warned]).to.deep.equal([['watcher', 'watcher', 'user'], []]);
  });

  it('and fails is told of once, and holds up nothing', async () => {
    const seen: string[] = [];
    const warned: string[] = [];
    const broken = plugin('broken', seen, ['onStart', 'onCommand:work', 'onEvent:opened'], { onActivate: () => { throw new Error('no'); } });
    const structum = await Structum.create({ plugins: [broken, plugin('fine', seen, ['onStart']), plugin('work', seen)], on: warnings(warned) });
    expect(seen).to.deep.equal(['fine']);
    expect(await structum.run('work')).to.deep.equal(['fine', 'work']);
    await structum.trigger('opened');
    expect(warned).to.deep.equal(['PLUGIN_NOT_STARTED broken']);
    await failure('PLUGIN_ACTIVATE_FAILED', structum.activate('broken'));
  });

  it('and takes too long is told of, and the host starts', async () => {
    const warned: string[] = [];
    await Structum.create({ plugins: [plugin('slow', [], ['onStart'], { onActivate: () => new Promise(() => undefined) })], limits: { activate: 10 }, on: warnings(warned) });
    expect(warned).to.deep.equal(['PLUGIN_NOT_STARTED slow']);
  });

  it('and is disabled stays down, silently', async () => {
    const seen: string[] = [];
    const warned: string[] = [];
    const structum = await Structum.create({
      plugins: [plugin('off', seen, ['onStart', 'onCommand:work']), plugin('work', seen)],
      config: { plugin_policy: { enabled: { off: false } } }, on: warnings(warned),
    });
    expect(await structum.run('work')).to.deep.equal(['work']);
    expect([warned, structum.registry.plugin('off')?.state]).to.deep.equal([[], 'disabled']);
  });
});
