import type { KeyPath } from '../../section.js';
import { NOTHING, type Excerpt, type Purpose } from '../excerpt.js';
import { lineStartAt, nextLineAt } from '../text.js';
import { commonDepth, startsWith } from './layout.js';
import { tomlSpans, type TomlSpan } from './spans.js';

/**
 * The sections of a large text that say something about a setting, or that another one would be put behind, with all that
 * is between them. What the root says itself is not passed over, nor are arrays of tables.
 */
export function tomlExcerpt(text: string, path: KeyPath, purpose: Purpose): Excerpt | undefined {
  const spans = path.length < 2 || purpose === 'read' ? undefined : tomlSpans(text);
  if (spans === undefined || spans.rootKeys.has(path[0] ?? '')) return undefined;
  const { sections } = spans;
  const related = sections.filter(({ keys }) => startsWith(path, keys) || startsWith(keys, path));
  if (related.some(({ keys, isArray }) => isArray || (purpose === 'remove' && keys.length >= path.length))) return undefined;
  if (purpose === 'remove' && related.length === 0) return NOTHING;
  const needed = purpose === 'remove' ? related : [...related, ...neighbours(sections, path)];
  const first = Math.min(...needed.map(({ start }) => start));
  const last = sections.findLastIndex((section) => needed.includes(section));
  const next = sections[last + 1];
  if (last === -1) return undefined;
  if (next === undefined) return { head: '', start: lineStartAt(text, first), end: text.length, tail: '' };
  const end = lineStartAt(text, next.start);
  return { head: '', start: lineStartAt(text, first), end, tail: text.slice(end, nextLineAt(text, next.start)) };
}

/** Those that a table of that path would be put behind, or one that holds it: the last ones that begin with most of its keys. */
function neighbours(sections: readonly TomlSpan[], path: KeyPath): readonly TomlSpan[] {
  const deepest = (table: KeyPath): TomlSpan | undefined => {
    const depth = sections.reduce((most, { keys }) => Math.max(most, commonDepth(keys, table)), 0);
    return sections.findLast(({ keys }) => commonDepth(keys, table) === depth);
  };
  return [deepest(path), deepest(path.slice(0, -1))].filter((section) => section !== undefined);
}
