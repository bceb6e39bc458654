import { bytesOf, foldCase } from './bytes.js';
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
    let changed = false;
    const parts = this.parts.map((part) => {
      if (part.pending.length === 0) return part;
      changed = true;
      return partOf(part.list, part.pending, part.folder + folderName(name, part.list.ignoreCase));
    });
    return changed ? new FolderRules(parts, this.pinned) : this;
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

const NOTHING: readonly IndexedPathTest[] = [];

function partOf(list: PatternList, candidates: readonly IndexedPathTest[], folder: string): Part {
  if (candidates.length === 0) return { list, folder, pending: NOTHING, here: NOTHING };
  const depth = slashesIn(folder);
  return {
    list,
    folder,
    pending: candidates.filter(({ test }) => isCompatible(test, folder) && (depthOf(test) ?? depth) >= depth),
    here: candidates.filter(({ test }) => isCompatible(test, folder) && (depthOf(test) ?? depth) === depth),
  };
}

/** Whether the literal beginning of `test` leads into `folder`, or lies before it. */
function isCompatible(test: IndexedPathTest['test'], folder: string): boolean {
  if (test.kind === 'path') return test.bytes.startsWith(folder);
  return test.prefix.startsWith(folder) || folder.startsWith(test.prefix);
}

/** How many folders a path lies in that `test` matches; `undefined` when that varies. */
function depthOf(test: IndexedPathTest['test']): number | undefined {
  if (test.kind === 'path') return slashesIn(test.bytes);
  return test.glob.depth === undefined ? undefined : slashesIn(test.prefix) + test.glob.depth;
}

function slashesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) count += 1;
  return count;
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

function matchesPath(test: IndexedPathTest['test'], path: string): boolean {
  if (test.kind === 'path') return test.bytes === path;
  return path.startsWith(test.prefix) && test.glob.matches(path, test.prefix.length);
}
