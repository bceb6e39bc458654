import type { ConfigMove } from './config/config-watch.js';
import { StructumError } from './errors/index.js';

/** How the files of a configuration are read. */
export interface Reading {
  /** Called when they have been. */
  readonly onRead: () => void;
  /** Files that settings may refer to, and that hold something else than before. */
  readonly changedFiles: ReadonlySet<string>;
}

/** Whose configuration follows its files. */
export interface FollowingHost {
  /** Ends when what was heeded last is in force everywhere. */
  turn(): Promise<unknown>;
  /** Heeds what files say; rejects where that is wrong. */
  heed(reading: Reading): Promise<unknown>;
  /** Gets why that is not heeded. */
  refused(error: unknown, how: Pick<ConfigMove, 'isRetry'>): void;
}

/** Has a configuration heed its files, one change after the other. */
export class ConfigurationFollower {
  readonly #host: FollowingHost;
  /** What somebody gets who waits for his turn. */
  #following: Promise<boolean> | undefined;
  /** Those that have changed since all that was told of was heeded. */
  #changedFiles = new Set<string>();

  constructor(host: FollowingHost) {
    this.#host = host;
  }

  /** Heeds them when it is their turn, or tells why not. Never rejects; whether another try may do better though nothing changes. */
  follow({ changed, isRetry }: ConfigMove, onRead: () => void): Promise<boolean> {
    for (const file of changed) this.#changedFiles.add(file);
    // Whoever waits already sees it too.
    this.#following ??= this.#followInTurn(isRetry, onRead);
    return this.#following;
  }

  async #followInTurn(isRetry: boolean, onRead: () => void): Promise<boolean> {
    await this.#host.turn();
    this.#following = undefined;
    const changedFiles = this.#changedFiles;
    this.#changedFiles = new Set();
    try {
      await this.#host.heed({ onRead, changedFiles });
      return false;
    } catch (error) {
      for (const file of changedFiles) this.#changedFiles.add(file);
      this.#host.refused(error, { isRetry });
      return StructumError.is(error) && PASSING.has(error.code);
    }
  }
}

/** Codes of what may be otherwise soon, though nothing of the configuration changes. */
const PASSING: ReadonlySet<string> = new Set(['SECRET_TIMED_OUT', 'SECRET_UNAVAILABLE']);
