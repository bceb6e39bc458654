import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Structum, type ProgressUpdate } from '@structum/core';
import ArchivePlugin from '@structum/plugin-archive';
import TreePlugin from '@structum/plugin-tree';
import { expect } from 'chai';
import { archive, readArchive } from '../../support/archive.js';
import { ArchiveProcess } from '../../support/archive-process.js';
import { root, temporaryFolder, writeFiles } from '../../support/folder.js';

/** Packages of thousands of files, and one of few but very long ones. */
const PACKAGES = {
  'date-fns': dirname(fileURLToPath(import.meta.resolve('date-fns/package.json'))),
  rxjs: dirname(fileURLToPath(import.meta.resolve('rxjs/package.json'))),
  typescript: dirname(fileURLToPath(import.meta.resolve('typescript/package.json'))),
};

describe('structum archive of real trees', () => {
  const output = join(temporaryFolder(), 'archive.md');

  for (const [name, folder] of Object.entries(PACKAGES)) {
    it(`has every text of ${name}, byte for byte`, async () => {
      const { files, skipped } = await archive(root, { directory: folder, output, gitignore: false, hidden: true });
      const expected = filesBelow(folder);
      expectRoundTrip(folder, expected);
      expect(files + skipped.length).to.equal(expected.length);
    });
  }

  it('has every text of this repository that git knows, byte for byte', async () => {
    const { skipped } = await archive(root, { output, hidden: true });
    const known = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
    expectRoundTrip(root, [...new Set(known.split('\0').filter((path) => path !== '' && isFile(join(root, path))))]);
    expect(skipped.filter(({ reason }) => reason === 'unreadable')).to.deep.equal([]);
  });

  it('is the same at every run', async () => {
    const run = async (): Promise<Buffer> => {
      await archive(root, { directory: PACKAGES.rxjs, output, gitignore: false });
      return readFileSync(output);
    };
    expect((await run()).equals(await run())).to.equal(true);
  });

  it('says how far it is', async () => {
    const structum = await Structum.create({ plugins: [TreePlugin, ArchivePlugin], cwd: root });
    const execution = structum.start('archive', { directory: PACKAGES['date-fns'], output, gitignore: false });
    const updates: ProgressUpdate[] = [];
    for await (const event of execution) if (event.type === 'progress') updates.push(event);
    const { files, skipped } = await execution.result;
    const counts = updates.flatMap(({ total, completed = 0 }) => (total === undefined ? [] : [{ total, completed }]));
    expect(counts.map(({ total }) => total)).to.deep.equal(counts.map(() => files + skipped.length));
    expect(counts.map(({ completed }) => completed)).to.deep.equal(counts.map(({ completed }) => completed).sort((one, other) => one - other));
    expect(counts).not.to.have.length(0);
    await structum.dispose();
  });

  it('needs no more memory for a file of 200 MB', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'small/a.txt': 'a\n', 'large/a.txt': Buffer.alloc(200 * 1024 * 1024, 'A line of text, and `code`.\n') });
    const small = await new ArchiveProcess(folder, { directory: 'small', output: 'small.md' }).done;
    const large = await new ArchiveProcess(folder, { directory: 'large', output: 'large.md' }).done;
    expect(large.result?.bytes).to.be.greaterThan(200 * 1024 * 1024);
    expect((large.memory ?? Infinity) - (small.memory ?? 0)).to.be.lessThan(64 * 1024 * 1024);
  });

  it('needs little more memory for 40,000 files', async () => {
    const folder = temporaryFolder();
    const names = Array.from({ length: 40_000 }, (_, index) => `large/package-${String(index % 200)}/source/module-${String(index)}.ts`);
    writeFiles(folder, { 'small/a.txt': 'a\n', ...Object.fromEntries(names.map((name) => [name, ''])) });
    const small = await new ArchiveProcess(folder, { directory: 'small', output: 'small.md' }).done;
    const large = await new ArchiveProcess(folder, { directory: 'large', output: 'large.md' }).done;
    expect(large.result?.files).to.equal(40_000);
    expect((large.memory ?? Infinity) - (small.memory ?? 0)).to.be.lessThan(40 * 1024 * 1024);
  });

  /** What the archive says of the files of a folder is what they are. */
  function expectRoundTrip(folder: string, expected: readonly string[]): void {
    const { entries, contents } = readArchive(output);
    expect(entries.map(({ path }) => path).sort()).to.deep.equal([...expected].sort());
    expect(contents).to.deep.equal(entries.map(({ path, anchor }) => ({ path, anchor })));
    for (const { path, content } of entries) {
      const bytes = readFileSync(join(folder, path));
      if (content === undefined) expect(bytes.includes(0), `${path} is binary`).to.equal(true);
      else expect(content.equals(bytes), path).to.equal(true);
    }
  }
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
