import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { gitRules } from '#internal/core/security/git-rules.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

describe('the files that say what git ignores in a folder', () => {
  let top: string;
  let home: string;

  beforeEach(() => {
    top = realpathSync(temporaryFolder());
    home = realpathSync(temporaryFolder());
    mkdirSync(join(top, 'repository/a/b'), { recursive: true });
    execFileSync('git', ['init', '--quiet', join(top, 'repository')]);
    writeFiles(top, { '.gitignore': 'outside', 'repository/.gitignore': 'x', 'repository/a/.gitignore': 'y' });
  });

  const rulesOf = (folder: string, env: Readonly<Record<string, string>> = { HOME: home }): { files: string[]; folders: string[] } => {
    const { files, folders } = gitRules([join(top, folder)], env);
    const within = (paths: readonly string[]): string[] => paths.filter((path) => path.startsWith(top) || path.startsWith(home)).map((path) => path.replace(home, '~').slice(path.startsWith(top) ? top.length + 1 : 0));
    return { files: within(files), folders: within(folders) };
  };

  it('are those of the folders around it, up to the root of the repository, and what that has set', () => {
    const { files, folders } = rulesOf('repository/a/b');
    expect(files).to.include.members(['repository/a/.gitignore', 'repository/.gitignore', 'repository/.git/HEAD', 'repository/.git/config']).and.not.include('.gitignore');
    expect(folders).to.deep.equal(['repository/.git/objects', 'repository/.git/refs']);
  });

  it('are none in a folder that is in no repository, but for those of the user', () => {
    mkdirSync(join(top, 'plain'));
    writeFiles(home, { '.config/git/ignore': '*.log', '.gitconfig': '[core]\n\texcludesFile = ~/mine\n[include]\n\tpath = more\n', mine: '', more: '' });
    expect(rulesOf('plain')).to.deep.equal({ files: ['~/.gitconfig', '~/mine', '~/more', '~/.config/git/ignore'], folders: [] });
  });

  it('are those of both places of a linked work tree', () => {
    const git = (...args: string[]): Buffer => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: join(top, 'repository') });
    git('commit', '--quiet', '--allow-empty', '-m', 'first');
    git('worktree', 'add', '--quiet', join(top, 'linked'));
    expect(rulesOf('linked').files).to.include.members(['linked/.git', 'repository/.git/config', 'repository/.git/worktrees/linked/HEAD']);
  });

  it('are nothing that a repository names, and nothing that a link leads to', () => {
    writeFiles(top, { secret: 's', 'repository/.git/config': `[core]\n\texcludesFile = ${join(top, 'secret')}\n[include]\n\tpath = ${join(top, 'secret')}\n`, 'other/.git': `gitdir: ${join(top, 'fake')}\n`, 'fake/HEAD': '' });
    mkdirSync(join(top, 'other/in'));
    symlinkSync(join(top, 'secret'), join(top, 'other/.gitignore'));
    symlinkSync(join(top, 'secret'), join(top, 'fake/config'));
    expect(rulesOf('repository/a').files).not.to.include('secret');
    expect(rulesOf('other/in').files).to.deep.equal(['other/.git', 'fake/HEAD']);
  });
});
