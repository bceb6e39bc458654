import { isMapping, type KeyPath, type Section } from '../../section.js';
import { sameItems } from '../same-items.js';
import { lineEndOf, lineStartAt, splice } from '../text.js';
import { aboveComments } from './insert.js';
import { isSame, startsWith, type TomlSection } from './layout.js';
import { tomlKey, tomlValue } from './writer.js';

/**
 * Gives an array of tables other items: those that stay keep their lines, and the comments above their headers but for the
 * first one's; `undefined` where the items are not all tables, before and behind.
 */
export function changedTables(text: string, sections: readonly TomlSection[], path: KeyPath, items: readonly unknown[], old: readonly unknown[]): string | undefined {
  const places = placesOf(text, sections, path);
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined || places.length !== old.length || items.length === 0 || !items.every(isMapping)) return undefined;
  const eol = lineEndOf(text);
  const same = sameItems(old, items);
  let outcome = '';
  for (const [index, item] of items.entries()) {
    const place = places[same[index] ?? -1];
    if (outcome !== '' && !/\n\s*\n$/.test(outcome)) outcome += (outcome.endsWith('\n') ? '' : eol) + (place === undefined ? eol : '');
    outcome += place === undefined ? tableText(path, item, eol) : text.slice(place.start, place.end);
  }
  const isEnd = last.end === text.length;
  const isApart = /\n\s*\n$/.test(outcome) || !/\n\s*\n$/.test(text.slice(last.start, last.end));
  return splice(text, first.start, last.end, isEnd ? outcome.trimEnd() + eol : outcome + (isApart ? '' : eol));
}

/** The lines of an item, up to those of the next one or of another section. */
interface Place {
  readonly start: number;
  readonly end: number;
}

function placesOf(text: string, sections: readonly TomlSection[], path: KeyPath): readonly Place[] {
  const places: Place[] = [];
  for (const [index, section] of sections.entries()) {
    if (section.header === undefined || !isHead(section, path)) continue;
    let next = index + 1;
    for (let inner = sections[next]; inner !== undefined && startsWith(inner.path, path) && !isHead(inner, path); inner = sections[next]) next += 1;
    const { header } = sections[next] ?? {};
    places.push({
      start: places.length === 0 ? lineStartAt(text, section.header.start) : aboveComments(text, section.header.start),
      end: header === undefined ? text.length : aboveComments(text, header.start),
    });
  }
  return places;
}

function isHead({ header, path: at }: TomlSection, path: KeyPath): boolean {
  return header?.isArray === true && isSame(at, path);
}

function tableText(path: KeyPath, table: Section, eol: string): string {
  const pairs = Object.entries(table).map(([key, value]) => `${tomlKey(key)} = ${tomlValue(value)}`);
  return [`[[${path.map(tomlKey).join('.')}]]`, ...pairs].map((line) => line + eol).join('');
}
