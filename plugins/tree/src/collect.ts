import { walk, type WalkOptions } from '@structum/walk';
import type { TreeEntry, TreeError, TreeResult, TreeStats } from './tree-result.js';

/** How {@link collectTree} collects. */
export interface CollectOptions extends Omit<WalkOptions, 'onError'> {
  /** Whether to keep folders that hold nothing. */
  readonly empty: boolean;
  /** Called now and then with how many entries there are so far; the collecting waits for it. */
  readonly onPause?: (count: number) => Promise<void>;
}

/** Walks through `folder`, an absolute path. @throws `WalkError` when it cannot be read. */
export async function collectTree(folder: string, options: CollectOptions): Promise<Omit<TreeResult, 'root'>> {
  const { empty, onPause, ...walkOptions } = options;
  const errors: TreeError[] = [];
  const entries: TreeEntry[] = [];
  const walked = walk(folder, {
    ...walkOptions,
    onError: ({ path, code, message }) => errors.push({ path, code, message }),
  });
  for (const { path, kind, linkTarget, isUnreadable, isNestedRepository } of walked) {
    const target = linkTarget === undefined ? undefined : { target: linkTarget };
    const closed = isUnreadable ? CLOSED.unreadable : isNestedRepository ? CLOSED.repository : undefined;
    entries.push({ path, kind, ...target, ...closed });
    if (entries.length % ENTRIES_BETWEEN_PAUSES === 0) await onPause?.(entries.length);
  }
  const kept = empty ? entries : withoutEmptyFolders(entries);
  return { entries: kept, stats: count(kept), errors };
}

const CLOSED = { unreadable: { closed: 'unreadable' }, repository: { closed: 'repository' } } as const;
const ENTRIES_BETWEEN_PAUSES = 4096;

/** Folders that could not be read, and repositories, are not known to be empty. */
function withoutEmptyFolders(entries: readonly TreeEntry[]): TreeEntry[] {
  const kept: TreeEntry[] = [];
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry === undefined) continue;
    const isFolder = entry.kind === 'directory' && entry.closed === undefined;
    if (!isFolder || kept.at(-1)?.path.startsWith(`${entry.path}/`) === true) kept.push(entry);
  }
  return kept.reverse();
}

function count(entries: readonly TreeEntry[]): TreeStats {
  const stats = { folders: 0, files: 0, symlinks: 0, others: 0 };
  for (const { kind } of entries) stats[COUNTERS[kind]] += 1;
  return stats;
}

const COUNTERS = { directory: 'folders', file: 'files', symlink: 'symlinks', other: 'others' } as const;
