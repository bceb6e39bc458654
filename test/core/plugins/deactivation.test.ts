import { setTimeout as sleep } from 'node:timers/promises';
import { defineCommand, definePlugin, defineService, Structum, type CommandContext, type PluginClass, type PluginContext, type PluginDefinition, type StructumEvents } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

/** A plugin that notes what happens to it in `seen`, numbered by how often it came up, and has a command of its own name. */
function noted(name: string, seen: string[], more: Partial<PluginDefinition> = {}): PluginClass {
  let count = 0;
  return definePlugin({
    name,
    version: '1.0.0',
    description: name,
    commands: [defineCommand({ path: name, description: name, execute: () => `${name} ${String(count)}` })],
    onActivate(context) {
      count += 1;
      const own = `${name} ${String(count)}`;
      seen.push(`+${own}`);
      context.own(() => void seen.push(`-${own}`), own);
    },
    ...more,
  });
}

const stateOf = (structum: Structum, name: string): string | undefined => structum.registry.plugin(name)?.state;

describe('Structum#activate', () => {
  it('takes a plugin up before it is needed, with what it requires, once', async () => {
    const seen: string[] = [];
    const structum = await Structum.create({ plugins: [noted('top', seen, { requires: { base: '*' } }), noted('base', seen)] });
    await structum.activate('top');
    await structum.activate('top');
    expect(seen).to.deep.equal(['+base 1', '+top 1']);
    await failure('PLUGIN_UNKNOWN', structum.activate('nobody'));
    await structum.dispose();
    await failure('DISPOSED', structum.activate('top'));
  });

  it('tries again what failed only when that is asked for, and keeps nothing of the failed one', async () => {
    const seen: string[] = [];
    let isBroken = true;
    const base = noted('base', seen, {
      onActivate(context: PluginContext) {
        context.own(() => void seen.push('cleaned'), 'half-started');
        if (isBroken) throw new Error('no database');
        seen.push('+base');
      },
    });
    const structum = await Structum.create({ plugins: [base, noted('middle', seen, { requires: { base: '*' } }), noted('top', seen, { requires: { middle: '*' } })] });
    const error = await failure('PLUGIN_ACTIVATE_FAILED', structum.activate('top'));
    expect(error.details).to.deep.include({ plugin: 'top', requires: ['middle', 'base'] });
    expect(error.message).to.contain('it requires "middle", which requires "base"').and.contain('no database');
    isBroken = false;
    await failure('PLUGIN_ACTIVATE_FAILED', structum.activate('top'));
    expect(seen).to.deep.equal(['cleaned']);
    await structum.activate('top', { retry: true });
    expect(seen).to.deep.equal(['cleaned', '+base', '+middle 1', '+top 1']);
    expect(structum.registry.plugin('top')).not.to.have.property('reason');
    expect(structum.registry.plugin('base')).to.deep.include({ state: 'active', owned: ['half-started'] });
    await structum.activate('top', { retry: true });
    expect(seen).to.have.length(4);
  });

  it('tries again with what was refused because of what failed', async () => {
    let isBroken = true;
    const base = noted('base', [], { onActivate: () => { if (isBroken) throw new Error('no'); } });
    const structum = await Structum.create({ plugins: [base] });
    await failure('PLUGIN_ACTIVATE_FAILED', structum.activate('base'));
    await failure('REQUIREMENT_REJECTED', structum.register(noted('top', [], { requires: { base: '*' } })));
    isBroken = false;
    await structum.activate('base', { retry: true });
    await structum.register(noted('top', [], { requires: { base: '*' } }));
    await structum.activate('top');
  });
});

