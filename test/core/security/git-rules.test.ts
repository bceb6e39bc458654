import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
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

  const git = (folder: string, ...args: string[]): Buffer => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'protocol.file.allow=always', ...args], { cwd: join(top, folder) });

  it('are those of both places of a linked work tree', () => {
    git('repository', 'commit', '--quiet', '--allow-empty', '-m', 'first');
    git('repository', 'worktree', 'add', '--quiet', join(top, 'linked'));
    expect(rulesOf('linked').files).to.include.members(['linked/.git', 'repository/.git/config', 'repository/.git/worktrees/linked/HEAD']);
  });

  it('are those of a repository in another one', () => {
    git('repository', 'commit', '--quiet', '--allow-empty', '-m', 'first');
    execFileSync('git', ['init', '--quiet', join(top, 'outer')]);
    git('outer', 'submodule', '--quiet', 'add', join(top, 'repository'), 'inner');
    expect(rulesOf('outer/inner').files).to.include.members(['outer/inner/.git', 'outer/.git/modules/inner/config', 'outer/.git/modules/inner/HEAD']);
  });

  it('are nothing that a repository names, and nothing that a link leads to', () => {
    writeFiles(top, { 'secret/exclude': 's', 'repository/.git/config': `[core]\n\texcludesFile = ${join(top, 'secret/exclude')}\n[include]\n\tpath = ${join(top, 'secret/exclude')}\n` });
    symlinkSync(join(top, 'secret/exclude'), join(top, 'repository/a/b/.gitignore'));
    rmSync(join(top, 'repository/.git/info'), { recursive: true, force: true });
    symlinkSync(join(top, 'secret'), join(top, 'repository/.git/info'), 'junction');
    const { files } = rulesOf('repository/a/b');
    expect(files).to.include('repository/a/.gitignore');
    for (const file of ['secret/exclude', 'repository/a/b/.gitignore', 'repository/.git/info/exclude']) expect(files).not.to.include(file);
  });

  it('are not those of a folder that does not know who leads there', () => {
    git('repository', 'commit', '--quiet', '--allow-empty', '-m', 'first');
    git('repository', 'worktree', 'add', '--quiet', join(top, 'linked'));
    const linked = join(top, 'repository/.git/worktrees/linked');
    writeFiles(top, {
      'private/config': 'token', 'private/HEAD': '',
      'to-any/.git': `gitdir: ${join(top, 'private')}\n`,
      'to-other/.git': `gitdir: ${join(top, 'repository/.git')}\n`,
      'to-linked/.git': `gitdir: ${linked}\n`,
      'to-own/.git': `gitdir: own\n`, 'to-own/own/HEAD': 'ref: x', 'to-own/own/gitdir': join(top, 'to-own/.git'), 'to-own/own/commondir': join(top, 'repository/.git'),
    });
    for (const folder of ['to-any', 'to-other', 'to-linked', 'to-own']) expect(rulesOf(folder), folder).to.deep.equal({ files: [], folders: [] });
  });
});
