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
}

/** Who watches configuration files, and why. */
export interface ConfigWatchHost {
  /** Absolute paths, whether there is something or not. */
  readonly files: readonly string[];
  /** Heeds what they say by now, and calls `onRead` when it has read that. Never rejects. */
  readonly heed: (onRead: () => void) => Promise<void>;
  /** Gets `WATCH_FAILED`, once. */
  readonly warn: (error: StructumError) => void;
}

/** Has a host heed its configuration whenever files of it change, until it is disposed. It keeps no process alive. */
export class ConfigWatch implements Disposable {
  readonly #host: ConfigWatchHost;
  readonly #watch: FileWatch;
  #timer: NodeJS.Timeout | undefined;

  constructor(host: ConfigWatchHost, { debounce = DEBOUNCE, poll }: ConfigWatchOptions) {
    this.#host = host;
    if (poll !== undefined) this.#poll(poll);
    this.#watch = new FileWatch({
      // What it holds when it is read may be something else than when it was looked at, and that once more afterwards.
      folders: [], files: host.files, counts: () => false, countsWrites: true, debounce, isPersistent: false,
      onChange: () => { this.#heed(); },
      onError: (error) => { this.#pollInstead(error); },
    });
    // What changed since it was loaded, before it was watched.
    if (host.files.length > 0) this.#heed();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#watch[Symbol.dispose]();
  }

  /** What was read is what the next change is told from: it may be a file that comes, is read, and goes before anybody looks. */
  #heed(): void {
    void this.#host.heed(() => { this.#watch.peek(); });
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
