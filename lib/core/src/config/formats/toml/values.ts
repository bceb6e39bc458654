import type { ConfigNode } from '../node.js';
import { DEEPEST, keyProblem, type Problem } from '../problems.js';

/** The data of a parsed file as plain objects, with dates as they are written, and what a configuration must not hold. */
export function plainToml(parsed: unknown, text: string, root: () => ConfigNode): { readonly data: unknown; readonly problems: readonly Problem[] } {
  const first = new Reading(text);
  const data = first.plain(parsed, undefined);
  if (!first.needsPlaces) return { data, problems: [] };
  const second = new Reading(text);
  return { data: second.plain(parsed, root()), problems: second.problems };
}

/** Goes through values; with the places where they stand only when that is needed, which is seldom. */
class Reading {
  readonly problems: Problem[] = [];
  needsPlaces = false;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  plain(value: unknown, node: ConfigNode | undefined, depth = 0): unknown {
    if (value instanceof Date || value === Infinity || value === -Infinity) return this.#asWritten(value, node);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > DEEPEST) {
      this.#found(node?.start, `lies too deep: more than ${String(DEEPEST)} levels`);
      return undefined;
    }
    if (Array.isArray(value)) {
      const items = node?.kind === 'list' ? node.items : [];
      return value.map((item, index) => this.plain(item, items[index], depth + 1));
    }
    const entries = new Map(node?.kind === 'map' ? node.entries.map((entry) => [entry.key, entry]) : []);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => {
      const entry = entries.get(key);
      const problem = keyProblem(key);
      if (problem !== undefined) this.#found(entry?.keyStart, problem);
      return [key, this.plain(item, entry?.value, depth + 1)];
    }));
  }

  /** A date, or a number that is infinite: as a word, and not for being too large. */
  #asWritten(value: unknown, node: ConfigNode | undefined): unknown {
    this.needsPlaces = true;
    if (node === undefined) return value;
    const written = this.#text.slice(node.start, node.end);
    if (value instanceof Date) return written;
    if (!/^[-+]?inf$/.test(written)) this.#found(node.start, 'holds a number that is too large');
    return value;
  }

  #found(at: number | undefined, problem: string): void {
    this.needsPlaces = true;
    this.problems.push({ at: at ?? 0, problem });
  }
}
