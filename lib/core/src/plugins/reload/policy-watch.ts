import type { Logger } from '../../contract/index.js';
import { catalogued, messageOf, StructumError } from '../../errors/index.js';
import { FileWatch } from '../../platform/watch.js';

/** What watching policy files needs. */
export interface PolicyWatchOptions {
  readonly files: readonly string[];
  /** Milliseconds without a change before they are read. */
  readonly debounce: number;
  readonly logger: Logger;
  /** @throws what is wrong with the files; then all stays as it was. */
  readonly heed: () => Promise<void>;
  readonly onPolicy: () => void;
  readonly onError: (error: StructumError) => void;
}

/** Has a host heed what is decided about plugins whenever the files change that hold it, until it is disposed. */
export class PolicyWatch implements Disposable {
  readonly #options: PolicyWatchOptions;
  readonly #watch: FileWatch;
  #last: Promise<void> = Promise.resolve();
  #isDisposed = false;

  constructor(options: PolicyWatchOptions) {
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
    const { heed, onPolicy, onError, logger } = this.#options;
    try {
      await heed();
      if (!this.#isEnded()) onPolicy();
    } catch (error) {
      if (StructumError.is(error) && !this.#isEnded()) onError(error);
      else logger.error(`Who watches what is decided about plugins threw: ${messageOf(error)}`, { error });
    }
  }

  #isEnded(): boolean {
    return this.#isDisposed;
  }
}
