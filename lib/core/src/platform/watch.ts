import { watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import { FolderContent, identityOf, type ContentOptions } from './folder-content.js';

/** What is watched, and who is told. */
export interface WatchOptions extends ContentOptions {
  /** Milliseconds without a change before `onChange` is called: editors and compilers write several files. */
  readonly debounce: number;
  /** Whether it keeps the process alive; true when left out. */
  readonly isPersistent?: boolean;
  /** Gets the files that hold something else than before, came, or went. */
  readonly onChange: (files: readonly string[]) => void;
  /** Gets what each look found, and which of these files were not there before: before `onChange` does. */
  readonly onFound?: (files: readonly string[], came: ReadonlySet<string>) => void;
  /** Gets why something cannot be watched; the rest is. */
  readonly onError: (error: unknown) => void;
}

/**
 * Tells when the content of files changes, until it is disposed. Folders are watched rather than files, for a file that
 * is replaced by another one, or by a link to another one, is lost by who watches it; and also those with links on the way.
 */
export class FileWatch implements Disposable {
  readonly #options: WatchOptions;
  readonly #content: FolderContent;
  readonly #watched = new Map<string, WatchedFolder>();
  /** Folders that cannot be watched, of which somebody was told. */
  readonly #refused = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  /** What was found and nobody was told of yet. */
  readonly #changed = new Set<string>();
  /** When the first change came that nobody was told of yet. */
  #since: number | undefined;
  #isDisposed = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#content = new FolderContent(options);
    // What changed between the look and the watching is seen by the second look.
    if (this.#watchFolders()) this.#schedule();
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    for (const folder of this.#watched.values()) folder.watcher.close();
    this.#watched.clear();
  }

  /** Looks at once. What is found is told when it would be told anyway. */
  peek(): void {
    if (this.#isDisposed) return;
    this.#update();
    if (this.#changed.size > 0) this.#schedule();
  }

  /** Looks again after the debounce, also at which files there are to be looked at. One that was not looked at before has come. */
  lookAgain(): void {
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isDisposed) return;
    const now = Date.now();
    this.#since ??= now;
    // A folder that never rests must not keep everybody waiting.
    const left = Math.max(0, Math.min(this.#options.debounce, this.#since + LONGEST_WAIT * this.#options.debounce - now));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#look(); }, left);
    if (this.#options.isPersistent === false) this.#timer.unref();
  }

  #look(): void {
    this.#since = undefined;
    this.#update();
    if (this.#watchFolders()) {
      this.#update();
      if (this.#watchFolders()) this.#schedule();
    }
    const changed = [...this.#changed];
    this.#changed.clear();
    if (changed.length > 0) this.#options.onChange(changed);
  }

  #update(): void {
    const known = this.#content.files;
    const found = this.#content.update();
    for (const file of found) this.#changed.add(file);
    if (found.length > 0) this.#options.onFound?.(found, new Set(found.filter((file) => !known.has(file))));
  }

  /** Watches the folders that there are, and no others; whether any was new, or another one than before. */
  #watchFolders(): boolean {
    const wanted = this.#wantedFolders();
    for (const [path, { identity, watcher }] of this.#watched) {
      if (wanted.get(path)?.identity === identity) continue;
      watcher.close();
      this.#watched.delete(path);
    }
    let hasNew = false;
    for (const [path, folder] of wanted) {
      const known = this.#watched.get(path);
      if (known === undefined) hasNew = this.#watch(path, folder) || hasNew;
      else known.names = folder.names;
    }
    return hasNew;
  }

  /** Those with what counts, and around each of them the nearest one that is there: it tells when they go and come back. */
  #wantedFolders(): ReadonlyMap<string, WantedFolder> {
    const wanted = new Map<string, WantedFolder>();
    const want = (path: string): void => {
      const identity = identityOf(path);
      if (identity !== undefined) wanted.set(path, { identity, names: undefined });
    };
    const roots = new Set([...this.#options.folders, ...(this.#options.files ?? []).map((file) => dirname(file))]);
    for (const [path, identity] of this.#content.folders) wanted.set(path, { identity, names: undefined });
    for (const root of roots) want(root);
    for (const root of roots) wantAround(root, wanted);
    for (const [folder, names] of this.#content.trail) wantEntries(folder, names, wanted);
    return wanted;
  }

  #watch(path: string, { identity, names }: WantedFolder): boolean {
    try {
      const watcher = watch(path, { persistent: this.#options.isPersistent !== false }, (_event, name) => {
        const only = this.#watched.get(path)?.names;
        if (only === undefined || name === null || only.has(name.toLowerCase())) this.#schedule();
      });
      watcher.on('error', () => { this.#lose(path, watcher); });
      this.#watched.set(path, { identity, names, watcher });
      this.#refused.delete(path);
      return true;
    } catch (error) {
      // What is around a root may be somebody else's.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' || names !== undefined || this.#refused.has(path)) return false;
      this.#refused.add(path);
      this.#options.onError(error);
      return false;
    }
  }

  /** On Windows, a folder that is removed ends its watcher with an error. */
  #lose(path: string, watcher: FSWatcher): void {
    watcher.close();
    if (this.#watched.get(path)?.watcher === watcher) this.#watched.delete(path);
    this.#schedule();
  }
}

interface WantedFolder {
  readonly identity: string;
  /** In lower case, those of its entries that matter; all when undefined. */
  readonly names: Set<string> | undefined;
}

interface WatchedFolder {
  readonly identity: string;
  names: ReadonlySet<string> | undefined;
  readonly watcher: FSWatcher;
}

function wantAround(root: string, wanted: Map<string, WantedFolder>): void {
  for (let path = root, parent = dirname(path); parent !== path; path = parent, parent = dirname(path)) {
    if (wantEntries(parent, [basename(path)], wanted)) return;
  }
}

/** Wants entries of a folder, where that is there. */
function wantEntries(path: string, names: Iterable<string>, wanted: Map<string, WantedFolder>): boolean {
  const identity = identityOf(path);
  if (identity === undefined) return false;
  const folder = wanted.get(path) ?? { identity, names: new Set() };
  for (const name of names) folder.names?.add(name.toLowerCase());
  wanted.set(path, folder);
  return true;
}

/** In debounces. */
const LONGEST_WAIT = 10;
