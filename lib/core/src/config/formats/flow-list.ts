import { commaAfter } from './flow-edit.js';
import type { ListNode } from './node.js';
import { sameItems } from './same-items.js';
import { indentAt, lineEndOf, lineRestAt, splice } from './text.js';

/** A list, and what it is to be. */
export interface ListChange {
  readonly node: ListNode;
  readonly old: readonly unknown[];
  readonly items: readonly unknown[];
}

/**
 * Gives a list in brackets other items: those that stay keep their lines, their quotes and the comments that are on those
 * lines and right above them; the comments of others go with them.
 * @param gap - What is behind a comma, where no list of one line shows it.
 * @param write - Writes an item, for a line that is indented so, or for the middle of a line.
 * @returns `undefined` where there is no item before, or none behind.
 */
export function changedInBrackets(text: string, { node, old, items }: ListChange, gap: string, write: (item: unknown, indent: string | undefined) => string): string | undefined {
  const { opening, places, closing, hasLastComma } = layoutOf(text, node);
  const [first, second] = places;
  if (first === undefined || places.length !== old.length || items.length === 0) return undefined;
  const eol = lineEndOf(text);
  const line = places.find(({ lead }) => lead.includes('\n'))?.lead;
  const indent = line === undefined ? undefined : /[ \t]*$/.exec(line)?.[0];
  const between = indent === undefined ? (second?.lead ?? gap) : eol + indent;
  const same = sameItems(old, items).map((index) => (index === undefined ? undefined : places[index]));
  let outcome = opening;
  let isCommented = endsInComment(opening);
  for (const [index, item] of items.entries()) {
    const place = same[index] ?? { lead: between, written: write(item, indent), behind: '', rest: '' };
    const isMoved = index > 0 && place === first && !place.lead.includes('\n');
    const lead = index === 0 && !place.lead.includes('\n') ? first.lead : isMoved ? between : place.lead;
    const comma = index < items.length - 1 || hasLastComma ? ',' : '';
    outcome += (isCommented && !/^\s*\n/.test(lead) ? eol + (indent ?? '') : '') + lead + place.written + place.behind + comma + place.rest;
    isCommented = endsInComment(place.behind + place.rest);
  }
  const end = isCommented && !/^\s*\n/.test(closing) ? eol + indentAt(text, node.start) : '';
  return splice(text, node.start, node.end, outcome + end + closing);
}

/** An item, with what belongs to it. */
interface Place {
  /** From the line of the item before, or the comma, to where it begins. */
  readonly lead: string;
  readonly written: string;
  /** Up to its comma. */
  readonly behind: string;
  /** The rest of its line. */
  readonly rest: string;
}

interface Layout {
  /** The bracket, and what is said of the whole list. */
  readonly opening: string;
  readonly places: readonly Place[];
  readonly closing: string;
  readonly hasLastComma: boolean;
}

function layoutOf(text: string, { start, end, items }: ListNode): Layout {
  const bracket = text.indexOf('[', start) + 1;
  let from = bracket + lineRestAt(text, bracket).length;
  const lead = text.slice(from, items[0]?.start ?? end);
  if (lead.includes('#')) from += lead.length - (/\r?\n[ \t]*$/.exec(lead)?.[0].length ?? 0);
  const opening = text.slice(start, from);
  let comma: number | undefined;
  const places = items.map((item): Place => {
    comma = commaAfter(text, item.end);
    const behind = comma === undefined ? '' : text.slice(item.end, comma - 1);
    const rest = lineRestAt(text, comma ?? item.end);
    const place = { lead: text.slice(from, item.start), written: text.slice(item.start, item.end), behind, rest };
    from = (comma ?? item.end) + rest.length;
    return place;
  });
  return { opening, places, closing: text.slice(from, end), hasLastComma: comma !== undefined };
}

/** Whether what comes behind it would be part of a comment. */
function endsInComment(trivia: string): boolean {
  return trivia.includes('#', trivia.lastIndexOf('\n') + 1);
}
