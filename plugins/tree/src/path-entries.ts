import type { TreeEntry } from './tree-result.js';

/**
 * The entries of the tree that paths make, with the folders that they lie in, in the order of a walk.
 *
 * They are made anew each time somebody goes through them, and not kept: trees can be large.
 */
export class PathEntries implements Iterable<TreeEntry> {
  private readonly paths: readonly string[];

  constructor(paths: readonly string[]) {
    this.paths = isInOrder(paths) ? paths : [...new Set(paths)].sort(compare);
  }

  *[Symbol.iterator](): Generator<TreeEntry, void, undefined> {
    let previous = '';
    for (const [index, path] of this.paths.entries()) {
      for (let at = path.indexOf('/', lengthOfSharedFolders(previous, path)); at >= 0; at = path.indexOf('/', at + 1)) {
        yield { path: path.slice(0, at), kind: 'directory' };
      }
      const isFolder = path.endsWith('/') || this.paths[index + 1]?.startsWith(`${path}/`) === true;
      if (!isFolder) yield { path, kind: 'file' };
      previous = path;
    }
  }
}

function isInOrder(paths: readonly string[]): boolean {
  return paths.every((path, index) => index === 0 || compare(paths[index - 1] ?? '', path) < 0);
}

/** The order of a walk: by code units, but a slash comes before every other character. */
function compare(left: string, right: string): number {
  const at = firstDifference(left, right);
  const [leftRank, rightRank] = [rankAt(left, at), rankAt(right, at)];
  return leftRank - rightRank;
}

function rankAt(path: string, at: number): number {
  if (at >= path.length) return -2;
  const code = path.charCodeAt(at);
  return code === SLASH ? -1 : code;
}

/** How long the folders are that both paths lie in, with the slash at their end. */
function lengthOfSharedFolders(left: string, right: string): number {
  const at = firstDifference(left, right);
  return at === 0 ? 0 : left.lastIndexOf('/', at - 1) + 1;
}

function firstDifference(left: string, right: string): number {
  const end = Math.min(left.length, right.length);
  let at = 0;
  while (at < end && left.charCodeAt(at) === right.charCodeAt(at)) at += 1;
  return at;
}

const SLASH = 47;
