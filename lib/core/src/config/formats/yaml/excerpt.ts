import type { KeyPath } from '../../section.js';
import { NOTHING, type Excerpt, type Purpose } from '../excerpt.js';
import { nextLineAt } from '../text.js';

/**
 * The lines of a large text that say something about a setting.
 *
 * Whatever is in an entry of a mapping of lines is indented more than its key, lists apart. So where every line that is
 * indented like the first key begins with a key itself, those are the entries; otherwise nothing is certain.
 */
export function yamlExcerpt(text: string, path: KeyPath, purpose: Purpose): Excerpt | undefined {
  if (text.includes('\r') && /\r(?!\n)/.test(text)) return undefined;
  let head = '';
  let block: Block | undefined = { start: documentStart(text), end: text.length };
  let found: Excerpt | undefined;
  for (const [depth, key] of path.entries()) {
    const entries: readonly Entry[] | undefined = block === undefined ? undefined : entriesOf(text, block);
    if (entries === undefined) break;
    const index = entries.findIndex((entry) => entry.key === key);
    const entry = entries[index];
    if (entry === undefined) {
      if (purpose !== 'set') return NOTHING;
      const last = entries.at(-1);
      if (last !== undefined) found = lastLines(text, last, head);
      break;
    }
    if (purpose === 'remove' && depth === path.length - 1) {
      found = withNeighbour(entries, index, head) ?? found;
      break;
    }
    found = { head, start: entry.start, end: entry.end, tail: '' };
    head += text.slice(entry.start, nextLineAt(text, entry.start));
    block = blockBelow(text, entry);
  }
  if (found === undefined || (purpose !== 'read' && ANCHOR.test(text.slice(found.start, found.end)))) return undefined;
  return found;
}

interface Block {
  readonly start: number;
  readonly end: number;
}

/** The lines of an entry, up to the next one. */
interface Entry extends Block {
  readonly key: string;
  /** Behind the colon. */
  readonly colon: number;
}

/** A key at the beginning of a line that can only be one. */
const KEY = /(?:([A-Za-z_][\w./@-]*)|"([^"\\\r\n]*)"|'([^'\r\n]*)')[ ]*:(?=[ \r\n]|$)/y;

/** What other parts of a text may refer to. */
const ANCHOR = /(?:^|[\s[{,:])&[^\s,[\]{}]/;

/** Behind comments and the mark of a document's start. */
function documentStart(text: string): number {
  return /^(?:[ \t]*(?:#[^\n]*)?\n)*---[ \t]*(?:#[^\n]*)?\r?\n/.exec(text.slice(0, LONGEST_START))?.[0].length ?? 0;
}

const LONGEST_START = 16 * 1024;

/** The entries of a mapping of lines; `undefined` where it is not certain that they are these. */
function entriesOf(text: string, { start, end }: Block): readonly Entry[] | undefined {
  const entries: (Entry & { end: number })[] = [];
  const keys = new Set<string>();
  let indent: number | undefined;
  let shallow: RegExp | undefined;
  for (let line = start; line < end; line = shallow === undefined ? nextLineAt(text, line) : nextShallowLine(text, line, shallow)) {
    let first = line;
    while (text[first] === ' ') first += 1;
    const character = text[first];
    if (character === '\n' || character === '\r' || character === '#' || character === undefined) continue;
    indent ??= first - line;
    shallow ??= shallowAfter(indent);
    if (first - line > indent && character !== '\t') continue;
    if (first - line < indent || character === '\t') return undefined;
    if (character === '-' && entries.length > 0 && /\s/.test(text[first + 1] ?? ' ')) continue;
    KEY.lastIndex = first;
    const match = KEY.exec(text);
    const key = match?.[1] ?? match?.[2] ?? match?.[3];
    if (key === undefined || keys.has(key)) return undefined;
    keys.add(key);
    const last = entries.at(-1);
    if (last !== undefined) last.end = line;
    entries.push({ key, start: line, end, colon: KEY.lastIndex });
  }
  return entries;
}

/** Where the next line begins that is no deeper: the pattern passes over megabytes of others, and of blank ones. */
function nextShallowLine(text: string, line: number, shallow: RegExp): number {
  shallow.lastIndex = line;
  const match = shallow.exec(text);
  return match === null ? text.length : match.index + 1;
}

/** The end of a line before one that is not indented more than that, or has a tab before its first character. */
function shallowAfter(indent: number): RegExp {
  return new RegExp(`\\n(?! {${String(indent + 1)},}[^ \\t\\r\\n])(?! *(?:\\r?\\n|$))`, 'g');
}

/** The lines below a key that has nothing behind it. */
function blockBelow(text: string, { start, end, colon }: Entry): Block | undefined {
  const below = nextLineAt(text, start);
  return /^(?:[ \t]+#.*|[ \t]*)$/.test(text.slice(colon, below).trimEnd()) ? { start: below, end } : undefined;
}

/** The end of a mapping's last entry: the keys that it is in, and the last entry of the innermost. */
function lastLines(text: string, last: Entry, head: string): Excerpt {
  const block = blockBelow(text, last);
  const inner = block === undefined ? undefined : entriesOf(text, block)?.at(-1);
  if (inner === undefined) return { head, start: last.start, end: last.end, tail: '' };
  return lastLines(text, inner, head + text.slice(last.start, nextLineAt(text, last.start)));
}

/** An entry with the one behind it, or before it: the mapping that they are in does not become empty without it. */
function withNeighbour(entries: readonly Entry[], index: number, head: string): Excerpt | undefined {
  const first = entries[index + 1] === undefined ? entries[index - 1] : entries[index];
  const last = entries[index + 1] ?? entries[index];
  return first === undefined || last === undefined ? undefined : { head, start: first.start, end: last.end, tail: '' };
}