describe('Structum#deactivate', () => {
  it('takes a plugin down, which comes up anew when it is next needed', async () => {
    const seen: string[] = [];
    const structum = await Structum.create({ plugins: [noted('x', seen)] });
    expect(await structum.run('x')).to.equal('x 1');
    await structum.deactivate('x');
    expect(structum.registry.plugin('x')).to.deep.include({ state: 'stopped', owned: [] });
    await structum.deactivate('x');
    expect(await structum.run('x')).to.equal('x 2');
    expect(seen).to.deep.equal(['+x 1', '-x 1', '+x 2']);
    expect(stateOf(structum, 'x')).to.equal('active');
    await structum.deactivate('x');
    await structum.activate('x');
    expect(stateOf(structum, 'x')).to.equal('active');
    await structum.dispose();
    expect(seen.slice(3)).to.deep.equal(['-x 2', '+x 3', '-x 3']);
  });

  it('leaves what is not up as it is', async () => {
    const structum = await Structum.create({ plugins: [noted('x', [])] });
    await structum.deactivate('x');
    expect(await structum.run('x')).to.equal('x 1');
    await failure('PLUGIN_UNKNOWN', structum.deactivate('nobody'));
  });

  it('is refused while others that are up require the plugin, or takes those down first', async () => {
    const seen: string[] = [];
    const structum = await Structum.create({
      plugins: [
        noted('base', seen),
        noted('left', seen, { requires: { base: '*' } }),
        noted('right', seen, { requires: { base: '*' } }),
        noted('top', seen, { requires: { left: '*', right: '*' } }),
        noted('idle', seen, { requires: { base: '*' } }),
      ],
    });
    await structum.run('top');
    const error = await failure('PLUGIN_IN_USE', structum.deactivate('base'));
    expect(error.details?.['dependents']).to.have.members(['"left"', '"right"']);
    expect(seen.filter((what) => what.startsWith('-'))).to.deep.equal([]);
    await structum.deactivate('base', { dependents: 'first' });
    const down = seen.filter((what) => what.startsWith('-'));
    expect([down[0], new Set(down.slice(1, 3)), down[3]]).to.deep.equal(['-top 1', new Set(['-left 1', '-right 1']), '-base 1']);
    expect(await structum.run('top')).to.equal('top 2');
    expect(stateOf(structum, 'base')).to.equal('active');
  });

  it('withdraws services; who requires them gets those of the new one', async () => {
    const Counter = defineService<{ readonly count: number }>('test.counter');
    let count = 0;
    const provider = definePlugin({ name: 'provider', description: 'x', provides: [Counter], providers: [{ provide: Counter, useFactory: () => ({ count: ++count }) }] });
    const seen: number[] = [];
    const user = definePlugin({ name: 'user', description: 'x', requires: { provider: '*' }, onActivate: (context) => void seen.push(context.service(Counter).count) });
    const structum = await Structum.create({ plugins: [provider, user] });
    await structum.activate('user');
    await structum.deactivate('provider', { dependents: 'first' });
    await structum.activate('user');
    expect(seen).to.deep.equal([1, 2]);
    expect((await structum.services.get(Counter)).count).to.equal(2);
  });

  it('lets running commands end, and what they run; whoever comes meanwhile waits for the plugin to be up again', async () => {
    const seen: string[] = [];
    const busy = noted('busy', seen, {
      commands: [
        defineCommand({ path: 'outer', description: 'x', execute: async (_input, context: CommandContext) => { await sleep(30); return `outer, ${String(await context.run('inner'))}`; } }),
        defineCommand({ path: 'inner', description: 'x', execute: () => seen.at(-1) }),
      ],
    });
    const structum = await Structum.create({ plugins: [busy] });
    const outer = structum.run('outer');
    await sleep(5);
    const down = structum.deactivate('busy');
    const later = structum.run('inner');
    expect(await outer).to.equal('outer, +busy 1');
    await down;
    expect(await later).to.equal('+busy 2');
  });

  it('cancels commands that take longer than the limit', async () => {
    const stuck = definePlugin({
      name: 'stuck', description: 'x',
      commands: [defineCommand({ path: 'stuck', description: 'x', execute: (_input, context) => sleep(60_000, undefined, { signal: context.signal }) })],
    });
    const structum = await Structum.create({ plugins: [stuck], limits: { drain: 20 } });
    const running = failure('COMMAND_CANCELLED', structum.run('stuck'));
    await sleep(5);
    await structum.deactivate('stuck');
    expect((await running).message).to.contain('deactivated');
    expect(stateOf(structum, 'stuck')).to.equal('stopped');
  });

  it('before the plugin is up keeps it from coming up', async () => {
    const seen: string[] = [];
    const slow = noted('slow', seen, { onActivate: async () => { await sleep(20); seen.push('+'); }, onDeactivate: () => void seen.push('-') });
    const structum = await Structum.create({ plugins: [slow] });
    const up = structum.activate('slow').catch(() => 'stopped');
    await structum.deactivate('slow');
    await up;
    expect([seen.join(''), stateOf(structum, 'slow')]).to.deep.equal(['', 'stopped']);
    await structum.activate('slow');
    expect(seen.join('')).to.equal('+');
  });

  it('does not wait for ever for a plugin that never comes up, nor does the end of the host', async () => {
    for (const end of [(structum: Structum) => structum.deactivate('stuck', { dependents: 'first' }), (structum: Structum) => structum.dispose()]) {
      let wasTold = false;
      const stuck = noted('stuck', [], { onActivate: ({ signal }) => { signal.addEventListener('abort', () => { wasTold = true; }); return new Promise(() => undefined); } });
      const structum = await Structum.create({ plugins: [stuck, noted('top', [], { requires: { stuck: '*' } })], limits: { activate: Infinity, deactivate: 20 } });
      const up = failure('DISPOSED', structum.activate('top'));
      await sleep(5);
      await end(structum);
      await up;
      expect([wasTold, stateOf(structum, 'stuck'), stateOf(structum, 'top')]).to.deep.equal([true, 'stopped', 'stopped']);
      await structum.dispose();
    }
  });

  it('and a dependent that comes up at any moment never meet half-way', async () => {
    for (let ticks = 0; ticks < 25; ticks++) {
      const seen: string[] = [];
      const structum = await Structum.create({ plugins: [noted('base', seen), noted('top', seen, { requires: { base: '*' } })] });
      await structum.activate('base');
      const down = structum.deactivate('base').catch((error: unknown) => (error as { code: string }).code);
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
      const top = await structum.run('top');
      const refused = await down;
      expect([top, refused, stateOf(structum, 'base')]).to.deep.equal(['top 1', undefined, 'active']);
      expect(seen).to.deep.equal(['+base 1', '-base 1', '+base 2', '+top 1']);
      await structum.dispose();
    }
  });

  it('and taking out at any moment leaves nothing of what requires the plugin', async () => {
    for (let ticks = 0; ticks < 20; ticks++) {
      const slow = noted('base', [], { onActivate: (context) => { context.own(() => sleep(2), 'slow'); } });
      const structum = await Structum.create({ plugins: [slow, noted('middle', [], { requires: { base: '*' } }), noted('top', [], { requires: { base: '*', middle: '*' } })] });
      await structum.activate('base');
      const others = [structum.deactivate('base'), structum.run('top')].map((promise) => promise.catch(() => undefined));
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
      await structum.unregister('base', { dependents: true });
      await Promise.all(others);
      expect(structum.registry.plugins).to.deep.equal([]);
      await structum.dispose();
    }
  });

  it('is refused from when a dependent begins to come up', async () => {
    const structum = await Structum.create({ plugins: [noted('base', []), noted('top', [], { requires: { base: '*' } })] });
    await structum.activate('base');
    const up = structum.activate('top');
    await failure('PLUGIN_IN_USE', structum.deactivate('base'));
    await up;
    await structum.deactivate('base', { dependents: 'first' });
    expect([stateOf(structum, 'top'), stateOf(structum, 'base')]).to.deep.equal(['stopped', 'stopped']);
  });
});

