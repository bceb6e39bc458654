import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, silentLogger, type DiscoverOptions, type LogRecord } from '@structum/core';
import { formatManifest } from '@structum/core/manifest';
import { expect } from 'chai';
import fc from 'fast-check';
import type { PluginCatalog } from '#internal/core/plugins/catalog.js';
import { openCatalog } from '#internal/core/plugins/plugin-index/index.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';
import { commandOf, manifestFileIn, manifestOf, writePackage } from '../../../support/plugin-package.js';

describe('a catalog of discovered plugins', () => {
  let host: string;
  let cache: string;
  let kept: string;
  const lines: LogRecord[] = [];

  beforeEach(() => {
    const folder = temporaryFolder();
    host = join(folder, 'host');
    cache = join(folder, 'cache');
    kept = join(cache, 'plugins');
    writeFiles(host, { 'package.json': { name: 'host' }, 'node_modules/ordinary/package.json': {} });
    lines.length = 0;
  });

  const logger = createLogger({ level: 'debug', write: (line) => void lines.push(line) });
  const open = (discover: DiscoverOptions = {}, more: { trustedProjects?: readonly string[]; coreVersion?: string } = {}): PluginCatalog =>
    openCatalog({ locations: [join(host, 'app.js')], discover: { cache, ...discover }, trustedProjects: [], coreVersion: '2.0.0', logger, ...more });
  const install = (name: string, more?: Parameters<typeof writePackage>[2], packageName = name): void => { writePackage(join(host, 'node_modules', packageName), name, more); };

  /** Waits until what was written can be told from what is written later. */
  const settle = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 60); });

  it('finds plugins by everything that they say of themselves', () => {
    install('one', {
      category: 'analysis', keywords: ['fast'], provides: ['one.search'], requires: { two: '^1.0.0' }, optional: { three: '*' },
      conflicts: { four: '*' }, requiresServices: ['five.index'], activation: ['onStart'], commands: [commandOf('one find', ['1 now please']), commandOf('one')],
    });
    install('two', {}, '@acme/two');
    for (const run of ['cold', 'warm']) {
      const catalog = open();
      const found = (['command', 'service', 'category', 'keyword', 'dependent', 'consumer', 'opponent', 'activation'] as const).map((kind) =>
        ['one find', 'one.search', 'analysis', 'fast', 'two', 'five.index', 'four', 'onStart'].filter((key) => catalog.find(kind, key).includes('one')));
      expect(found, run).to.deep.equal([['one find'], ['one.search'], ['analysis'], ['fast'], ['two'], ['five.index'], ['four'], ['onStart']]);
      expect([...catalog.find('command', '1 now please'), ...catalog.find('dependent', 'three')]).to.deep.equal(['one', 'one']);
      expect(catalog.find('command', 'constructor')).to.deep.equal([]);
      expect(catalog.longestPath).to.equal(3);
      expect(catalog.entries('two')).to.deep.equal([
        { ...catalog.places('two')[0], folder: join(host, 'node_modules/@acme/two'), manifestFile: manifestFileIn(host, '@acme/two'), manifest: manifestOf('two'), origin: 'host', tier: 'host', rank: 0 },
      ]);
      expect(catalog.all().map(({ manifest }) => manifest.name)).to.deep.equal(['two', 'one']);
      expect(catalog.problems()).to.deep.equal([]);
      expect(catalog.revision).to.equal(0);
    }
  });

  it('tells of manifests that cannot be used', () => {
    writeFiles(host, { 'node_modules/a/structum.manifest.json': '{', 'node_modules/b/structum.manifest.json': {}, 'node_modules/c/structum.manifest.json': manifestOf('c', { entry: '../c.js' }) });
    for (const run of ['cold', 'warm']) {
      expect(open().problems().map(({ error }) => error.code), run).to.deep.equal(['MANIFEST_UNREADABLE', 'MANIFEST_INVALID', 'MANIFEST_INVALID']);
    }
  });

  describe('that was kept', () => {
    const names = (catalog: PluginCatalog): readonly string[] => catalog.all().map(({ manifest: { name, version } }) => `${name} ${version}`);
    const indexes = (): readonly string[] => readdirSync(kept).filter((name) => name.endsWith('.index'));

    it('is used by the next start, which reads no manifest but the one that is asked for', async () => {
      install('one');
      install('two');
      await settle();
      open().find('command', 'one');
      expect(lines).to.have.length(1);
      // Were they read, they would be found to be broken.
      writeFileSync(manifestFileIn(host, 'two'), '{');
      const catalog = open();
      expect([catalog.find('command', 'one'), catalog.entries('one').length, catalog.find('command', 'two')]).to.deep.equal([['one'], 1, ['two']]);
      expect(lines).to.have.length(1);
    });

    it('notices a manifest that was edited in place, with the same size and the same time', async () => {
      install('one', { version: '1.0.0' });
      install('other');
      await settle();
      open().find('command', 'one');
      const file = manifestFileIn(host, 'one');
      const { atime, mtime, size } = statSync(file);
      writeFileSync(file, formatManifest(manifestOf('one', { version: '2.0.0', commands: [commandOf('two')] })));
      utimesSync(file, atime, mtime);
      expect(statSync(file).size).to.equal(size);
      const catalog = open();
      expect(catalog.find('command', 'one')).to.deep.equal(['one']);
      expect(catalog.entries('one')[0]?.manifest.version).to.equal('2.0.0');
      expect(catalog.revision).to.be.greaterThan(0);
      expect([catalog.find('command', 'one'), catalog.find('command', 'two')]).to.deep.equal([[], ['one']]);
      expect(names(open())).to.deep.equal(['one 2.0.0', 'other 1.0.0']);
    });

    it('notices at once what the manifest of a linked package says now: that is where plugins are written', async () => {
      install('one', { commands: [commandOf('shared')] });
      const workshop = join(temporaryFolder(), 'linked');
      writePackage(workshop, 'linked');
      symlinkSync(workshop, join(host, 'node_modules/linked'), 'junction');
      await settle();
      expect(open().find('command', 'shared')).to.deep.equal(['one']);
      writePackage(workshop, 'linked', { commands: [commandOf('shared')] });
      expect(open().find('command', 'shared')).to.have.members(['one', 'linked']);
    });

    it('finds by refresh() what came into a package in place, and says that something is different', async () => {
      install('one');
      await settle();
      const catalog = open();
      expect(catalog.find('command', 'ordinary')).to.deep.equal([]);
      expect(catalog.refresh()).to.equal(false);
      writePackage(join(host, 'node_modules/ordinary'), 'ordinary');
      expect(open().find('command', 'ordinary')).to.deep.equal([]);
      expect(catalog.refresh()).to.equal(true);
      expect(catalog.find('command', 'ordinary')).to.deep.equal(['ordinary']);
      expect(catalog.refresh()).to.equal(false);
    });

    const changes: Readonly<Record<string, { change: () => void; after: readonly string[] }>> = {
      'was installed': { change: () => { install('three'); }, after: ['one 1.0.0', 'three 1.0.0', 'two 1.0.0'] },
      'was installed in a scope that is there': { change: () => { install('four', {}, '@acme/four'); }, after: ['four 1.0.0', 'one 1.0.0', 'two 1.0.0'] },
      'was installed in a new scope': { change: () => { install('five', {}, '@five/five'); }, after: ['five 1.0.0', 'one 1.0.0', 'two 1.0.0'] },
      'was removed': { change: () => { rmSync(join(host, 'node_modules/two'), { recursive: true }); }, after: ['one 1.0.0'] },
      'was upgraded': { change: () => { replace('one', '1.1.0'); }, after: ['one 1.1.0', 'two 1.0.0'] },
      'was downgraded': { change: () => { replace('one', '0.9.0'); }, after: ['one 0.9.0', 'two 1.0.0'] },
      'was linked': { change: () => { link('linked'); }, after: ['linked 1.0.0', 'one 1.0.0', 'two 1.0.0'] },
    };

    /** As package managers do it: made elsewhere, and renamed into its place. */
    function replace(name: string, version: string): void {
      const staging = temporaryFolder();
      writePackage(join(staging, name), name, { version });
      rmSync(join(host, 'node_modules', name), { recursive: true });
      renameSync(join(staging, name), join(host, 'node_modules', name));
    }

    function link(name: string): void {
      const folder = join(temporaryFolder(), name);
      writePackage(folder, name);
      symlinkSync(folder, join(host, 'node_modules', name), 'junction');
    }

    for (const [what, { change, after }] of Object.entries(changes)) {
      it(`notices that a plugin ${what}`, async () => {
        install('one');
        install('two');
        writeFiles(host, { 'node_modules/@acme/ordinary/package.json': {} });
        await settle();
        const running = open();
        expect(names(running)).to.deep.equal(['one 1.0.0', 'two 1.0.0']);
        change();
        const fresh = open();
        const found = ['one', 'two', 'three', 'four', 'five', 'linked'].flatMap((name) => fresh.entries(name)).map(({ manifest: { name, version } }) => `${name} ${version}`);
        expect([...found].sort()).to.deep.equal(after);
        expect([running.refresh(), names(running)]).to.deep.equal([true, after]);
        expect(names(open())).to.deep.equal(after);
      });
    }

    it('follows a link on the way to a package that leads elsewhere now', async () => {
      const folder = temporaryFolder();
      for (const release of ['v1', 'v2']) writePackage(join(folder, release, 'moved'), 'moved');
      const current = join(folder, 'current');
      symlinkSync(join(folder, 'v1'), current, 'junction');
      symlinkSync(join(current, 'moved'), join(host, 'node_modules/moved'), 'junction');
      await settle();
      expect(open().entries('moved').map((entry) => entry.folder)).to.deep.equal([join(folder, 'v1/moved')]);
      rmSync(current);
      symlinkSync(join(folder, 'v2'), current, 'junction');
      expect(open().entries('moved').map((entry) => entry.folder)).to.deep.equal([join(folder, 'v2/moved')]);
    });

    it('notices a node_modules folder where none was', async () => {
      const project = join(host, '../project');
      writeFiles(project, { 'package.json': {} });
      await settle();
      const running = open({ project });
      expect(running.find('command', 'late')).to.deep.equal([]);
      writePackage(join(project, 'node_modules/late'), 'late');
      expect(open({ project }).find('command', 'late')).to.deep.equal(['late']);
      expect([running.refresh(), running.find('command', 'late')]).to.deep.equal([true, ['late']]);
      rmSync(join(project, 'node_modules'), { recursive: true });
      expect(open({ project }).find('command', 'late')).to.deep.equal([]);
      expect([running.refresh(), running.entries('late')]).to.deep.equal([true, []]);
    });

    it('is one for the host, and one for each project that has packages', async () => {
      install('one');
      await settle();
      for (const name of ['a', 'b']) writeFiles(host, { [`../${name}/package.json`]: {}, [`../${name}/node_modules/ordinary/package.json`]: {}, [`../${name}/inner/deep/file`]: '' });
      for (const project of ['a', 'a/inner', 'a/inner/deep', 'b', 'nowhere']) open({ project: join(host, '..', project) }).find('command', 'one');
      expect(indexes()).to.have.length(3);
    });

    it('is that of one core and of one set of folders only', async () => {
      install('one');
      await settle();
      open();
      const catalog = open({}, { coreVersion: '2.0.1' });
      expect(catalog.find('command', 'one')).to.deep.equal(['one']);
      const files = indexes().map((name) => join(kept, name));
      expect(files).to.have.length(1);
      open({}, { coreVersion: '2.0.0' }).find('command', 'one');
      const all = indexes().map((name) => join(kept, name));
      // Each in the place of the other: what a collision of names would do.
      const [a = '', b = ''] = all;
      const contents = all.map((file) => readFileSync(file));
      writeFileSync(a, contents[1] ?? '');
      writeFileSync(b, contents[0] ?? '');
      for (const coreVersion of ['2.0.0', '2.0.1']) expect(names(open({}, { coreVersion }))).to.deep.equal(['one 1.0.0']);
    });

    it('gives the same answers when it was replaced while it is read', async () => {
      for (let index = 0; index < 200; index += 1) install(`plugin-${String(index).padStart(3, '0')}`);
      await settle();
      open().find('command', 'x');
      const reading = open();
      expect(reading.find('command', 'plugin-000')).to.deep.equal(['plugin-000']);
      await settle();
      install('plugin-007', { version: '7.0.0' }, '@acme/seven');
      rmSync(join(host, 'node_modules/plugin-007'), { recursive: true });
      open().find('command', 'x');
      expect(reading.find('command', 'plugin-100')).to.deep.equal(['plugin-100']);
      expect(reading.entries('plugin-007').map(({ manifest }) => manifest.version)).to.deep.equal(['7.0.0']);
      rmSync(cache, { recursive: true });
      await settle();
      expect(reading.find('command', 'plugin-199')).to.deep.equal(['plugin-199']);
    });

    it('is rebuilt whatever became of its bytes', async () => {
      for (let index = 0; index < 60; index += 1) install(`plugin-${String(index)}`, { requires: index > 0 ? { 'plugin-0': '*' } : {}, keywords: [`topic-${String(index % 7)}`] });
      await settle();
      const answers = (catalog: PluginCatalog): unknown => [
        catalog.longestPath, catalog.find('command', 'plugin-7'), catalog.find('keyword', 'topic-3'), catalog.find('dependent', 'plugin-0'),
        catalog.entries('plugin-59'), catalog.entries('none'), catalog.problems(), catalog.all(),
      ];
      const expected = answers(open());
      const [name = ''] = indexes();
      const file = join(kept, name);
      const sound = readFileSync(file);
      const damage = fc.oneof(
        fc.record({ kind: fc.constant('flip' as const), at: fc.nat(sound.length - 1), value: fc.integer({ min: 1, max: 255 }) }),
        // Header, head and references are a small part, and the most delicate.
        fc.record({ kind: fc.constant('flip' as const), at: fc.nat(4000), value: fc.integer({ min: 1, max: 255 }) }),
        fc.record({ kind: fc.constant('cut' as const), at: fc.nat(sound.length), value: fc.constant(0) }),
        fc.record({ kind: fc.constant('extend' as const), at: fc.nat(5000), value: fc.integer({ min: 0, max: 255 }) }),
        fc.record({ kind: fc.constant('zero' as const), at: fc.nat(sound.length - 1), value: fc.integer({ min: 1, max: 9000 }) }),
      );
      fc.assert(fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        let bytes = Buffer.from(sound);
        for (const { kind, at, value } of damages) {
          if (kind === 'cut') bytes = bytes.subarray(0, at);
          else if (kind === 'extend') bytes = Buffer.concat([bytes, Buffer.alloc(at, value)]);
          else if (kind === 'zero') bytes.fill(0, Math.min(at, bytes.length), Math.min(at + value, bytes.length));
          else if (at < bytes.length) bytes.writeUInt8(bytes.readUInt8(at) ^ value, at);
        }
        writeFileSync(file, bytes);
        expect(answers(open())).to.deep.equal(expected);
      }), { numRuns: 150 });
    });

    const hindrances: Readonly<Record<string, () => string>> = {
      'is a file': () => { writeFileSync(cache, ''); return cache; },
      'lies in a file': () => { writeFileSync(cache, ''); return join(cache, 'plugins'); },
      'is a link into nowhere': () => { symlinkSync(join(host, 'nowhere/at/all'), cache); return cache; },
      'holds a folder in place of the index': () => {
        open().find('command', 'one');
        const [name = ''] = indexes();
        rmSync(join(kept, name));
        mkdirSync(join(kept, name, 'inner'), { recursive: true });
        return cache;
      },
    };
    for (const [what, hinder] of Object.entries(hindrances)) {
      it(`costs time only when the cache folder ${what}`, function () {
        if (process.platform === 'win32' && what.includes('link')) this.skip();
        install('one');
        const folder = hinder();
        for (let start = 0; start < 2; start += 1) expect(open({ cache: folder }).find('command', 'one')).to.deep.equal(['one']);
        expect(lines.filter(({ level }) => level !== 'debug')).to.deep.equal([]);
      });
    }

    it('is not needed: without a cache folder nothing is written', () => {
      install('one');
      const catalog = openCatalog({ locations: [join(host, 'app.js')], discover: {}, trustedProjects: [], coreVersion: '2.0.0', logger: silentLogger });
      expect(catalog.find('command', 'one')).to.deep.equal(['one']);
      expect(existsSync(cache)).to.equal(false);
    });
  });
});
