import type { KeyPath } from '../section.js';
import type { Position } from './config-format.js';
import { offsetOf, type ConfigEntry, type ConfigNode, type MapNode } from './node.js';

/** Where keys stand in a text. What is found out for one of them serves the others: somebody may ask for thousands. */
export class Places {
  readonly #text: string;
  readonly #root: ConfigNode | undefined;
  readonly #entries = new Map<MapNode, ReadonlyMap<string | undefined, ConfigEntry>>();
  #lines: readonly number[] | undefined;

  constructor(text: string, root: ConfigNode | undefined) {
    this.#text = text;
    this.#root = root;
  }

  /** Where the deepest key of the path stands that is there. */
  positionOf(path: KeyPath): Position {
    const offset = offsetOf(this.#root, path, (map, key) => this.#entriesOf(map).get(key));
    this.#lines ??= lineStarts(this.#text);
    const line = lastUpTo(this.#lines, offset);
    return { line: line + 1, column: offset - (this.#lines[line] ?? 0) + 1 };
  }

  #entriesOf(map: MapNode): ReadonlyMap<string | undefined, ConfigEntry> {
    let entries = this.#entries.get(map);
    // No key is there twice, but for keys that are no texts, and nobody asks for those.
    if (entries === undefined) this.#entries.set(map, entries = new Map(map.entries.map((entry) => [entry.key, entry])));
    return entries;
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

/** The index of the last of the numbers, which ascend, that is not above `most`. */
function lastUpTo(numbers: readonly number[], most: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((numbers[middle] ?? 0) <= most) low = middle;
    else high = middle - 1;
  }
  return low;
}
