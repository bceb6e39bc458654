import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { defineCommand, definePlugin, defineService, MANIFEST_FILE, Structum, type PluginClass, type PluginDefinition } from '@structum/core';
import { formatManifest, generateManifest } from '@structum/core/manifest';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

/** A plugin that counts how often it comes up and goes down, and how many of its resources are left. */
function counted(name: string, more: Partial<PluginDefinition> = {}): { type: PluginClass; up: number; down: number; owned: number } {
  const counts = { up: 0, down: 0, owned: 0 };
  const type = definePlugin({
    name,
    version: '1.0.0',
    description: name,
    commands: [defineCommand({ path: name, description: name, execute: () => name })],
    async onActivate(context) {
      counts.up += 1;
      counts.owned += 1;
      context.own(() => void (counts.owned -= 1), 'resource');
      await sleep(2);
    },
    onDeactivate: () => void (counts.down += 1),
    ...more,
  });
  return Object.assign(counts, { type });
}

async function ticks(count: number): Promise<void> {
  for (let tick = 0; tick < count; tick++) await Promise.resolve();
}

describe('a host that is disposed', () => {
  for (const [count, range] of [[0, '*'], [1, '*'], [2, '*'], [5, '*'], [12, '*'], [0, '>=0.1 <9'], [3, '>=0.1 <9'], [12, '>=0.1 <9']] as const) {
    it(`${String(count)} ticks after a command was started leaves nothing behind, with a requirement of ${range}`, async () => {
      const base = counted('base');
      const top = counted('top', { requires: { base: range } });
      const structum = await Structum.create({ plugins: [top.type, base.type] });
      const running = structum.run('top').catch(() => 'refused');
      await ticks(count);
      await structum.dispose();
      await running;
      for (const plugin of [base, top]) expect([plugin.up - plugin.down, plugin.owned]).to.deep.equal([0, 0]);
    });
  }

  it('while a service is asked for leaves nothing behind', async () => {
    const Token = defineService<object>('counted.token');
    for (const count of [0, 1, 4]) {
      const plugin = counted('provider', { provides: [Token], providers: [{ provide: Token, useValue: {} }] });
      const structum = await Structum.create({ plugins: [plugin.type] });
      const asked = structum.services.get(Token).catch(() => undefined);
      await ticks(count);
      await structum.dispose();
      await asked;
      expect([plugin.up - plugin.down, plugin.owned]).to.deep.equal([0, 0]);
    }
  });

  it('while a plugin comes up lets it come up, and takes it down', async () => {
    const slow = counted('slow', { onActivate: () => sleep(20) });
    const structum = await Structum.create({ plugins: [slow.type] });
    const running = structum.run('slow');
    await sleep(5);
    await structum.dispose();
    expect(await running).to.equal('slow');
    expect(slow.down).to.equal(1);
  });

  it('takes nothing up any more', async () => {
    const plugin = counted('late');
    const structum = await Structum.create();
    const registered = failure('DISPOSED', structum.register(plugin.type));
    await structum.dispose();
    await registered;
    expect(structum.registry.plugins).to.deep.equal([]);
  });

  it('lets running commands run others until they are done', async () => {
    const outer = definePlugin({
      name: 'outer', description: 'x',
      commands: [defineCommand({ path: 'outer', description: 'x', execute: async (_input, context) => { await sleep(20); return context.run('inner'); } })],
    });
    const structum = await Structum.create({ plugins: [outer, counted('inner').type] });
    const running = structum.run('outer');
    await sleep(5);
    const disposed = structum.dispose();
    await failure('DISPOSED', structum.run('inner'));
    expect(await running).to.equal('inner');
    await disposed;
  });

  it('waits for plugins that are being unregistered, dependents first', async () => {
    const seen: string[] = [];
    const slow = (name: string, more: Partial<PluginDefinition>): PluginClass =>
      counted(name, { onDeactivate: async () => { await sleep(10); seen.push(name); }, ...more }).type;
    const structum = await Structum.create({ plugins: [slow('base', {}), slow('top', { requires: { base: '*' } })] });
    await structum.run('top');
    const unregistered = structum.unregister('top');
    await structum.dispose();
    expect(seen).to.deep.equal(['top', 'base']);
    await unregistered;
  });
});

