import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_FILE, silentLogger } from '@structum/core';
import { expect } from 'chai';
import type { PluginCatalog } from '#internal/core/plugins/catalog.js';
import { openCatalog } from '#internal/core/plugins/plugin-index/index.js';
import { root, temporaryFolder, writeFiles } from '../../../support/folder.js';
import { manifestFileIn, manifestOf, writePackage } from '../../../support/plugin-package.js';

describe('A package whose manifest cannot be used', () => {
  let host: string;

  beforeEach(() => {
    host = join(temporaryFolder(), 'host');
    writeFiles(host, { 'package.json': {} });
    for (const name of ['a-fine', 'z-fine']) writePackage(join(host, 'node_modules', name), name);
  });

  const open = (): PluginCatalog =>
    openCatalog({ locations: [join(host, 'app.js')], discover: { cache: join(host, '../cache') }, trustedProjects: [], coreVersion: '2.0.0', logger: silentLogger });
  const text = (): string => JSON.stringify(manifestOf('broken'));
  const write = (content: string | Buffer): void => {
    writeFiles(host, { 'node_modules/broken/package.json': {} });
    writeFileSync(manifestFileIn(host, 'broken'), content);
  };
  const link = (target: string): void => {
    writeFiles(host, { 'node_modules/broken/package.json': {} });
    symlinkSync(target, manifestFileIn(host, 'broken'));
  };

  const ways: Readonly<Record<string, readonly [how: () => void, code: string, reason: RegExp]>> = {
    'is empty': [() => { write(''); }, 'MANIFEST_UNREADABLE', /JSON/],
    'was cut off': [() => { write(text().slice(0, 100)); }, 'MANIFEST_UNREADABLE', /JSON/],
    'is no text': [() => { write(Buffer.from([0, 255, 254, 1])); }, 'MANIFEST_UNREADABLE', /JSON/],
    'is in another encoding': [() => { write(Buffer.from(`\uFEFF${text()}`, 'utf16le')); }, 'MANIFEST_UNREADABLE', /JSON/],
    'is a list': [() => { write('[]'); }, 'MANIFEST_INVALID', /no object/],
    'is nothing': [() => { write('null'); }, 'MANIFEST_INVALID', /no object/],
    'says what makes no sense': [() => { write(JSON.stringify({ ...manifestOf('broken'), version: 3, requires: [], commands: 'x' })); }, 'MANIFEST_INVALID', /version.*requires.*commands/],
    'is of a later core': [() => { write(JSON.stringify({ ...manifestOf('broken'), manifestVersion: 99 })); }, 'MANIFEST_INVALID', /99|manifestVersion/],
    'is a folder': [() => { writeFiles(host, { [`node_modules/broken/${MANIFEST_FILE}/inner`]: '' }); }, 'MANIFEST_UNREADABLE', /no file/],
  };
  const waysWithLinks: typeof ways = {
    'is a link to itself': [() => { link(MANIFEST_FILE); }, 'MANIFEST_UNREADABLE', /leads nowhere/],
    'is a link into nowhere': [() => { link('nowhere'); }, 'MANIFEST_UNREADABLE', /leads nowhere/],
    'is a link to a folder': [() => { link('.'); }, 'MANIFEST_UNREADABLE', /no file/],
    'is a pipe': [() => { writeFiles(host, { 'node_modules/broken/package.json': {} }); spawnSync('mkfifo', [manifestFileIn(host, 'broken')]); }, 'MANIFEST_UNREADABLE', /no file/],
  };

  for (const [what, [how, code, reason]] of Object.entries({ ...ways, ...(process.platform === 'win32' ? {} : waysWithLinks) })) {
    it(`is named where the manifest ${what}, and is in nobody's way, until it is mended`, async () => {
      how();
      await new Promise((resolve) => { setTimeout(resolve, 60); });
      for (const run of ['cold', 'warm', 'looked at again']) {
        const catalog = open();
        expect(catalog.find('command', 'z-fine'), run).to.deep.equal(['z-fine']);
        if (run === 'looked at again') expect(catalog.all().map(({ manifest }) => manifest.name)).to.deep.equal(['a-fine', 'z-fine']);
        expect(catalog.problems().map(({ folder, error }) => [folder, error.code]), run).to.deep.equal([[join(host, 'node_modules/broken'), code]]);
        const [problem] = catalog.problems();
        expect(problem?.error.message, run).to.match(reason).and.contain(manifestFileIn(host, 'broken'));
        expect(problem?.error.hint).to.be.a('string');
      }
      rmSync(manifestFileIn(host, 'broken'), { recursive: true });
      write(text());
      const mended = open();
      expect(mended.all().map(({ manifest }) => manifest.name)).to.deep.equal(['a-fine', 'broken', 'z-fine']);
      expect(mended.problems()).to.deep.equal([]);
    });
  }

  it('is none for beginning with a byte order mark, nor for Windows\' ends of lines', () => {
    write(`\uFEFF${JSON.stringify(manifestOf('broken'), undefined, 2).replaceAll('\n', '\r\n')}`);
    for (const run of ['cold', 'warm']) expect([open().entries('broken').length, open().problems()], run).to.deep.equal([1, []]);
    expect(readFileSync(manifestFileIn(host, 'broken'), 'utf8')).to.contain('\r\n');
  });

  it('is named where it may not be read', function () {
    // Nothing is closed to the superuser, and Windows has no such mode.
    if (process.platform === 'win32') this.skip();
    write(text());
    const script = `
      const { Structum } = require(${JSON.stringify(join(root, 'lib/core/dist/index.cjs'))});
      Structum.create({ from: ${JSON.stringify(join(host, 'app.js'))}, discover: true }).then(({ registry }) => {
        process.stdout.write(JSON.stringify([registry.plugins.map(({ name }) => name), registry.problems().map(({ error }) => error.message)]));
      });`;
    spawnSync('chmod', ['-R', 'a+rX', join(host, '..')]);
    spawnSync('chmod', ['0', manifestFileIn(host, 'broken')]);
    const other = process.getuid?.() === 0 ? { uid: 54_321, gid: 54_321 } : {};
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { ...other, encoding: 'utf8' });
    expect(stderr).to.equal('');
    expect(stdout).to.match(/^\[\["a-fine","z-fine"\],\[".*EACCES/);
  });
});
