import { expect } from 'chai';
import fc from 'fast-check';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GitSandbox } from './git-sandbox.js';

/** Every file of {@link sampleTree} is listed with these ignore files exactly when git lists it. */
const cases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a name': { '.gitignore': 'foo\n' },
  'a name of folders only': { '.gitignore': 'foo/\nbuild/\n' },
  'an extension': { '.gitignore': '*.log\n*.tar.gz\n*~\n' },
  'a beginning': { '.gitignore': 'foo*\n!foob*\nkee*/\nF*\n' },
  'the beginning of a letter': { '.gitignore': 'caf\xc3*\n' },
  'an anchored name': { '.gitignore': '/foo\n/a/b\n' },
  'a path without a leading slash': { '.gitignore': 'a/b\nsrc/lib/*.ts\n' },
  'a name brought back': { '.gitignore': '*.log\n!keep.log\n' },
  'a name brought back, then left out again': { '.gitignore': '*.log\n!keep.log\nkeep.*\n' },
  'a file in an excluded folder, which cannot be brought back': { '.gitignore': 'build\n!build/keep.log\n' },
  'the content of a folder, but for one file': { '.gitignore': 'build/*\n!build/keep.log\n' },
  'everything but one folder': { '.gitignore': '/*\n!/src\n/src/*\n!/src/lib\n' },
  'everything': { '.gitignore': '*\n' },
  'everything but folders and one extension': { '.gitignore': '*\n!*/\n!*.ts\n' },
  'a nested file that brings back': { '.gitignore': '*.ts\n', 'src/.gitignore': '!index.ts\n' },
  'a nested file with an anchored path': { 'src/.gitignore': '/lib\n' },
  'a nested file in an excluded folder': { '.gitignore': 'src\n', 'src/.gitignore': '!*\n' },
  'a deeper file that comes first': { '.gitignore': '!*.ts\n', 'src/.gitignore': '*.ts\n', 'src/lib/.gitignore': '!a.ts\n' },
  'two stars in front': { '.gitignore': '**/foo\n**/lib/*.ts\n' },
  'two stars at the end': { '.gitignore': 'src/**\n' },
  'two stars at the end, but for one folder': { '.gitignore': 'src/**\n!src/lib/\n!src/lib/a.ts\n' },
  'two stars in the middle': { '.gitignore': 'a/**/c\nsrc/**/*.ts\n' },
  'two stars beside other characters': { '.gitignore': 'fo**o\nsrc**/a.ts\na/b**/c\nbu**ld/x\n' },
  'two stars after a literal beginning': { '.gitignore': 'foo**/bar\nsr**/index.ts\n' },
  'three stars': { '.gitignore': '***/lib\nsrc/***\n' },
  'two stars and an escaped slash': { '.gitignore': 'src/**\\/a.ts\n' },
  'one star for one folder': { '.gitignore': '*/lib\n*/*/b.ts\n' },
  'question marks': { '.gitignore': 'fo?\n?.ts\n????\n' },
  'question marks for the bytes of a letter': { '.gitignore': 'caf?\n' },
  'as many question marks as a letter has bytes': { '.gitignore': 'caf??\n' },
  'letters beyond ASCII': { '.gitignore': 'café\n*ß\n日本*\n' },
  'half of a letter': { '.gitignore': '*\xa9\n' },
  'bytes of a letter in brackets': { '.gitignore': 'caf[é]\ncaf[é][é]\n' },
  'classes of characters': { '.gitignore': '[ab].ts\n[[:digit:]]*\n[^a-z]*.md\n' },
  'negated classes': { '.gitignore': '[!a-z]*\n' },
  'a bracket in a class': { '.gitignore': '[]]x\n[[]x\n[a-]x\n' },
  'escapes in classes': { '.gitignore': '[\\]]x\n[\\-a]x\n[\\!]x\n' },
  'an unknown class': { '.gitignore': '[[:nope:]]*\n*.log\n' },
  'a class without an end': { '.gitignore': 'fo[o\n*.[l\n' },
  'a range with escaped ends': { '.gitignore': '[\\a-\\c].ts\n' },
  'a class across a slash': { '.gitignore': 'src[/]index.ts\nsrc[!x]index.ts\n' },
  'an escaped hash': { '.gitignore': '\\#hash\n' },
  'a comment': { '.gitignore': '#hash\n' },
  'an escaped exclamation mark': { '.gitignore': '\\!bang\n' },
  'two exclamation marks': { '.gitignore': '*\n!!bang\n' },
  'escaped stars': { '.gitignore': '\\*star\nfoo\\\n' },
  'a backslash at the end': { '.gitignore': 'foo\\\n' },
  'spaces at the end': { '.gitignore': 'foo   \n' },
  'an escaped space at the end': { '.gitignore': 'space\\ \n' },
  'an escaped space with others': { '.gitignore': 'space\\   \n' },
  'a tab at the end': { '.gitignore': 'foo\t\n' },
  'spaces at the start': { '.gitignore': ' foo\n' },
  'spaces inside': { '.gitignore': 'with space\n' },
  'lines that end with CRLF': { '.gitignore': 'foo\r\n*.log\r\n\r\n' },
  'a byte order mark': { '.gitignore': '\ufefffoo\n' },
  'no line feed at the end': { '.gitignore': '*.log\nfoo' },
  'empty lines': { '.gitignore': '\n\n\nfoo\n\n' },
  'only a slash': { '.gitignore': '/\n//\n' },
  'only an exclamation mark': { '.gitignore': '!\n' },
  'two slashes': { '.gitignore': 'a//b\nfoo//\n' },
  'a dot in the path': { '.gitignore': './foo\na/./b\n' },
  'a leading slash and two stars': { '.gitignore': '/**/foo\n' },
  'a NUL byte': { '.gitignore': 'foo\0bar\n' },
  'a hidden file': { '.gitignore': '.hidden\n.*\n!.gitignore\n' },
};