describe('a plugin that is unregistered', () => {
  for (const count of [0, 1, 2, 3, 6, 12]) {
    it(`${String(count)} ticks after its command was started comes up and goes down once, or never`, async () => {
      const plugin = counted('x');
      const structum = await Structum.create({ plugins: [plugin.type] });
      if (count % 2 === 0) await structum.run('x');
      const running = structum.run('x').catch(() => 'refused');
      await ticks(count);
      await structum.unregister('x');
      await running;
      expect([plugin.up <= 1, plugin.up - plugin.down, plugin.owned]).to.deep.equal([true, 0, 0]);
      await failure('COMMAND_UNKNOWN', structum.run('x'));
      await structum.dispose();
      expect(plugin.down).to.equal(plugin.up);
    });
  }

  it('twice at the same time goes down once', async () => {
    const plugin = counted('x');
    const structum = await Structum.create({ plugins: [plugin.type] });
    await structum.run('x');
    const [first, second] = await Promise.allSettled([structum.unregister('x'), structum.unregister('x')]);
    expect([first.status, second.status, plugin.down]).to.deep.equal(['fulfilled', 'rejected', 1]);
  });
});

describe('a plugin that is judged', () => {
  it('late stays as it is meanwhile', async () => {
    const conflicts = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`other-${String(index)}`, '<0.1']));
    const plugin = counted('x', { conflicts });
    const structum = await Structum.create({ plugins: [plugin.type] });
    for (let index = 0; index < 30; index++) {
      const registered = structum.register(counted(`other-${String(index)}`).type);
      const judged = structum.registry.judged();
      await structum.run('x');
      await Promise.all([registered, judged]);
      expect(structum.registry.plugin('x')?.state).to.equal('active');
    }
    await structum.dispose();
    expect([plugin.up, plugin.down, plugin.owned]).to.deep.equal([1, 1, 0]);
  });
});

describe('a plugin that fails to come up', () => {
  it('in time is told so, and what it still hands over is ended', async () => {
    const seen: string[] = [];
    const late = counted('late', {
      async onActivate(context) {
        context.signal.addEventListener('abort', () => seen.push('aborted'));
        await sleep(30);
        context.own(() => void seen.push('late resource ended'), 'late');
      },
    });
    const structum = await Structum.create({ plugins: [late.type], limits: { activate: 5 } });
    await failure('PLUGIN_PHASE_TIMEOUT', structum.run('late'));
    expect(seen).to.deep.equal(['aborted']);
    await sleep(40);
    expect(seen).to.deep.equal(['aborted', 'late resource ended']);
    expect(structum.registry.plugin('late')?.owned).to.deep.equal([]);
  });
});

describe('a plugin whose requirement fails while its own code is still being imported', () => {
  it('stays failed when the import is done', async () => {
    const folder = temporaryFolder();
    linkCore(folder);
    const slow = join(folder, 'node_modules/slow');
    writeFiles(slow, {
      'package.json': { name: 'slow', version: '1.0.0', type: 'module', exports: './index.js' },
      'index.js': `
        import { defineCommand, definePlugin } from '@structum/core';
        await new Promise((resolve) => setTimeout(resolve, 60));
        export default definePlugin({ name: 'slow', description: 'x', requires: { broken: '*' }, commands: [defineCommand({ path: 'slow', description: 'x', execute: () => 1 })] });`,
    });
    const { manifest } = await generateManifest({ folder: slow });
    // Another file, so that its import is not remembered from making the manifest.
    cpSync(join(slow, 'index.js'), join(slow, 'again.js'));
    writeFiles(slow, { [MANIFEST_FILE]: formatManifest({ ...manifest, entry: './again.js' }) });
    const broken = counted('broken', { onActivate: () => { throw new Error('no database'); } });
    const structum = await Structum.create({ plugins: [broken.type, 'slow'], from: join(folder, 'app.js') });
    const seen: string[] = [];
    structum.on('plugin:loaded', ({ plugin }) => seen.push(plugin));
    await failure('PLUGIN_ACTIVATE_FAILED', structum.run('slow'));
    await sleep(120);
    expect(structum.registry.plugin('slow')?.state).to.equal('failed');
    expect(seen).to.deep.equal(['broken']);
  });
});

describe('a plugin that is refused by another that is there', () => {
  it('is taken down where it came up while that was found out', async () => {
    // Whether versions conflict takes the import of a library, unless it is plain to see.
    const opponent = counted('opponent', { conflicts: { guest: '>=0.1 <9' } });
    for (const count of [0, 1, 2, 4, 8, 16]) {
      const guest = counted('guest');
      const structum = await Structum.create({ plugins: [opponent.type] });
      const refused = failure('CONFLICT', structum.register(guest.type));
      await ticks(count);
      const running = structum.run('guest').catch(() => 'refused');
      await refused;
      expect([guest.up - guest.down, guest.owned]).to.deep.equal([0, 0]);
      await running;
      expect(structum.registry.plugin('guest')).to.equal(undefined);
      await structum.dispose();
    }
  });
});

