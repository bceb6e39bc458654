import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { walk, type WalkOptions } from '@structum/walk';

/** A temporary folder with a home of its own, in which the real git and the walker see the same. */
export class GitSandbox {
  readonly base = mkdtempSync(join(tmpdir(), 'structum-walk-'));
  readonly root = join(this.base, 'root');
  readonly home = join(this.base, 'home');
  readonly env: Readonly<Record<string, string>> = {
    PATH: process.env['PATH'] ?? '',
    HOME: this.home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: this.base,
  };

  constructor() {
    mkdirSync(this.root);
    mkdirSync(this.home);
  }

  /** Writes files; a path that ends with `/` is a folder, content that begins with `-> ` makes a symbolic link. */
  write(files: Readonly<Record<string, string>>, root = this.root): this {
    for (const [path, content] of Object.entries(files)) {
      const target = join(root, path);
      mkdirSync(path.endsWith('/') ? target : dirname(target), { recursive: true });
      if (path.endsWith('/')) continue;
      if (content.startsWith('-> ')) symlinkSync(content.slice(3), target);
      else writeFileSync(target, content);
    }
    return this;
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', ['-C', this.root, ...args], { env: this.env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  init(): this {
    this.git('init', '--quiet');
    return this;
  }

  /** What git lists: files, links, and nested repositories with a slash at the end. */
  listedByGit(folder = '.'): string[] {
    const output = this.git('-C', folder, 'ls-files', '--cached', '--others', '--exclude-standard', '-z');
    return output.split('\0').filter((path) => path !== '').sort();
  }

  /** What the walker lists, in git's words. */
  listedByWalk(folder = '.', options: WalkOptions = {}): string[] {
    const paths: string[] = [];
    for (const entry of walk(join(this.root, folder), { hidden: true, env: this.env, ...options })) {
      if (entry.isNestedRepository) paths.push(`${entry.path}/`);
      else if (entry.kind === 'file' || entry.kind === 'symlink') paths.push(entry.path);
    }
    return paths.sort();
  }

  remove(): void {
    rmSync(this.base, { recursive: true, force: true });
  }
}
