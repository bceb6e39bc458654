import { unlessAborted, uptime } from '../../platform/index.js';

/** A value, and for how long it may be used, in milliseconds. */
export interface LastingSecret {
  readonly value: string;
  readonly lifetime: number;
}

interface Entry {
  readonly secret: Promise<LastingSecret>;
  /** When it is over, by {@link uptime}; unknown as long as it is being resolved. */
  expires: number | undefined;
  waiting: number;
  readonly ending: AbortController;
}

/** The values that references were resolved to. Nothing of it is ever written anywhere. */
export class SecretCache {
  readonly #entries = new Map<string, Entry>();

  /** A value that is there already and may be used. */
  known(key: string): Promise<LastingSecret> | undefined {
    const entry = this.#entries.get(key);
    return entry?.expires !== undefined && isUsable(entry) ? entry.secret : undefined;
  }

  /**
   * The value for `key`. Who asks while it is being resolved gets the same; one that could not be is not kept.
   *
   * @param resolve - Told by its signal when nobody waits for it any more.
   * @param signal - Ends the wait.
   */
  async get(key: string, resolve: (signal: AbortSignal) => Promise<LastingSecret>, signal: AbortSignal): Promise<LastingSecret> {
    let entry = this.#entries.get(key);
    if (entry === undefined || !isUsable(entry)) entry = this.#begin(key, resolve);
    entry.waiting += 1;
    try {
      return await unlessAborted(signal, entry.secret);
    } finally {
      entry.waiting -= 1;
      if (entry.waiting === 0) entry.ending.abort();
    }
  }

  /** From now on, all are resolved anew. */
  forget(): void {
    this.#entries.clear();
  }

  #begin(key: string, resolve: (signal: AbortSignal) => Promise<LastingSecret>): Entry {
    const ending = new AbortController();
    const entry: Entry = { secret: resolve(ending.signal), expires: undefined, waiting: 0, ending };
    this.#entries.set(key, entry);
    entry.secret.then(({ lifetime }) => {
      if (lifetime > 0) entry.expires = uptime() + lifetime;
      else this.#drop(key, entry);
    }, () => { this.#drop(key, entry); });
    return entry;
  }

  #drop(key: string, entry: Entry): void {
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }
}

/** Whether its time is not over, or, as long as it is being resolved, somebody waits for it. */
function isUsable({ expires, ending }: Entry): boolean {
  return expires === undefined ? !ending.signal.aborted : expires > uptime();
}
