import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { walk } from '@structum/walk';
import { GitSandbox } from './git-sandbox.js';

describe('walk, and where git keeps its rules', () => {
  let sandbox: GitSandbox;

  beforeEach(() => {
    sandbox = new GitSandbox().init().write({ 'a.log': '', 'b.tmp': '', 'c.txt': '', 'sub/a.log': '', 'sub/d.txt': '', 'sub/deep/a.log': '', 'sub/deep/e.txt': '' });
  });

  afterEach(() => {
    sandbox.remove();
  });

  function expectAgreement(folder = '.'): string[] {
    const listed = sandbox.listedByWalk(folder);
    expect(listed).to.deep.equal(sandbox.listedByGit(folder));
    return listed;
  }

  it('reads .git/info/exclude', () => {
    sandbox.write({ '.git/info/exclude': '*.log\n' });
    expect(expectAgreement()).not.to.include('a.log');
  });

  it('reads ~/.config/git/ignore when nothing else is set', () => {
    sandbox.write({ '.config/git/ignore': '*.log\n' }, sandbox.home);
    expect(expectAgreement()).not.to.include('a.log');
  });

  it('reads the file that core.excludesFile names, from the home folder', () => {
    sandbox.write({ '.gitconfig': '[core]\n  excludesFile = ~/mine ; a comment\n', mine: '*.tmp\n', '.config/git/ignore': '*.log\n' }, sandbox.home);
    expect(expectAgreement()).to.include('a.log').and.not.include('b.tmp');
  });

  it('reads nothing of the user when core.excludesFile is empty', () => {
    sandbox.write({ '.config/git/config': '[core]\nexcludesFile =\n', '.config/git/ignore': '*.log\n' }, sandbox.home);
    expect(expectAgreement()).to.include('a.log');
  });

  it('lets the repository have the last word over the user', () => {
    sandbox.write({ '.gitconfig': '[core]\n\texcludesfile = "~/mine"\n', mine: '*.tmp\n' }, sandbox.home).write({ theirs: '*.log\n' });
    sandbox.git('config', 'core.excludesFile', 'theirs');
    expect(expectAgreement()).to.include('b.tmp').and.not.include('a.log');
  });

  it('follows include.path and includeIf in the configuration', () => {
    sandbox.write(
      {
        '.gitconfig': `[include]\n path = more\n[includeIf "gitdir:${sandbox.base}/"]\n path = here\n[includeIf "gitdir:/elsewhere/"]\n path = there\n`,
        more: '[core] excludesFile = ~/mine\n',
        mine: '*.tmp\n',
        here: '[core]\nignoreCase = true\n',
        there: '[core]\nexcludesFile = ~/other\n',
        other: '*.txt\n',
      },
      sandbox.home,
    );
    sandbox.write({ '.gitignore': '*.LOG\n' });
    expect(expectAgreement()).to.deep.equal(['.gitignore', 'c.txt', 'sub/d.txt', 'sub/deep/e.txt']);
  });

  it('puts .gitignore before info/exclude, and that before the user', () => {
    sandbox.write({ '.config/git/ignore': '*\n' }, sandbox.home).write({ '.git/info/exclude': '!*.log\n!*/\n', '.gitignore': '/a.log\n!c.txt\n' });
    expect(expectAgreement()).to.deep.equal(['c.txt', 'sub/a.log', 'sub/deep/a.log']);
  });

  it('reads the files of the parents up to the top of the repository', () => {
    sandbox.write({ '.gitignore': '/sub/deep/a.log\n*.tmp\n', 'sub/.gitignore': 'd.txt\n', 'sub/deep/x.tmp': '' });
    expectAgreement('sub/deep');
    expectAgreement('sub');
  });

  it('reads info/exclude relative to the top of the repository', () => {
    sandbox.write({ '.git/info/exclude': '/sub/deep/a.log\nsub/*/e.txt\n' });
    expectAgreement('sub/deep');
    expectAgreement('sub');
  });

  it('does not read a .gitignore that is a symbolic link', () => {
    sandbox.write({ rules: '*.log\n', '.gitignore': '-> rules' });
    expect(expectAgreement()).to.include('a.log');
  });

  it('does not mind a .gitignore that is a folder', () => {
    sandbox.write({ '.gitignore/x': '' });
    expectAgreement();
  });

  it('never lists .git, whatever it is', () => {
    sandbox.write({ 'sub/.git': 'nonsense', 'sub/deep/.git/x': '' });
    expectAgreement();
  });


  describe('in a linked work tree', () => {
    it('reads the info/exclude of the main one', () => {
      sandbox.git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--allow-empty', '-m', 'start');
      sandbox.git('worktree', 'add', '--quiet', join(sandbox.base, 'linked'));
      sandbox.write({ '.git/info/exclude': '*.log\n' }).write({ 'a.log': '', 'c.txt': '' }, join(sandbox.base, 'linked'));
      expect(expectAgreement('../linked')).to.deep.equal(['c.txt']);
    });
  });

  describe('a repository inside the repository', () => {
    beforeEach(() => {
      sandbox.write({ 'sub/nested/x.txt': '', 'sub/nested/y/z.txt': '' });
      sandbox.git('-C', 'sub/nested', 'init', '--quiet');
    });

    it('is listed as one folder', () => {
      expect(expectAgreement()).to.include('sub/nested/');
      const entries = [...walk(sandbox.root, { env: sandbox.env })];
      expect(entries.find((entry) => entry.path === 'sub/nested')).to.include({ kind: 'directory', isNestedRepository: true });
    });

    it('is left out when it is ignored', () => {
      sandbox.write({ '.gitignore': 'nested/\n' });
      expect(expectAgreement()).not.to.include('sub/nested/');
    });

    it('is recognised by a .git file as well', () => {
      sandbox.git('init', '--quiet', '--separate-git-dir', join(sandbox.base, 'apart'), 'other');
      sandbox.write({ 'other/x.txt': '' });
      expect(expectAgreement()).to.include('other/');
    });

    it('is looked into when it is the root itself', () => {
      expect(expectAgreement('sub/nested')).to.deep.equal(['x.txt', 'y/z.txt']);
    });

    it('is looked into without gitignore, .git and all', () => {
      const paths = [...walk(sandbox.root, { gitignore: false, hidden: true, maxDepth: 3 })].map((entry) => entry.path);
      expect(paths).to.include('sub/nested/.git').and.include('sub/nested/y').and.include('.git/HEAD');
    });
  });

  it('takes .GIT for .git only where case is ignored', function () {
    sandbox.write({ 'sub/.GIT': 'nonsense' });
    expectAgreement();
    sandbox.git('config', 'core.ignoreCase', 'true');
    expect(expectAgreement()).not.to.include('sub/.GIT');
  });

  it('walks a root that is ignored, by the rules of its parents', () => {
    sandbox.write({ '.gitignore': 'sub\n*.log\n' });
    expect(sandbox.listedByWalk('sub')).to.deep.equal(['d.txt', 'deep/e.txt']);
  });

  it('finds the repository of a root that is a symbolic link', () => {
    sandbox.write({ '.gitignore': '*.log\n' });
    symlinkSync(join(sandbox.root, 'sub'), join(sandbox.base, 'shortcut'));
    expect(sandbox.listedByWalk('../shortcut')).to.deep.equal(['d.txt', 'deep/e.txt']);
  });

  it('leaves out a tracked file that matches a pattern: it does not read the index', () => {
    sandbox.git('add', 'a.log');
    sandbox.write({ '.gitignore': '*.log\n' });
    expect(sandbox.listedByGit()).to.include('a.log');
    expect(sandbox.listedByWalk()).not.to.include('a.log');
  });

  describe('outside of any repository', () => {
    beforeEach(() => {
      sandbox.remove();
      sandbox = new GitSandbox().write({ '.gitignore': '*.log\nprojects/one/c.txt\n', 'a.log': '', 'b.txt': '', 'projects/a.log': '' });
    });

    it('reads .gitignore from the root down, and none above it', () => {
      sandbox.write({ '.gitignore': '*\n' }, sandbox.base);
      expect(sandbox.listedByWalk()).to.deep.equal(['.gitignore', 'b.txt']);
    });

    it('looks into the repositories below, each by its own rules alone', () => {
      sandbox.write({ 'projects/one/.gitignore': '*.tmp\n', 'projects/one/a.log': '', 'projects/one/b.tmp': '', 'projects/one/c.txt': '' });
      sandbox.git('-C', 'projects/one', 'init', '--quiet');
      expect(sandbox.listedByWalk().filter((path) => path.startsWith('projects/one/')).map((path) => path.slice('projects/one/'.length))).to.deep.equal(
        sandbox.listedByGit('projects/one'),
      );
      expect(sandbox.listedByGit('projects/one')).to.deep.equal(['.gitignore', 'a.log', 'c.txt']);
    });
  });
});
