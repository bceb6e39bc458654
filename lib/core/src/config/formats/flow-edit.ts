import type { ConfigEntry, MapNode } from './node.js';
import { afterTrivia, cut, indentAt, lineEndOf, lineRestAt, lineStartAt, splice } from './text.js';

/**
 * Adds an entry behind the last one of a mapping in braces: on a line of its own where that one has its own.
 * @param entry - Writes it, for a line that is indented so, or for the middle of a line.
 */
export function insertInFlow(text: string, map: MapNode, entry: (indent: string | undefined) => string): string {
  const last = map.entries.at(-1);
  if (last === undefined) {
    const open = text.indexOf('{', map.start) + 1;
    return splice(text, open, open, entry(undefined));
  }
  const { end } = last.value;
  const comma = commaAfter(text, end);
  const added = comma ?? end;
  const hasOwnLine = startsLine(text, last);
  const rest = lineRestAt(text, added);
  const at = hasOwnLine ? added + rest.length : added;
  const indent = indentAt(text, last.keyStart);
  const gap = /[ \t]$/.test(text.slice(last.keyEnd, last.value.start)) ? ' ' : '';
  const addition = hasOwnLine ? `${lineEndOf(text)}${indent}${entry(indent)}` : gap + entry(undefined);
  const inserted = splice(text, at, at, comma === undefined ? addition : `${addition},`);
  return comma === undefined ? splice(inserted, end, end, ',') : inserted;
}

/** Takes an entry out of a mapping in braces, with its comma or, where it is the last one, the comma before it. */
export function removeFromFlow(text: string, { entries }: MapNode, entry: ConfigEntry): string {
  const { end } = entry.value;
  const comma = commaAfter(text, end);
  if (comma !== undefined) return cut(splice(text, comma - 1, comma, ''), entry.keyStart, end, 'after');
  const previous = entries[entries.indexOf(entry) - 1];
  const before = previous === undefined ? undefined : commaAfter(text, previous.value.end);
  const without = cut(text, entry.keyStart, end);
  return before === undefined ? without : splice(without, before - 1, before, '');
}

/** Whether nothing else is on the line before an entry. */
export function startsLine(text: string, { keyStart }: ConfigEntry): boolean {
  return text.slice(lineStartAt(text, keyStart), keyStart).trim() === '';
}

/** The offset behind a comma that follows. */
export function commaAfter(text: string, offset: number): number | undefined {
  const comma = afterTrivia(text, offset);
  return text[comma] === ',' ? comma + 1 : undefined;
}
