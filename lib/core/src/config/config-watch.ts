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
  /** Heeds what they say by now. */
  readonly heed: () => Promise<void>;
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
      onChange: () => { void host.heed(); },
      onError: (error) => { this.#pollInstead(error); },
    });
    // What changed since it was loaded, before it was watched.
    if (host.files.length > 0) void host.heed();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#watch[Symbol.dispose]();
  }

  #pollInstead(error: unknown): void {
    if (this.#timer !== undefined) return;
    this.#poll(POLL);
    this.#host.warn(catalogued('WATCH_FAILED', { folder: this.#host.files.join(', '), reason: messageOf(error) }, error));
  }

  #poll(interval: number): void {
    this.#timer = setInterval(() => { this.#watch.peek(); }, interval).unref();
  }
}

/** In milliseconds. */
const DEBOUNCE = 100;
const POLL = 2_000;
