import { definePlugin, defineService, type PluginClass, type PluginDefinition } from '@structum/core';
import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UnitExecution } from '#internal/core/plugins/plugin-unit.js';
import { failure } from '../../support/errors.js';
import { lifecycleWith, type LifecycleUnderTest } from './lifecycle-host.js';

const Store = defineService<object>('rounds.store');

const plugin = (name: string, more: Partial<PluginDefinition> = {}): PluginClass => definePlugin({ name, version: '1.0.0', description: name, ...more });

const pair = (): readonly PluginClass[] => [
  plugin('base', { provides: [Store], providers: [{ provide: Store, useFactory: () => ({}) }] }),
  plugin('top', { requires: { base: '*' }, onActivate: (context) => { context.service(Store); context.own(() => undefined, 'thing'); } }),
];

/** Takes the plugin that is listed by that name up, as a host does. */
async function takeUp({ lifecycle, unit }: LifecycleUnderTest, name: string): Promise<void> {
  await lifecycle.activate(await lifecycle.current(unit(name)));
}

/** A command that ends when it is told to, or cancelled. */
function execution(): UnitExecution & { readonly wasCancelled: boolean } {
  let settle = (): void => undefined;
  const settled = new Promise<void>((resolve) => { settle = resolve; });
  const own = { settled, wasCancelled: false, cancel: () => { own.wasCancelled = true; settle(); } };
  return own;
}

describe('a lifecycle', () => {
  it('holds on to nothing of a thousand rounds up and down', async () => {
    const host = await lifecycleWith(pair());
    let ups = 0;
    host.events.on('plugin:activated', () => { ups += 1; });
    for (let round = 0; round < 1_000; round++) {
      await takeUp(host, 'top');
      expect(host.lifecycle.held).to.equal(2);
      const [top, base] = [host.unit('top'), host.unit('base')];
      await host.lifecycle.deactivate(base);
      expect([top.state, base.state, top.container, base.container, top.owned.labels.length, host.lifecycle.held]).to.deep.equal(['stopped', 'stopped', undefined, undefined, 0, 0]);
    }
    expect(ups).to.equal(2_000);
    expect(host.registry.view.plugins).to.have.length(2);
  });

  it('looks at what a plugin uses once, however long the chain', async () => {
    const name = (index: number): string => `p${String(index)}`;
    const host = await lifecycleWith(Array.from({ length: 50 }, (_none, index) => plugin(name(index), index === 0 ? {} : { requires: { [name(index - 1)]: '*' } })));
    await host.registry.view.judged();
    const looked: string[] = [];
    const look = host.registry.refreshUsed.bind(host.registry);
    host.registry.refreshUsed = (unit) => {
      looked.push(unit.name);
      return look(unit);
    };
    await takeUp(host, 'p49');
    expect(looked).to.deep.equal(['p49']);
  });

  it('holds on to nothing of what failed, and was tried again', async () => {
    const host = await lifecycleWith([plugin('base', { onActivate: () => { throw new Error('no'); } }), plugin('top', { requires: { base: '*' } })]);
    for (let round = 0; round < 100; round++) {
      await failure('PLUGIN_ACTIVATE_FAILED', host.lifecycle.activate(host.lifecycle.retried(host.unit('top'))));
      expect(host.lifecycle.held).to.equal(0);
    }
    expect(host.registry.view.plugins.map(({ state }) => state)).to.deep.equal(['failed', 'failed']);
  });

  it('takes up and down units that are not in the registry, beside those that are', async () => {
    const host = await lifecycleWith(pair());
    await takeUp(host, 'top');
    const fresh = host.unit('base').renewed();
    fresh.judged(undefined);
    await host.lifecycle.activate(fresh);
    expect([fresh.state, host.unit('base').state]).to.deep.equal(['active', 'active']);
    await host.lifecycle.deactivate(fresh);
    expect([fresh.state, host.unit('base').state, host.unit('top').state]).to.deep.equal(['stopped', 'active', 'active']);
  });

  it('lets others come and go at any moment while a plugin is on its way up', async () => {
    for (let ticks = 0; ticks < 12; ticks++) {
      const host = await lifecycleWith(pair());
      await host.registry.view.judged();
      const up = host.lifecycle.activate(host.unit('top'));
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
      host.registry.reconsider();
      await up;
      expect([host.unit('base').state, host.unit('top').state]).to.deep.equal(['active', 'active']);
      await host.lifecycle.deactivateAll();
    }
  });

  it('waits for running commands as long as it is told to, and no longer than the host lives', async () => {
    const host = await lifecycleWith(pair(), { drain: 1 });
    await takeUp(host, 'base');
    const base = host.unit('base');
    const running = execution();
    base.running.add(running);
    void running.settled.then(() => base.running.delete(running));
    const down = host.lifecycle.deactivate(base, { patience: Infinity });
    await sleep(30);
    expect([running.wasCancelled, base.state]).to.deep.equal([false, 'active']);
    await host.lifecycle.deactivateAll();
    await down;
    expect([running.wasCancelled, base.state, host.lifecycle.held]).to.deep.equal([true, 'stopped', 0]);
  });
});
