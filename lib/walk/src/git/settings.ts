import { join, resolve, dirname, isAbsolute } from 'node:path';
import { bytesOf, foldCase } from '../ignore/bytes.js';
import { Wildmatch } from '../ignore/wildmatch.js';
import { readSmallFile } from '../small-file.js';
import { parseConfig, type ConfigEntries } from './config.js';
import type { Repository } from './git-folder.js';

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What git's configuration says about ignoring. */
export interface GitSettings {
  /** The user's own ignore file; an absolute path. */
  readonly excludesFile: string | undefined;
  /** Whether names that differ in case only are the same. */
  readonly ignoreCase: boolean;
}

/** Reads git's configuration for `repository`, or for a folder that lies in none: system, user, repository, work tree, environment. */
export function readGitSettings(repository: Repository | undefined, env: Environment): GitSettings {
  const reader = new ConfigReader(repository, env);
  for (const file of configFiles(repository, env)) reader.read(file);
  reader.take(environmentEntries(env), undefined);
  return {
    excludesFile: reader.excludesFile ?? userFile('ignore', env),
    ignoreCase: reader.ignoreCase ?? (repository === undefined && systemIgnoresCase()),
  };
}

/** Whether file systems usually ignore case here; for repositories, `git init` finds out and records it. */
export function systemIgnoresCase(): boolean {
  return process.platform === 'darwin' || process.platform === 'win32';
}

function configFiles(repository: Repository | undefined, env: Environment): string[] {
  const home = homeOf(env);
  const files: (string | undefined)[] = [];
  if (!isTrue(env['GIT_CONFIG_NOSYSTEM'])) files.push(env['GIT_CONFIG_SYSTEM'] ?? SYSTEM_CONFIG);
  if (env['GIT_CONFIG_GLOBAL'] !== undefined) files.push(env['GIT_CONFIG_GLOBAL']);
  else files.push(userFile('config', env), home === undefined ? undefined : join(home, '.gitconfig'));
  if (repository !== undefined) files.push(join(repository.git.commonPath, 'config'), join(repository.git.path, 'config.worktree'));
  return files.filter((file) => file !== undefined && file !== '') as string[];
}

/** Where git is usually told to look on Unix; on Windows it depends on the installation and is left out. */
const SYSTEM_CONFIG = process.platform === 'win32' ? undefined : '/etc/gitconfig';

function userFile(name: string, env: Environment): string | undefined {
  const home = homeOf(env);
  if (env['XDG_CONFIG_HOME']) return join(env['XDG_CONFIG_HOME'], 'git', name);
  return home === undefined ? undefined : join(home, '.config', 'git', name);
}

function homeOf(env: Environment): string | undefined {
  const home = env['HOME'] ?? (process.platform === 'win32' ? env['USERPROFILE'] : undefined);
  return home === '' ? undefined : home;
}

/** Settings of `GIT_CONFIG_COUNT`, `GIT_CONFIG_KEY_0`, `GIT_CONFIG_VALUE_0` and so on. */
function environmentEntries(env: Environment): ConfigEntries {
  const count = Number(env['GIT_CONFIG_COUNT'] ?? 0);
  const entries: [string, string][] = [];
  for (let index = 0; index < Math.min(count, 1000); index += 1) {
    const name = env[`GIT_CONFIG_KEY_${String(index)}`];
    const value = env[`GIT_CONFIG_VALUE_${String(index)}`];
    if (name !== undefined && value !== undefined) entries.push([name.toLowerCase(), value]);
  }
  return entries;
}

/** Gathers the few settings that matter, file by file; the last word counts. */
class ConfigReader {
  excludesFile: string | undefined;
  ignoreCase: boolean | undefined;
  private worktreeConfig = false;
  private depth = 0;

  constructor(
    private readonly repository: Repository | undefined,
    private readonly env: Environment,
  ) {}

  read(file: string): void {
    if (file.endsWith('config.worktree') && !this.worktreeConfig) return;
    const content = readSmallFile(file);
    if (content !== undefined) this.take(parseConfig(content.toString('utf8')), file);
  }

  /** @param file - Where `entries` come from, for what is relative to it. */
  take(entries: ConfigEntries, file: string | undefined): void {
    for (const [name, value] of entries) {
      if (name === 'core.excludesfile') this.excludesFile = value === '' ? '' : this.expand(value, this.repository?.root ?? '.');
      else if (name === 'core.ignorecase') this.ignoreCase = isTrue(value);
      else if (name === 'extensions.worktreeconfig') this.worktreeConfig = isTrue(value);
      else if (file !== undefined && this.isInclude(name, file)) this.include(value, file);
    }
  }

  private include(path: string, from: string): void {
    if (this.depth >= MAX_INCLUDES) return;
    this.depth += 1;
    this.read(this.expand(path, dirname(from)));
    this.depth -= 1;
  }

  private isInclude(name: string, file: string): boolean {
    if (name === 'include.path') return true;
    const condition = /^includeif\.(gitdir|gitdir\/i|onbranch):(.*)\.path$/s.exec(name);
    const [, kind, pattern] = condition ?? [];
    if (this.repository === undefined || kind === undefined || pattern === undefined) return false;
    return kind === 'onbranch' ? this.isOnBranch(pattern) : this.isGitFolder(pattern, kind === 'gitdir/i', file);
  }

  private isGitFolder(pattern: string, ignoreCase: boolean, file: string): boolean {
    let full = pattern.startsWith('./') ? slashed(resolve(dirname(file), pattern)) + (pattern.endsWith('/') ? '/' : '') : slashed(this.expandHome(pattern));
    if (!isAbsolute(full) && !full.startsWith('**/')) full = `**/${full}`;
    if (full.endsWith('/')) full += '**';
    const path = bytesOf(slashed(this.repository?.git.path ?? ''));
    return Wildmatch.compile(bytesOf(full), ignoreCase)?.matches(ignoreCase ? foldCase(path) : path) === true;
  }

  private isOnBranch(pattern: string): boolean {
    const head = readSmallFile(join(this.repository?.git.path ?? '', 'HEAD'))?.toString('utf8') ?? '';
    const branch = /^ref: refs\/heads\/(.+?)\s*$/.exec(head)?.[1];
    const full = pattern.endsWith('/') ? `${pattern}**` : pattern;
    return branch !== undefined && Wildmatch.compile(bytesOf(full), false)?.matches(bytesOf(branch)) === true;
  }

  private expand(path: string, base: string): string {
    return resolve(base, this.expandHome(path));
  }

  private expandHome(path: string): string {
    const home = homeOf(this.env);
    return home !== undefined && /^~(?=\/|$)/.test(path) ? home + path.slice(1) : path;
  }
}

const MAX_INCLUDES = 10;

function slashed(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

function isTrue(value: string | undefined): boolean {
  if (value === undefined) return false;
  return /^(?:true|yes|on)$/i.test(value) || (/^-?\d+[kmg]?$/i.test(value) && Number.parseInt(value, 10) !== 0);
}
