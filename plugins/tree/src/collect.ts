import { walk, type WalkEntry, type WalkOptions } from '@structum/walk';
import type { TreeEntry, TreeError, TreeResult, TreeStats } from './tree-result.js';

/** How {@link collectTree} collects. */
export interface CollectOptions extends Omit<WalkOptions, 'onError'> {
  /** Whether to keep folders that hold nothing. Without them, the walk looks below `maxDepth` to know which do. */
  readonly empty: boolean;
  /** Called now and then with how many entries there are so far; the collecting waits for it. */
  readonly onPause?: (count: number) => Promise<void>;
}

/** Walks through `folder`, an absolute path. @throws `WalkError` when it cannot be read. */
export async function collectTree(folder: string, options: CollectOptions): Promise<Omit<TreeResult, 'root'>> {
  const { empty, maxDepth = Infinity, onPause, ...walkOptions } = options;
  const errors: TreeError[] = [];
  const walked = walk(folder, {
    ...walkOptions,
    maxDepth: empty ? maxDepth : Infinity,
    onError: ({ path, code, message }) => errors.push({ path, code, message }),
  });
  const entries: TreeEntry[] = [];
  let seen = 0;
  for (const found of empty ? walked : withoutEmptyFolders(walked)) {
    if (found.depth <= maxDepth) entries.push(entryOf(found));
    seen += 1;
    if (seen % ENTRIES_BETWEEN_PAUSES === 0) await onPause?.(seen);
  }
  return { entries, stats: count(entries), errors };
}

const ENTRIES_BETWEEN_PAUSES = 1024;

/** Holds folders back until something is found in them. Those whose content is not known may hold something. */
function* withoutEmptyFolders(walked: Iterable<WalkEntry>): Generator<WalkEntry> {
  const held: WalkEntry[] = []; // each in the one before it
  for (const found of walked) {
    while (held.length > 0 && (held.at(-1)?.depth ?? 0) >= found.depth) held.pop();
    held.push(found);
    if (found.kind === 'directory' && !found.isUnreadable && !found.isNestedRepository) continue;
    yield* held;
    held.length = 0;
  }
}

function entryOf({ path, kind, linkTarget, isUnreadable, isNestedRepository, hasInvalidName }: WalkEntry): TreeEntry {
  if (hasInvalidName) return { path, kind, closed: 'unreadable', hasInvalidName };
  if (linkTarget !== undefined) return { path, kind, target: linkTarget };
  if (isUnreadable) return { path, kind, closed: 'unreadable' };
  return isNestedRepository ? { path, kind, closed: 'repository' } : { path, kind };
}

function count(entries: readonly TreeEntry[]): TreeStats {
  const stats = { folders: 0, files: 0, symlinks: 0, others: 0 };
  for (const { kind } of entries) stats[COUNTERS[kind]] += 1;
  return stats;
}

const COUNTERS = { directory: 'folders', file: 'files', symlink: 'symlinks', other: 'others' } as const;
