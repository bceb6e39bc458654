import type { WalkEntry } from './entry.js';
import { FolderReader, type Folder } from './folder-reader.js';
import type { WalkOptions } from './options.js';

/**
 * Lists what is in the folder `root` and below it, depth first, a folder before its content, and the entries of
 * a folder sorted by name (by UTF-16 code units), so that the order is the same on every platform.
 *
 * Symbolic links are listed and never followed; `root` itself may be one. Memory holds the folders between the
 * root and the entry at hand, and no more.
 *
 * With `gitignore` (the default), what git ignores is left out, by git's own rules: the `.gitignore` of `root`,
 * of every folder below it, and of its parents up to the top of the repository; `info/exclude`; the user's
 * `core.excludesFile`; `core.ignoreCase`. Besides:
 * - `.git` is never listed.
 * - A folder that is ignored is not looked into, so nothing in it can be brought back. The root is looked into
 *   even so: it was asked for.
 * - The index is not consulted: a file that is tracked although it matches a pattern is left out.
 * - A repository inside a repository (a submodule, a clone) is listed as one folder, as `git ls-files --others`
 *   does. When `root` lies in no repository, those below it are looked into, each with its own rules.
 * - Outside of repositories, `.gitignore` files count from the root down.
 *
 * What has a name that is not valid UTF-8 cannot be opened by a string: it is reported, listed with its name
 * escaped, and not looked into.
 * @throws {@link WalkError} when `root` itself cannot be read.
 */
export function* walk(root: string, options: WalkOptions = {}): Generator<WalkEntry, void, undefined> {
  const { maxDepth = Infinity, signal } = options;
  const reader = new FolderReader(root, options);
  const open: Cursor[] = [{ folder: reader.readRoot(), next: 0 }];
  for (let cursor = open.at(-1); cursor !== undefined; cursor = open.at(-1)) {
    signal?.throwIfAborted();
    const entry = cursor.folder.entries[cursor.next++];
    if (entry === undefined) {
      open.pop();
    } else if (entry.kind !== 'directory' || entry.hasInvalidName || entry.depth >= maxDepth) {
      yield entry;
    } else {
      const folder = reader.read(entry, cursor.folder);
      if (folder === 'unreadable') yield { ...entry, isUnreadable: true };
      else if (folder === 'nested-repository') yield { ...entry, isNestedRepository: true };
      else {
        yield entry;
        if (folder.entries.length > 0) open.push({ folder, next: 0 });
      }
    }
  }
}

/** How far the walk is in a folder. */
interface Cursor {
  readonly folder: Folder;
  next: number;
}
