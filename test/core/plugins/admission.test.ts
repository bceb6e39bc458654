import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createLogger, defineCommand, definePlugin, MANIFEST_FILE, Structum, type CommandReference, type LogRecord, type PluginClass } from '@structum/core';
import { formatManifest, generateManifest } from '@structum/core/manifest';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

const code = (name: string, commands = 'one', more = ''): string => `
  import { defineCommand, definePlugin } from '@structum/core';
  const one = defineCommand({ path: '${name} one', description: 'One', execute: () => 1 });
  const two = defineCommand({ path: '${name} two', description: 'Two', execute: () => 2 });
  export default definePlugin({ name: '${name}', description: 'x', ${more} commands: [${commands}] });`;

describe('a plugin that is given by name', () => {
  let folder: string;
  let from: string;

  beforeEach(() => {
    folder = temporaryFolder();
    from = join(folder, 'app.js');
    linkCore(folder);
  });

  const install = async (name: string, packageJson: object, files: Readonly<Record<string, string | object>>): Promise<void> => {
    const place = join(folder, 'node_modules', name);
    writeFiles(place, { 'package.json': { name, version: '3.0.0', ...packageJson }, ...files });
    const { manifest } = await generateManifest({ folder: place });
    writeFiles(place, { [MANIFEST_FILE]: formatManifest(manifest) });
  };

  it('may have an entry for import only, with and without a manifest', async () => {
    const packageJson = { type: 'module', exports: { '.': { import: './index.mjs' } } };
    await install('published', packageJson, { 'index.mjs': code('published') });
    writeFiles(join(folder, 'node_modules/bare'), { 'package.json': { name: 'bare', version: '3.0.0', ...packageJson }, 'index.mjs': code('bare') });
    const structum = await Structum.create({ from, plugins: ['published', 'bare'] });
    expect(await structum.run('published one')).to.equal(1);
    expect(await structum.run('bare one')).to.equal(1);
    expect(structum.registry.plugin('published')?.source).to.deep.equal({ kind: 'package', label: join(folder, 'node_modules/published'), origin: 'host' });
  });

  it('is found by its manifest where a folder within says how its modules are written', async () => {
    await install('dual', { exports: './dist/index.mjs' }, { 'dist/package.json': { type: 'commonjs' }, 'dist/index.mjs': code('dual') });
    const structum = await Structum.create({ from, plugins: ['dual'] });
    expect(structum.registry.plugin('dual')).to.deep.include({ version: '3.0.0', source: { kind: 'package', label: join(folder, 'node_modules/dual'), origin: 'host' } });
  });

  it('is the module itself where that is no entry of a package', async () => {
    await install('many', { exports: './main.mjs' }, { 'main.mjs': code('main'), 'other.mjs': code('other') });
    const structum = await Structum.create({ from, plugins: ['./node_modules/many/other.mjs'] });
    expect(structum.registry.plugins.map(({ name }) => name)).to.deep.equal(['other']);
  });

  it('is no module of Node', async () => {
    for (const name of ['fs', 'node:fs']) await failure('PLUGIN_NOT_FOUND', Structum.create({ from, plugins: [name] }));
  });

  it('keeps why it was not found', async () => {
    const error = await failure('PLUGIN_NOT_FOUND', Structum.create({ from, plugins: ['nowhere'] }));
    expect((error.cause as Error).message).to.contain("'nowhere'");
  });

  it('must be found from a file', async () => {
    for (const place of ['https://example.org/app.js', new URL('https://example.org/app.js'), 'node:fs']) {
      await failure('LOCATION_INVALID', Structum.create({ from: place, plugins: ['nowhere'] }));
    }
    const error = await failure('PLUGIN_NOT_FOUND', Structum.create({ from: pathToFileURL(from), plugins: ['nowhere'] }));
    expect(error.details?.['from']).to.equal(from);
  });
});