describe('what cannot be ended in time', () => {
  it('keeps nothing else from being ended', async () => {
    const seen: string[] = [];
    const stuck = counted('stuck', {
      onActivate(context) {
        context.own(() => void seen.push('first'), 'first');
        context.own(() => new Promise<void>(() => undefined), 'hanging');
        context.own(() => void seen.push('third'), 'third');
      },
    });
    const structum = await Structum.create({ plugins: [stuck.type], limits: { deactivate: 10 } });
    await structum.run('stuck');
    await structum.dispose();
    expect(seen).to.deep.equal(['third', 'first']);
  });
});

describe('what a plugin hands over', () => {
  it('must be something that can be ended', async () => {
    for (const resource of [undefined, 5, {}]) {
      const plugin = counted('x', { onActivate: (context) => void context.own(resource as never, 'thing') });
      await failure('RESOURCE_INVALID', (await Structum.create({ plugins: [plugin.type] })).run('x'));
    }
  });
});

describe('what a plugin hands over without saying what it is', () => {
  for (const label of [undefined, '', ' ', 5]) {
    it(`is refused, with what to write: ${inspect(label)}`, async () => {
      const plugin = counted('x', { onActivate: (context) => void context.own(() => undefined, label as never) });
      const error = await failure('RESOURCE_INVALID', (await Structum.create({ plugins: [plugin.type] })).run('x'));
      expect(error.details).to.deep.equal({ plugin: 'x' });
    });
  }
});

describe('limits', () => {
  it('that are undefined or infinite are the usual ones or none', async () => {
    for (const activate of [undefined, Number.POSITIVE_INFINITY]) {
      const plugin = counted('slow', { onActivate: () => sleep(10) });
      const structum = await Structum.create({ plugins: [plugin.type], limits: { activate } as object });
      expect(await structum.run('slow')).to.equal('slow');
    }
  });

  for (const [limits, limit] of [
    [{ load: Number.NaN }, 'limits.load'], [{ activate: -1 }, 'limits.activate'], [{ deactivate: '5' }, 'limits.deactivate'],
    [{ drain: null }, 'limits.drain'], [{ health: -Infinity }, 'limits.health'], [{ retained: -1 }, 'limits.retained'],
    [{ activation: 5 }, 'limits.activation'], [{ toString: 5 }, 'limits.toString'], [5, 'limits'], [[5], 'limits'], [null, 'limits'],
  ] as const) {
    it(`that make no sense are refused: ${inspect(limits)}`, async () => {
      const error = await failure('OPTION_INVALID', Structum.create({ limits: limits as object }));
      expect(error.details).to.include({ call: 'create()', option: limit });
      expect(error.message).to.include(limit);
    });
  }

  it('hold for whatever can be waited for', async () => {
    const thenable = { then: (resolve: () => void) => { setTimeout(resolve, 200); } };
    const plugin = counted('slow', { onActivate: () => thenable as unknown as Promise<void> });
    const structum = await Structum.create({ plugins: [plugin.type], limits: { activate: 5 } });
    await failure('PLUGIN_PHASE_TIMEOUT', structum.run('slow'));
  });
});

describe('a plugin that comes at run time', () => {
  it('is refused where one that is there cannot work beside it', async () => {
    const structum = await Structum.create({ plugins: [counted('a', { conflicts: { b: '^1.0.0' } }).type] });
    await structum.run('a');
    const error = await failure('CONFLICT', structum.register(counted('b').type));
    expect(error.details).to.deep.include({ plugin: 'a', other: 'b' });
    expect(await structum.run('a')).to.equal('a');
    expect(structum.registry.plugin('b')).to.equal(undefined);
  });
});

describe('the registry', () => {
  it('hands out nothing that can be changed', async () => {
    const plugin = counted('x', { permissions: { read: ['$workspace'] } });
    const structum = await Structum.create({ plugins: [plugin.type] });
    const manifest = structum.registry.plugin('x')?.manifest as unknown as { name: string; permissions: { read: string[] } };
    expect(() => { manifest.name = 'y'; }).to.throw(TypeError);
    expect(() => { manifest.permissions.read.push('/'); }).to.throw(TypeError);
    const other = await Structum.create({ plugins: [plugin.type] });
    expect(other.registry.plugin('x')?.manifest.permissions).not.to.equal(manifest.permissions);
  });
});
