import { setTimeout as sleep } from 'node:timers/promises';
import { Structum, type StructumOptions } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../../support/errors.js';
import { PluginFolder } from './plugin-folder.js';
import { codeOf, codesOf, held, shared, told } from './told-plugin.js';

/** What a plugin awaits until the test lets it go on. */
const HOLDS = `await new Promise((resolve) => { globalThis.release = resolve; });`;

function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

describe('while a plugin is reloaded', () => {
  let folder: PluginFolder;

  beforeEach(() => {
    folder = new PluginFolder();
    shared.log = [];
    shared.alive = 0;
    delete shared.release;
  });

  function write(name: string, version: string, more: Parameters<typeof told>[2] = {}): void {
    folder.write(name, { 'index.js': told(name, version, more).replace('onActivate', 'async onActivate') });
  }

  async function host(plugins: readonly string[], limits: StructumOptions['limits'] = {}): Promise<Structum> {
    return Structum.create({ from: folder.from, plugins, limits });
  }

  /** Begins a reload of `name` whose new version comes up when it is let go on. */
  async function begun(structum: Structum, name: string, more: Parameters<typeof told>[2] = {}): Promise<{ reloading: Promise<unknown>; release: () => void }> {
    write(name, 'two', { activate: HOLDS, ...more });
    const reloading = structum.reload(name).catch((error: unknown) => error);
    return { reloading, release: await held() };
  }

  describe('dispose()', () => {
    for (const [where, more] of Object.entries({
      'is imported': { imports: HOLDS },
      'comes up': { activate: HOLDS },
      'says how it is': { health: `new Promise((resolve) => { globalThis.release = resolve; })` },
    })) {
      it(`cuts it short where the new version ${where}, and waits for no other limit than that of going down`, async () => {
        write('slow', 'one');
        const structum = await host(['slow'], { load: 3_600_000, activate: 3_600_000, health: 3_600_000, deactivate: 20 });
        await structum.run('slow');
        write('slow', 'two', more);
        const before = timers();
        const reloading = failure('DISPOSED', structum.reload('slow'));
        const waiting = failure('DISPOSED', structum.reload('slow', { settings: {} }));
        const release = await held();
        await structum.dispose();
        await Promise.all([reloading, waiting]);
        expect(timers(), 'what keeps the process').to.equal(before);
        expect(shared.alive).to.equal(0);
        release();
        await sleep(5);
        expect(shared.alive).to.equal(0);
        expect(shared.log?.filter((line) => line === 'slow one down')).to.have.lengthOf(1);
      });
    }

    it('ends what copies of dependents own too, each once', async () => {
      write('base', 'one');
      write('user', 'one', { description: `requires: { base: '*' },` });
      write('last', 'one', { description: `requires: { user: '*' },`, activate: `if (globalThis.holds) ${HOLDS}` });
      const structum = await host(['base', 'user', 'last'], { activate: 3_600_000, deactivate: 20 });
      await structum.run('last');
      Object.assign(globalThis, { holds: true });
      write('base', 'two');
      const reloading = failure('DISPOSED', structum.reload('base'));
      await held();
      Object.assign(globalThis, { holds: false });
      await structum.dispose();
      await reloading;
      expect(shared.alive).to.equal(0);
      expect(shared.log?.filter((line) => line.endsWith('down')).sort()).to.deep.equal(['base one down', 'base two down', 'last one down', 'user one down', 'user one down']);
    });
  });

  describe('deactivate()', () => {
    it('wins: nothing of either version is up, and the new one is what comes up next', async () => {
      write('base', 'one');
      await using structum = await host(['base'], { deactivate: 20 });
      await structum.run('base');
      const { reloading, release } = await begun(structum, 'base');
      await structum.deactivate('base');
      expect(shared.alive).to.equal(0);
      release();
      expect(await reloading).to.include({ plugin: 'base', generation: 2 });
      expect(structum.registry.plugin('base')).to.include({ generation: 2 });
      expect(structum.registry.plugin('base')?.state).not.to.equal('active');
      await sleep(5);
      expect(shared.alive).to.equal(0);
      const running = structum.run('base');
      await sleep(5);
      shared.release?.();
      expect(await running).to.equal('two');
      expect(shared.alive).to.equal(1);
    });

    it('of a dependent wins, and the plugin is reloaded all the same', async () => {
      write('base', 'one');
      write('user', 'one', { description: `requires: { base: '*' },`, activate: `if (globalThis.holds) ${HOLDS}` });
      await using structum = await host(['base', 'user'], { deactivate: 20 });
      await structum.run('user');
      Object.assign(globalThis, { holds: true });
      write('base', 'two');
      const reloading = structum.reload('base');
      const release = await held();
      Object.assign(globalThis, { holds: false });
      await structum.deactivate('user');
      release();
      expect(await reloading).to.include({ generation: 2 });
      expect(await structum.run('base')).to.equal('two');
      await sleep(5);
      expect(structum.registry.plugin('user')?.state).not.to.equal('active');
      expect(shared.alive).to.equal(1);
      expect(await structum.run('user')).to.equal('one');
      expect(shared.alive).to.equal(2);
    });
  });

  it('unregister() takes both versions down', async () => {
    write('base', 'one');
    await using structum = await host(['base'], { deactivate: 20 });
    await structum.run('base');
    const { reloading, release } = await begun(structum, 'base');
    await structum.unregister('base');
    expect(shared.alive).to.equal(0);
    release();
    expect(codesOf(await reloading)).to.include('RELOAD_FAILED');
    await sleep(5);
    expect(shared.alive).to.equal(0);
    await failure('COMMAND_UNKNOWN', structum.run('base'));
  });

  it('run() and activate() use the old version, and afterwards the new one', async () => {
    write('base', 'one');
    await using structum = await host(['base']);
    await structum.run('base');
    const { reloading, release } = await begun(structum, 'base');
    await structum.activate('base');
    expect(await structum.run('base')).to.equal('one');
    release();
    await reloading;
    expect(await structum.run('base')).to.equal('two');
    await sleep(5);
    expect(shared.alive).to.equal(1);
  });

  it('activate() of a plugin that was not up leaves it up', async () => {
    write('base', 'one');
    await using structum = await host(['base']);
    write('base', 'two', { imports: HOLDS });
    const reloading = structum.reload('base');
    const release = await held();
    await structum.activate('base');
    release();
    await reloading;
    expect(structum.registry.plugin('base')).to.include({ state: 'active', generation: 2 });
    await sleep(5);
    expect(shared.alive).to.equal(1);
  });

  it('deactivate() and run() in a row leave it up, in its new version', async () => {
    write('base', 'one');
    await using structum = await host(['base'], { deactivate: 20 });
    await structum.run('base');
    const { reloading, release } = await begun(structum, 'base', { activate: `if (!globalThis.freely) ${HOLDS}` });
    Object.assign(globalThis, { freely: true });
    await structum.deactivate('base');
    const running = structum.run('base');
    release();
    expect(await reloading).to.include({ generation: 2 });
    expect(await running).to.be.oneOf(['one', 'two']);
    expect(await structum.run('base')).to.equal('two');
    await sleep(5);
    expect(shared.alive).to.equal(1);
    Object.assign(globalThis, { freely: false });
  });

  it('a second reload() takes what is there by then', async () => {
    write('base', 'one');
    await using structum = await host(['base']);
    await structum.run('base');
    const { reloading, release } = await begun(structum, 'base');
    write('base', 'three');
    const second = structum.reload('base');
    release();
    expect(codeOf(await reloading)).not.to.equal('RELOAD_FAILED');
    expect(await second).to.include({ generation: 3 });
    expect(await structum.run('base')).to.equal('three');
    await sleep(5);
    expect(shared.alive).to.equal(1);
  });
});