describe('a plugin class that is given', () => {
  const withCommand = (reference: CommandReference): PluginClass => definePlugin({ name: 'given', description: 'x', commands: [reference] });
  const given = (folder: string, version?: string): PluginClass =>
    definePlugin({ name: 'given', description: 'x', module: join(folder, 'index.mjs'), ...(version === undefined ? {} : { version }) });

  it('may import its commands, and says which import fails', async () => {
    const command = defineCommand({ path: 'given', description: 'x', execute: () => 1 });
    const structum = await Structum.create({ plugins: [withCommand(() => Promise.resolve({ default: command }))] });
    expect(await structum.run('given')).to.equal(1);
    const missing = ['./missing', 'js'].join('.');
    const error = await failure('PLUGIN_LOAD_FAILED', Structum.create({ plugins: [withCommand(() => import(missing))] }));
    expect(error.message).to.contain('missing.js');
    await failure('PLUGIN_LOAD_FAILED', Structum.create({ plugins: [withCommand(() => Promise.reject(new Error('broken')))] }));
  });

  it('is not waited for without end', async () => {
    const endless = withCommand(() => new Promise(() => undefined));
    await failure('PLUGIN_PHASE_TIMEOUT', Structum.create({ plugins: [endless], limits: { load: 20 } }));
  });

  it('has the version of the package that is its own, else its own version, else that of the package around it', async () => {
    const version = async (packageJson: object, own?: string): Promise<string | undefined> => {
      const folder = temporaryFolder();
      writeFiles(folder, { 'package.json': packageJson });
      return (await Structum.create({ plugins: [given(folder, own)] })).registry.plugin('given')?.version;
    };
    expect(await version({ name: 'app', version: '9.0.0', structum: {} }, '1.0.0')).to.equal('9.0.0');
    expect(await version({ name: 'app', structum: {} }, '1.0.0')).to.equal('1.0.0');
    expect(await version({ name: 'app', version: '9.0.0' }, '1.0.0')).to.equal('1.0.0');
    expect(await version({ name: 'app', version: '9.0.0' })).to.equal('9.0.0');
    expect(await version({ name: 'app' })).to.equal('0.0.0');
  });

  it('cannot be within a package that cannot be read', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'package.json': '{' });
    await failure('PACKAGE_UNREADABLE', Structum.create({ plugins: [given(folder)] }));
  });

  it('is described by its code where its manifest is stale, and that is said', async () => {
    const folder = temporaryFolder();
    linkCore(folder);
    const more = 'module: import.meta.url,';
    writeFiles(folder, { 'package.json': { name: 'stale', version: '1.0.0', exports: './index.mjs' }, 'index.mjs': code('stale', 'one', more), 'later.mjs': code('stale', 'one, two', more) });
    const { manifest, file } = await generateManifest({ folder });
    writeFiles(folder, { [MANIFEST_FILE]: formatManifest(manifest) });
    const lines: LogRecord[] = [];
    const logger = createLogger({ write: (line) => void lines.push(line) });
    const load = async (name: string): Promise<{ default: PluginClass }> => (await import(pathToFileURL(join(folder, name)).href)) as { default: PluginClass };

    const fresh = await Structum.create({ plugins: [await load('index.mjs')], logger });
    expect(await fresh.run('stale one')).to.equal(1);
    expect(lines).to.deep.equal([]);

    const stale = await Structum.create({ plugins: [await load('later.mjs')], logger });
    expect(await stale.run('stale two')).to.equal(2);
    expect(lines.map(({ fields }) => fields['code'])).to.deep.equal(['MANIFEST_STALE']);
    expect(lines[0]?.message).to.contain(file);
  });
});

describe('a discovered plugin', () => {
  it('does not hide a command that its manifest does not list', async () => {
    const folder = temporaryFolder();
    linkCore(folder);
    const place = join(folder, 'node_modules/grown');
    writeFiles(place, { 'package.json': { name: 'grown', version: '1.0.0', exports: './index.mjs' }, 'index.mjs': code('grown') });
    const { manifest } = await generateManifest({ folder: place });
    writeFiles(place, { [MANIFEST_FILE]: formatManifest({ ...manifest, entry: './later.mjs' }), 'later.mjs': code('grown', 'one, two') });
    const structum = await Structum.create({ from: join(folder, 'app.js'), discover: true });
    await failure('MANIFEST_STALE', structum.run('grown one'));
  });
});