const sampleTree: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['foo', 'bar', 'foobar', 'keep.log', 'x.log', 'x.tar.gz', 'x~', 'fooo', 'FOO', 'foo.md', 'README.md', '1.md', '1x', 'a.ts', 'b.ts', 'c.ts', 'z.ts'],
    ...['café', 'cafe', 'caf\u00c9', 'straße', 'spaß', '日本語.txt', '\ufffd', '#hash', '!bang', '*star', 'space ', 'space', 'foo\t', ' foo', 'with space'],
    ...[']x', '[x', '-x', 'ax', '!x', 'foo\\', '.hidden', '.other/foo', 'link'],
    ...['a/b/c', 'a/b/x/c', 'a/c', 'a/foo', 'a/bx/c', 'a/b.ts', 'd/foo/bar/x.log', 'd/e/f/g/foo', 'd/a/b', 'foox/bar', 'foox/y/bar', 'fo/o'],
    ...['build/keep.log', 'build/out/x.log', 'build/x', 'sub/build/keep.log', 'src/index.ts', 'src/lib/a.ts', 'src/lib/b.ts', 'src/lib/deep/a.ts', 'src/foo'],
  ]
    .filter((path) => process.platform !== 'win32' || !/[*\\\t]| $/.test(path)) // names that Windows refuses
    .map((path) => [path, path === 'link' ? '-> src' : '']),
);

describe('walk, compared with git', function () {
  let sandbox: GitSandbox;

  before(() => {
    sandbox = new GitSandbox().write(sampleTree).init();
  });

  after(() => {
    sandbox.remove();
  });

  for (const [title, files] of Object.entries(cases)) {
    it(`agrees about ${title}`, () => {
      withFiles(sandbox, files, () => {
        expect(sandbox.listedByWalk()).to.deep.equal(sandbox.listedByGit());
      });
    });

    it(`agrees about ${title}, where case is ignored`, () => {
      sandbox.git('config', 'core.ignoreCase', 'true');
      try {
        withFiles(sandbox, files, () => {
          expect(sandbox.listedByWalk()).to.deep.equal(sandbox.listedByGit());
        });
      } finally {
        sandbox.git('config', 'core.ignoreCase', 'false');
      }
    });
  }

  it('agrees about patterns that nobody thought of', function () {
    this.timeout(120_000);
    fc.assert(
      fc.property(ignoreFiles, fc.boolean(), (files, ignoreCase) => {
        writeFileSync(join(sandbox.root, '.git/config'), `[core]\n\trepositoryformatversion = 0\n\tignorecase = ${String(ignoreCase)}\n`);
        withFiles(sandbox, files, () => {
          expect(sandbox.listedByWalk()).to.deep.equal(sandbox.listedByGit());
        });
      }),
      { numRuns: Number(process.env['STRUCTUM_FUZZ_RUNS'] ?? 300) },
    );
  });
});

const piece = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('foo', 'bar', 'a', 'b', 'c', 'src', 'lib', 'build', 'x', '.ts', '.log', 'keep', 'café', 'FOO', 'A', 'd', 'e') },
  { weight: 6, arbitrary: fc.constantFrom('*', '**', '?', '/', '/**/', '**/', '/**', '***') },
  { weight: 3, arbitrary: fc.constantFrom('[a-c]', '[!a]', '[A-F]', '[F]', '[[:alpha:]]', '[[:upper:]]', '[^/]', '[', ']', '[]-a]', '[\\]]', '[a-', '[[:x:]]', '[[:space:]]') },
  { weight: 2, arbitrary: fc.constantFrom('\\', '\\*', '\\F', '\\/', '\\ ', ' ', '#', '!', '.', '-') },
);
const line = fc
  .tuple(fc.constantFrom('', '', '', '!', '/', '!/'), fc.array(piece, { minLength: 1, maxLength: 6 }), fc.constantFrom('', '', '', '/', ' '))
  .map(([start, pieces, end]) => start + pieces.join('') + end);
const content = fc.array(line, { minLength: 1, maxLength: 5 }).map((lines) => `${lines.join('\n')}\n`);
const ignoreFiles = fc.record(
  { '.gitignore': content, 'src/.gitignore': content, 'a/b/.gitignore': content, '.git/info/exclude': content },
  { requiredKeys: ['.gitignore'] },
);

/** Puts ignore files into the sandbox for as long as `body` runs; those with half a letter byte by byte. */
function withFiles(sandbox: GitSandbox, files: Readonly<Record<string, string>>, body: () => void): void {
  const paths = Object.keys(files).map((path) => join(sandbox.root, path));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(sandbox.root, path)), { recursive: true });
    writeFileSync(join(sandbox.root, path), text, /[\xa9\xc3]/.test(text) ? 'latin1' : 'utf8');
  }
  try {
    body();
  } finally {
    for (const path of paths) rmSync(path);
  }
}
