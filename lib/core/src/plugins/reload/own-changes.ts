import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Tells what a plugin changes itself, while it comes up or its commands run, from what somebody edits meanwhile: nobody
 * saves the same file each time, so what changes in {@link MOST_ROUNDS} rounds in a row is the plugin's doing. A round is a
 * reload and what runs until the next one.
 */
export class OwnChanges {
  readonly #look: () => void;
  /** By the file, or by the folder of files that come and go. */
  readonly #streaks = new Map<string, Streak>();
  /** Files whose last change was the plugin's own. */
  readonly #own = new Set<string>();
  #round = 0;
  #working = 0;

  /** @param look - Looks for changes, and has {@link found} called. */
  constructor(look: () => void) {
    this.#look = look;
  }

  /** A reload begins. What is returned says that it ended. */
  beginRound(): () => void {
    this.#look();
    this.#round += 1;
    return this.beginWork();
  }

  /** The plugin, or a command, begins to work. What is returned says that it ended. */
  beginWork(): () => void {
    this.#look();
    this.#working += 1;
    return () => {
      this.#look();
      this.#working -= 1;
    };
  }

  /** Changes were found, since the last look. */
  found(files: readonly string[], came: ReadonlySet<string>): void {
    for (const file of files) {
      const lengths = keysOf(file, came).map((key) => this.#extend(key));
      if (Math.max(...lengths) >= MOST_ROUNDS) this.#own.add(file);
      else this.#own.delete(file);
    }
  }

  /** Whether changes, which were found, are all the plugin's own. */
  includes(files: readonly string[]): boolean {
    return files.every((file) => this.#own.has(file));
  }

  /** How many rounds in a row made that change, with this one. */
  #extend(key: string): number {
    const { last, length } = this.#streaks.get(key) ?? { last: -Infinity, length: 0 };
    if (this.#working === 0) this.#streaks.delete(key);
    else if (last !== this.#round) this.#streaks.set(key, { last: this.#round, length: last === this.#round - 1 ? length + 1 : 1 });
    return this.#streaks.get(key)?.length ?? 0;
  }
}

const MOST_ROUNDS = 3;

/** How many rounds in a row changed something. */
interface Streak {
  readonly last: number;
  readonly length: number;
}

/** What comes, or goes, may have another name each time. */
function keysOf(file: string, came: ReadonlySet<string>): readonly string[] {
  const comesOrGoes = came.has(file) || statSync(file, { throwIfNoEntry: false }) === undefined;
  return comesOrGoes ? [file, dirname(file)] : [file];
}
