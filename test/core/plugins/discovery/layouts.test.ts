import { symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { silentLogger, type DiscoverOptions } from '@structum/core';
import { expect } from 'chai';
import type { PluginCatalog } from '#internal/core/plugins/catalog.js';
import { plugAndPlayProjectOf } from '#internal/core/platform/plug-and-play.js';
import { openCatalog } from '#internal/core/plugins/plugin-index/index.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';
import { writePackage } from '../../../support/plugin-package.js';

/** Folders as package managers leave them; what these really do is tested where a network may be used. */
describe('discovering plugins', () => {
  let folder: string;

  beforeEach(() => {
    folder = join(temporaryFolder(), 'work');
    writeFiles(folder, { '.git/HEAD': '', 'package.json': { name: 'root' } });
  });

  const open = (discover: DiscoverOptions, location?: string): PluginCatalog =>
    openCatalog({ locations: location === undefined ? [] : [join(folder, location)], discover, trustedProjects: [], coreVersion: '2.0.0', logger: silentLogger });
  const found = (catalog: PluginCatalog): readonly string[] => catalog.all().map((entry) => `${entry.origin} ${entry.manifest.name} ${relative(folder, entry.folder).replaceAll('\\', '/')}`);
  const put = (path: string, name: string, more?: Parameters<typeof writePackage>[2]): void => { writePackage(join(folder, path), name, more); };
  const link = (target: string, path: string): void => {
    writeFiles(join(folder, dirname(path)), { '.keep': '' });
    symlinkSync(join(folder, target), join(folder, path), 'junction');
  };

  it('looks into the node_modules of a project from where one works up to the root of its repository', () => {
    put('packages/app/node_modules/near', 'near');
    put('node_modules/far', 'far');
    put('../outside/node_modules/beyond', 'beyond');
    writeFiles(folder, { 'packages/app/package.json': {}, 'packages/app/src/deep/file': '' });
    const expected = ['project near packages/app/node_modules/near', 'project far node_modules/far'];
    expect(found(open({ project: join(folder, 'packages/app/src/deep') }))).to.deep.equal(expected);
    expect(found(open({ project: folder }))).to.deep.equal(expected.slice(1));
    expect(found(open({ project: join(folder, 'nowhere') }))).to.deep.equal([]);
  });

  it('goes no further up than the outermost package, and not into the home folder', () => {
    writeFiles(folder, { 'home/package.json': {}, 'home/work/app/package.json': {}, 'home/work/app/src/file': '' });
    for (const path of ['home', 'home/work', 'home/work/app']) put(`${path}/node_modules/plugin-${path.replaceAll('/', '-')}`, path.replaceAll('/', '-'));
    const before = process.env['HOME'];
    process.env['HOME'] = join(folder, 'home');
    try {
      const names = (project: string): readonly string[] => open({ project: join(folder, project) }).all().map(({ manifest }) => manifest.name);
      if (process.platform !== 'win32') expect(names('home/work/app/src')).to.deep.equal(['home-work-app']);
      expect(names('home/work/app/src')).to.include('home-work-app');
    } finally {
      process.env['HOME'] = before;
    }
  });

  it('finds packages of workspaces once, where they really are', () => {
    put('packages/tool', 'tool');
    link('packages/tool', 'node_modules/@acme/tool');
    link('packages/tool', 'packages/app/node_modules/tool');
    writeFiles(folder, { 'packages/app/package.json': {} });
    expect(found(open({ project: join(folder, 'packages/app') }))).to.deep.equal(['project tool packages/tool']);
  });

  it('finds what a plugin requires where only that plugin sees it: beside it in a store, or within it', () => {
    const store = 'node_modules/.pnpm';
    put(`${store}/alpha@1/node_modules/alpha`, 'alpha', { requires: { beta: '*' }, requiresServices: ['gamma.index'] });
    put(`${store}/beta@1/node_modules/beta`, 'beta', { requires: { delta: '*' } });
    put(`${store}/gamma@1/node_modules/gamma`, 'gamma', { provides: ['gamma.index'] });
    put(`${store}/beta@1/node_modules/unneeded`, 'unneeded');
    link(`${store}/alpha@1/node_modules/alpha`, 'node_modules/alpha');
    link(`${store}/beta@1/node_modules/beta`, `${store}/alpha@1/node_modules/beta`);
    link(`${store}/gamma@1/node_modules/gamma`, `${store}/alpha@1/node_modules/@acme/gamma`);
    put(`${store}/beta@1/node_modules/beta/node_modules/delta`, 'delta');
    expect(found(open({ project: folder }))).to.deep.equal([
      `project alpha ${store}/alpha@1/node_modules/alpha`,
      `project gamma ${store}/gamma@1/node_modules/gamma`,
      `project beta ${store}/beta@1/node_modules/beta`,
      `project delta ${store}/beta@1/node_modules/beta/node_modules/delta`,
    ]);
  });

  it('finds what a plugin requires beside it in a store of yarn', () => {
    const store = 'node_modules/.store';
    put(`${store}/alpha-1/package`, 'alpha', { requires: { beta: '*' } });
    put(`${store}/beta-1/package`, 'beta');
    link(`${store}/alpha-1/package`, 'node_modules/alpha');
    link(`${store}/beta-1/package`, `${store}/alpha-1/node_modules/beta`);
    expect(found(open({ project: folder }))).to.deep.equal([`project alpha ${store}/alpha-1/package`, `project beta ${store}/beta-1/package`]);
  });

  it('does not look beside what is linked from elsewhere', () => {
    put('../elsewhere/alpha', 'alpha', { requires: { beta: '*' } });
    put('../elsewhere/node_modules/beta', 'beta');
    link('../elsewhere/alpha', 'node_modules/alpha');
    expect(found(open({ project: folder }))).to.deep.equal(['project alpha ../elsewhere/alpha']);
  });

  it('counts what the host merely sees as of any other source that it belongs to', () => {
    put('node_modules/inner', 'inner');
    put('../node_modules/outer', 'outer');
    writeFiles(folder, { 'tools/node_modules/host/app.js': '' });
    expect(found(open({ project: folder }, 'tools/node_modules/host/app.js'))).to.deep.equal(['host outer ../node_modules/outer', 'project inner node_modules/inner']);
    const trusting = openCatalog({ locations: [join(folder, 'tools/node_modules/host/app.js')], discover: { project: folder }, trustedProjects: [folder], coreVersion: '2.0.0', logger: silentLogger });
    expect(trusting.all().map(({ manifest, tier }) => `${manifest.name} ${tier}`)).to.deep.equal(['inner installed', 'outer found']);
  });

  it('takes no second copy of what is there already', () => {
    put('node_modules/alpha', 'alpha', { requires: { beta: '^1.0.0' } });
    put('node_modules/beta', 'beta');
    put('node_modules/alpha/node_modules/beta', 'beta', { version: '1.0.1' });
    expect(found(open({ project: folder }))).to.deep.equal(['project alpha node_modules/alpha', 'project beta node_modules/beta']);
  });

  it('orders what it finds by its sources: beside the host, links, the user\'s folder, configured folders, the project', () => {
    put('../host/node_modules/one', 'one');
    put('elsewhere/two', 'two');
    link('elsewhere/two', 'links/@acme/two');
    put('user/node_modules/three', 'three');
    put('extra/four', 'four');
    put('extra/node_modules/five', 'five');
    put('single', 'six');
    put('single/node_modules/hidden', 'hidden');
    put('node_modules/seven', 'seven');
    const options = { linkFolder: join(folder, 'links'), userFolder: join(folder, 'user'), folders: [join(folder, 'extra'), join(folder, 'absent'), join(folder, 'single')], project: folder };
    writeFiles(folder, { '../host/package.json': {} });
    expect(found(open(options, '../host/app.js'))).to.deep.equal([
      'host one ../host/node_modules/one', 'linked two elsewhere/two', 'user three user/node_modules/three', 'configured four extra/four',
      'configured five extra/node_modules/five', 'configured six single',
      'project seven node_modules/seven',
    ]);
    expect(found(open({ ...options, host: false }, '../host/app.js'))[0]).to.equal('linked two elsewhere/two');
  });

  it('puts what is merely found last, whatever its source, and names its tier', () => {
    put('../host/lib/node_modules/same', 'same', { version: '1.0.0' });
    put('../host/node_modules/same', 'same', { version: '2.0.0' });
    put('user/node_modules/same', 'same', { version: '3.0.0' });
    put('node_modules/same', 'same', { version: '4.0.0' });
    const catalog = open({ userFolder: join(folder, 'user'), project: folder, trust: ({ origin }) => (origin === 'user' ? 'installed' : 'found') }, '../host/lib/app.js');
    expect(catalog.entries('same').map(({ manifest: { version }, tier }) => `${version} ${tier}`)).to.deep.equal(['3.0.0 installed', '1.0.0 found', '4.0.0 found']);
  });

  it('finds by the commands of the package that counts only', () => {
    put('../host/node_modules/same', 'same');
    writeFiles(folder, { '../host/package.json': {} });
    put('node_modules/same', 'same', { provides: ['same.more'] });
    const catalog = open({ project: folder }, '../host/app.js');
    expect(catalog.entries('same').map(({ tier }) => tier)).to.deep.equal(['host', 'found']);
    expect(catalog.find('command', 'same')).to.deep.equal(['same']);
    expect(catalog.find('service', 'same.more')).to.deep.equal([]);
  });

  it('tells of Plug\'n\'Play where no folder holds packages', () => {
    writeFiles(folder, { '.pnp.cjs': '', 'src/main.js': '' });
    const problems = open({ project: join(folder, 'src') }, 'src/main.js').problems();
    expect(problems.map(({ origin, error }) => `${origin} ${error.code}`)).to.deep.equal(['host PNP_UNSUPPORTED']);
    expect(problems[0]?.error.hint).to.contain('node-modules');
    // What build tools keep in such a folder is no package.
    writeFiles(folder, { 'node_modules/.cache/tool/file': '' });
    expect(open({ project: folder }, 'src/main.js').problems()).to.have.length(1);
    writeFiles(folder, { 'node_modules/x/package.json': {} });
    expect(open({ project: folder }, 'src/main.js').problems()).to.deep.equal([]);
  });

  for (const file of ['.pnp.cjs', '.pnp.loader.mjs', '.pnp.js']) {
    it(`knows Plug'n'Play by its ${file}, in a folder above too`, () => {
      writeFiles(folder, { [file]: '', 'packages/app/package.json': {}, 'packages/app/src/main.js': '' });
      const problems = open({ project: join(folder, 'packages/app/src') }).problems();
      expect(problems.map(({ origin, folder: where, error }) => `${origin} ${error.code} ${relative(folder, where)}`)).to.deep.equal(['project PNP_UNSUPPORTED ']);
    });
  }

  it('asks the process itself whether its packages come by Plug\'n\'Play', () => {
    const api = { topLevel: {}, getPackageInformation: () => ({ packageLocation: '/work/project/' }) };
    expect(plugAndPlayProjectOf('/cache/cli.zip/node_modules/cli/bin.js', { findPnpApi: () => api })).to.equal('/work/project');
    expect(plugAndPlayProjectOf('/elsewhere/bin.js', { findPnpApi: () => null })).to.equal(undefined);
    expect(plugAndPlayProjectOf('/elsewhere/bin.js')).to.equal(undefined);
  });

  it('gives the same whatever is in the way: files, links into nowhere, links in a loop', async function () {
    if (process.platform === 'win32') this.skip();
    put('node_modules/fine', 'fine');
    writeFiles(folder, { 'node_modules/file': '', 'node_modules/@file': '', 'node_modules/plain/package.json': {} });
    for (const [target, name] of [['nowhere', 'dangling'], ['loop', 'loop'], ['@scope', '@scope'], ['.', '@self']] as const) symlinkSync(target, join(folder, 'node_modules', name));
    const catalog = open({ project: folder });
    expect(found(catalog)).to.deep.equal(['project fine node_modules/fine']);
    expect(catalog.problems()).to.deep.equal([]);
  });
});
