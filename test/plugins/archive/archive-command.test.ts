import { chmodSync, cpSync, existsSync, linkSync, lstatSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { archive, entryOf, OLD_ARCHIVE, readArchive } from '../../support/archive.js';
import { ArchiveProcess } from '../../support/archive-process.js';
import { failure } from '../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

describe('structum archive', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  const paths = (file = 'archive.md'): string[] => readArchive(join(folder, file)).entries.map(({ path }) => path);

  describe('writes one file', () => {
    it('with a title, a table of contents, the tree and every text', async () => {
      writeFiles(folder, { 'src/index.ts': 'export {};\n', 'README.md': '# Hello\n' });
      const result = await archive(folder, { title: 'Example' });
      expect(readFileSync(join(folder, 'archive.md'), 'utf8')).to.equal(
        [
          '<!-- structum archive 1 -->\n\n# Example\n',
          '## Contents\n\n- [`README.md`](#file--readme-md)\n- [`src/index.ts`](#file--src-index-ts)\n',
          '## Tree\n\n```text\nExample\n├── README.md\n└── src/\n    └── index.ts\n```\n',
          '## Files\n',
          '### <a id="file--readme-md"></a>`README.md`\n\n```markdown\n# Hello\n```\n',
          '### <a id="file--src-index-ts"></a>`src/index.ts`\n\n```typescript\nexport {};\n```\n',
        ].join('\n'),
      );
      expect(result).to.deep.equal({
        outputs: [{ path: join(folder, 'archive.md'), files: 2, bytes: statSync(join(folder, 'archive.md')).size }],
        files: 2,
        bytes: statSync(join(folder, 'archive.md')).size,
        skipped: [],
      });
    });

    it('named after the folder, without contents and tree where they are not wanted', async () => {
      writeFiles(folder, { 'my project/a.txt': 'a\n' });
      await archive(folder, { directory: 'my project', toc: false, tree: false });
      const parsed = readArchive(join(folder, 'archive.md'));
      expect(parsed).to.include({ title: 'my project', contents: undefined, tree: undefined });
    });

    it('of an empty folder', async () => {
      expect(await archive(folder)).to.include({ files: 0 });
      expect(paths()).to.deep.equal([]);
    });

    it('whose links all lead to an entry', async () => {
      writeFiles(folder, { 'a b.txt': '', 'a-b.txt': '', 'A/b.txt': '', 'a#b.txt': '', 'ä.txt': '' });
      await archive(folder);
      const { contents, entries } = readArchive(join(folder, 'archive.md'));
      expect(contents).to.deep.equal(entries.map(({ path, anchor }) => ({ path, anchor })));
      expect(new Set(entries.map(({ anchor }) => anchor)).size).to.equal(entries.length);
    });
  });

  describe('keeps every text byte for byte', () => {
    const texts: Readonly<Record<string, string | Buffer>> = {
      'fences.md': 'Text\n```js\ncode\n```\n`````\n   ```\n~~~\n',
      'headings.md': '### <a id="file--fences-md"></a>`fences.md`\n\n## Files\n',
      'no-newline.txt': 'no final newline',
      'ends-in-backticks.txt': 'text\n```',
      'only-newline.txt': '\n',
      'empty.txt': '',
      'crlf.txt': 'a\r\nb\r\n',
      'cr.txt': 'a\rb\r',
      'mixed.txt': 'a\r\nb\nc\r',
      'utf8-bom.txt': '\ufefftext\n',
      'utf16le.txt': Buffer.from('\ufefftext 😀\r\n', 'utf16le'),
      'utf16be.txt': Buffer.from('\ufefftext 😀\r\n', 'utf16le').swap16(),
      'utf16le-unmarked.reg': Buffer.from('Windows Registry Editor\r\n', 'utf16le'),
      'latin1.txt': Buffer.from('caf\xe9 \xa0\xff\n', 'latin1'),
      'windows-1252.txt': Buffer.from('\x80\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8e\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9e\x9f', 'latin1'),
      'escape.ansi': '\x1b[31mred\x1b[0m\n',
    };

    it('whatever its encoding, line ends and fences are', async () => {
      writeFiles(folder, texts);
      const { files, skipped } = await archive(folder);
      expect({ files, skipped }).to.deep.equal({ files: Object.keys(texts).length, skipped: [] });
      const parsed = readArchive(join(folder, 'archive.md'));
      for (const [path, text] of Object.entries(texts)) expect(entryOf(parsed, path).content, path).to.deep.equal(Buffer.from(text));
    });

    it('and says what was unusual about it', async () => {
      writeFiles(folder, texts);
      await archive(folder);
      const parsed = readArchive(join(folder, 'archive.md'));
      const facts = Object.fromEntries(Object.keys(texts).map((path) => [path, entryOf(parsed, path).facts.join('; ')]));
      expect(facts).to.deep.equal({
        'fences.md': '',
        'headings.md': '',
        'no-newline.txt': 'no final newline',
        'ends-in-backticks.txt': 'no final newline',
        'only-newline.txt': '',
        'empty.txt': 'empty file',
        'crlf.txt': 'line ends: CRLF',
        'cr.txt': 'line ends: CR; no final newline',
        'mixed.txt': 'line ends: mixed; no final newline',
        'utf8-bom.txt': 'encoding: UTF-8 with BOM',
        'utf16le.txt': 'encoding: UTF-16LE with BOM; line ends: CRLF',
        'utf16be.txt': 'encoding: UTF-16BE with BOM; line ends: CRLF',
        'utf16le-unmarked.reg': 'encoding: UTF-16LE; line ends: CRLF',
        'latin1.txt': 'encoding: ISO-8859-1',
        'windows-1252.txt': 'encoding: windows-1252; no final newline',
        'escape.ansi': '',
      });
    });

    it('for any bytes at all, or lists them as binary', async () => {
      const bytes = fc.oneof(
        fc.uint8Array({ maxLength: 64 }).map((array) => Buffer.from(array)),
        fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
        fc.string({ unit: fc.constantFrom('`', '```', '\n', '\r', '#', '>', '<a id="file--0">', '\xe9') }).map((text) => Buffer.from(text, 'latin1')),
        fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(bytes, { minLength: 1, maxLength: 8 }), async (contents) => {
          const root = join(folder, 'any');
          writeFiles(root, Object.fromEntries(contents.map((content, index) => [String(index), content])));
          const { skipped } = await archive(folder, { directory: 'any', toc: false, tree: false });
          const parsed = readArchive(join(folder, 'archive.md'));
          for (const [index, content] of contents.entries()) {
            const isBinary = skipped.some(({ path, reason }) => path === String(index) && reason === 'binary');
            expect(entryOf(parsed, String(index)).content).to.deep.equal(isBinary ? undefined : content);
          }
        }),
        { numRuns: 60 },
      );
    });

    it('under any name', async function () {
      if (process.platform === 'win32') this.skip();
      const names = ['`tick`.md', 'new\nline.js', 'a#b [c](d).ts', ' spaces ', '<b>&amp;', '"quoted"', '\x1b[31mred', '漢字/é.txt', 'e\u0301', '\\', '@user', '```'];
      writeFiles(folder, Object.fromEntries(names.map((name) => [name, `${name}\n`])));
      await archive(folder);
      const parsed = readArchive(join(folder, 'archive.md'));
      for (const name of names) expect(entryOf(parsed, name).content?.toString('utf8'), name).to.equal(`${name}\n`);
    });
  });

  describe('lists without content', () => {
    it('binary files', async () => {
      writeFiles(folder, { 'image.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]) });
      expect((await archive(folder)).skipped).to.deep.equal([{ path: 'image.png', reason: 'binary' }]);
      expect(entryOf(readArchive(join(folder, 'archive.md')), 'image.png')).to.deep.include({
        content: undefined,
        facts: ['binary file of 6 bytes', 'not included'],
      });
    });

    it('archives, so that they do not grow with every new name', async () => {
      writeFiles(folder, { 'a.md': '```\n````\n', 'long.md': Buffer.concat([Buffer.from(OLD_ARCHIVE), Buffer.alloc(9_000_000, 'x')]) });
      await archive(folder, { output: 'inner.md' });
      const { skipped } = await archive(folder, { output: 'outer.md' });
      expect(skipped).to.deep.equal(['inner.md', 'long.md'].map((path) => ({ path, reason: 'archive' })));
      expect(entryOf(readArchive(join(folder, 'outer.md')), 'inner.md')).to.deep.include({ content: undefined, facts: ['an archive', 'not included'] });
    });

    it('each name that is not valid UTF-8', async function () {
      try {
        for (const byte of [0xfe, 0xff]) writeFileSync(Buffer.concat([Buffer.from(`${folder}/a`), Buffer.from([byte]), Buffer.from('.txt')]), '');
      } catch {
        this.skip(); // this file system refuses such names
      }
      writeFiles(folder, { 'b.txt': '' });
      const { skipped } = await archive(folder);
      expect(skipped).to.deep.equal(['a\\xfe.txt', 'a\\xff.txt'].map((path) => ({ path, reason: 'unreadable', detail: 'its name is not valid UTF-8' })));
      expect(paths()).to.deep.equal(['a\\xfe.txt', 'a\\xff.txt', 'b.txt']);
    });

    it('symbolic links, so that loops do no harm', async function () {
      if (process.platform === 'win32') this.skip();
      mkdirSync(join(folder, 'sub'));
      symlinkSync('..', join(folder, 'sub/loop'));
      symlinkSync('nowhere', join(folder, 'broken'));
      expect((await archive(folder)).skipped).to.deep.equal([
        { path: 'broken', reason: 'symlink', detail: 'nowhere' },
        { path: 'sub/loop', reason: 'symlink', detail: '..' },
      ]);
    });

    it('what cannot be read, with a warning and exit code 1, and goes on', async function () {
      if (process.platform === 'win32') this.skip();
      writeFiles(folder, { 'a.txt': 'a\n', 'locked.txt': 'secret\n', 'locked/file.txt': 'secret\n', 'z.txt': 'z\n' });
      chmodSync(join(folder, 'locked.txt'), 0);
      chmodSync(join(folder, 'locked'), 0);
      const { result, exitCode, warnings } = await new ArchiveProcess(folder, {}).done;
      // Else nobody but root could remove it.
      chmodSync(join(folder, 'locked'), 0o700);
      expect(result?.files).to.equal(2);
      expect(result?.skipped).to.deep.equal([
        { path: 'locked/', reason: 'unreadable', detail: 'permission denied' },
        { path: 'locked.txt', reason: 'unreadable', detail: 'permission denied' },
      ]);
      expect(warnings).to.deep.equal(['locked/ could not be read: permission denied', 'locked.txt could not be read: permission denied']);
      expect(exitCode).to.equal(1);
      expect(entryOf(readArchive(join(folder, 'archive.md')), 'locked.txt').facts).to.deep.equal(['could not be read: permission denied']);
    });
  });

  describe('chooses', () => {
    beforeEach(() => {
      writeFiles(folder, { 'a.ts': '', 'b.js': '', '.hidden': '', 'sub/c.ts': '', 'dist/d.ts': '', '.gitignore': 'dist/\n' });
    });

    it('what git does not ignore', async () => {
      await archive(folder);
      expect(paths()).to.deep.equal(['.gitignore', '.hidden', 'a.ts', 'b.js', 'sub/c.ts']);
    });

    it('never what is in .git, whatever git has to say', async () => {
      writeFiles(folder, { '.git/HEAD': 'ref: refs/heads/main\n', 'sub/.git/config': '', '.github/workflow.yml': '' });
      await archive(folder, { gitignore: false, ignore: ['!.git'] });
      expect(paths()).to.deep.equal(['.github/workflow.yml', '.gitignore', '.hidden', 'a.ts', 'b.js', 'dist/d.ts', 'sub/c.ts']);
    });

    it('by extension, by pattern, and more on request', async () => {
      await archive(folder, { ext: ['ts'] });
      expect(paths()).to.deep.equal(['a.ts', 'sub/c.ts']);
      await archive(folder, { ignore: ['sub', '*.js'], hidden: false });
      expect(paths()).to.deep.equal(['a.ts']);
      await archive(folder, { gitignore: false });
      expect(paths()).to.deep.equal(['.gitignore', '.hidden', 'a.ts', 'b.js', 'dist/d.ts', 'sub/c.ts']);
    });
  });

  describe('never includes itself', () => {
    beforeEach(() => {
      writeFiles(folder, { 'a.txt': 'a\n' });
    });

    it('in a second run', async () => {
      await archive(folder);
      const first = readFileSync(join(folder, 'archive.md'));
      await archive(folder);
      expect(readFileSync(join(folder, 'archive.md')).equals(first)).to.equal(true);
    });

    it('in a folder below, or by a link', async function () {
      writeFiles(folder, { 'out/archive.md': 'old\n', 'other/archive.md': 'not mine\n' });
      await archive(folder, { output: 'out/archive.md' });
      expect(paths('out/archive.md')).to.deep.equal(['a.txt', 'other/archive.md']);
      if (process.platform === 'win32') return;
      symlinkSync('out', join(folder, 'linked'));
      await archive(folder, { output: 'linked/archive.md' });
      expect(paths('out/archive.md')).to.deep.equal(['a.txt', 'linked', 'other/archive.md']);
    });

    it('nor parts of itself from earlier runs, but what is only named like them', async () => {
      writeFiles(folder, { 'sub/b.txt': 'b\n', 'archive-notes.md': 'mine\n' });
      await archive(folder, { splitFolder: true });
      await archive(folder);
      expect(paths()).to.deep.equal(['a.txt', 'archive-notes.md', 'sub/b.txt']);
    });

    it('nor what an interrupted run left', async () => {
      writeFiles(folder, { '.archive.md.0123456789abcdefghij.tmp': 'half\n' });
      await archive(folder);
      expect(paths()).to.deep.equal(['a.txt']);
    });
  });

  describe('splits', () => {
    beforeEach(() => {
      writeFiles(folder, { 'root.md': '', 'src/a.ts': '', 'src/deep/b.py': '', 'docs/c.md': '', 'docs/LICENCE-X': '' });
    });

    it('by top-level folder', async () => {
      const { outputs } = await archive(folder, { splitFolder: true });
      expect(outputs.map(({ path }) => path)).to.deep.equal(['archive.md', 'archive-docs.md', 'archive-src.md'].map((name) => join(folder, name)));
      expect(paths('archive.md')).to.deep.equal(['root.md']);
      expect(paths('archive-src.md')).to.deep.equal(['src/a.ts', 'src/deep/b.py']);
    });

    it('by language', async () => {
      await archive(folder, { splitType: true, output: 'all.txt' });
      expect(paths('all-markdown.txt')).to.deep.equal(['docs/c.md', 'root.md']);
      expect(paths('all-typescript.txt')).to.deep.equal(['src/a.ts']);
      expect(paths('all-other.txt')).to.deep.equal(['docs/LICENCE-X']);
    });

    it('by both, each part with a name of its own', async () => {
      writeFiles(folder, { 'a b/x.ts': '', 'a_b/y.ts': '', 'a/z.ts': '', 'a-typescript/z.ts': '' });
      const { outputs } = await archive(folder, { splitFolder: true, splitType: true });
      const names = outputs.map(({ path }) => path.toLowerCase());
      expect(new Set(names).size).to.equal(names.length);
      expect(paths('archive-src-typescript.md')).to.deep.equal(['src/a.ts']);
    });
  });

  describe('writes the output', () => {
    it('as bytes to the stream of the execution, and nothing else', async () => {
      writeFiles(folder, { 'a.txt': 'a\n', 'big.txt': 'line of text\n'.repeat(200_000) });
      await archive(folder);
      const chunks: Buffer[] = [];
      const result = await archive(folder, { output: '-', ignore: ['archive.md'] }, { output: { write: (chunk) => void chunks.push(Buffer.from(chunk)) } });
      expect(Buffer.concat(chunks).equals(readFileSync(join(folder, 'archive.md')))).to.equal(true);
      expect(result.outputs.map(({ path }) => path)).to.deep.equal(['-']);
    });

    it('with the permissions of the file that it replaces', async function () {
      if (process.platform === 'win32') this.skip();
      writeFiles(folder, { 'archive.md': OLD_ARCHIVE });
      chmodSync(join(folder, 'archive.md'), 0o640);
      await archive(folder);
      expect(statSync(join(folder, 'archive.md')).mode & 0o777).to.equal(0o640);
    });

    it('to where a link points, and keeps the link', async function () {
      if (process.platform === 'win32') this.skip();
      writeFiles(folder, { 'a.txt': 'a\n', 'real/target.md': OLD_ARCHIVE });
      symlinkSync('real/target.md', join(folder, 'archive.md'));
      await archive(folder);
      expect(paths('real/target.md')).to.deep.equal(['a.txt']);
    });

    it('to where a link points, when nothing is there yet', async function () {
      if (process.platform === 'win32') this.skip();
      writeFiles(folder, { 'a.txt': 'a\n', 'links/x': '' });
      mkdirSync(join(folder, 'real'));
      symlinkSync('../real/target.md', join(folder, 'links/second'));
      symlinkSync('links/second', join(folder, 'first.md'));
      await archive(folder, { output: 'first.md', ignore: ['links'] });
      expect(lstatSync(join(folder, 'first.md')).isSymbolicLink()).to.equal(true);
      expect(paths('real/target.md')).to.deep.equal(['a.txt']);
    });

    it('not to where a link points, when no folder is there', async function () {
      if (process.platform === 'win32') this.skip();
      symlinkSync('missing/target.md', join(folder, 'link.md'));
      expect((await failure('ARCHIVE_OUTPUT_FOLDER_MISSING', archive(folder, { output: 'link.md' }))).message).to.include(join(folder, 'missing'));
      expect(existsSync(join(folder, 'missing'))).to.equal(false);
    });

    it('into a device as it is', async function () {
      if (process.platform === 'win32') this.skip();
      writeFiles(folder, { 'a.txt': 'a\n' });
      expect(await archive(folder, { output: '/dev/null' })).to.include({ files: 1 });
      expect(statSync('/dev/null').isCharacterDevice()).to.equal(true);
    });

    it('without touching other names of the old file', async () => {
      writeFiles(folder, { 'archive.md': OLD_ARCHIVE });
      linkSync(join(folder, 'archive.md'), join(folder, 'backup'));
      await archive(folder);
      expect(readFileSync(join(folder, 'backup'), 'utf8')).to.equal(OLD_ARCHIVE);
    });
  });

  it('is the same wherever the same files lie, in whatever order they were made', async () => {
    const names = ['b/2.txt', 'a.txt', 'B.txt', 'b/10.txt', 'b.txt', 'é.txt', 'z/y/x.txt'];
    writeFiles(join(folder, 'one/project'), Object.fromEntries(names.map((name) => [name, name])));
    writeFiles(join(folder, 'two/project'), Object.fromEntries(names.toReversed().map((name) => [name, name])));
    cpSync(join(folder, 'one'), join(folder, 'three'), { recursive: true });
    const [first, ...others] = await Promise.all(
      ['one', 'two', 'three'].map(async (place) => {
        await archive(folder, { directory: `${place}/project`, output: `${place}.md` });
        return readFileSync(join(folder, `${place}.md`), 'utf8');
      }),
    );
    for (const other of others) expect(other).to.equal(first);
  });

  it('names the folder as it is really called', async function () {
    if (process.platform === 'win32') this.skip();
    writeFiles(folder, { 'main/a.txt': 'a\n' });
    symlinkSync('main', join(folder, 'link'));
    await archive(folder, { directory: 'link' });
    expect(readArchive(join(folder, 'archive.md')).title).to.equal('main');
  });

  it('counts for people what it could not read: the log names each', async function () {
    if (process.platform === 'win32') this.skip();
    writeFiles(folder, { 'locked.txt': 'secret\n' });
    chmodSync(join(folder, 'locked.txt'), 0);
    const { text } = await new ArchiveProcess(folder, {}).done;
    expect(text).to.match(/\nnot archived: 1 unreadable file\n$/).and.not.include('locked.txt');
  });

  it('tells people what it did', async () => {
    writeFiles(folder, { 'a.txt': 'a\n', 'b.bin': Buffer.from([0]), 'c.bin': Buffer.from([0]) });
    let text = '';
    await archive(folder, {}, { output: { write: (chunk) => void (text += String(chunk)) } });
    expect(text).to.equal(`${join(folder, 'archive.md')}: 1 file, ${String(statSync(join(folder, 'archive.md')).size)} bytes\nlisted without their content: 2 binary files\n`);
  });

  describe('refuses', () => {
    it('a folder that is not there', async () => {
      await failure('ARCHIVE_DIRECTORY_MISSING', archive(folder, { directory: 'missing' }));
    });

    it('an empty name: a variable of a shell that is not set', async () => {
      await failure('INPUT_INVALID', archive(folder, { directory: '' }));
    });

    it('a file instead of a folder', async () => {
      writeFiles(folder, { 'file.txt': '' });
      await failure('ARCHIVE_DIRECTORY_NOT_A_FOLDER', archive(folder, { directory: 'file.txt' }));
    });

    it('an output in a folder that is not there', async () => {
      await failure('ARCHIVE_OUTPUT_FOLDER_MISSING', archive(folder, { output: 'missing/archive.md' }));
    });

    it('a folder as output', async () => {
      mkdirSync(join(folder, 'sub'));
      await failure('ARCHIVE_OUTPUT_IS_A_FOLDER', archive(folder, { output: 'sub' }));
    });

    it('an output that may not be written', async function () {
      if (process.platform === 'win32') this.skip();
      writeFiles(folder, { 'archive.md': OLD_ARCHIVE });
      chmodSync(join(folder, 'archive.md'), 0o444);
      expect(await new ArchiveProcess(folder, {}).done).to.deep.include({ error: 'ARCHIVE_OUTPUT_UNWRITABLE', exitCode: 1 });
      expect(readFileSync(join(folder, 'archive.md'), 'utf8')).to.equal(OLD_ARCHIVE);
    });

    it('an output in a folder that may not be written', async function () {
      if (process.platform === 'win32') this.skip();
      mkdirSync(join(folder, 'closed'), { mode: 0o555 });
      expect(await new ArchiveProcess(folder, { output: 'closed/archive.md' }).done).to.deep.include({ error: 'ARCHIVE_OUTPUT_UNWRITABLE', exitCode: 1 });
    });

    it('to split into a stream', async () => {
      await failure('ARCHIVE_SPLIT_NEEDS_FILES', archive(folder, { output: '-', splitFolder: true }));
    });

    it('to replace by a part what is not an archive', async () => {
      writeFiles(folder, { 'notes/a.txt': 'a\n', 'archive-notes.md': 'mine\n' });
      await failure('ARCHIVE_OUTPUT_EXISTS', archive(folder, { splitFolder: true }));
      expect(readFileSync(join(folder, 'archive-notes.md'), 'utf8')).to.equal('mine\n');
    });

    it('to replace what is not an archive, when nobody named it', async () => {
      writeFiles(folder, { 'a.txt': 'a\n', 'archive.md': 'mine\n' });
      await failure('ARCHIVE_OUTPUT_EXISTS', archive(folder));
      expect(readFileSync(join(folder, 'archive.md'), 'utf8')).to.equal('mine\n');
      writeFiles(folder, { 'archive.md': '', 'named.md': 'mine\n' });
      await archive(folder);
      await archive(folder, { output: 'named.md' });
      expect(readArchive(join(folder, 'named.md')).entries.map(({ path }) => path)).to.include('a.txt');
    });

    it('and leaves nothing behind', async () => {
      writeFiles(folder, { 'a.txt': 'a\n', 'sub/b.txt': 'b\n', 'archive.md': OLD_ARCHIVE });
      mkdirSync(join(folder, 'archive-sub.md'));
      await failure('ARCHIVE_OUTPUT_IS_A_FOLDER', archive(folder, { splitFolder: true }));
      expect(readFileSync(join(folder, 'archive.md'), 'utf8')).to.equal(OLD_ARCHIVE);
      expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
    });
  });

});
