import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger, Structum, type PluginWatchOptions, type Reloaded, type StructumError } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../../support/errors.js';
import { writeFiles } from '../../../support/folder.js';
import { run } from '../../../support/run.js';
import { PluginFolder } from './plugin-folder.js';

/** What a watch tells, in order. */
class Told {
  readonly all: (Reloaded | StructumError)[] = [];
  #heard: (() => void) | undefined;

  get options(): PluginWatchOptions {
    const hear = (what: Reloaded | StructumError): void => {
      this.all.push(what);
      this.#heard?.();
    };
    return { debounce: 30, onReload: hear, onError: hear };
  }

  async next(): Promise<Reloaded | StructumError> {
    for (;;) {
      const next = this.all.shift();
      if (next !== undefined) return next;
      await new Promise<void>((resolve) => { this.#heard = resolve; });
    }
  }
}

/** How many folders this process watches. */
function watchers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap').length;
}

describe('structum.watch', () => {
  let folder: PluginFolder;
  let told: Told;

  beforeEach(() => {
    folder = new PluginFolder();
    told = new Told();
  });

  async function host(...plugins: string[]): Promise<Structum> {
    for (const name of plugins) folder.writeText(name, 'one');
    return Structum.create({ from: folder.from, plugins });
  }

  it('reloads the plugin whose files changed, and no other', async () => {
    await using structum = await host('first', 'second');
    for (const name of ['first', 'second']) await structum.run(name);
    structum.watch({ ...told.options, plugins: ['first', 'second'] });
    folder.writeText('second', 'two');
    expect(await told.next()).to.include({ plugin: 'second', generation: 2 });
    expect([await structum.run('first'), await structum.run('second')]).to.deep.equal(['one', 'two']);
    expect(structum.registry.plugin('first')?.generation).to.equal(1);
  });

  it('watches whatever is loaded, also later, when it is given no names', async () => {
    await using structum = await host('sooner', 'later');
    await structum.run('sooner');
    structum.watch(told.options);
    await structum.run('later');
    for (const name of ['later', 'sooner']) {
      folder.writeText(name, 'two');
      expect(await told.next()).to.include({ plugin: name });
      expect(await structum.run(name)).to.equal('two');
    }
  });

  it('tells of errors, keeps the old version, and goes on with the next good one', async () => {
    await using structum = await host('text');
    await structum.run('text');
    structum.watch({ ...told.options, plugins: ['text'] });
    const file = join(folder.path, 'node_modules/text');
    writeFiles(file, { 'lib/text.js': 'export const text = ;' });
    expect(await told.next()).to.include({ code: 'RELOAD_FAILED' });
    expect(await structum.run('text')).to.equal('one');
    writeFiles(file, { 'lib/text.js': `export const text = 'three';` });
    expect(await told.next()).to.include({ plugin: 'text' });
    expect(await structum.run('text')).to.equal('three');
  });

  it('does nothing when a file is written without another content', async () => {
    await using structum = await host('text');
    await structum.run('text');
    structum.watch({ ...told.options, plugins: ['text'] });
    const file = join(folder.path, 'node_modules/text/lib/text.js');
    writeFiles(join(folder.path, 'node_modules/text'), { 'lib/text.js': readFileSync(file) });
    utimesSync(file, new Date(), new Date());
    await sleep(120);
    expect(told.all).to.deep.equal([]);
    expect(structum.registry.plugin('text')?.generation).to.equal(1);
  });

  it('reloads when the manifest changes', async () => {
    folder.writeText('packed', 'one');
    await folder.writeManifest('packed');
    await using structum = await Structum.create({ from: folder.from, plugins: ['packed'] });
    await structum.run('packed');
    structum.watch({ ...told.options, plugins: ['packed'] });
    const manifest = JSON.parse(readFileSync(join(folder.path, 'node_modules/packed/structum.manifest.json'), 'utf8')) as object;
    writeFiles(join(folder.path, 'node_modules/packed'), { 'structum.manifest.json': { ...manifest, description: 'Other' } });
    expect(await told.next()).to.include({ plugin: 'packed', generation: 2 });
  });

  it('reloads with new settings when a further file changes', async () => {
    const source = `
      import { defineCommand, definePlugin } from '@structum/core';
      export default definePlugin({ name: 'set', version: '1.0.0', description: 'set', commands: [
        defineCommand({ path: 'set', description: 'set', execute: (input, { config }) => config.theme ?? 'none' }),
      ] });
    `;
    folder.write('set', { 'index.js': source });
    const config = join(folder.path, 'config.json');
    writeFiles(folder.path, { 'config.json': { theme: 'ascii' } });
    await using structum = await Structum.create({ from: folder.from, plugins: ['set'] });
    expect(await structum.run('set')).to.equal('none');
    structum.watch({
      ...told.options, plugins: ['set'], files: [config],
      settings: () => JSON.parse(readFileSync(config, 'utf8')) as Record<string, unknown>,
    });
    writeFiles(folder.path, { 'config.json': { theme: 'unicode' } });
    expect(await told.next()).to.include({ plugin: 'set' });
    expect(await structum.run('set')).to.equal('unicode');
  });

  it('goes on when who is told throws, and logs that', async () => {
    folder.writeText('text', 'one');
    const logged: string[] = [];
    const logger = createLogger({ level: () => 'error', write: ({ message }) => { logged.push(message); } });
    await using structum = await Structum.create({ from: folder.from, plugins: ['text'], logger });
    await structum.run('text');
    structum.watch({ plugins: ['text'], debounce: 10, onReload: (reloaded) => { told.options.onReload?.(reloaded); throw new Error('broken'); } });
    for (const text of ['two', 'three']) {
      folder.writeText('text', text);
      expect(await told.next()).to.include({ plugin: 'text' });
      expect(await structum.run('text')).to.equal(text);
    }
    expect(logged).to.deep.equal(Array(2).fill('Who watches plugin "text" threw: broken'));
  });

  it('ends when it is disposed, or the host is', async () => {
    const before = watchers();
    const structum = await host('text');
    await structum.run('text');
    const watch = structum.watch({ ...told.options, plugins: ['text'] });
    structum.watch({ ...told.options, plugins: ['text'] });
    watch[Symbol.dispose]();
    expect(watchers()).to.be.greaterThan(before);
    await structum.dispose();
    folder.writeText('text', 'two');
    await sleep(100);
    expect(watchers()).to.equal(before);
    expect(told.all).to.deep.equal([]);
    await failure('DISPOSED', () => structum.watch());
  });

  for (const [how, names] of [['given by name', { plugins: ['text'] }], ['of all that is loaded', {}]] as const) {
    it(`ends with the plugin, and goes on where that is when it comes again: ${how}`, async () => {
      const before = watchers();
      await using structum = await host('text');
      await structum.run('text');
      structum.watch({ ...told.options, ...names });
      await structum.unregister('text');
      await sleep(1); // Node counts a watcher until its end was told.
      expect(watchers()).to.equal(before);
      const elsewhere = new PluginFolder();
      elsewhere.writeText('text', 'elsewhere');
      await structum.register(join(elsewhere.path, 'node_modules/text/index.js'));
      expect(await structum.run('text')).to.equal('elsewhere');
      folder.writeText('text', 'two');
      await sleep(120);
      expect(told.all).to.deep.equal([]);
      elsewhere.writeText('text', 'three');
      expect(await told.next()).to.include({ plugin: 'text' });
      expect(await structum.run('text')).to.equal('three');
    });
  }

  it('refuses plugins that are not there', async () => {
    await using structum = await host('text');
    await failure('PLUGIN_UNKNOWN', () => structum.watch({ plugins: ['text', 'unknown'] }));
  });

  it('reloads a plugin no more that changes its own files whenever it comes up, until somebody else does', async () => {
    const restless = (version: string): string => `
      import { writeFileSync } from 'node:fs';
      import { defineCommand, definePlugin } from '@structum/core';
      export default definePlugin({
        name: 'restless', version: '1.0.0', description: 'x',
        onActivate() { writeFileSync(new URL('./state.json', import.meta.url.replace(/[?].*/, '')), JSON.stringify(performance.now())); },
        commands: [defineCommand({ path: 'restless', description: 'x', execute: () => '${version}' })],
      });`;
    folder.write('restless', { 'index.js': restless('one') });
    await using structum = await Structum.create({ from: folder.from, plugins: ['restless'] });
    structum.watch({ ...told.options, plugins: ['restless'] });
    await structum.run('restless');
    let last = await told.next();
    for (let count = 0; !('code' in last) && count < 5; count += 1) last = await told.next();
    expect(last).to.include({ code: 'WATCH_OWN_CHANGES' });
    folder.write('restless', { 'index.js': restless('two') });
    expect(await told.next()).to.include({ plugin: 'restless' });
    expect(await structum.run('restless')).to.equal('two');
  });

  it('tells where a folder cannot be watched', async function () {
    // Elsewhere, watching a folder takes no file descriptor.
    if (process.platform !== 'linux') this.skip();
    folder.writeText('text', 'one');
    // Whatever is not known from its manifest would have to be read.
    await folder.writeManifest('text');
    writeFiles(folder.path, { 'host.mjs': `
      import { closeSync, openSync } from 'node:fs';
      import { Structum } from '@structum/core';
      const structum = await Structum.create({ from: import.meta.url, discover: true });
      await structum.run('text');
      await structum.reload('text');
      const open = [];
      try { for (;;) open.push(openSync(process.execPath)); } catch {}
      const codes = new Set();
      structum.watch({ plugins: ['text'], onError: ({ code }) => codes.add(code) });
      for (const file of open) closeSync(file);
      await structum.dispose();
      console.log([...codes].join());
    ` });
    const { stdout, stderr } = await run('sh', ['-c', 'ulimit -n 256 && exec "$0" host.mjs', process.execPath], { cwd: folder.path });
    expect({ stdout, stderr }).to.deep.equal({ stdout: 'WATCH_FAILED\n', stderr: '' });
  });
});
