import { watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import { FolderContent, type ContentOptions } from './folder-content.js';

/** What is watched, and who is told. */
export interface WatchOptions extends ContentOptions {
  /** Milliseconds without a change before `onChange` is called: editors and compilers write several files. */
  readonly debounce: number;
  /** Gets the files that hold something else than before, came, or went. */
  readonly onChange: (files: readonly string[]) => void;
  /** Gets why something cannot be watched; the rest is. */
  readonly onError: (error: unknown) => void;
}

/**
 * Tells when the content of files changes, until it is disposed. Folders are watched rather than files, for a file that
 * is replaced by another one, or by a link to another one, is lost by who watches it.
 */
export class FileWatch implements Disposable {
  readonly #options: WatchOptions;
  readonly #content: FolderContent;
  readonly #watchers = new Map<string, FSWatcher>();
  #timer: NodeJS.Timeout | undefined;
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
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #schedule(): void {
    if (this.#isDisposed) return;
    const now = Date.now();
    this.#since ??= now;
    // A folder that never rests must not keep everybody waiting.
    const left = Math.max(0, Math.min(this.#options.debounce, this.#since + LONGEST_WAIT * this.#options.debounce - now));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#look(); }, left);
  }

  #look(): void {
    this.#since = undefined;
    const changed = new Set(this.#content.update());
    while (this.#watchFolders()) for (const file of this.#content.update()) changed.add(file);
    if (changed.size > 0) this.#options.onChange([...changed]);
  }

  /** Watches the folders that there are, and no others; whether any was new. */
  #watchFolders(): boolean {
    const wanted = new Set([...this.#content.folders, ...(this.#options.files ?? []).map((file) => dirname(file))]);
    for (const [folder, watcher] of this.#watchers) {
      if (wanted.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    const before = this.#watchers.size;
    for (const folder of wanted) if (!this.#watchers.has(folder)) this.#watch(folder);
    return this.#watchers.size > before;
  }

  #watch(folder: string): void {
    try {
      const watcher = watch(folder, () => { this.#schedule(); });
      watcher.on('error', () => { this.#lose(folder, watcher); });
      this.#watchers.set(folder, watcher);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#options.onError(error);
    }
  }

  /** On Windows, a folder that is removed ends its watcher with an error. */
  #lose(folder: string, watcher: FSWatcher): void {
    watcher.close();
    if (this.#watchers.get(folder) === watcher) this.#watchers.delete(folder);
    this.#schedule();
  }
}

/** In debounces. */
const LONGEST_WAIT = 10;
