import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, MANIFEST_FILE, Structum, type LogRecord } from '@structum/core';
import { formatManifest, generateManifest, readManifest } from '@structum/core/manifest';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

interface Fixture {
  readonly name: string;
  readonly version?: string;
  readonly code?: string;
}

/** Writes a plugin package that notes in `globalThis.loaded` when its code runs, with its manifest. */
async function install(folder: string, packageName: string, { name, version = '1.0.0', code = '' }: Fixture): Promise<void> {
  const files = {
    'package.json': { name: packageName, version, main: './index.cjs' },
    'index.cjs': `
      const { defineCommand, definePlugin } = require('@structum/core');
      (globalThis.loaded ??= []).push('${name} ${version}');
      exports.default = definePlugin({ name: '${name}', description: '${name}',
        commands: [defineCommand({ path: '${name}', description: '${name}', execute: () => '${name} ${version}' })] });
      ${code}`,
  };
  // Made from a twin elsewhere: this process remembers the modules that it has imported.
  const twin = temporaryFolder();
  linkCore(twin);
  writeFiles(twin, files);
  const { manifest } = await generateManifest({ folder: twin });
  writeFiles(join(folder, 'node_modules', packageName), { ...files, [MANIFEST_FILE]: formatManifest(manifest) });
}

function loaded(): readonly string[] {
  return (globalThis as { loaded?: string[] }).loaded ?? [];
}

