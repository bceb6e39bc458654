import type { ConfigEntry, ConfigNode } from '../node.js';
import { afterTrivia, nextLineAt } from '../text.js';

/** A line or more of a text of TOML that says one thing, without its comment. */
export type TomlStatement = TomlHeader | TomlPair;

/** `[a.b]`, or `[[a.b]]`. */
export interface TomlHeader {
  readonly kind: 'header';
  readonly isArray: boolean;
  readonly keys: readonly TomlKey[];
  readonly start: number;
  readonly end: number;
}

/** `a.b = …` */
export interface TomlPair {
  readonly kind: 'pair';
  readonly keys: readonly TomlKey[];
  readonly value: ConfigNode;
  readonly start: number;
  readonly end: number;
}

/** One of the keys between dots. */
export interface TomlKey {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** What a text that is known to be TOML says, in its order. */
export function* tomlStatements(text: string): Generator<TomlStatement> {
  for (let start = afterTrivia(text, 0); start < text.length;) {
    const statement = text[start] === '[' ? headerAt(text, start) : pairAt(text, start);
    yield statement;
    // Behind it there may only be a comment.
    start = afterTrivia(text, nextLineAt(text, statement.end));
  }
}

export function headerAt(text: string, start: number): TomlHeader {
  const isArray = text[start + 1] === '[';
  const { keys, end } = keysAt(text, start + (isArray ? 2 : 1));
  return { kind: 'header', isArray, keys, start, end: end + (isArray ? 2 : 1) };
}

function pairAt(text: string, start: number): TomlPair {
  const { keys, end } = keysAt(text, start);
  const value = valueAt(text, afterBlanks(text, end + 1));
  return { kind: 'pair', keys, value, start, end: value.end };
}

/** Keys with dots between them, and the offset of what ends them: `=` or `]`. */
export function keysAt(text: string, start: number): { readonly keys: readonly TomlKey[]; readonly end: number } {
  const keys: TomlKey[] = [];
  for (let index = afterBlanks(text, start); ; index = afterBlanks(text, index + 1)) {
    const key = keyAt(text, index);
    keys.push(key);
    index = afterBlanks(text, key.end);
    if (text[index] !== '.') return { keys, end: index };
  }
}

function keyAt(text: string, start: number): TomlKey {
  const quote = text[start];
  if (quote === '"' || quote === "'") {
    const end = stringEnd(text, start, quote);
    const raw = text.slice(start + 1, end - 1);
    return { key: quote === '"' ? unescaped(raw) : raw, start, end };
  }
  let end = start;
  while (/[\w-]/.test(text[end] ?? '')) end += 1;
  return { key: text.slice(start, end), start, end };
}

function valueAt(text: string, start: number): ConfigNode {
  switch (text[start]) {
    case '"': case "'": return { kind: 'scalar', start, end: textEnd(text, start, text[start] === '"' ? '"' : "'") };
    case '[': {
      const items: ConfigNode[] = [];
      let index = afterComma(text, start + 1);
      while (text[index] !== ']') {
        const item = valueAt(text, index);
        items.push(item);
        index = afterComma(text, item.end);
      }
      return { kind: 'list', isFlow: true, start, end: index + 1, items };
    }
    case '{': {
      const { pairs, end } = pairsInBraces(text, start);
      return { kind: 'map', isFlow: true, start, end, entries: entriesOf(pairs) };
    }
    default: return { kind: 'scalar', start, end: wordEnd(text, start) };
  }
}

/** The pairs of an inline table, whose brace is at `start`, and the offset behind it. */
export function pairsInBraces(text: string, start: number): { readonly pairs: readonly TomlPair[]; readonly end: number } {
  const pairs: TomlPair[] = [];
  let index = afterComma(text, start + 1);
  while (text[index] !== '}') {
    const pair = pairAt(text, index);
    pairs.push(pair);
    index = afterComma(text, pair.end);
  }
  return { pairs, end: index + 1 };
}

/** The entries of an inline table; what keys with dots lead into is written in no braces of its own. */
function entriesOf(pairs: readonly TomlPair[]): readonly ConfigEntry[] {
  const all: ConfigEntry[] = [];
  const opened = new Map<ConfigNode | undefined, ConfigEntry[]>();
  for (const { keys, value } of pairs) {
    let entries = all;
    for (const [index, { key, start, end }] of keys.entries()) {
      if (index === keys.length - 1) entries.push({ key, keyStart: start, keyEnd: end, value });
      else entries = opened.get(entries.find((entry) => entry.key === key)?.value) ?? open(entries, { key, start, end });
    }
  }
  return all;

  function open(entries: ConfigEntry[], { key, start, end }: TomlKey): ConfigEntry[] {
    const inner: ConfigEntry[] = [];
    const map: ConfigNode = { kind: 'map', isFlow: false, start, end, entries: inner };
    opened.set(map, inner);
    entries.push({ key, keyStart: start, keyEnd: end, value: map });
    return inner;
  }
}

function afterComma(text: string, offset: number): number {
  const index = afterTrivia(text, offset);
  return text[index] === ',' ? afterTrivia(text, index + 1) : index;
}

function afterBlanks(text: string, offset: number): number {
  let index = offset;
  while (text[index] === ' ' || text[index] === '\t') index += 1;
  return index;
}

/** Behind a text of one line or of several. */
export function textEnd(text: string, start: number, quote: '"' | "'"): number {
  if (text[start + 1] !== quote || text[start + 2] !== quote) return stringEnd(text, start, quote);
  const triple = quote.repeat(3);
  let close = text.indexOf(triple, start + 3);
  while (quote === '"' && isEscaped(text, close)) close = text.indexOf(triple, close + 1);
  // One or two quotes more belong to the text.
  while (text[close + 3] === quote) close += 1;
  return close + 3;
}

function stringEnd(text: string, start: number, quote: '"' | "'"): number {
  let close = text.indexOf(quote, start + 1);
  while (quote === '"' && isEscaped(text, close)) close = text.indexOf(quote, close + 1);
  return close + 1;
}

function isEscaped(text: string, quote: number): boolean {
  let before = quote - 1;
  while (text[before] === '\\') before -= 1;
  return (quote - before) % 2 === 0;
}

/** Behind a number, a date, `true` or `false`: a date may have a blank in it. */
function wordEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !/[,\]}#\r\n]/.test(text[end] ?? '')) end += 1;
  return start + text.slice(start, end).trimEnd().length;
}

function unescaped(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(/\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|(.))/g, (_whole, ...[short, long, byte, letter]: (string | undefined)[]) => {
    const code = short ?? long ?? byte;
    return code === undefined ? (ESCAPES[letter ?? ''] ?? letter ?? '') : String.fromCodePoint(Number.parseInt(code, 16));
  });
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001B' };
