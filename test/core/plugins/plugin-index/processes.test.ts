import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { writeIndex } from '#internal/core/plugins/plugin-index/write.js';
import { linkCore, temporaryFolder, writeFiles } from '../../../support/folder.js';
import { writePackage } from '../../../support/plugin-package.js';
import { runNode } from '../../../support/run.js';

describe('An index that many processes share', () => {
  let host: string;
  let cache: string;

  beforeEach(() => {
    const folder = temporaryFolder();
    host = join(folder, 'host');
    cache = join(folder, 'cache');
    writeFiles(host, {
      'package.json': {},
      'find.mjs': `
        import { Structum } from '@structum/core';
        const cache = process.argv[2];
        const structum = await Structum.create({ from: import.meta.url, discover: { cache } });
        process.stdout.write(['plugin-7', 'plugin-299', 'none'].map((path) => structum.registry.command(path)?.plugin ?? '-').join());`,
    });
    linkCore(host);
    for (let index = 0; index < 300; index += 1) writePackage(join(host, `node_modules/plugin-${String(index)}`), `plugin-${String(index)}`);
  });

  const kept = (): readonly string[] => readdirSync(join(cache, 'plugins'));

  it('is made by twenty at once, and all of them succeed', async function () {
    this.timeout(60_000);
    const results = await Promise.all(Array.from({ length: 20 }, () => runNode([join(host, 'find.mjs'), cache])));
    for (const result of results) expect(result).to.deep.equal({ stdout: 'plugin-7,plugin-299,-', stderr: '', code: 0 });
    expect(kept()).to.have.length(1);
    const [name = ''] = kept();
    const before = readFileSync(join(cache, 'plugins', name));
    expect((await runNode([join(host, 'find.mjs'), cache])).stdout).to.equal('plugin-7,plugin-299,-');
    expect(readFileSync(join(cache, 'plugins', name)).equals(before), 'the last one is whole, and is used').to.equal(true);
  });

  it('costs time only where the folder may not be written to', async function () {
    this.timeout(30_000);
    if (process.platform === 'win32') this.skip();
    mkdirSync(cache);
    chmodSync(join(host, '..'), 0o755);
    chmodSync(cache, 0o555);
    const isRoot = process.getuid?.() === 0;
    // Nothing is closed to the superuser.
    const other = isRoot ? { uid: 54_321, gid: 54_321 } : {};
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(host, 'find.mjs'), cache], { ...other, encoding: 'utf8', env: { PATH: process.env['PATH'] } });
    expect([stdout, stderr, status]).to.deep.equal(['plugin-7,plugin-299,-', '', 0]);
    expect(readdirSync(cache)).to.deep.equal([]);
  });

  it('costs time only where the disk is full, and leaves nothing half-written there', async function () {
    this.timeout(30_000);
    mkdirSync(cache);
    const mounted = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', cache]).status === 0;
    // Only the superuser can make a disk that small.
    if (!mounted) this.skip();
    try {
      for (let start = 0; start < 2; start += 1) expect((await runNode([join(host, 'find.mjs'), cache])).stdout).to.equal('plugin-7,plugin-299,-');
      expect(kept()).to.deep.equal([]);
    } finally {
      spawnSync('umount', [cache]);
    }
  });
});

describe('Writing an index', () => {
  let folder: string;

  beforeEach(() => {
    folder = join(temporaryFolder(), 'plugins');
  });

  it('keeps what living writers have begun, and removes what dead ones left', () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    writeFiles(folder, {
      [`.a.index.${String(gone)}.x1.tmp`]: '', [`.b.index.${String(process.pid)}.x1.tmp`]: '', '.other.tmp': '', 'b.index': '',
    });
    writeIndex(join(folder, 'a.index'), Buffer.from('content'));
    expect(readdirSync(folder).sort()).to.deep.equal([`.b.index.${String(process.pid)}.x1.tmp`, '.other.tmp', 'a.index', 'b.index']);
    expect(readFileSync(join(folder, 'a.index'), 'utf8')).to.equal('content');
  });

  it('removes the oldest where there are very many', () => {
    writeFiles(folder, Object.fromEntries(Array.from({ length: 600 }, (_none, index) => [`${String(index)}.index`, ''])));
    writeIndex(join(folder, 'new.index'), Buffer.from('content'));
    expect(readdirSync(folder).length).to.be.lessThan(400);
    expect(existsSync(join(folder, 'new.index'))).to.equal(true);
  });

  it('leaves nothing behind when it fails', () => {
    writeFiles(folder, { 'a.index/inner': '' });
    expect(() => { writeIndex(join(folder, 'a.index'), Buffer.from('content')); }).to.throw();
    expect(readdirSync(folder)).to.deep.equal(['a.index']);
  });
});
