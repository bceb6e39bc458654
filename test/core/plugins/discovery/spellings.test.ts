import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { silentLogger, type DiscoverOptions } from '@structum/core';
import { expect } from 'chai';
import { isTrustedProject } from '#internal/core/config/trusted-projects.js';
import type { PluginCatalog } from '#internal/core/plugins/catalog.js';
import { openCatalog } from '#internal/core/plugins/plugin-index/index.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';
import { writePackage } from '../../../support/plugin-package.js';

/**
 * Another name that the file system has for a folder: in capitals, where it does not tell these from small letters, as
 * those of Windows and macOS do not; a link, which gives as little reason to take it for another one, elsewhere.
 */
function otherSpelling(folder: string): string {
  const spelling = join(dirname(folder), basename(folder).toUpperCase());
  if (!existsSync(spelling)) symlinkSync(folder, spelling, 'junction');
  return spelling;
}

describe('A folder that has two spellings', () => {
  let folder: string;

  beforeEach(() => {
    folder = join(temporaryFolder(), 'work');
    writePackage(join(folder, 'plugins/one'), 'one');
    writePackage(join(folder, 'project/node_modules/two'), 'two');
    writeFiles(folder, { 'project/package.json': {}, 'project/.git/HEAD': '' });
  });

  const open = (discover: DiscoverOptions, locations: readonly string[] = [], trustedProjects: readonly string[] = []): PluginCatalog =>
    openCatalog({ locations, discover: { cache: join(folder, 'cache'), ...discover }, trustedProjects, coreVersion: '2.0.0', logger: silentLogger });
  const found = (catalog: PluginCatalog): readonly string[] => catalog.all().map(({ manifest: { name }, folder: where, tier }) => `${name} ${where.slice(folder.length + 1).replaceAll('\\', '/')} ${tier}`);

  it('is searched once', () => {
    const plugins = join(folder, 'plugins');
    expect(found(open({ folders: [otherSpelling(plugins), plugins] }))).to.deep.equal(['one plugins/one installed']);
    expect(found(open({ folders: [plugins, otherSpelling(join(plugins, 'one'))] }))).to.deep.equal(['one plugins/one installed']);
  });

  it('has one index', () => {
    const plugins = join(folder, 'plugins');
    for (const each of [plugins, otherSpelling(plugins)]) open({ folders: [each] }).find('command', 'one');
    expect(readdirSync(join(folder, 'cache/plugins'))).to.have.length(1);
  });

  it('is trusted by either', () => {
    const project = join(folder, 'project');
    const other = otherSpelling(project);
    expect([isTrustedProject(project, [other]), isTrustedProject(other, [project]), isTrustedProject(folder, [other])]).to.deep.equal([true, true, false]);
    expect(found(open({ project: other }, [], [project]))).to.deep.equal(['two project/node_modules/two installed']);
    expect(found(open({ project }, [], [other]))).to.deep.equal(['two project/node_modules/two installed']);
  });

  it('is the host\'s by either', () => {
    const project = join(folder, 'project');
    writeFiles(project, { 'node_modules/host/app.js': '' });
    const expected = ['two project/node_modules/two host'];
    expect(found(open({ project }, [join(otherSpelling(project), 'node_modules/host/app.js')]))).to.deep.equal(expected);
    expect(found(open({ project: otherSpelling(project) }, [join(project, 'node_modules/host/app.js')]))).to.deep.equal(expected);
  });
});

describe('A path that is long', () => {
  const long = Array.from({ length: 6 }, (_none, index) => String(index).repeat(60));

  it('leads to plugins, and to their index, longer than Windows once took', async () => {
    const folder = join(temporaryFolder(), ...long);
    writePackage(join(folder, 'plugins/one'), 'one');
    // Until what was written can be told from what is written later.
    await new Promise((resolve) => { setTimeout(resolve, 60); });
    for (const run of ['made', 'fresh']) {
      const catalog = openCatalog({ locations: [], discover: { cache: join(folder, 'cache'), folders: [join(folder, 'plugins')] }, trustedProjects: [], coreVersion: '2.0.0', logger: silentLogger });
      expect([catalog.find('command', 'one'), catalog.entries('one').map((entry) => entry.folder)]).to.deep.equal([['one'], [join(folder, 'plugins/one')]]);
      expect(catalog.indexes().map(({ state }) => state)).to.deep.equal([run]);
    }
  });

  it('is in nobody\'s way where no file system takes it', () => {
    const folder = temporaryFolder();
    writePackage(join(folder, 'plugins/one'), 'one');
    const beyond = join(folder, 'x'.repeat(300), ...Array.from({ length: 200 }, () => 'y'.repeat(200)));
    for (const cache of [beyond, join(folder, 'cache')]) {
      const catalog = openCatalog({ locations: [join(beyond, 'app.js')], discover: { cache, folders: [beyond, join(folder, 'plugins')], project: beyond, linkFolder: beyond, userFolder: beyond }, trustedProjects: [beyond], coreVersion: '2.0.0', logger: silentLogger });
      expect(catalog.find('command', 'one')).to.deep.equal(['one']);
      expect(catalog.problems()).to.deep.equal([]);
    }
  });
});
