import type { Logger } from '../../contract/index.js';
import { catalogued, messageOf, StructumError } from '../../errors/index.js';
import { FileWatch } from '../../platform/watch.js';

/** What watching configuration files needs. */
export interface ConfigWatchOptions {
  readonly files: readonly string[];
  /** Milliseconds without a change before they are read. */
  readonly debounce: number;
  readonly logger: Logger;
  /** @throws what is wrong with the files; then all stays as it was. */
  readonly heed: () => Promise<void>;
  readonly onConfig: () => void;
  readonly onError: (error: StructumError) => void;
}

/** Has a host heed what is configured whenever the files of that change, until it is disposed. */
export class ConfigWatch implements Disposable {
  readonly #options: ConfigWatchOptions;
  readonly #watch: FileWatch;
  #last: Promise<void> = Promise.resolve();
  #isDisposed = false;

  constructor(options: ConfigWatchOptions) {
    const { files, debounce, onError } = options;
    this.#options = options;
    this.#watch = new FileWatch({
      folders: [],
      files,
      counts: () => false,
      debounce,
      onChange: () => { this.#last = this.#last.then(() => this.#heed()); },
      onError: (error) => { onError(catalogued('WATCH_FAILED', { folder: files.join(', '), reason: messageOf(error) }, error)); },
    });
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#watch[Symbol.dispose]();
  }

  async #heed(): Promise<void> {
    if (this.#isDisposed) return;
    const { heed, onConfig, onError, logger } = this.#options;
    try {
      await heed();
      if (!this.#isEnded()) onConfig();
    } catch (error) {
      if (StructumError.is(error) && !this.#isEnded()) onError(error);
      else logger.error(`Who watches the configuration threw: ${messageOf(error)}`, { error });
    }
  }

  #isEnded(): boolean {
    return this.#isDisposed;
  }
}
