import { chmodSync, chownSync, lstatSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLogger } from '@structum/core';
import { expect } from 'chai';
import type { PluginCatalog } from '#internal/core/plugins/catalog.js';
import { openCatalog } from '#internal/core/plugins/plugin-index/index.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';
import { commandOf, writePackage } from '../../../support/plugin-package.js';

/** Bytes that say what the others are. */
const HEADER = Array.from({ length: 64 }, (_none, index) => index);

describe('The file of an index', () => {
  let host: string;
  let cache: string;
  let file: string;

  beforeEach(async () => {
    host = join(temporaryFolder(), 'host');
    cache = join(host, '../cache');
    writeFiles(host, { 'package.json': {}, 'secret.txt': 'nobody else is to read or write this' });
    for (const name of ['one', 'two']) writePackage(join(host, 'node_modules', name), name, { commands: [commandOf(name), commandOf(`${name} more`)] });
    // Until what was written can be told from what is written later.
    await new Promise((resolve) => { setTimeout(resolve, 60); });
    open().find('command', 'one');
    const [name = ''] = readdirSync(join(cache, 'plugins'));
    file = join(cache, 'plugins', name);
  });

  const open = (): PluginCatalog => openCatalog({ locations: [join(host, 'app.js')], discover: { cache }, trustedProjects: [], coreVersion: '2.0.0', logger: silentLogger });
  const answers = (catalog: PluginCatalog): readonly unknown[] => [catalog.find('command', 'two more'), catalog.entries('one').map(({ manifest }) => manifest.version), catalog.find('command', 'none')];
  const right = [['two'], ['1.0.0'], []];
  const state = (): string | undefined => {
    const catalog = open();
    expect(answers(catalog)).to.deep.equal(right);
    return catalog.indexes()[0]?.state;
  };

  it('gives the right answers cut off at any length, and is whole again', () => {
    const sound = readFileSync(file);
    for (const length of [...HEADER, ...Array.from({ length: Math.ceil(sound.length / 17) }, (_none, index) => index * 17), sound.length - 1]) {
      writeFileSync(file, sound.subarray(0, length));
      const catalog = open();
      if (answers(catalog).join('|') !== right.join('|')) expect.fail(`cut off after ${String(length)} bytes: ${JSON.stringify(answers(catalog))}`);
    }
    expect(state()).to.equal('fresh');
  });

  it('gives the right answers with any of its bits turned', () => {
    const sound = readFileSync(file);
    for (let bit = 0; bit < sound.length * 8; bit += 97) {
      const bytes = Buffer.from(sound);
      const at = bit >> 3;
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (bit & 7)), at);
      writeFileSync(file, bytes);
      const catalog = open();
      if (answers(catalog).join('|') !== right.join('|')) expect.fail(`bit ${String(bit)} was turned: ${JSON.stringify(answers(catalog))}`);
    }
  });

  describe('where users share a system', () => {
    beforeEach(function () {
      if (process.platform === 'win32') this.skip();
    });

    it('is its user\'s alone, and so is the folder', () => {
      const modeOf = (path: string): number => statSync(path).mode & 0o777;
      expect([modeOf(cache), modeOf(join(cache, 'plugins')), modeOf(file)]).to.deep.equal([0o700, 0o700, 0o600]);
    });

    it('is replaced where it is a link, and what that led to is left as it is', () => {
      const secret = join(host, 'secret.txt');
      chmodSync(secret, 0o600);
      rmSync(file);
      symlinkSync(secret, file);
      expect(state()).to.equal('damaged');
      expect([readFileSync(secret, 'utf8'), lstatSync(file).isFile()]).to.deep.equal(['nobody else is to read or write this', true]);
      expect(state()).to.equal('fresh');
    });

    it('is made anew where others may write it', () => {
      chmodSync(file, 0o666);
      expect([state(), state()]).to.deep.equal(['damaged', 'fresh']);
      expect(statSync(file).mode & 0o777).to.equal(0o600);
    });

    it('is made anew where somebody else wrote it', function () {
      // Only the superuser can give files away.
      if (process.getuid?.() !== 0) this.skip();
      chownSync(file, 54_321, 54_321);
      expect([state(), state()]).to.deep.equal(['damaged', 'fresh']);
      expect(statSync(file).uid).to.equal(0);
    });

    it('is made anew where a link leads to one that somebody else wrote', function () {
      if (process.getuid?.() !== 0) this.skip();
      const forged = join(host, 'forged');
      writeFileSync(forged, readFileSync(file));
      chownSync(forged, 54_321, 54_321);
      rmSync(file);
      symlinkSync(forged, file);
      expect([state(), state()]).to.deep.equal(['damaged', 'fresh']);
      expect(lstatSync(file).isFile()).to.equal(true);
    });
  });
});
