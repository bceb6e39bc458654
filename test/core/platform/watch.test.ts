import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FileWatch, FolderContent } from '#internal/core/platform/index.js';
import { expect } from 'chai';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

const counts = (file: string): boolean => file.endsWith('.js');

/** What a watch tells, in order. */
class Watched implements Disposable {
  readonly changes: string[][] = [];
  readonly #watch: FileWatch;
  #heard: (() => void) | undefined;

  constructor(folder: string, files: readonly string[] = []) {
    this.#watch = new FileWatch({
      folders: [folder], files, counts, debounce: 30,
      onChange: (changed) => {
        this.changes.push(changed.map((file) => relative(folder, file)).sort());
        this.#heard?.();
      },
      onError: (error) => { throw error as Error; },
    });
  }

  async next(): Promise<readonly string[]> {
    while (this.changes.length === 0) await new Promise<void>((resolve) => { this.#heard = resolve; });
    return this.changes.shift() ?? [];
  }

  [Symbol.dispose](): void {
    this.#watch[Symbol.dispose]();
  }
}

describe('FileWatch', () => {
  let folder: string;
  let watched: Watched;

  beforeEach(() => {
    folder = temporaryFolder();
    writeFiles(folder, { 'a.js': 'a', 'lib/b.js': 'b', 'c.txt': 'c', 'node_modules/d.js': 'd', '.git/e.js': 'e' });
    watched = new Watched(folder);
  });

  afterEach(() => { watched[Symbol.dispose](); });

  it('tells of files that are written, in any folder', async () => {
    writeFiles(folder, { 'a.js': 'other', 'lib/b.js': 'other' });
    expect(await watched.next()).to.deep.equal(['a.js', join('lib', 'b.js')]);
  });

  it('tells each time a file is replaced by another one', async () => {
    for (const content of ['one', 'two', 'three']) {
      writeFiles(folder, { 'new.tmp': content });
      renameSync(join(folder, 'new.tmp'), join(folder, 'a.js'));
      expect(await watched.next()).to.deep.equal(['a.js']);
    }
  });

  it('tells of files that come and go, also with their folders', async () => {
    writeFiles(folder, { 'deep/er/new.js': 'new' });
    expect(await watched.next()).to.deep.equal([join('deep', 'er', 'new.js')]);
    writeFiles(folder, { 'deep/er/new.js': 'newer' });
    expect(await watched.next()).to.deep.equal([join('deep', 'er', 'new.js')]);
    rmSync(join(folder, 'deep'), { recursive: true });
    expect(await watched.next()).to.deep.equal([join('deep', 'er', 'new.js')]);
  });

  it('tells nothing of what does not count, or holds the same as before', async () => {
    writeFiles(folder, { 'c.txt': 'other', 'node_modules/d.js': 'other', '.git/e.js': 'other', 'a.js': 'a' });
    mkdirSync(join(folder, 'empty'));
    await sleep(150);
    writeFiles(folder, { 'lib/b.js': 'last' });
    expect(await watched.next()).to.deep.equal([join('lib', 'b.js')]);
  });

  it('tells of further files, also where a link on the way leads elsewhere', async function () {
    if (process.platform === 'win32') this.skip(); // links to files need a privilege there
    const config = temporaryFolder();
    writeFiles(config, { 'one/config.yaml': 'one', 'two/config.yaml': 'two' });
    symlinkSync('one', join(config, 'data'));
    symlinkSync('data/config.yaml', join(config, 'config.yaml'));
    using more = new Watched(folder, [join(config, 'config.yaml')]);
    symlinkSync('two', join(config, 'other'));
    renameSync(join(config, 'other'), join(config, 'data'));
    expect(await more.next()).to.deep.equal([relative(folder, join(config, 'config.yaml'))]);
  });

  it('tells nothing any more once it is disposed', async () => {
    writeFiles(folder, { 'a.js': 'other' });
    watched[Symbol.dispose]();
    await sleep(100);
    expect(watched.changes).to.deep.equal([]);
  });

  it('tells of a folder that never rests', async () => {
    const writing = setInterval(() => { writeFiles(folder, { 'lib/b.js': String(Math.random()) }); }, 5);
    try {
      expect(await watched.next()).to.deep.equal([join('lib', 'b.js')]);
    } finally {
      clearInterval(writing);
    }
  });
});

describe('FolderContent', () => {
  it('is the same for the same content, whenever it was written', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'a.js': 'a', 'b.js': 'b' });
    const content = new FolderContent({ folders: [folder], counts });
    const before = content.digest;
    writeFiles(folder, { 'a.js': 'b' });
    expect(content.update()).to.deep.equal([join(folder, 'a.js')]);
    expect(content.digest).not.to.equal(before);
    writeFiles(folder, { 'a.js': 'a' });
    expect(content.update()).to.deep.equal([join(folder, 'a.js')]);
    expect(content.digest).to.equal(before);
    expect(new FolderContent({ folders: [folder], counts }).digest).to.equal(before);
  });
});