describe('the events of a plugin', () => {
  const NAMES = ['plugin:registered', 'plugin:rejected', 'plugin:loaded', 'plugin:activated', 'plugin:failed', 'plugin:deactivated', 'plugin:unregistered'] as const;

  /** Listeners that note each change, and each event by its name. */
  function noting(seen: string[]): object {
    return {
      'plugin:changed': ({ plugin, from, to }: StructumEvents['plugin:changed']) => void seen.push(`${plugin}: ${from ?? ''} > ${to ?? ''}`),
      ...Object.fromEntries(NAMES.map((name) => [name, ({ plugin }: { plugin: string }) => void seen.push(`${plugin} ${name.slice('plugin:'.length)}`)])),
    };
  }

  it('tell of each change once, in order, from the start of the host on', async () => {
    const seen: string[] = [];
    const structum = await Structum.create({ plugins: [noted('x', [])], on: noting(seen) });
    await structum.run('x');
    await structum.run('x');
    await structum.deactivate('x');
    await structum.run('x');
    await structum.unregister('x');
    await structum.dispose();
    expect(seen).to.deep.equal([
      'x:  > discovered', 'x: discovered > resolved', 'x registered',
      'x: resolved > loaded', 'x loaded', 'x: loaded > active', 'x activated',
      'x: active > stopped', 'x deactivated',
      'x: stopped > discovered', 'x: discovered > resolved', 'x: resolved > loaded', 'x loaded', 'x: loaded > active', 'x activated',
      'x: active > stopped', 'x deactivated', 'x: stopped > ', 'x unregistered',
    ]);
  });

  it('tell of failures when all that was begun is ended', async () => {
    const seen: string[] = [];
    const failing = noted('x', [], { onActivate: (context) => { context.own(() => void seen.push('ended'), 'thing'); throw new Error('no'); } });
    const structum = await Structum.create({ plugins: [failing], on: noting(seen) });
    await failure('PLUGIN_ACTIVATE_FAILED', structum.run('x'));
    await failure('PLUGIN_ACTIVATE_FAILED', structum.run('x'));
    expect(seen.slice(3)).to.deep.equal(['x: resolved > loaded', 'x loaded', 'ended', 'x: loaded > failed', 'x failed']);
  });

  it('tell of plugins that are refused, and do not stay', async () => {
    const seen: string[] = [];
    await failure('REQUIREMENT_MISSING', Structum.create({ plugins: [noted('x', [], { requires: { nobody: '*' } })], on: noting(seen) }));
    expect(seen).to.deep.equal(['x:  > discovered', 'x: discovered > rejected', 'x rejected', 'x: rejected > ']);
  });

  it('do not break what they tell of when a listener throws', async () => {
    const structum = await Structum.create({ plugins: [noted('x', [])], on: { 'plugin:changed': () => { throw new Error('listener'); } } });
    expect(await structum.run('x')).to.equal('x 1');
  });
});
