import { mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, silentLogger, type DiscoverOptions, type LogRecord } from '@structum/core';
import { expect } from 'chai';
import type { PluginCatalog } from '#internal/core/plugins/catalog.js';
import { openCatalog } from '#internal/core/plugins/plugin-index/index.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';
import { commandOf, manifestFileIn, manifestOf, writePackage } from '../../../support/plugin-package.js';

describe('a catalog of discovered plugins', () => {
  let host: string;
  let cache: string;
  const lines: LogRecord[] = [];

  beforeEach(() => {
    const folder = temporaryFolder();
    host = join(folder, 'host');
    cache = join(folder, 'cache');
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
        { folder: join(host, 'node_modules/@acme/two'), manifestFile: manifestFileIn(host, '@acme/two'), manifest: manifestOf('two'), origin: 'host', tier: 'host', rank: 0 },
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
  void [mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync, silentLogger, settle];
});
