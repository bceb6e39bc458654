import { lstatSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { foldersFrom } from '../platform/folders.js';
import { realPath } from '../platform/real-path.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What has to be there so that git's rules about folders are found. */
export interface GitRules {
  readonly files: readonly string[];
  /** That are looked for, and not into. */
  readonly folders: readonly string[];
}

/**
 * The files outside of folders that say what git ignores in them, `$git` in permissions: `.gitignore` of the folders above,
 * up to the repository's root, what the repository and the user set for git, and the user's own ignore file.
 *
 * No link is followed, and nothing that a repository names: whoever wrote that would choose what may be read.
 *
 * @param folders - Absolute, and real.
 */
export function gitRules(folders: readonly string[], env: Environment): GitRules {
  const around = folders.map(aroundFolder);
  const files = new Set([...around.flatMap((each) => each.files), ...ofUser(env)]);
  return { files: [...files].filter(isFile), folders: [...new Set(around.flatMap((each) => each.folders))].filter(isFolder) };
}

function aroundFolder(folder: string): GitRules {
  const files: string[] = [];
  for (const current of foldersFrom(folder)) {
    files.push(join(current, '.gitignore'));
    const git = gitFolder(join(current, '.git'));
    if (git === undefined) continue;
    const below = (names: readonly string[]): readonly string[] => git.flatMap((path) => names.map((name) => join(path, name)));
    const own = below(OF_REPOSITORY).filter((path) => isFolder(dirname(path)));
    return { files: [...files, join(current, '.git'), ...own], folders: below(MARKS) };
  }
  // In no repository, only what is in the folder itself counts.
  return { files: [], folders: [] };
}

/** By which git knows a repository. */
const MARKS = ['objects', 'refs'];

const OF_REPOSITORY = ['HEAD', 'commondir', 'config', 'config.worktree', 'info/exclude'];

/**
 * Where a repository keeps its own, and for a linked work tree also where it shares that; `undefined` where none is. A folder
 * elsewhere counts where git put it there, which it says itself: anybody may have written the file that leads to it.
 */
function gitFolder(path: string): readonly string[] | undefined {
  if (isFolder(path)) return [path];
  const target = /^gitdir: (.+?)\s*$/.exec(contentOf(path))?.[1];
  const own = target === undefined ? undefined : realPath(resolve(dirname(path), target));
  if (own === undefined) return undefined;
  const pointer = contentOf(join(own, 'commondir')).trim();
  if (pointer === '') return isRepository(own) && workTreesOf(own).includes(dirname(path)) ? [own] : undefined;
  const shared = realPath(resolve(own, pointer));
  const isLinked = shared !== undefined && isRepository(shared) && dirname(own) === join(shared, 'worktrees');
  return isLinked && realPath(resolve(own, contentOf(join(own, 'gitdir')).trim())) === path ? [own, shared] : undefined;
}

function isRepository(folder: string): boolean {
  return isFile(join(folder, 'HEAD')) && MARKS.every((name) => isFolder(join(folder, name)));
}

/** What a repository in another one says of where it is checked out. */
function workTreesOf(folder: string): readonly (string | undefined)[] {
  const lines = contentOf(join(folder, 'config')).matchAll(/^\s*worktree\s*=\s*"?(.+?)"?\s*$/gim);
  return [...lines].map(([, tree = '']) => realPath(resolve(folder, tree)));
}

function ofUser(env: Environment): readonly string[] {
  const home = env['HOME'] ?? (process.platform === 'win32' ? env['USERPROFILE'] : undefined);
  const { XDG_CONFIG_HOME: xdg = '' } = env;
  const folder = xdg === '' ? home === undefined ? undefined : join(home, '.config') : xdg;
  const configs = [
    ...(process.platform === 'win32' ? [] : ['/etc/gitconfig']), env['GIT_CONFIG_SYSTEM'], env['GIT_CONFIG_GLOBAL'],
    folder === undefined ? undefined : join(folder, 'git/config'),
    home === undefined ? undefined : join(home, '.gitconfig'),
  ].filter((file): file is string => file !== undefined && isAbsolute(file));
  const known = new Set(configs);
  // A set hands out what is added to it while it is walked.
  for (const file of known) if (known.size < MOST_FILES) for (const named of namedIn(file, home)) known.add(named);
  return [...known, ...(folder === undefined ? [] : [join(folder, 'git/ignore')])];
}

const MOST_FILES = 32;

/** Files that a configuration of git includes, and the ignore file that it names. */
function namedIn(file: string, home: string | undefined): readonly string[] {
  const lines = contentOf(file).matchAll(/^\s*(?:path|excludesfile)\s*=\s*"?(.+?)"?\s*$/gim);
  return [...lines].flatMap(([, path = '']) => {
    const expanded = path.startsWith('~/') && home !== undefined ? join(home, path.slice(2)) : resolve(dirname(file), path);
    return isAbsolute(expanded) ? [expanded] : [];
  });
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Empty where there is none that can be read. */
function contentOf(file: string): string {
  try {
    const stats = lstatSync(file);
    return stats.isFile() && stats.size <= MOST_BYTES ? readFileSync(file, 'utf8') : '';
  } catch {
    return '';
  }
}

const MOST_BYTES = 1024 * 1024;