describe('discovery', () => {
  let folder: string;
  let from: string;
  const lines: LogRecord[] = [];
  const logger = createLogger({ write: (line) => void lines.push(line) });

  beforeEach(() => {
    folder = temporaryFolder();
    from = join(folder, 'app.js');
    linkCore(folder);
    lines.length = 0;
  });

  it('finds packages with a manifest, scoped, linked and further up, and runs none of their code', async () => {
    await install(folder, 'structum-plugin-one', { name: 'one' });
    await install(folder, '@acme/two', { name: 'two' });
    const elsewhere = temporaryFolder();
    linkCore(elsewhere);
    await install(elsewhere, 'three', { name: 'three' });
    symlinkSync(join(elsewhere, 'node_modules/three'), join(folder, 'node_modules/three'), 'junction');
    writeFiles(folder, { 'node_modules/ordinary/package.json': { name: 'ordinary' }, 'packages/app/x.js': '' });
    const before = loaded().length;
    const structum = await Structum.create({ from: join(folder, 'packages/app/x.js'), discover: true });
    expect(structum.registry.plugins.map(({ name, state, source }) => [name, state, source.kind])).to.deep.equal([
      ['one', 'discovered', 'package'],
      ['three', 'discovered', 'package'],
      ['two', 'discovered', 'package'],
    ]);
    expect(loaded()).to.have.length(before);
    expect(structum.timings.discovery).to.be.greaterThan(0);
    expect(await structum.run('two')).to.equal('two 1.0.0');
  });

  it('prefers the nearer of two packages of one name', async () => {
    await install(folder, 'dup', { name: 'dup', version: '1.0.0' });
    linkCore(join(folder, 'app'));
    await install(join(folder, 'app'), 'dup', { name: 'dup', version: '2.0.0' });
    const structum = await Structum.create({ from: join(folder, 'app/x.js'), discover: true, logger });
    expect(structum.registry.plugin('dup')?.version).to.equal('2.0.0');
    expect(lines).to.deep.equal([]);
  });

  it('rejects the second of two plugins of one name, and says so', async () => {
    await install(folder, 'a-first', { name: 'same' });
    await install(folder, 'b-second', { name: 'same' });
    const structum = await Structum.create({ from, discover: true, logger });
    expect(structum.registry.plugin('same')?.source.label).to.equal(join(folder, 'node_modules/a-first'));
    expect(lines.map(({ fields }) => fields['code'])).to.deep.equal(['PLUGIN_DUPLICATE']);
  });

  it('leaves out a package whose manifest cannot be used, with a warning', async () => {
    await install(folder, 'fine', { name: 'fine' });
    writeFiles(folder, { 'node_modules/broken/structum.manifest.json': '{', 'node_modules/empty/structum.manifest.json': {} });
    const structum = await Structum.create({ from, discover: true, logger });
    expect(structum.registry.plugins.map(({ name }) => name)).to.deep.equal(['fine']);
    expect(lines.map(({ level, fields }) => [level, fields['code']])).to.deep.equal([
      ['warn', 'MANIFEST_UNREADABLE'],
      ['warn', 'MANIFEST_INVALID'],
    ]);
  });

  it('passes over what is no package: files, links into nowhere and links in a loop', async function () {
    // Windows lets nobody make such links without further rights.
    if (process.platform === 'win32') this.skip();
    await install(folder, 'fine', { name: 'fine' });
    const modules = join(folder, 'node_modules');
    writeFiles(modules, { file: '', '@file': '' });
    for (const [target, name] of [['nowhere', 'dangling'], ['loop', 'loop'], ['@scope', '@scope']] as const) {
      symlinkSync(target, join(modules, name));
    }
    const structum = await Structum.create({ from, discover: true, logger });
    expect(structum.registry.plugins.map(({ name }) => name)).to.deep.equal(['fine']);
    expect(lines).to.deep.equal([]);
  });

  it('passes over a node_modules that links to itself', async function () {
    if (process.platform === 'win32') this.skip();
    rmSync(join(folder, 'node_modules'), { recursive: true });
    symlinkSync('node_modules', join(folder, 'node_modules'));
    expect((await Structum.create({ from, discover: true, logger })).registry.plugins).to.deep.equal([]);
  });

  it('passes over a package that may not be looked into', async function () {
    // Nothing is closed to the superuser, and Windows has no such mode.
    if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
    const closed = join(folder, 'node_modules/closed');
    mkdirSync(closed);
    chmodSync(closed, 0);
    expect((await Structum.create({ from, discover: true, logger })).registry.plugins).to.deep.equal([]);
  });

  it('refuses code that its manifest no longer describes', async () => {
    await install(folder, 'stale', { name: 'stale' });
    writeFiles(folder, {
      'node_modules/stale/index.cjs': `
        const { defineCommand, definePlugin } = require('@structum/core');
        exports.default = definePlugin({ name: 'stale', description: 'changed',
          commands: [defineCommand({ path: 'stale', description: 'stale', execute: () => 1 })] });`,
    });
    const structum = await Structum.create({ from, discover: true });
    const error = await failure('MANIFEST_STALE', structum.run('stale'));
    expect(error.hint).to.contain('structum plugins manifest');
    expect(error.details?.['differences']).to.deep.equal(['description']);
  });

  it('says so where an entry leads to the code of another plugin', async () => {
    await install(folder, 'one', { name: 'one' });
    await install(folder, 'two', { name: 'two' });
    writeFiles(folder, { 'node_modules/one/index.cjs': `module.exports = require('../two/index.cjs');` });
    const structum = await Structum.create({ from, discover: true });
    const error = await failure('MANIFEST_STALE', structum.run('one'));
    expect(error.details?.['differences']).to.include('name');
  });

  it('refuses a command that its manifest no longer describes', async () => {
    await install(folder, 'drifted', { name: 'drifted' });
    const code = `
      const { defineCommand, definePlugin } = require('@structum/core');
      exports.default = definePlugin({ name: 'drifted', description: 'drifted',
        commands: [defineCommand({ path: 'drifted', description: 'says more now', execute: () => 1 })] });`;
    writeFiles(folder, { 'node_modules/drifted/index.cjs': code });
    const structum = await Structum.create({ from, discover: true });
    const error = await failure('MANIFEST_STALE', structum.run('drifted'));
    expect(error.message).to.contain('commands.drifted');
  });

  it('contains a package that fails to load, and names its file', async () => {
    await install(folder, 'fine', { name: 'fine' });
    await install(folder, 'bad', { name: 'bad' });
    writeFiles(folder, { 'node_modules/bad/index.cjs': 'throw new Error("missing library")' });
    const structum = await Structum.create({ from, discover: true });
    const error = await failure('PLUGIN_LOAD_FAILED', structum.run('bad'));
    expect(error.message).to.contain('missing library').and.contain(join('bad', 'index.cjs'));
    expect(await structum.run('fine')).to.equal('fine 1.0.0');
    expect(structum.registry.plugin('bad')?.state).to.equal('failed');
  });

  it('says why the command of a rejected plugin cannot run', async () => {
    await install(folder, 'needy', { name: 'needy' });
    const manifest = readManifest(join(folder, 'node_modules/needy', MANIFEST_FILE));
    writeFiles(folder, { [join('node_modules/needy', MANIFEST_FILE)]: { ...manifest, requires: { absent: '^1.0.0' } } });
    const judged = await (await Structum.create({ from, discover: true })).registry.judged();
    expect(judged.map(({ name, state, reason }) => [name, state, reason?.code])).to.deep.equal([['needy', 'rejected', 'REQUIREMENT_MISSING']]);
    const structum = await Structum.create({ from, discover: true });
    const error = await failure('PLUGIN_REJECTED', structum.run('needy'));
    expect(error.message).to.contain('"absent" ^1.0.0');
    expect(error.hint).to.contain('Add the plugin "absent"');
  });

  it('loads plugins that are given by name: a package, a module, with and without a manifest', async () => {
    await install(folder, 'named', { name: 'named' });
    writeFiles(folder, {
      'local.mjs': `import { defineCommand, definePlugin } from '@structum/core';
        export default definePlugin({ name: 'local', description: 'local', version: '0.1.0', commands: [defineCommand({ path: 'local', description: 'x', execute: () => 'local' })] });`,
    });
    const structum = await Structum.create({ from, plugins: ['named', './local.mjs'] });
    expect(await structum.run('named')).to.equal('named 1.0.0');
    expect(await structum.run('local')).to.equal('local');
    await failure('PLUGIN_NOT_FOUND', Structum.create({ from, plugins: ['nowhere'] }));
    expect((await failure('PLUGIN_NOT_FOUND', Structum.create({ plugins: ['named'] }))).message).to.contain('no "from"');
  });
});
