import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Structum, type Execution, type LogRecord, type OutputTarget } from '@structum/core';
import TreePlugin, { type TreeInput, type TreeResult } from '@structum/plugin-tree';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { writeFiles } from '../../support/folder.js';

describe('structum tree', () => {
  let structum: Structum;
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'structum-tree-'));
    structum = await Structum.create({ plugins: [TreePlugin], cwd: folder });
  });

  afterEach(async () => {
    await structum.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  function tree(input: Partial<TreeInput> = {}): Promise<TreeResult> {
    return structum.run('tree', input);
  }

  async function paths(input: Partial<TreeInput> = {}): Promise<string[]> {
    return (await tree(input)).entries.map((entry) => entry.path);
  }

  async function drawn(input: Partial<TreeInput> = {}, target: Partial<OutputTarget> = { unicode: true }): Promise<string> {
    let text = '';
    await structum.run('tree', input, { output: { ...target, write: (chunk) => void (text += String(chunk)) } });
    return text;
  }

  it('returns what there is as data', async () => {
    writeFiles(folder, { 'src/index.ts': '', 'README.md': '' });
    symlinkSync('README.md', join(folder, 'link'));
    expect(await tree()).to.deep.equal({
      root: '.',
      entries: [
        { path: 'README.md', kind: 'file' },
        { path: 'link', kind: 'symlink', target: 'README.md' },
        { path: 'src', kind: 'directory' },
        { path: 'src/index.ts', kind: 'file' },
      ],
      stats: { folders: 1, files: 2, symlinks: 1, others: 0 },
      errors: [],
    } satisfies TreeResult);
  });

  it('draws it for people', async () => {
    writeFiles(folder, { 'src/lib/a.ts': '', 'src/index.ts': '', 'README.md': '' });
    symlinkSync('src', join(folder, 'link'));
    expect(await drawn({ stats: true })).to.equal(
      [
        '.',
        '├── README.md',
        '├── link -> src',
        '└── src/',
        '    ├── index.ts',
        '    └── lib/',
        '        └── a.ts',
        '',
        '2 folders, 3 files, 1 symbolic link',
        '',
      ].join('\n'),
    );
  });

  it('draws in ASCII where the output cannot show more', async () => {
    writeFiles(folder, { 'a/b': '', 'c': '' });
    expect(await drawn({}, { unicode: false })).to.equal('.\n|-- a/\n|   `-- b\n`-- c\n');
  });

  it('draws in the theme that is asked for', async () => {
    writeFiles(folder, { 'a/b.ts': '' });
    expect(await drawn({ theme: 'emoji' })).to.equal('.\n└── 📁 a/\n    └── 📄 b.ts\n');
    expect(await drawn({ theme: 'nerd' })).to.equal('.\n└── \uf07b a/\n    └── \ue628 b.ts\n');
    expect(await drawn({ theme: 'ascii' })).to.equal('.\n`-- a/\n    `-- b.ts\n');
    expect(await drawn({ theme: 'none' })).to.equal('.\na/\n  b.ts\n');
    await failure('INPUT_INVALID', tree({ theme: 'loud' as 'none' }));
  });

  it('colours folders and links where the output does', async () => {
    writeFiles(folder, { 'a/b': '' });
    symlinkSync('a', join(folder, 'c'));
    expect(await drawn({}, { unicode: true, color: true })).to.equal('.\n├── \x1b[1;34ma/\x1b[22;39m\n│   └── b\n└── \x1b[36mc\x1b[39m -> a\n');
  });

  it('draws the folder that is named, under the name that it was given', async () => {
    writeFiles(folder, { 'a/b/c': '' });
    expect(await drawn({ directory: 'a/b' })).to.equal('a/b\n└── c\n');
    expect(await paths({ directory: join(folder, 'a') })).to.deep.equal(['b', 'b/c']);
  });

  it('refuses an empty name: a variable of a shell that is not set', async () => {
    await failure('INPUT_INVALID', tree({ directory: '' }));
  });

  it('draws an empty folder', async () => {
    expect(await drawn({ stats: true })).to.equal('.\n\n0 folders, 0 files\n');
  });

  it('leaves out what git ignores, unless told otherwise', async () => {
    writeFiles(folder, { '.gitignore': 'dist\n*.log\n', 'dist/x': '', 'a.log': '', 'b/.gitignore': '!keep.log\n', 'b/keep.log': '' });
    expect(await paths()).to.deep.equal(['b', 'b/keep.log']);
    expect(await paths({ gitignore: false })).to.deep.equal(['a.log', 'b', 'b/keep.log', 'dist', 'dist/x']);
  });

  it('leaves out what it is told to', async () => {
    writeFiles(folder, { 'a.ts': '', 'a.snap': '', 'tmp/x': '', 'src/tmp': '' });
    expect(await paths({ ignore: ['*.snap', '/tmp'] })).to.deep.equal(['a.ts', 'src', 'src/tmp']);
  });

  it('keeps to extensions, depth and visible names as it is told', async () => {
    writeFiles(folder, { 'a.ts': '', 'b.md': '', 'c.js': '', '.env': '', 'd/e.ts': '', 'd/f/g.ts': '' });
    expect(await paths({ ext: ['ts', '.md'], depth: 2 })).to.deep.equal(['a.ts', 'b.md', 'd', 'd/e.ts', 'd/f']);
    expect(await paths({ hidden: true, depth: 1 })).to.deep.equal(['.env', 'a.ts', 'b.md', 'c.js', 'd']);
    await failure('INPUT_INVALID', tree({ depth: 0 }));
  });

  it('drops folders that hold nothing, all the way up, when told to', async () => {
    mkdirSync(join(folder, 'a/b/c'), { recursive: true });
    writeFiles(folder, { 'd/e.md': '', 'd/f/g.ts': '', 'd-/x.ts': '', 'h.ts': '' });
    expect(await paths({ empty: false, ext: ['ts'] })).to.deep.equal(['d', 'd/f', 'd/f/g.ts', 'd-', 'd-/x.ts', 'h.ts']);
    expect((await tree({ empty: false })).stats).to.include({ folders: 3, files: 4 });
  });

  it('knows of folders at the lowest level whether they hold anything', async () => {
    writeFiles(folder, { 'a/b/c': '', 'd/e.ts': '' });
    mkdirSync(join(folder, 'f/g'), { recursive: true });
    expect(await paths({ empty: false, depth: 1 })).to.deep.equal(['a', 'd']);
    expect(await paths({ empty: false, depth: 1, ext: ['ts'] })).to.deep.equal(['d']);
  });

  it('lists a repository inside a repository, and says that it is one', async () => {
    for (const repository of ['.', 'vendor']) {
      for (const name of ['objects', 'refs']) mkdirSync(join(folder, repository, '.git', name), { recursive: true });
      writeFileSync(join(folder, repository, '.git/HEAD'), 'ref: refs/heads/main\n');
    }
    writeFiles(folder, { 'vendor/x': '' });
    expect((await tree({ empty: false })).entries).to.deep.equal([{ path: 'vendor', kind: 'directory', closed: 'repository' }]);
    expect(await drawn()).to.equal('.\n└── vendor/ [repository]\n');
  });

  it('shows names that could drive a terminal as escapes', async () => {
    if (process.platform === 'win32') return;
    writeFiles(folder, { '\x1b[2J\u202etxt.exe': '', 'a\nb': '', 'back\\slash': '' });
    symlinkSync('\x07', join(folder, 'z'));
    expect(await drawn()).to.equal('.\n├── \\x1b[2J\\u202etxt.exe\n├── a\\nb\n├── back\\\\slash\n└── z -> \\x07\n');
    expect(await paths()).to.include('a\nb');
  });

  describe('when something cannot be read', () => {
    it('says so of the folder itself', async () => {
      writeFiles(folder, { file: '' });
      expect(await failure('TREE_FOLDER_MISSING', tree({ directory: 'missing' }))).to.include({ exitCode: 2 });
      expect(await failure('TREE_NOT_A_FOLDER', tree({ directory: 'file' }))).to.include({ exitCode: 2 });
    });

    it('marks each name that is not valid UTF-8, as bytes', async function () {
      try {
        for (const byte of [0xfe, 0xff]) writeFileSync(Buffer.concat([Buffer.from(`${folder}/a`), Buffer.from([byte])]), '');
      } catch {
        this.skip(); // this file system refuses such names
      }
      writeFiles(folder, { 'a\\xff': '' });
      expect(await drawn()).to.equal('.\n├── a\\xfe [unreadable]\n├── a\\\\xff\n└── a\\xff [unreadable]\n');
      expect((await tree()).errors.map(({ code }) => code)).to.deep.equal(['INVALID_NAME', 'INVALID_NAME']);
    });

    it('marks a folder below, warns, and ends with exit code 1', async function () {
      if (process.platform === 'win32') this.skip();
      chmodSync(folder, 0o755);
      writeFiles(folder, { 'closed/x': '', 'open/y': '' });
      chmodSync(join(folder, 'closed'), 0);
      const isRoot = process.geteuid?.() === 0;
      if (isRoot) process.seteuid?.('nobody');
      try {
        let text = '';
        const execution = structum.start('tree', { empty: false }, { output: { unicode: true, write: (chunk) => void (text += String(chunk)) } });
        const logs = await logsOf(execution);
        const { errors } = await execution.result;
        expect(text).to.equal('.\n├── closed/ [unreadable]\n└── open/\n    └── y\n');
        expect(errors.map(({ path, code }) => [path, code])).to.deep.equal([['closed', 'EACCES']]);
        expect(logs.map(({ level, fields }) => [level, fields['path']])).to.deep.equal([['warn', 'closed']]);
        expect(execution.exitCode).to.equal(1);
      } finally {
        if (isRoot) process.seteuid?.(0);
      }
    });
  });

  it('can be cancelled on the way', async () => {
    for (let index = 0; index < 1200; index += 1) writeFileSync(join(folder, String(index)), '');
    const execution = structum.start('tree', {});
    for await (const event of execution) if (event.type === 'progress') execution.cancel();
    await failure('COMMAND_CANCELLED', execution.result);
  });
});

async function logsOf(execution: Execution): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for await (const event of execution) if (event.type === 'log') records.push(event.record);
  return records;
}
