import { lstatSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';

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
  try {
    const stats = statSync(dotGit);
    if (stats.isDirectory()) return validGitFolder(dotGit);
    const pointer = stats.isFile() && stats.size < 65_536 ? /^gitdir: (.+?)[\r\n]*$/s.exec(readFileSync(dotGit, 'utf8')) : null;
    return pointer?.[1] === undefined ? undefined : validGitFolder(resolve(root, pointer[1]));
  } catch {
    return undefined; // what cannot be read is no repository that we can know anything of
  }
}

/** A git folder holds a `HEAD`, `objects` and `refs`; git looks further up when one does not. */
function validGitFolder(path: string): GitFolder | undefined {
  lstatSync(join(path, 'HEAD'));
  const commonPath = commonPathOf(path);
  return isFolder(join(commonPath, 'objects')) && isFolder(join(commonPath, 'refs')) ? { path, commonPath } : undefined;
}

function commonPathOf(path: string): string {
  try {
    const pointer = readFileSync(join(path, 'commondir'), 'utf8').replace(/[\r\n]+$/, '');
    return isAbsolute(pointer) ? pointer : join(path, pointer);
  } catch {
    return path;
  }
}

function isFolder(path: string): boolean {
  return statSync(path).isDirectory();
}
