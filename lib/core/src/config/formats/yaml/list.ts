import { changedInBrackets, type ListChange } from '../flow-list.js';
import type { Plan } from '../plan.js';
import { sameItems } from '../same-items.js';
import { lineEndOf, lineStartAt, nextLineAt, splice } from '../text.js';
import { afterComments } from './comments.js';
import { mannerOfItems, type YamlManner } from './manner.js';
import type { YamlWriter } from './writer.js';

/** Gives a list other items, of which those that stay are left as they are; `undefined` where that cannot be done. */
export function changedYamlList(text: string, { entry, section, value }: Plan & { kind: 'replace' }, writers: (manner: YamlManner) => YamlWriter): string | undefined {
  const node = entry.value;
  const old = section[entry.key ?? ''];
  if (node.kind !== 'list' || !Array.isArray(old) || !Array.isArray(value)) return undefined;
  const writer = writers(mannerOfItems(text, node.items, old));
  const change = { node, old, items: value };
  return node.isFlow ? changedInBrackets(text, change, ' ', (item) => writer.flow(item)) : changedLines(text, change, writer);
}

/** Comments on lines of their own belong to the item below them, but for those above the first one: they are about the list. */
function changedLines(text: string, { node, old, items }: ListChange, writer: YamlWriter): string | undefined {
  const places = placesOf(text, node);
  if (places?.length !== old.length || items.length === 0) return undefined;
  const eol = lineEndOf(text);
  const indent = text.slice(lineStartAt(text, node.start), node.start);
  const same = sameItems(old, items);
  // The first item may stand behind something else, such as the dash of another list.
  if (indent.trim() !== '') return undefined;
  const lines = items.map((item, index) => {
    const place = places[same[index] ?? -1];
    const written = place === undefined ? writer.item(item).map((line) => (line === '' ? '' : indent + line) + eol).join('') : text.slice(place.start, place.end);
    return written.endsWith('\n') ? written : written + eol;
  });
  return splice(text, node.start - indent.length, places.at(-1)?.end ?? node.end, lines.join(''));
}

/** The lines of an item, with the comments above them. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** `undefined` where the items are not lines that begin with dashes. */
function placesOf(text: string, { start, items }: ListChange['node']): readonly Place[] | undefined {
  const column = start - lineStartAt(text, start);
  const places: Place[] = [];
  let from = start - column;
  for (const item of items) {
    const dash = dashAt(text, places.length === 0 ? start : from, column);
    if (dash === undefined) return undefined;
    const end = afterComments(text, nextLineAt(text, Math.max(item.end, dash + 1)), column);
    places.push({ start: from, end });
    from = end;
  }
  return places;
}

/** The dash that begins the next line that is no comment, in that column. */
function dashAt(text: string, offset: number, column: number): number | undefined {
  if (text[offset] === '-') return offset;
  for (let line = offset; line < text.length; line = nextLineAt(text, line)) {
    const content = text.slice(line, nextLineAt(text, line)).trim();
    if (content !== '' && !content.startsWith('#')) return content.startsWith('-') && text.slice(line, line + column).trim() === '' ? line + column : undefined;
  }
  return undefined;
}
