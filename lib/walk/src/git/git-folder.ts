import { lstatSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readSmallFile } from '../small-file.js';

/** The administrative folder of a repository: what `.git` is, or points to. */
export interface GitFolder {
  /** The folder with `HEAD`. */
  readonly path: string;
  /** Where what the work trees of a repository share lies: the same folder, unless this is a linked work tree. */
  readonly commonPath: string;
}

/** A repository and its work tree. */
export interface Repository {
  /** The top of the work tree. */
  readonly root: string;
  readonly git: GitFolder;
}

/** The repository that `folder`, an absolute path, lies in. */
export function findRepository(folder: string): Repository | undefined {
  for (let root = folder; ; root = dirname(root)) {
    const git = gitFolderOf(root);
    if (git !== undefined) return { root, git };
    if (dirname(root) === root) return undefined;
  }
}

/** The git folder of the work tree whose top is `root`; `undefined` when it is none. */
export function gitFolderOf(root: string): GitFolder | undefined {
  const dotGit = join(root, '.git');
  if (mayBeFolder(dotGit)) {
    const found = validGitFolder(dotGit);
    if (found !== undefined) return found;
  }
  const pointer = /^gitdir: (.+?)[\r\n]*$/s.exec(readSmallFile(dotGit)?.toString('utf8') ?? '');
  return pointer?.[1] === undefined ? undefined : validGitFolder(resolve(root, pointer[1]));
}

/** A git folder holds a `HEAD`, `objects` and `refs`; git looks further up when one does not. */
function validGitFolder(path: string): GitFolder | undefined {
  if (!exists(join(path, 'HEAD'))) return undefined;
  const pointer = readSmallFile(join(path, 'commondir'))?.toString('utf8').replace(/[\r\n]+$/, '');
  const commonPath = pointer === undefined ? path : resolve(path, pointer);
  return mayBeFolder(join(commonPath, 'objects')) && mayBeFolder(join(commonPath, 'refs')) ? { path, commonPath } : undefined;
}

/** What may not be looked at is not there, as far as we can know. */
function exists(path: string): boolean {
  try {
    return lstatSync(path, QUIETLY) !== undefined;
  } catch {
    return false;
  }
}

/** Who may read no more of a repository than what it ignores need not see its objects, and is not told whether they are there. */
function mayBeFolder(path: string): boolean {
  try {
    return statSync(path, QUIETLY)?.isDirectory() === true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_ACCESS_DENIED';
  }
}

/** No error for what is not there: it is the usual case, and errors cost time. */
const QUIETLY = { throwIfNoEntry: false } as const;


