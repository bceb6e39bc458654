import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FolderContent } from '#internal/core/platform/folder-content.js';
import { FileWatch } from '#internal/core/platform/watch.js';
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

  it('goes on with folders that are removed and made again, or replaced by others', async () => {
    const lib = join(folder, 'lib');
    rmSync(lib, { recursive: true });
    writeFiles(folder, { 'lib/b.js': 'built' });
    expect(await watched.next()).to.deep.equal([join('lib', 'b.js')]);
    writeFiles(folder, { 'lib/b.js': 'saved' });
    expect(await watched.next()).to.deep.equal([join('lib', 'b.js')]);
    writeFiles(folder, { '.new/b.js': 'swapped' });
    renameSync(lib, join(folder, '.old'));
    renameSync(join(folder, '.new'), lib);
    expect(await watched.next()).to.deep.equal([join('lib', 'b.js')]);
    writeFiles(folder, { 'lib/b.js': 'saved again' });
    expect(await watched.next()).to.deep.equal([join('lib', 'b.js')]);
  });

  for (const [when, gap] of [['at once', 0], ['later', 150]] as const) {
    it(`goes on with the folder itself when that goes and comes back ${when}`, async () => {
      rmSync(folder, { recursive: true });
      if (gap > 0) expect(await watched.next()).to.deep.equal(['a.js', join('lib', 'b.js')]);
      writeFiles(folder, { 'a.js': 'back' });
      expect(await watched.next()).to.include('a.js');
      writeFiles(folder, { 'a.js': 'saved' });
      expect(await watched.next()).to.deep.equal(['a.js']);
    });
  }

  it('tells of a folder, and of a file, of which not even the folder around it was there', async () => {
    const place = temporaryFolder();
    using more = new Watched(join(place, 'some/where'), [join(place, 'else/config.yaml')]);
    writeFiles(place, { 'some/where/a.js': 'new' });
    expect(await more.next()).to.deep.equal(['a.js']);
    writeFiles(place, { 'else/config.yaml': 'new' });
    expect(await more.next()).to.deep.equal([join('..', '..', 'else', 'config.yaml')]);
  });

  it('tells of what is behind links to folders, and of folders that are linked later', async () => {
    const linked = temporaryFolder();
    writeFiles(linked, { 'one/x.js': 'one', 'two/x.js': 'two' });
    symlinkSync(join(linked, 'one'), join(folder, 'out'), 'junction');
    expect(await watched.next()).to.deep.equal([join('out', 'x.js')]);
    writeFiles(linked, { 'one/x.js': 'other' });
    expect(await watched.next()).to.deep.equal([join('out', 'x.js')]);
    rmSync(join(folder, 'out'));
    symlinkSync(join(linked, 'two'), join(folder, 'out'), 'junction');
    expect(await watched.next()).to.deep.equal([join('out', 'x.js')]);
    writeFiles(linked, { 'two/x.js': 'other' });
    expect(await watched.next()).to.deep.equal([join('out', 'x.js')]);
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

  it('is also what is behind links to folders, each folder once, and never what is around it', () => {
    const place = temporaryFolder();
    writeFiles(place, { 'out/x.js': 'x', 'plugin/a.js': 'a', 'node_modules/other/y.js': 'y', 'elsewhere.js': 'z' });
    const folder = join(place, 'plugin');
    for (const [target, link] of [['out', 'lib'], ['out', 'out/again'], ['plugin', 'self'], ['.', 'around'], ['node_modules/other', 'shared']] as const) {
      symlinkSync(join(place, target), join(link.startsWith('out') ? place : folder, link), 'junction');
    }
    const content = new FolderContent({ folders: [folder], counts });
    const before = content.digest;
    for (const [file, changed] of [['out/x.js', ['plugin/lib/x.js']], ['plugin/a.js', ['plugin/a.js']], ['elsewhere.js', []], ['node_modules/other/y.js', []]] as const) {
      writeFiles(place, { [file]: 'other' });
      expect(content.update().map((path) => relative(place, path))).to.deep.equal(changed.map((path) => join(path)));
    }
    expect(content.digest).not.to.equal(before);
  });
});
