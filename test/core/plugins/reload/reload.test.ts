import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Structum, type StructumEvents } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../../support/errors.js';
import { PluginFolder, type Format } from './plugin-folder.js';
import { codeOf, codesOf, held, shared, told } from './told-plugin.js';

describe('structum.reload', () => {
  let folder: PluginFolder;

  beforeEach(() => {
    folder = new PluginFolder();
    shared.log = [];
    shared.alive = 0;
    delete shared.release;
  });

  async function host(...plugins: string[]): Promise<Structum> {
    return Structum.create({ from: folder.from, plugins });
  }

  for (const format of ['module', 'commonjs'] as const satisfies readonly Format[]) {
    it(`runs the new code of all files of a plugin, ${format}`, async () => {
      folder.writeText('text', 'one', format);
      await using structum = await host('text');
      expect(await structum.run('text')).to.equal('one');
      folder.writeText('text', 'two', format);
      expect(await structum.run('text')).to.equal('one');
      const events: StructumEvents['plugin:reloaded'][] = [];
      structum.on('plugin:reloaded', (event) => events.push(event));
      const reloaded = await structum.reload('text');
      expect(reloaded).to.include({ plugin: 'text', version: '1.0.0', generation: 2 });
      expect(events).to.deep.equal([reloaded]);
      expect(await structum.run('text')).to.equal('two');
      expect(structum.registry.plugin('text')).to.include({ state: 'active', generation: 2 });
    });
  }

  it('brings the new version up before the old one goes down', async () => {
    folder.write('life', { 'index.js': told('life', 'one') });
    await using structum = await host('life');
    await structum.run('life');
    folder.write('life', { 'index.js': told('life', 'two') });
    await structum.reload('life');
    await sleep(5);
    expect(shared.log).to.deep.equal(['life one up', 'life two up', 'life one down']);
    expect(shared.alive).to.equal(1);
  });

  it('lets running commands end on their version, however long that takes, while new ones run on the new one', async () => {
    const slow = (version: string): string => told('slow', version, {
      commands: `defineCommand({ path: 'slow wait', description: 'waits', async execute(input, { signal }) {
        await new Promise((resolve) => { globalThis.release = resolve; });
        return '${version}' + (signal.aborted ? ' aborted' : ' in peace');
      } }),`,
    });
    folder.write('slow', { 'index.js': slow('one') });
    await using structum = await Structum.create({ from: folder.from, plugins: ['slow'], limits: { drain: 1, deactivate: 1 } });
    const running = structum.run('slow wait');
    while (shared.release === undefined) await sleep(1);
    const release = shared.release;
    folder.write('slow', { 'index.js': slow('two') });
    await structum.reload('slow');
    expect(await structum.run('slow')).to.equal('two');
    await sleep(50);
    expect(shared.log).to.deep.equal(['slow one up', 'slow two up']);
    release();
    expect(await running).to.equal('one in peace');
    await sleep(5);
    expect(shared.log?.at(-1)).to.equal('slow one down');
  });

  it('lets commands end on their version also when that was replaced twice', async () => {
    const slow = (version: string): string => told('slow', version, {
      commands: `defineCommand({ path: 'slow wait', description: 'waits', async execute(input, { signal }) {
        await new Promise((resolve) => { globalThis.releases.push(resolve); });
        return '${version}' + (signal.aborted ? ' aborted' : ' in peace');
      } }),`,
    });
    shared.releases = [];
    folder.write('slow', { 'index.js': slow('one') });
    await using structum = await Structum.create({ from: folder.from, plugins: ['slow'], limits: { drain: 1, deactivate: 1 } });
    const running: Promise<unknown>[] = [];
    for (const version of ['two', 'three', 'four']) {
      running.push(structum.run('slow wait'));
      while (shared.releases.length < running.length) await sleep(1);
      folder.write('slow', { 'index.js': slow(version) });
      await structum.reload('slow');
    }
    await sleep(20);
    for (const release of shared.releases.reverse()) {
      release();
      await sleep(5);
    }
    expect(await Promise.all(running)).to.deep.equal(['one in peace', 'two in peace', 'three in peace']);
    await sleep(5);
    expect(shared.alive).to.equal(1);
  });

  for (const end of ['deactivate', 'unregister'] as const) {
    it(`lets nothing of a replaced version outlive ${end}(), and no command of it take longer than the limit`, async () => {
      const slow = (version: string): string => told('slow', version, {
        commands: `defineCommand({ path: 'slow wait', description: 'waits', execute: (input, { signal }) => new Promise((resolve) => {
          globalThis.releases.push(resolve);
          signal.addEventListener('abort', () => resolve('${version} aborted'));
        }) }),`,
      });
      shared.releases = [];
      folder.write('slow', { 'index.js': slow('one') });
      await using structum = await Structum.create({ from: folder.from, plugins: ['slow'], limits: { drain: 20 } });
      const ends = [];
      for (const version of ['two', 'three']) {
        ends.push(failure('COMMAND_CANCELLED', structum.run('slow wait')));
        while (shared.releases.length < ends.length) await sleep(1);
        folder.write('slow', { 'index.js': slow(version) });
        await structum.reload('slow');
      }
      expect(structum.registry.plugin('slow')).to.deep.include({ generation: 3, running: 2, owned: ['resource', 'resource', 'resource'] });
      await structum[end]('slow');
      expect(shared.alive).to.equal(0);
      await Promise.all(ends);
      if (end === 'unregister') return;
      expect(structum.registry.plugin('slow')).to.deep.include({ state: 'stopped', running: 0, owned: [] });
      expect(await structum.run('slow')).to.equal('three');
    });
  }

  it('takes what still uses a replaced version down before that, as a plugin that is in use', async () => {
    const provider = (version: string): string => told('provider', version);
    const user = told('user', 'one', {
      description: `requires: { provider: '*' },`,
      commands: `defineCommand({ path: 'user wait', description: 'waits', execute: (input, { signal }) => new Promise((resolve) => {
        globalThis.release = resolve;
        signal.addEventListener('abort', resolve);
      }) }),`,
    });
    folder.write('provider', { 'index.js': provider('one') });
    folder.write('user', { 'index.js': user });
    await using structum = await Structum.create({ from: folder.from, plugins: ['provider', 'user'], limits: { drain: 20 } });
    delete shared.release;
    const running = failure('COMMAND_CANCELLED', structum.run('user wait'));
    await held();
    folder.write('provider', { 'index.js': provider('two') });
    await structum.reload('provider');
    const { details } = await failure('PLUGIN_IN_USE', structum.deactivate('provider'));
    expect(details?.['dependents']).to.deep.equal(['"user"']);
    shared.log = [];
    await structum.deactivate('provider', { dependents: 'first' });
    expect(shared.alive).to.equal(0);
    await running;
    const order = shared.log;
    expect([order.filter((line) => line === 'user one down').length, order.lastIndexOf('user one down') < order.indexOf('provider one down')]).to.deep.equal([2, true]);
  });

  it('binds the plugins that use it to its new services, each as a new instance of the same code', async () => {
    const provider = (version: string): string => told('provider', version, {
      imports: `const Text = defineService('test.text');`,
      description: `provides: [Text], providers: [{ provide: Text, useValue: { text: '${version}' } }],`,
    });
    const consumer = (name: string, requires: string): string => told(name, 'one', {
      imports: `const Text = defineService('test.text');\nlet bound;`,
      description: `requires: { ${requires} },`,
      activate: `bound = context.service(Text);`,
      commands: `defineCommand({ path: '${name} bound', description: 'text', execute: () => bound.text }),`,
    });
    folder.write('provider', { 'index.js': provider('one') });
    folder.write('consumer', { 'index.js': consumer('consumer', `provider: '*'`) });
    folder.write('outer', { 'index.js': consumer('outer', `consumer: '*', provider: '*'`) });
    await using structum = await host('provider', 'consumer', 'outer');
    expect(await structum.run('outer bound')).to.equal('one');
    expect(await structum.run('outer count')).to.equal(1);
    folder.write('provider', { 'index.js': provider('two') });
    shared.log = [];
    await structum.reload('provider');
    for (const name of ['outer', 'consumer']) expect(await structum.run(`${name} bound`)).to.equal('two');
    // A module is loaded once for all instances of its code.
    expect(await structum.run('outer count')).to.equal(2);
    await sleep(10);
    expect(shared.log).to.deep.equal(['provider two up', 'consumer one up', 'outer one up', 'outer one down', 'consumer one down', 'provider one down']);
    expect(structum.registry.plugins.map(({ name, generation, state }) => [name, generation, state])).to.deep.equal([
      ['consumer', 1, 'active'], ['outer', 1, 'active'], ['provider', 2, 'active'],
    ]);
    expect(shared.alive).to.equal(3);
  });

  it('takes plugins that use it up later with the new version', async () => {
    folder.write('base', { 'index.js': told('base', 'one') });
    folder.write('user', { 'index.js': told('user', 'one', { description: `requires: { base: '*' },` }) });
    await using structum = await host('base', 'user');
    await structum.run('base');
    await structum.registry.judged();
    folder.write('base', { 'index.js': told('base', 'two') });
    await structum.reload('base');
    await structum.run('user');
    await sleep(5);
    expect(shared.log).to.deep.equal(['base one up', 'base two up', 'base one down', 'user one up']);
  });

  it('brings along who may use it, and who comes up while it is reloaded', async () => {
    const slow = `await new Promise((resolve) => setTimeout(resolve, 20));`;
    const asynchronous = (source: string): string => source.replace('onActivate', 'async onActivate');
    folder.write('base', { 'index.js': asynchronous(told('base', 'one', { activate: slow })) });
    folder.write('maybe', { 'index.js': told('maybe', 'one', { description: `optional: { base: '*' },` }) });
    folder.write('late', { 'index.js': asynchronous(told('late', 'one', { description: `requires: { base: '*' },`, activate: slow })) });
    await using structum = await host('base', 'maybe', 'late');
    await structum.run('maybe');
    folder.write('base', { 'index.js': asynchronous(told('base', 'two', { activate: slow })) });
    const reloading = structum.reload('base');
    await sleep(10);
    const running = structum.run('late');
    await reloading;
    expect(await running).to.equal('one');
    await sleep(40);
    expect(structum.registry.plugins.map(({ name, state }) => `${name} ${state}`)).to.deep.equal(['base active', 'late active', 'maybe active']);
    expect(shared.log?.filter((line) => line.startsWith('maybe'))).to.deep.equal(['maybe one up', 'maybe one up', 'maybe one down']);
    expect(shared.log?.indexOf('base one down')).to.equal((shared.log?.length ?? 0) - 1);
    expect(shared.alive).to.equal(3);
    // Nothing is left that still uses the old one: taking all down takes each down once.
    await structum.deactivate('base', { dependents: 'first' });
    expect(structum.registry.plugin('late')?.state).to.equal('stopped');
  });

  it('takes nothing up again that is unregistered while it is reloaded', async () => {
    const slow = `await new Promise((resolve) => setTimeout(resolve, 20));`;
    folder.write('base', { 'index.js': told('base', 'one') });
    folder.write('user', { 'index.js': told('user', 'one', { description: `requires: { base: '*' },` }) });
    await using structum = await host('base', 'user');
    await structum.run('user');
    folder.write('base', { 'index.js': told('base', 'two', { activate: slow }).replace('onActivate', 'async onActivate') });
    const reloading = structum.reload('base');
    await sleep(10);
    await structum.unregister('user');
    await reloading;
    expect(await structum.run('base')).to.equal('two');
    const again = failure('RELOAD_FAILED', structum.reload('base', { settings: { any: 1 } }).then(() => structum.reload('base')).then(async () => {
      folder.write('base', { 'index.js': told('base', 'three', { activate: slow }).replace('onActivate', 'async onActivate') });
      const last = structum.reload('base');
      await sleep(10);
      await structum.unregister('base');
      return last;
    }));
    await again;
    await sleep(10);
    expect(structum.registry.plugins).to.deep.equal([]);
    expect(shared.alive).to.equal(0);
  });

  describe('keeps the old version, tells why, and takes the next good one, where the new one', () => {
    const broken: Readonly<Record<string, { readonly source: string; readonly cause: string }>> = {
      'has a syntax error': { source: 'export default {{;', cause: 'PLUGIN_LOAD_FAILED' },
      'imports what is not there': { source: `import './missing.js';`, cause: 'PLUGIN_LOAD_FAILED' },
      'throws when it is imported': { source: `throw new Error('broken');`, cause: 'PLUGIN_LOAD_FAILED' },
      'is no plugin': { source: 'export default class {}', cause: 'PLUGIN_NOT_DESCRIBED' },
      'is described wrongly': { source: told('base', 'two', { description: `engine: 7,` }), cause: 'PLUGIN_INVALID' },
      'has another name': { source: told('other', 'two'), cause: 'RELOAD_RENAMED' },
      'has a command that cannot be loaded': { source: told('base', 'two', { commands: `() => import('./missing.js'),` }), cause: 'PLUGIN_LOAD_FAILED' },
      'has a command of another plugin': {
        source: told('base', 'two', { commands: `defineCommand({ path: 'user', description: 'mine', execute: () => 1 }),` }), cause: 'COMMAND_DUPLICATE',
      },
      'needs another core': { source: told('base', 'two', { description: `engine: '^1.0.0',` }), cause: 'ENGINE_MISMATCH' },
      'needs a plugin that is missing': { source: told('base', 'two', { description: `requires: { missing: '*' },` }), cause: 'REQUIREMENT_MISSING' },
      'cannot work beside another one': { source: told('base', 'two', { description: `conflicts: { user: '*' },` }), cause: 'CONFLICT' },
      'fails to activate': { source: told('base', 'two', { activate: `throw new Error('broken');` }), cause: 'PLUGIN_ACTIVATE_FAILED' },
      'does not come up in time': { source: told('base', 'two', { activate: `return new Promise(() => undefined);` }), cause: 'PLUGIN_PHASE_TIMEOUT' },
      'says that it is down': { source: told('base', 'two', { health: `{ status: 'DOWN', reason: 'no disk' }` }), cause: 'RELOAD_UNHEALTHY' },
      'cannot say how it is': { source: told('base', 'two', { health: `(() => { throw new Error('broken'); })()` }), cause: 'RELOAD_UNHEALTHY' },
      'is too old for a plugin that uses it': { source: told('base', 'two').replace(`version: '1.0.0'`, `version: '0.9.0'`), cause: 'REQUIREMENT_MISMATCH' },
    };

    for (const [what, { source, cause }] of Object.entries(broken)) {
      it(what, async () => {
        const packageJson = { name: 'base', type: 'module', main: './index.js' };
        folder.write('base', { 'package.json': packageJson, 'index.js': told('base', 'one') });
        folder.write('user', { 'index.js': told('user', 'one', { description: `requires: { base: '>=1.0.0' },` }) });
        await using structum = await Structum.create({ from: folder.from, plugins: ['base', 'user'], limits: { activate: 100 } });
        expect(await structum.run('user')).to.equal('one');
        const failed: Error[] = [];
        structum.on('plugin:reload-failed', ({ plugin, error }) => failed.push(plugin === 'base' ? error : new Error(plugin)));

        folder.write('base', { 'package.json': packageJson, 'index.js': source });
        const error = await failure('RELOAD_FAILED', structum.reload('base'));
        expect(codesOf(error)).to.include(cause);
        expect(failed).to.deep.equal([error]);
        for (const name of ['base', 'user']) {
          expect(await structum.run(name)).to.equal('one');
          expect(structum.registry.plugin(name)).to.include({ state: 'active', generation: 1 });
        }
        expect(shared.alive).to.equal(2);
        expect(shared.log?.filter((line) => line.includes('one'))).to.deep.equal(['base one up', 'user one up']);

        folder.write('base', { 'package.json': packageJson, 'index.js': told('base', 'three') });
        await structum.reload('base');
        expect(await structum.run('base')).to.equal('three');
        await sleep(10);
        expect(shared.alive).to.equal(2);
      });
    }

    it('no longer provides what a plugin uses, by the name of the one that dropped it', async () => {
      const base = (version: string, provides: string): string => told('base', version, { imports: `const Text = defineService('test.text');`, description: provides });
      folder.write('base', { 'index.js': base('one', `provides: [Text], providers: [{ provide: Text, useValue: 'text' }],`) });
      folder.write('user', { 'index.js': told('user', 'one', { description: `requires: { base: '*' },`, activate: `context.service(defineService('test.text'));` }) });
      await using structum = await host('base', 'user');
      await structum.run('user');
      folder.write('base', { 'index.js': base('two', '') });
      const { cause } = await failure('RELOAD_FAILED', structum.reload('base'));
      expect(cause).to.deep.include({ code: 'SERVICE_WITHDRAWN', details: { service: 'test.text', provider: 'base', plugin: 'user', isDropped: true } });
      expect(await structum.run('user')).to.equal('one');
    });
  });

  it('says that the folder of a plugin is gone, and takes it when it is back', async () => {
    folder.writeText('text', 'one');
    await using structum = await host('text');
    await structum.run('text');
    renameSync(folder.folderOf('text'), folder.folderOf('away'));
    const { cause } = await failure('RELOAD_FAILED', structum.reload('text'));
    expect(cause).to.deep.include({ code: 'RELOAD_GONE', details: { plugin: 'text', folder: folder.folderOf('text') } });
    expect(await structum.run('text')).to.equal('one');
    renameSync(folder.folderOf('away'), folder.folderOf('text'));
    expect(await structum.reload('text')).to.include({ plugin: 'text' });
  });

  describe('says what to do about a new version that cannot come up', () => {
    async function hintOf(source: string): Promise<string | undefined> {
      folder.write('base', { 'index.js': told('base', 'one') });
      await using structum = await host('base');
      await structum.run('base');
      folder.write('base', { 'index.js': source });
      return (await failure('RELOAD_FAILED', structum.reload('base'))).hint;
    }

    it('as the cause does', async () => {
      expect(await hintOf(told('base', 'two', { description: `engine: '^1.0.0',` }))).to.match(/^Install a newer version of "base"/);
      const error = `Object.assign(new Error('no key'), { code: 'KEY_MISSING', hint: 'Set KEY.', [Symbol.for('structum.error')]: true })`;
      expect(await hintOf(told('base', 'two', { activate: `throw ${error};` }))).to.equal('Set KEY.');
    });

    it('without advice to remove the plugin, which goes on', async () => {
      for (const source of ['export default {{;', told('base', 'two', { activate: `throw new Error('broken');` })]) {
        expect(await hintOf(source)).to.match(/^Mend "base"/).and.not.include('remove');
      }
    });
  });

  it('offers new commands, and no longer those that are gone', async () => {
    const command = (path: string): string => `defineCommand({ path: '${path}', aliases: ['${path[0] ?? ''}'], description: 'd', execute: () => '${path}' }),`;
    folder.write('many', { 'index.js': told('many', 'one', { commands: command('stays') + command('goes') }) });
    await using structum = await host('many');
    await structum.run('many');
    folder.write('many', { 'index.js': told('many', 'two', { commands: command('stays') + command('comes') }) });
    await structum.reload('many');
    expect(structum.registry.commands.map(({ path }) => path)).to.deep.equal(['comes', 'many', 'many count', 'stays']);
    expect(await structum.run('comes')).to.equal('comes');
    expect(structum.registry.command('c')?.path).to.equal('comes');
    await failure('COMMAND_UNKNOWN', structum.run('goes'));
    await failure('COMMAND_UNKNOWN', structum.run('g'));
  });

  it('reads the manifest of a package again, and describes code that it does not fit with a warning', async () => {
    folder.writeText('packed', 'one');
    await folder.writeManifest('packed');
    await using structum = await host('packed');
    const warnings: string[] = [];
    structum.on('warning', ({ error }) => warnings.push(codeOf(error)));
    expect(await structum.run('packed')).to.equal('one');
    folder.writeText('packed', 'two');
    folder.write('packed', {
      'package.json': { name: 'packed', version: '1.1.0', type: 'module', main: './index.js', structum: { manifest: './structum.manifest.json' } },
    });
    await structum.reload('packed');
    expect(structum.registry.plugin('packed')?.version).to.equal('1.1.0');
    expect(warnings).to.deep.equal(['MANIFEST_STALE']);
    await folder.writeManifest('packed');
    await structum.reload('packed');
    expect(warnings).to.deep.equal(['MANIFEST_STALE']);
    expect(await structum.run('packed')).to.equal('two');
  });

  it('replaces a plugin that was not needed yet, and loads nothing of it', async () => {
    folder.write('idle', { 'index.js': told('idle', 'one', { imports: `globalThis.log.push('imported');` }) });
    await folder.writeManifest('idle').catch(() => undefined);
    folder.write('idle', { 'index.js': told('idle', 'one') });
    await folder.writeManifest('idle');
    await using structum = await host('idle');
    folder.write('idle', { 'index.js': told('idle', 'two', { imports: `globalThis.log.push('imported');` }) });
    expect(await structum.reload('idle')).to.include({ generation: 2 });
    expect(shared.log).to.deep.equal([]);
    expect(await structum.run('idle')).to.equal('two');
  });

  it('reloads what was discovered, with its new manifest, and keeps to that', async () => {
    const source = (version: string, commands = ''): string => told('found', version, { commands });
    folder.write('found', { 'index.js': source('one') });
    await folder.writeManifest('found');
    const discover = { host: false, folders: [folder.path], cache: join(folder.path, 'cache') };
    // In this thread, for it tells the test itself what becomes of it.
    await using structum = await Structum.create({ discover, config: { security: { sandbox_mode: 'off' } } });
    expect(await structum.run('found')).to.equal('one');
    folder.write('found', { 'index.js': source('two', `defineCommand({ path: 'found more', description: 'more', execute: () => 'more' }),`) });
    await folder.writeManifest('found');
    await structum.reload('found');
    expect([await structum.run('found'), await structum.run('found more')]).to.deep.equal(['two', 'more']);
    for (let round = 0; round < 2; round += 1) {
      expect(structum.registry.plugins.map(({ name, state, generation }) => [name, state, generation])).to.deep.equal([['found', 'active', 2]]);
      expect(structum.registry.route(['found', 'more', 'words'])).to.include({ length: 2 });
      structum.registry.refresh();
    }
    folder.write('found', { 'index.js': source('three') });
    await folder.writeManifest('found');
    await structum.reload('found');
    expect(await structum.run('found')).to.equal('three');
    await failure('COMMAND_UNKNOWN', structum.run('found more'));
  });

  it('gives the new version the settings that it is given', async () => {
    folder.write('set', { 'index.js': told('set', 'one', { activate: `tell(context.config.theme);` }) });
    await using structum = await Structum.create({ from: folder.from, plugins: ['set'], config: { plugins: { set: { theme: 'ascii' } } } });
    await structum.run('set');
    await structum.reload('set', { settings: { theme: 'unicode' } });
    await structum.reload('set');
    expect(shared.log?.filter((line) => !line.endsWith('up') && !line.endsWith('down'))).to.deep.equal(['set one ascii', 'set one unicode', 'set one unicode']);
    folder.write('set', { 'index.js': 'broken' });
    await failure('RELOAD_FAILED', structum.reload('set', { settings: { theme: 'none' } }));
    folder.write('set', { 'index.js': told('set', 'two', { activate: `tell(context.config.theme);` }) });
    await structum.reload('set');
    expect(shared.log).to.include('set two unicode');
  });

  it('keeps the settings of the version that runs from those of the one that comes', async () => {
    const set = told('set', 'one', {
      activate: `if (context.config.theme === 'wrong') { await new Promise((resolve) => { globalThis.release = resolve; }); throw new Error('wrong'); }`,
      commands: `defineCommand({ path: 'set theme', description: 'theme', async execute(input, context) {
        const before = context.config.theme;
        if (input.wait) await new Promise((resolve) => { globalThis.release = resolve; });
        return before + ' ' + await context.run('set now');
      }, options: { wait: { type: 'boolean', description: 'wait' } } }),
      defineCommand({ path: 'set now', description: 'theme', execute: (input, context) => context.config.theme }),`,
    }).replace('onActivate', 'async onActivate');
    folder.write('set', { 'index.js': set });
    await using structum = await Structum.create({ from: folder.from, plugins: ['set'], config: { plugins: { set: { theme: 'first' } } } });
    expect(await structum.run('set theme')).to.equal('first first');
    delete shared.release;
    const reloading = failure('RELOAD_FAILED', structum.reload('set', { settings: { theme: 'wrong' } }));
    const fail = await held();
    expect(await structum.run('set theme')).to.equal('first first');
    fail();
    await reloading;
    expect(await structum.run('set theme')).to.equal('first first');

    delete shared.release;
    const running = structum.run('set theme', { wait: true });
    const end = await held();
    await structum.reload('set', { settings: { theme: 'second' } });
    expect(await structum.run('set theme')).to.equal('second second');
    end();
    expect(await running).to.equal('first first');
    await structum.deactivate('set');
    expect(await structum.run('set theme')).to.equal('second second');
  });

  it('makes a new instance, and loads nothing, where the code has not changed', async () => {
    folder.write('same', { 'index.js': told('same', 'one') });
    await using structum = await host('same');
    await structum.run('same count');
    await structum.reload('same');
    expect(await structum.run('same count')).to.equal(1);
    await structum.reload('same');
    expect(await structum.run('same count')).to.equal(2);
    await sleep(5);
    expect(shared.log).to.deep.equal(['same one up', 'same one up', 'same one down', 'same one up', 'same one down']);
  });

  it('tries a plugin that failed again', async () => {
    folder.write('failing', { 'index.js': told('failing', 'one', { activate: `throw new Error('broken');` }) });
    await using structum = await host('failing');
    await failure('PLUGIN_ACTIVATE_FAILED', structum.run('failing'));
    await failure('RELOAD_FAILED', structum.reload('failing'));
    expect(structum.registry.plugin('failing')?.state).to.equal('failed');
    folder.write('failing', { 'index.js': told('failing', 'two') });
    await structum.reload('failing');
    expect(structum.registry.plugin('failing')?.state).to.equal('active');
    expect(await structum.run('failing')).to.equal('two');
  });

  it('serves many who ask at the same time together', async () => {
    folder.write('asked', { 'index.js': told('asked', 'one') });
    folder.write('other', { 'index.js': told('other', 'one') });
    await using structum = await host('asked', 'other');
    await structum.run('asked');
    await structum.run('other');
    const all = await Promise.all(Array.from({ length: 50 }, (_, index) => structum.reload(index % 10 === 9 ? 'other' : 'asked')));
    expect(new Set(all.map(({ plugin, generation }) => `${plugin} ${String(generation)}`))).to.deep.equal(new Set(['asked 2', 'other 2']));
    await sleep(10);
    expect(shared.alive).to.equal(2);
  });

  it('serves who asks while it is under way with what is there by then', async () => {
    folder.write('asked', { 'index.js': told('asked', 'one') });
    await using structum = await host('asked');
    await structum.run('asked');
    const first = structum.reload('asked');
    await sleep(1);
    folder.write('asked', { 'index.js': told('asked', 'two') });
    const second = structum.reload('asked');
    expect((await second).generation).to.be.greaterThan((await first).generation);
    expect(await structum.run('asked')).to.equal('two');
  });

  it('ends with the host, and leaves nothing behind', async () => {
    for (const delay of [0, 1, 3, 10]) {
      folder = new PluginFolder();
      shared.alive = 0;
      folder.write('late', { 'index.js': told('late', 'one', { activate: 'await new Promise((resolve) => setTimeout(resolve, 5));' }).replace('onActivate', 'async onActivate') });
      const structum = await host('late');
      await structum.run('late');
      const reloading = structum.reload('late').catch((error: unknown) => codeOf(error));
      await sleep(delay);
      await structum.dispose();
      expect(await reloading).to.satisfy((outcome: unknown) => outcome === 'DISPOSED' || typeof outcome === 'object');
      expect(shared.alive).to.equal(0);
      await failure('DISPOSED', structum.reload('late'));
    }
  });

  describe('refuses what is not to run, and runs none of its code', () => {
    it('of a project that nobody trusts', async () => {
      folder.write('found', { 'index.js': told('found', 'one') });
      await folder.writeManifest('found');
      folder.write('found', { 'index.js': told('found', 'two', { imports: `globalThis.log.push('imported');` }) });
      await using structum = await Structum.create({ discover: { host: false, project: folder.path, cache: join(folder.path, 'cache') } });
      await failure('PLUGIN_UNTRUSTED', structum.reload('found'));
      rmSync(join(folder.path, 'node_modules/found/structum.manifest.json'));
      await failure('PLUGIN_UNTRUSTED', structum.reload('found'));
      expect(structum.registry.plugin('found')).to.include({ state: 'rejected', generation: 1 });
      expect(shared.log).to.deep.equal([]);
    });

    it('as the policy disables it', async () => {
      folder.write('off', { 'index.js': told('off', 'one') });
      await using structum = await Structum.create({ from: folder.from, plugins: ['off'], config: { plugin_policy: { enabled: { off: false } } } });
      folder.write('off', { 'index.js': told('off', 'two', { imports: `globalThis.log.push('imported');` }) });
      await failure('PLUGIN_DISABLED', structum.reload('off'));
      expect(structum.registry.plugin('off')).to.include({ state: 'disabled', generation: 1 });
      expect(shared.log).to.deep.equal([]);
    });
  });

  it('refuses a class that does not say where it comes from', async () => {
    folder.write('class', { 'index.js': told('class', 'one') });
    const imported = (await import(`${folder.path}/node_modules/class/index.js`)) as { default: never };
    await using structum = await Structum.create({ plugins: [imported] });
    const error = await failure('RELOAD_FAILED', structum.reload('class'));
    expect(codesOf(error)).to.include('RELOAD_IMPOSSIBLE');
    await failure('PLUGIN_UNKNOWN', structum.reload('unknown'));
  });

  it('loads a class again that says where it comes from', async () => {
    const source = (version: string): string => told('class', version, { description: 'module: import.meta.url,' });
    folder.write('class', { 'index.js': source('one') });
    const imported = (await import(`${folder.path}/node_modules/class/index.js`)) as { default: never };
    await using structum = await Structum.create({ plugins: [imported] });
    folder.write('class', { 'index.js': source('two') });
    await structum.reload('class');
    expect(await structum.run('class')).to.equal('two');
  });

  it('loads no more code when too much is left behind, and warns before', async () => {
    const big = (version: string): Readonly<Record<string, string>> => ({ 'index.js': told('big', version), 'large.js': '' });
    folder.write('big', big('one'));
    // What was left behind counts for the whole process: fill it up, then allow a little more.
    const retained = await retainedBytes(folder);
    await using structum = await Structum.create({ from: folder.from, plugins: ['big'], limits: { retained: retained + 3_000 } });
    const warnings: string[] = [];
    structum.on('warning', ({ error }) => warnings.push(codeOf(error)));
    await structum.run('big');
    let last: unknown;
    for (let version = 0; version < 8 && last === undefined; version += 1) {
      folder.write('big', big(`v${String(version)}`));
      last = await structum.reload('big').then(() => undefined, (error: unknown) => error);
    }
    expect(codesOf(last)).to.include('RELOAD_LIMIT');
    expect(warnings).to.include('RELOAD_RETAINED');
    expect(structum.registry.plugin('big')?.state).to.equal('active');
  });

  for (const format of ['module', 'commonjs'] as const) {
    it(`leaves nothing running after 500 reloads in a row, ${format}`, async function () {
      this.timeout(60_000);
      const source = (version: number): string => {
        const esm = told('often', String(version), { activate: `const beat = () => undefined; process.on('structum-test', beat); context.own(() => process.off('structum-test', beat), 'listener');` });
        if (format === 'module') return esm;
        return esm.replace(/import \{(.*)\} from '@structum\/core';/, `const {$1} = require('@structum/core');`).replace('export default', 'module.exports =');
      };
      folder.write('often', { 'index.js': source(0) }, format);
      await using structum = await host('often');
      await structum.run('often');
      for (let version = 1; version <= 500; version += 1) {
        folder.write('often', { 'index.js': source(version) }, format);
        await structum.reload('often');
      }
      expect(await structum.run('often')).to.equal('500');
      await sleep(20);
      expect(shared.alive).to.equal(1);
      expect(process.listenerCount('structum-test')).to.equal(1);
      expect(structum.registry.plugin('often')).to.deep.include({ generation: 501, owned: ['listener', 'resource'], running: 0 });
    });
  }
});

/** What reloading has left behind in this process, in bytes, as a host tells it that allows nothing. */
async function retainedBytes(folder: PluginFolder): Promise<number> {
  await using structum = await Structum.create({ from: folder.from, plugins: ['big'], limits: { retained: 0 } });
  const error = await failure('RELOAD_FAILED', structum.run('big').then(() => structum.reload('big')));
  return (error.cause as { details: { bytes: number } }).details.bytes;
}
