import type { KeyPath } from '../section.js';

/** A value where it stands in a text, from its first character to after its last one; empty where none is written. */
export type ConfigNode = ScalarNode | ListNode | MapNode;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text, a number, … or what stands for a value that is elsewhere. */
export interface ScalarNode extends Span {
  readonly kind: 'scalar';
}

export interface ListNode extends Span {
  readonly kind: 'list';
  /** Written in brackets, rather than as lines. */
  readonly isFlow: boolean;
  readonly items: readonly ConfigNode[];
}

export interface MapNode extends Span {
  readonly kind: 'map';
  /** Written in braces, rather than as lines. */
  readonly isFlow: boolean;
  readonly entries: readonly ConfigEntry[];
}

/** A key and its value. */
export interface ConfigEntry {
  /** Absent for keys that are no texts. */
  readonly key?: string | undefined;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: ConfigNode;
}

/**
 * Where the deepest key of a path stands that is there, or the whole.
 * @param entryIn - Finds the entry of a key.
 */
export function offsetOf(root: ConfigNode | undefined, path: KeyPath, entryIn = firstEntryIn): number {
  let node = root;
  let offset = root?.start ?? 0;
  for (const key of path) {
    const entry = node?.kind === 'map' ? entryIn(node, key) : undefined;
    const value: ConfigNode | undefined = node?.kind === 'list' ? node.items[Number(key)] : entry?.value;
    if (value === undefined) break;
    offset = entry?.keyStart ?? value.start;
    node = value;
  }
  return offset;
}

function firstEntryIn({ entries }: MapNode, key: string): ConfigEntry | undefined {
  return entries.find((candidate) => candidate.key === key);
}
