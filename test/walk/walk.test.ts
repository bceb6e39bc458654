import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { visibleText, walk, WalkError, type WalkEntry, type WalkOptions } from '@structum/walk';
import { GitSandbox } from './git-sandbox.js';

const onUnix = process.platform === 'win32' ? it.skip : it;

describe('walk', () => {
  let sandbox: GitSandbox;

  beforeEach(() => {
    sandbox = new GitSandbox();
  });

  afterEach(() => {
    sandbox.remove();
  });

  function paths(options: WalkOptions = {}, root = sandbox.root): string[] {
    return [...walk(root, { env: sandbox.env, ...options })].map((entry) => entry.path);
  }

  it('lists a folder before its content, and the entries of a folder by name', () => {
    sandbox.write({ 'b/z': '', 'b/a/x': '', 'a.txt': '', 'a/1': '', 'a-b': '', 'B': '', 'é': '', '10': '', '9': '' });
    expect(paths()).to.deep.equal(['10', '9', 'B', 'a', 'a/1', 'a-b', 'a.txt', 'b', 'b/a', 'b/a/x', 'b/z', 'é']);
  });

  it('says of each entry what it is, where, and how deep', () => {
    sandbox.write({ 'folder/file.txt': 'x', 'folder/link': '-> ../nowhere' });
    expect([...walk(sandbox.root)]).to.deep.equal([
      { path: 'folder', name: 'folder', kind: 'directory', depth: 1 },
      { path: 'folder/file.txt', name: 'file.txt', kind: 'file', depth: 2 },
      { path: 'folder/link', name: 'link', kind: 'symlink', depth: 2, linkTarget: '../nowhere' },
    ] satisfies WalkEntry[]);
  });

  onUnix('lists pipes as what they are, neither opening nor following anything', () => {
    execFileSync('mkfifo', [join(sandbox.root, 'pipe')]);
    expect([...walk(sandbox.root)]).to.deep.equal([{ path: 'pipe', name: 'pipe', kind: 'other', depth: 1 }]);
  });

  it('lists links to folders, and does not follow them, not even around in circles', () => {
    sandbox.write({ 'a/file': '', 'a/up': '-> ..', 'a/self': '-> self', 'to-a': '-> a' });
    expect(paths()).to.deep.equal(['a', 'a/file', 'a/self', 'a/up', 'to-a']);
  });

  it('follows the root when that is a link', () => {
    sandbox.write({ 'a/file': '', 'to-a': '-> a' });
    expect(paths({}, join(sandbox.root, 'to-a'))).to.deep.equal(['file']);
  });

  it('takes the root with and without a slash at its end', () => {
    sandbox.write({ 'a/file': '' });
    expect(paths({}, `${sandbox.root}/`)).to.deep.equal(paths());
  });

  it('leaves out names that begin with a dot, unless asked for', () => {
    sandbox.write({ '.env': '', '.github/workflow.yml': '', 'a/.b': '' });
    expect(paths()).to.deep.equal(['a']);
    expect(paths({ hidden: true })).to.deep.equal(['.env', '.github', '.github/workflow.yml', 'a', 'a/.b']);
  });

  it('keeps only files with the extensions that are asked for, and all folders', () => {
    sandbox.write({ 'a.ts': '', 'b.d.ts': '', 'c.TS': '', 'd.js': '', 'ts': '', 'e.tsx': '', 'empty/': '', 'link.ts': '-> a.ts', 'link': '-> a.ts' });
    expect(paths({ extensions: ['ts'] })).to.deep.equal(['a.ts', 'b.d.ts', 'c.TS', 'empty', 'link.ts']);
    expect(paths({ extensions: ['.d.ts', 'js'] })).to.deep.equal(['b.d.ts', 'd.js', 'empty']);
    expect(paths({ extensions: [] })).to.have.length(9);
  });

  it('does not take a name that is all extension for one', () => {
    sandbox.write({ '.env': '', 'a.env': '' });
    expect(paths({ extensions: ['env'], hidden: true })).to.deep.equal(['a.env']);
  });

  it('stops at maxDepth', () => {
    sandbox.write({ 'a/b/c/d': '' });
    expect(paths({ maxDepth: 2 })).to.deep.equal(['a', 'a/b']);
  });

  describe('with patterns of its own', () => {
    beforeEach(() => {
      sandbox.write({ '.gitignore': 'dist\n*.log\n', 'dist/x.js': '', 'a.log': '', 'src/a.ts': '', 'src/b.snap': '', 'b.snap': '' });
    });

    it('leaves out what they match', () => {
      expect(paths({ ignore: ['*.snap'] })).to.deep.equal(['src', 'src/a.ts']);
    });

    it('takes them relative to the root', () => {
      expect(paths({ ignore: ['/b.snap', 'src/*.ts'] })).to.deep.equal(['src', 'src/b.snap']);
    });

    it('puts them before all files, so that they can bring back', () => {
      expect(paths({ ignore: ['!dist', '!a.log'] })).to.include.members(['a.log', 'dist', 'dist/x.js']);
    });

    it('applies them without gitignore as well', () => {
      expect(paths({ gitignore: false, ignore: ['src', '*.snap'] })).to.deep.equal(['a.log', 'dist', 'dist/x.js']);
    });

    it('applies them inside of repositories below the root', () => {
      sandbox.write({ 'one/b.snap': '', 'one/c.ts': '' });
      sandbox.git('-C', 'one', 'init', '--quiet');
      expect(paths({ ignore: ['one/*.snap', 'src'] })).to.include('one/c.ts').and.not.include('one/b.snap');
    });
  });

  describe('when something cannot be read', () => {
    const errors: WalkError[] = [];
    const onError = (error: WalkError): number => errors.push(error);

    beforeEach(() => {
      errors.length = 0;
    });

    it('throws when it is the root', () => {
      expect(() => paths({}, join(sandbox.root, 'missing')))
        .to.throw(WalkError)
        .with.property('code', 'ENOENT');
      sandbox.write({ file: '' });
      expect(() => paths({}, join(sandbox.root, 'file')))
        .to.throw(WalkError)
        .with.property('code', 'ENOTDIR');
    });

    it('reports a folder that vanished meanwhile, marks it and goes on', () => {
      sandbox.write({ 'a': '', 'b/': '', 'c': '' });
      const walking = walk(sandbox.root, { onError });
      walking.next();
      rmdirSync(join(sandbox.root, 'b'));
      expect([...walking].map(({ path, isUnreadable }) => [path, isUnreadable])).to.deep.equal([
        ['b', true],
        ['c', undefined],
      ]);
      expect(errors.map(({ path, code }) => [path, code])).to.deep.equal([['b', 'ENOENT']]);
    });

    onUnix('reports a folder and an ignore file without permission', () => {
      sandbox.write({ 'closed/x': '', 'open/.gitignore': 'y', 'open/y': '' });
      chmodSync(sandbox.base, 0o755);
      chmodSync(join(sandbox.root, 'closed'), 0);
      chmodSync(join(sandbox.root, 'open/.gitignore'), 0);
      const listed = asOrdinaryUser(() => paths({ onError }));
      expect(listed).to.deep.equal(['closed', 'open', 'open/y']);
      expect(errors.map(({ path, code }) => [path, code])).to.deep.equal([
        ['closed', 'EACCES'],
        ['open/.gitignore', 'EACCES'],
      ]);
    });

    onUnix('reports each name that is not valid UTF-8, and keeps those that only look like it', function () {
      try {
        for (const name of ['bad\xff', 'bad\xfe', '.bad\xff', 'ignored\xff', '\xe2\x82\xac\\\n\xf0\x9f']) writeRaw(sandbox.root, name);
      } catch {
        this.skip(); // this file system refuses such names
      }
      sandbox.write({ 'bad\ufffd': '', 'other': '' });
      const shown = ['bad\\xfe', 'bad\\xff', '€\\\\\\n\\xf0\\x9f'];
      expect(paths({ onError, ignore: ['ignored*'] })).to.have.members([...shown, 'bad\ufffd', 'other']);
      expect(errors.map(({ path, code }) => [path, code])).to.have.deep.members(shown.map((path) => [path, 'INVALID_NAME']));
    });

    onUnix('does not look into a folder whose name is not valid UTF-8', function () {
      try {
        mkdirSync(rawPath(sandbox.root, 'bad\xff'));
      } catch {
        this.skip(); // this file system refuses such names
      }
      expect([...walk(sandbox.root, { onError })]).to.deep.equal([
        { path: 'bad\\xff', name: 'bad\\xff', kind: 'directory', depth: 1, isUnreadable: true, hasInvalidName: true },
      ] satisfies WalkEntry[]);
    });

    onUnix('goes as deep as paths can be, and reports what lies deeper', () => {
      const start = process.cwd();
      process.chdir(sandbox.root);
      for (let depth = 0; depth < 2500; depth += 1) {
        mkdirSync('d');
        process.chdir('d');
      }
      process.chdir(start);
      try {
        const depths = [...walk(sandbox.root, { onError })].map((entry) => entry.depth);
        expect(depths.length).to.be.greaterThan(400);
        expect(depths.at(-1)).to.equal(depths.length);
        expect(errors.map((error) => error.code)).to.deep.equal(['ENAMETOOLONG']);
      } finally {
        execFileSync('rm', ['-rf', join(sandbox.root, 'd')]);
      }
    });

    it('passes over it when nobody listens', () => {
      sandbox.write({ 'a': '', 'b/': '' });
      const walking = walk(sandbox.root);
      walking.next();
      rmdirSync(join(sandbox.root, 'b'));
      expect([...walking]).to.have.length(1);
    });
  });

  describe('in folders that somebody hostile wrote', () => {
    onUnix('does not wait for pipes in the place of ignore files and settings', () => {
      sandbox.write({ 'a': '', '.git/HEAD': 'ref: refs/heads/main', '.git/objects/': '', '.git/refs/': '', '.git/info/': '' });
      for (const name of ['.gitignore', '.git/config', '.git/info/exclude', '.git/commondir']) execFileSync('mkfifo', [join(sandbox.root, name)]);
      expect(paths()).to.deep.equal(['a']);
    });

    it('does not get lost in patterns with many stars', () => {
      sandbox.write({ '.gitignore': `${'*a'.repeat(60)}*b\n${'**/a/'.repeat(40)}b\n[[[[[[\n`, ['a'.repeat(250)]: '', [`${'a/'.repeat(60)}x`]: '' });
      expect(paths()).to.have.length(62);
    });

    it('does not read the same settings in a circle', () => {
      sandbox.init().write({ 'a': '', '.git/config': '[core]\nrepositoryformatversion = 0\n[include]\npath = config\npath = config\n' });
      expect(paths()).to.deep.equal(['a']);
    });
  });

  it('ends with the reason of the signal', () => {
    sandbox.write({ 'a': '', 'b': '' });
    const controller = new AbortController();
    const walking = walk(sandbox.root, { signal: controller.signal });
    walking.next();
    controller.abort(new Error('enough'));
    expect(() => walking.next()).to.throw('enough');
  });

  it('reads a folder only when it gets there', () => {
    sandbox.write({ 'a/x': '', 'b/x': '' });
    const walking = walk(sandbox.root);
    walking.next();
    rmSync(join(sandbox.root, 'b'), { recursive: true });
    sandbox.write({ 'b/y': '' });
    expect([...walking].map((entry) => entry.path)).to.deep.equal(['a/x', 'b', 'b/y']);
  });
});

describe('visibleText', () => {
  it('shows what could drive a terminal, break a line or turn the text around, and keeps names apart', () => {
    expect(visibleText('a\x1b[2J\nb\u202e\ud800')).to.equal('a\\x1b[2J\\nb\\u202e\\ud800');
    expect(visibleText('\\n')).to.equal('\\\\n');
    expect(visibleText('é 漢字 👩‍👩‍👧')).to.equal('é 漢字 👩‍👩‍👧');
  });
});

/** A file in `folder` whose name has the bytes of `name`, one for each character. */
function writeRaw(folder: string, name: string): void {
  writeFileSync(rawPath(folder, name), '');
}

function rawPath(folder: string, name: string): Buffer {
  return Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);
}

/** Root may read everything; whoever else runs the tests may not. */
function asOrdinaryUser<Result>(body: () => Result): Result {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.('nobody');
  try {
    return body();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
