import type { KeyPath } from '../../section.js';
import { NOTHING, type Excerpt, type Purpose } from '../excerpt.js';
import { jsonString } from './scan.js';

/**
 * The entries of a large text that say something about a setting, in the braces that they are in.
 *
 * What is passed over is only looked at for quotes and brackets: where those are wrong, nothing is certain.
 */
export function jsonExcerpt(text: string, path: KeyPath, purpose: Purpose): Excerpt | undefined {
  let [head, tail] = ['', ''];
  let open = afterBlanks(text, 0);
  let found: Excerpt | undefined;
  for (const [depth, key] of path.entries()) {
    const entries = text[open] === '{' ? entriesOf(text, open) : undefined;
    if (entries === undefined) break;
    const index = entries.findIndex((entry) => entry.key === key);
    if (index === -1 && purpose !== 'set') return NOTHING;
    const isRemoved = purpose === 'remove' && depth === path.length - 1;
    const [first, last] = isRemoved ? neighbours(entries, index) : index === -1 ? [entries.at(-1), entries.at(-1)] : [entries[index], entries[index]];
    const end = entries.at(-1)?.end;
    if (first === undefined || last === undefined || end === undefined) break;
    const close = afterBlanks(text, end) + 1;
    head += `{${text.slice(first.before, first.start)}`;
    tail = text.slice(end, close) + tail;
    found = index === -1 ? lastBracket(text, last, head, tail) : { head, start: first.start, end: last.end, tail };
    if (index === -1 || isRemoved) break;
    head += text.slice(first.start, first.value);
    open = first.value;
  }
  return found;
}

/** An entry behind which another one is to be, without what is in its brackets. */
function lastBracket(text: string, { start, value, end }: Entry, head: string, tail: string): Excerpt {
  const isInBrackets = text[value] === '{' || text[value] === '[';
  return isInBrackets ? { head: head + text.slice(start, value + 1), start: end - 1, end, tail } : { head, start, end, tail };
}

/** A key and its value. */
interface Entry {
  readonly key: string;
  /** Where the blanks before it begin. */
  readonly before: number;
  readonly start: number;
  readonly value: number;
  readonly end: number;
}

/** The entries of an object; `undefined` where it is not certain that they are these. */
function entriesOf(text: string, open: number): readonly Entry[] | undefined {
  const entries: Entry[] = [];
  const keys = new Set<string>();
  for (let before = open + 1; ;) {
    const start = afterBlanks(text, before);
    if (text[start] !== '"') return text[start] === '}' && entries.length === 0 ? entries : undefined;
    const keyEnd = stringEnd(text, start);
    const colon = afterBlanks(text, keyEnd);
    const value = afterBlanks(text, colon + 1);
    const end = valueEnd(text, value);
    const key = keyOf(text, start, keyEnd);
    const next = afterBlanks(text, end);
    if (keyEnd === NOWHERE || text[colon] !== ':' || end === NOWHERE || key === undefined || keys.has(key)) return undefined;
    keys.add(key);
    entries.push({ key, before, start, value, end });
    if (text[next] === '}') return entries;
    if (text[next] !== ',') return undefined;
    before = next + 1;
  }
}

/** Stands for the end of what has none. */
const NOWHERE = -1;

function keyOf(text: string, start: number, end: number): string | undefined {
  try {
    return jsonString(text, start, end);
  } catch {
    return undefined;
  }
}

function valueEnd(text: string, start: number): number {
  if (text[start] === '"') return stringEnd(text, start);
  if (text[start] !== '{' && text[start] !== '[') return wordEnd(text, start);
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    // Numbers of characters: this passes through megabytes.
    switch (text.charCodeAt(index)) {
      case 0x22: { // "
        const end = stringEnd(text, index);
        if (end === NOWHERE) return NOWHERE;
        index = end - 1;
        break;
      }
      case 0x7B: case 0x5B: // { [
        depth += 1;
        break;
      case 0x7D: case 0x5D: // } ]
        depth -= 1;
        if (depth === 0) return index + 1;
    }
  }
  return NOWHERE;
}

function wordEnd(text: string, start: number): number {
  let end = start;
  while (/[\w.+-]/.test(text[end] ?? '')) end += 1;
  return end === start ? NOWHERE : end;
}

function stringEnd(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (text[before] === '\\') before -= 1;
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  return NOWHERE;
}

function afterBlanks(text: string, offset: number): number {
  let index = offset;
  while (index < text.length && /[ \t\r\n]/.test(text[index] ?? '')) index += 1;
  return index;
}

/** An entry with the one behind it, or before it: the object that they are in does not become empty without it. */
function neighbours(entries: readonly Entry[], index: number): readonly [Entry | undefined, Entry | undefined] {
  const next = entries[index + 1];
  return next === undefined ? [entries[index - 1], entries[index]] : [entries[index], next];
}
