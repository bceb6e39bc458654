import { dirname } from 'node:path';
import { catalogued, messageOf, type StructumError } from '../errors/index.js';
import { FileWatch } from '../platform/watch.js';

/** How configuration files are watched. */
export interface ConfigWatchOptions {
  /** Milliseconds without a change before they are read; 100 when left out. */
  readonly debounce?: number;
  /**
   * Milliseconds between looks at all of them beside the watching: for drives in a network, which tell nobody of changes. When
   * left out, that is done only where a folder cannot be watched, every 2,000.
   */
  readonly poll?: number;
  /**
   * Milliseconds until a change is tried again that a secret held up, which could not be had: twice as many each time, up to
   * 60,000; 1,000 when left out.
   */
  readonly retry?: number;
}

/** Why a configuration is heeded. */
export interface ConfigMove {
  /** The files that hold something else, came, or went, as far as that is known. */
  readonly changed: readonly string[];
  /** Whether nothing has changed since it was refused. */
  readonly isRetry: boolean;
}

/** Who watches configuration files, and why. */
export interface ConfigWatchHost {
  /** Absolute paths, whether there is something or not. */
  readonly files: readonly string[];
  /** The files that settings refer to by now, absolute paths: what they hold is a part of the configuration. */
  readonly referencedFiles: () => readonly string[];
  /** Calls the listener when these may be others, until the function that is returned is called. */
  readonly onReferences: (listener: () => void) => () => void;
  /** Heeds what they say by now, and calls `onRead` when it has read that. Whether another try may do better though nothing changes. Never rejects. */
  readonly heed: (move: ConfigMove, onRead: () => void) => Promise<boolean>;
  /** Gets `WATCH_FAILED`, once. */
  readonly warn: (error: StructumError) => void;
}

/** Has a host heed its configuration whenever files of it change, until it is disposed. It keeps no process alive. */
export class ConfigWatch implements Disposable {
  readonly #host: ConfigWatchHost;
  readonly #watch: FileWatch;
  readonly #ignoreReferences: () => void;
  readonly #firstPause: number;
  #pause: number;
  /** One that was watched once stays so: as a new one, it would count as changed. */
  readonly #files: Set<string>;
  #areFilesKnown = false;
  #timer: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isDisposed = false;

  constructor(host: ConfigWatchHost, { debounce = DEBOUNCE, poll, retry = RETRY }: ConfigWatchOptions) {
    this.#host = host;
    this.#files = new Set(host.files);
    this.#pause = this.#firstPause = Math.max(1, retry);
    const filesNow = (): readonly string[] => this.#filesNow();
    if (poll !== undefined) this.#poll(poll);
    this.#watch = new FileWatch({
      // What it holds when it is read may be something else than when it was looked at, and that once more afterwards.
      folders: [], get files() { return filesNow(); }, counts: () => false, countsWrites: true, debounce, isPersistent: false,
      onChange: (changed) => { this.#heed({ changed, isRetry: false }); },
      onError: (error) => { this.#pollInstead(error); },
    });
    this.#ignoreReferences = host.onReferences(() => {
      this.#areFilesKnown = false;
      this.#watch.lookAgain();
    });
    // What changed since it was loaded, before it was watched.
    if (this.#filesNow().length > 0) this.#heed({ changed: host.referencedFiles(), isRetry: false });
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#ignoreReferences();
    clearInterval(this.#timer);
    clearTimeout(this.#retry);
    this.#watch[Symbol.dispose]();
  }

  /** What was read is what the next change is told from: it may be a file that comes, is read, and goes before anybody looks. */
  #heed(move: ConfigMove): void {
    if (!move.isRetry) this.#pause = this.#firstPause;
    void this.#host.heed(move, () => { this.#watch.peek(); }).then((isPassing) => { this.#settled(isPassing); });
  }

  #settled(isPassing: boolean): void {
    clearTimeout(this.#retry);
    if (!isPassing || this.#isDisposed) return;
    this.#retry = setTimeout(() => { this.#heed({ changed: [], isRetry: true }); }, this.#pause).unref();
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
  }

  #filesNow(): readonly string[] {
    if (!this.#areFilesKnown) for (const file of this.#host.referencedFiles()) this.#files.add(file);
    this.#areFilesKnown = true;
    return [...this.#files];
  }

  #pollInstead(error: unknown): void {
    if (this.#timer !== undefined) return;
    this.#poll(POLL);
    this.#host.warn(catalogued('WATCH_FAILED', { folder: folderOf(error) ?? this.#host.files.map(dirname)[0] ?? '', reason: messageOf(error) }, error));
  }

  #poll(interval: number): void {
    this.#timer = setInterval(() => { this.#watch.peek(); }, interval).unref();
  }
}

/** The folder that could not be watched, as Node tells it. */
function folderOf(error: unknown): string | undefined {
  const { path } = error as { readonly path?: unknown };
  return typeof path === 'string' ? path : undefined;
}

/** In milliseconds. */
const DEBOUNCE = 100;
const POLL = 2_000;
const RETRY = 1_000;
const LONGEST_PAUSE = 60_000;
