import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { silentLogger } from '@structum/core';
import { expect } from 'chai';
import type { PluginCatalog } from '#internal/core/plugins/catalog.js';
import { searchRoots, type SearchRoot } from '#internal/core/plugins/discovery/index.js';
import { gather } from '#internal/core/plugins/plugin-index/gather.js';
import { openCatalog } from '#internal/core/plugins/plugin-index/index.js';
import { PluginIndex } from '#internal/core/plugins/plugin-index/plugin-index.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';
import { commandOf, manifestFileIn, manifestOf, writePackage } from '../../../support/plugin-package.js';

const CHILD = fileURLToPath(import.meta.resolve('../../../support/catalog-child.js'));

describe('a project that means harm', () => {
  let project: string;
  let cache: string;

  beforeEach(() => {
    project = join(temporaryFolder(), 'project');
    cache = join(project, '../cache');
    writeFiles(project, { 'package.json': {} });
    put('good');
  });

  const put = (name: string, more?: Parameters<typeof writePackage>[2], packageName = name): void => { writePackage(join(project, 'node_modules', packageName), name, more); };
  const open = (): PluginCatalog => openCatalog({ locations: [join(project, '../host/app.js')], discover: { cache, project }, trustedProjects: [], coreVersion: '2.0.0', logger: silentLogger });
  const names = (catalog: PluginCatalog): readonly string[] => catalog.all().map(({ manifest: { name } }) => name);
  const problems = (catalog: PluginCatalog): readonly string[] => catalog.problems().map(({ folder, error: { code, message } }) => `${folder.slice(project.length + 1)} ${code} ${message}`);
  const roots = (): readonly SearchRoot[] => searchRoots({ locations: [], hostTrees: [], project }).project;
  const kept = (): readonly string[] => readdirSync(join(cache, 'plugins')).map((name) => join(cache, 'plugins', name));
  /** Waits until what was written can be told from what is written later. */
  const settle = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 60); });

  describe('with manifests that are links', () => {
    beforeEach(function () {
      if (process.platform === 'win32') this.skip();
    });

    it('has those unread that lead out of their packages', () => {
      writeFiles(project, { 'shared.json': manifestOf('shared'), 'node_modules/a/package.json': {}, 'node_modules/b/package.json': {}, 'node_modules/b/real.json': manifestOf('within') });
      symlinkSync('../../shared.json', manifestFileIn(project, 'a'));
      symlinkSync('real.json', manifestFileIn(project, 'b'));
      for (const run of ['cold', 'warm']) {
        const catalog = open();
        expect(catalog.find('command', 'shared'), run).to.deep.equal([]);
        expect(names(catalog), run).to.deep.equal(['within', 'good']);
        expect(problems(catalog).join(), run).to.match(/^node_modules\/a MANIFEST_UNREADABLE .*leads out of its package/);
      }
    });

    it('has those read that are in a package that is itself a link', () => {
      writePackage(join(project, 'packages/linked'), 'linked');
      symlinkSync(join(project, 'packages/linked'), join(project, 'node_modules/linked'));
      expect(names(open())).to.deep.equal(['good', 'linked']);
    });
  });

  describe('with very much', () => {
    it('has manifests read up to a number of bytes, and tells of what is left out', () => {
      for (let index = 0; index < 20; index += 1) put(`p${String(index + 10)}`, { description: 'x'.repeat(1_000_000) });
      const catalog = open();
      const found = names(catalog);
      expect(found.length).to.be.within(10, 18);
      expect(problems(catalog)).to.have.length(1);
      expect(problems(catalog).join()).to.match(/^node_modules\/p\d+ MANIFEST_UNREADABLE .*more than 16 MB/);
      expect(catalog.find('command', 'good')).to.deep.equal(['good']);
    });

    it('has packages counted, and tells of what is left out', () => {
      for (let index = 0; index < 8; index += 1) put(`p${String(index)}`);
      const { packages } = gather(roots(), undefined, undefined, { packages: 5, names: 1000, bytes: 2 ** 20 });
      expect(packages.map(({ row: { name, problem } }) => name ?? (problem !== undefined && 'reason' in problem ? problem.reason : ''))).to.deep.equal(
        ['good', 'p0', 'p1', 'p2', 'p3', 'it and what comes after it are left out: there are more than 5 plugins']);
    });

    it('has each folder looked through once, however many plugins require what is not there', () => {
      for (let index = 0; index < 30; index += 1) put(`p${String(index + 10)}`, { requires: { missing: '*' } });
      // Two looks at each of 31 packages: as of the project, and as of what lies beside a plugin.
      expect(gather(roots(), undefined, undefined, { packages: 63, names: 200, bytes: 2 ** 20 }).packages.filter(({ row }) => row.problem !== undefined)).to.deep.equal([]);
    });

    it('has names of packages counted, as links can make a folder endless', () => {
      for (let index = 0; index < 8; index += 1) put(`p${String(index)}`);
      const { packages } = gather(roots(), undefined, undefined, { packages: 100, names: 4, bytes: 2 ** 20 });
      expect(packages.length).to.be.lessThan(9);
      expect(JSON.stringify(packages.map(({ row }) => row.problem))).to.contain('more than 4 names');
    });

    it('reads no manifest that is larger than any can be', () => {
      put('large', { description: 'x'.repeat(1.2 * 2 ** 20) });
      expect(open().entries('large')).to.deep.equal([]);
      expect(problems(open()).join()).to.contain('more than 1 MB');
    });

    it('costs a command no more than the plugins of the project where no index can be made', () => {
      const broken = Object.assign([...roots()], { flatMap: () => { throw new RangeError('Invalid array length'); } });
      const index = new PluginIndex({ roots: broken, cache, coreVersion: '2.0.0', logger: silentLogger });
      expect(index.use((table) => table.find('command', 'good'))).to.deep.equal([]);
      expect(index.use((table) => table.find('problem', '').map((id) => table.row(id).problem))).to.deep.equal([{ reason: 'Invalid array length' }]);
      expect(index.refresh()).to.equal(false);
      const next = new PluginIndex({ roots: roots(), cache, coreVersion: '2.0.0', logger: silentLogger });
      expect(next.use((table) => table.find('command', 'good'))).to.have.length(1);
    });
  });

  it('has a manifest refused that is nested without an end', () => {
    for (const [name, deep] of [['deep', `${'['.repeat(6000)}${']'.repeat(6000)}`], ['deeper', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`]] as const) {
      writeFiles(project, { [`node_modules/${name}/structum.manifest.json`]: `{"manifestVersion":${deep},${JSON.stringify(manifestOf(name)).slice(1, -1)},"more":${deep}}` });
    }
    const catalog = open();
    expect(names(catalog)).to.deep.equal(['good']);
    expect(problems(catalog).map((problem) => problem.replace(/ MANIFEST_INVALID .*nested deeper than 64.*/s, ''))).to.deep.equal(['node_modules/deep', 'node_modules/deeper']);
  });

  describe('that replaces files', () => {
    const lookUp = (): { readonly stdout: string; readonly signal: string | null } => spawnSync(process.execPath, [CHILD, project, cache, 'good'], { encoding: 'utf8', timeout: 10_000, killSignal: 'SIGKILL' });
    const pipe = (file: string): void => {
      rmSync(file, { force: true });
      expect(spawnSync('mkfifo', [file]).status).to.equal(0);
    };

    beforeEach(async function () {
      if (process.platform === 'win32') this.skip();
      await settle();
      expect(lookUp().stdout).to.equal('["1.0.0"]');
      await settle();
    });

    it('has nobody wait for a manifest that is a pipe', () => {
      const file = manifestFileIn(project, 'good');
      renameSync(file, `${file}.old`);
      pipe(file);
      expect(lookUp()).to.deep.include({ stdout: '[]', signal: null });
    });

    it('has nobody wait for an index that is a pipe', () => {
      for (const file of kept()) pipe(file);
      expect(lookUp()).to.deep.include({ stdout: '["1.0.0"]', signal: null });
    });

    it('has nothing read of a manifest that has grown beyond measure', () => {
      truncateSync(manifestFileIn(project, 'good'), 2 ** 33);
      expect(lookUp()).to.deep.include({ stdout: '[]', signal: null });
    });
  });

  describe('with scopes', () => {
    const made = (): readonly number[] => kept().map((file) => statSync(file).ino).sort();

    it('that lead nowhere has its index made once, until they lead somewhere', async function () {
      if (process.platform === 'win32') this.skip();
      symlinkSync('../elsewhere', join(project, 'node_modules/@gone'));
      await settle();
      open().find('command', 'good');
      const before = made();
      open().find('command', 'good');
      expect(made()).to.deep.equal(before);
      writePackage(join(project, 'elsewhere/come'), 'come');
      expect(open().find('command', 'come')).to.deep.equal(['come']);
    });

    for (const count of [100, 1100]) {
      it(`as many as ${String(count)} has a plugin found that came into the last one`, async () => {
        for (let index = 0; index < count; index += 1) mkdirSync(join(project, `node_modules/@s${String(index + 1000)}/ordinary`), { recursive: true });
        await settle();
        expect(open().find('command', 'late')).to.deep.equal([]);
        put('late', {}, `@s${String(count + 999)}/late`);
        expect(open().find('command', 'late')).to.deep.equal(['late']);
      });
    }
  });
});

describe('a listing of plugins by what they are about', () => {
  for (const kind of ['category', 'keyword'] as const) {
    it(`is of what they say now, by ${kind}`, async () => {
      const folder = temporaryFolder();
      const cache = join(folder, 'cache');
      const open = (): PluginCatalog => openCatalog({ locations: [], discover: { cache, folders: [join(folder, 'plugins')] }, trustedProjects: [], coreVersion: '2.0.0', logger: silentLogger });
      writePackage(join(folder, 'plugins/one'), 'one', { category: 'old', keywords: ['old'], commands: [commandOf('one')] });
      await new Promise((resolve) => { setTimeout(resolve, 60); });
      open().find(kind, 'old');
      const file = join(folder, 'plugins/one/structum.manifest.json');
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"old"', '"new"'));
      const catalog = open();
      expect([catalog.find(kind, 'old'), catalog.find(kind, 'new')]).to.deep.equal([[], ['one']]);
    });
  }
});
