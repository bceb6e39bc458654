import { bytesOf, foldCase, slashesIn } from './bytes.js';
import type { PathTest } from './pattern.js';
import type { IndexedPathTest, PatternList } from './pattern-list.js';

/**
 * The rules that hold in one folder: those of its own ignore file, of its parents', and of the user's.
 *
 * A value: {@link enter} and {@link add} give new ones, and the same one where nothing changes, so that walking
 * deep below the last ignore file costs nothing.
 */
export class FolderRules {
  static readonly none = new FolderRules([], 0);

  private constructor(
    /** The first that says anything about a name decides. */
    private readonly parts: readonly Part[],
    /** How many parts come before the ignore files of the folders. */
    private readonly pinned: number,
  ) {}

  /** Whether these rules leave `name` out. Whether they leave out the folder itself must be asked of its parent's. */
  ignores(name: string, isFolder: boolean): boolean {
    for (const part of this.parts) {
      const text = part.list.ignoreCase ? foldCase(name) : name;
      const index = lastMatch(part, text, isFolder);
      if (index >= 0) return !part.list.isNegated(index);
    }
    return false;
  }

  /** The rules of the subfolder `name`, before its own ignore file is added. */
  enter(name: string): FolderRules {
    if (!this.parts.some(hasPending)) return this;
    const parts = this.parts.map((part) =>
      hasPending(part) ? partOf(part.list, part.pending, part.folder + folderName(name, part.list.ignoreCase)) : part,
    );
    return new FolderRules(parts, this.pinned);
  }

  /**
   * Adds the patterns of an ignore file, which come before those that are there.
   * @param from - Where this folder lies below the one that the patterns are relative to: `src/lib`; empty for that folder itself.
   */
  add(list: PatternList, from = ''): FolderRules {
    if (list.isEmpty) return this;
    const folder = from === '' ? '' : folderName(from, list.ignoreCase);
    const parts = [...this.parts];
    parts.splice(this.pinned, 0, partOf(list, list.pathTests, folder));
    return new FolderRules(parts, this.pinned);
  }

  /** Adds patterns relative to this folder that come before all ignore files, also before those that are added later. */
  addFirst(list: PatternList): FolderRules {
    if (list.isEmpty) return this;
    return new FolderRules([partOf(list, list.pathTests, ''), ...this.parts], this.pinned + 1);
  }

  /** Without ignore files: only what {@link addFirst} added. */
  withoutFiles(): FolderRules {
    return new FolderRules(this.parts.slice(0, this.pinned), this.pinned);
  }
}

/** One list of patterns, as it looks from one folder. */
interface Part {
  readonly list: PatternList;
  /** The folder, relative to that of the list: bytes with a slash at the end; empty for the same. Unused where nothing is pending. */
  readonly folder: string;
  /** The tests of whole paths that can match something in this folder or below it. */
  readonly pending: readonly IndexedPathTest[];
  /** Those of them that can match something in this folder. */
  readonly here: readonly IndexedPathTest[];
}

function hasPending(part: Part): boolean {
  return part.pending.length > 0;
}

const NOTHING: readonly IndexedPathTest[] = [];

function partOf(list: PatternList, candidates: readonly IndexedPathTest[], folder: string): Part {
  if (candidates.length === 0) return { list, folder, pending: NOTHING, here: NOTHING };
  const depth = slashesIn(folder);
  const pending = candidates.filter(({ test }) => (test.depth === undefined || test.depth >= depth) && isCompatible(test, folder));
  if (pending.length === 0) return { list, folder, pending: NOTHING, here: NOTHING };
  return { list, folder, pending, here: pending.filter(({ test }) => test.depth === undefined || test.depth === depth) };
}

/** Whether the literal beginning of `test` leads into `folder`, or lies before it. */
function isCompatible({ prefix, glob }: PathTest, folder: string): boolean {
  return prefix.startsWith(folder) || (glob !== undefined && folder.startsWith(prefix));
}

function folderName(name: string, ignoreCase: boolean): string {
  const bytes = bytesOf(name);
  return `${ignoreCase ? foldCase(bytes) : bytes}/`;
}

/** The index of the last pattern of `part` that matches; -1 when none does. */
function lastMatch(part: Part, name: string, isFolder: boolean): number {
  const byName = part.list.lastNameMatch(name, isFolder);
  if (part.here.length === 0) return byName;
  const path = part.folder + bytesOf(name);
  for (const { index, foldersOnly, test } of part.here) {
    if (index <= byName) break;
    if ((isFolder || !foldersOnly) && matchesPath(test, path)) return index;
  }
  return byName;
}

function matchesPath({ prefix, glob }: PathTest, path: string): boolean {
  return glob === undefined ? path === prefix : path.startsWith(prefix) && glob.matches(path, prefix.length);
}
