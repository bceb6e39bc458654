import type { ConfigNode } from '../node.js';
import type { Plan } from '../plan.js';

/** How what is beside something is written. */
export interface YamlManner {
  /** Those around every text. */
  readonly quotes?: 'single' | 'double' | undefined;
  /** Of mappings in braces. */
  readonly areKeysQuoted?: boolean;
  /** Without blanks behind commas and colons. */
  readonly isCompact?: boolean;
}

/** The manner of what a change replaces, or, in braces, is beside. */
export function mannerOf(text: string, { map, section, ...plan }: Plan): YamlManner {
  const entries = map?.isFlow === true ? map.entries : [];
  const entry = entries[0] ?? ('holder' in plan ? plan.holder : undefined);
  const replaced = 'entry' in plan ? [plan.entry] : [];
  const quotes = quotesOf(text, [...replaced, ...entries].filter(({ key = '' }) => typeof section[key] === 'string').map(({ value }) => value));
  if (map?.isFlow !== true || entry === undefined) return { quotes };
  const ofKey = quoteAt(text, entry.keyStart);
  return { quotes: quotes ?? ofKey, areKeysQuoted: ofKey !== undefined, isCompact: ofKey !== undefined && text.slice(entry.keyEnd, entry.value.start) === ':' };
}

/** The manner of the items of a list. */
export function mannerOfItems(text: string, nodes: readonly ConfigNode[], items: readonly unknown[]): YamlManner {
  return { quotes: quotesOf(text, nodes.filter((_node, index) => typeof items[index] === 'string')) };
}

/** Those that all of some texts are in; `undefined` where there is none. */
function quotesOf(text: string, nodes: readonly ConfigNode[]): YamlManner['quotes'] {
  const [first, ...others] = new Set(nodes.map(({ start }) => quoteAt(text, start)));
  return others.length === 0 ? first : undefined;
}

function quoteAt(text: string, offset: number): YamlManner['quotes'] {
  if (text[offset] === '"') return 'double';
  return text[offset] === "'" ? 'single' : undefined;
}
