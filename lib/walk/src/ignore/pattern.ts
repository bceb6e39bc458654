import { foldCase, slashesIn, textOf } from './bytes.js';
import { Wildmatch } from './wildmatch.js';

/** One line of a `.gitignore`, ready to be matched. */
export interface Pattern {
  /** Whether the line brings back what earlier ones left out: `!keep`. */
  readonly negated: boolean;
  /** Whether only folders match: `build/`. */
  readonly foldersOnly: boolean;
  readonly test: PatternTest;
}

/** What a pattern is compared with, and how. All in lower case where case is ignored. */
export type PatternTest = NameTest | PathTest;

/** A test of the last part of a path alone. */
export type NameTest =
  /** The name is `text`. */
  | { readonly kind: 'name'; readonly text: string }
  /** The name ends with `text`. */
  | { readonly kind: 'suffix'; readonly text: string }
  /** The name begins with `text`. */
  | { readonly kind: 'prefix'; readonly text: string }
  /** The name matches. */
  | { readonly kind: 'name-glob'; readonly glob: Wildmatch };

/** A test of the whole path, relative to the folder of the ignore file. */
export interface PathTest {
  readonly kind: 'path';
  /** What the path begins with, in bytes. */
  readonly prefix: string;
  /** What the rest of it matches; `undefined` when there must be no rest. */
  readonly glob: Wildmatch | undefined;
  /** How many folders such a path lies in; `undefined` when that varies. */
  readonly depth: number | undefined;
}

/** Reads the content of an ignore file, given as bytes: the patterns that can match something, in order. */
export function parsePatterns(content: string, ignoreCase: boolean): Pattern[] {
  const patterns: Pattern[] = [];
  for (const line of content.replace(/^\xef\xbb\xbf/, '').split('\n')) {
    const pattern = line.startsWith('#') ? undefined : parsePattern(line.endsWith('\r') ? line.slice(0, -1) : line, ignoreCase);
    if (pattern !== undefined) patterns.push(pattern);
  }
  return patterns;
}

/** Reads one line as git's `parse_path_pattern` does; `undefined` when nothing can match it. */
function parsePattern(line: string, ignoreCase: boolean): Pattern | undefined {
  let text = trimTrailingSpaces(line.split('\0', 1)[0] ?? '');
  const negated = text.startsWith('!');
  if (negated) text = text.slice(1);
  const foldersOnly = text.endsWith('/');
  if (foldersOnly) text = text.slice(0, -1);
  if (text === '') return undefined;
  const test = text.includes('/') ? parsePathTest(text, ignoreCase) : parseNameTest(text, ignoreCase);
  return test === undefined ? undefined : { negated, foldersOnly, test };
}

/** Spaces at the end do not count, unless a backslash stands before them. */
function trimTrailingSpaces(line: string): string {
  let end = 0;
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === '\\') {
      at += 1;
      if (at === line.length) return line;
    }
    if (char !== ' ') end = at + 1;
  }
  return line.slice(0, end);
}

function parseNameTest(pattern: string, ignoreCase: boolean): NameTest | undefined {
  if (isLiteral(pattern)) return literal('name', pattern, ignoreCase);
  return affix(pattern, ignoreCase) ?? nameGlob(pattern, ignoreCase);
}

/** A pattern with one star, at its start or at its end. */
function affix(pattern: string, ignoreCase: boolean): NameTest | undefined {
  if (pattern.startsWith('*') && isLiteral(pattern.slice(1))) return literal('suffix', pattern.slice(1), ignoreCase);
  if (pattern.endsWith('*') && isLiteral(pattern.slice(0, -1))) return literal('prefix', pattern.slice(0, -1), ignoreCase);
  return undefined;
}

function nameGlob(pattern: string, ignoreCase: boolean): NameTest | undefined {
  const glob = Wildmatch.compile(pattern, ignoreCase);
  return glob && { kind: 'name-glob', glob };
}

function parsePathTest(pattern: string, ignoreCase: boolean): PatternTest | undefined {
  const anchored = pattern.startsWith('/') ? pattern.slice(1) : pattern;
  if (anchored.startsWith('**/') && !anchored.includes('/', 3)) {
    return parseNameTest(anchored.slice(3), ignoreCase); // in any folder: the name alone decides
  }
  // What follows the literal beginning is a pattern by itself, as it is for git: `foo**/bar` matches `foobar`.
  const length = isLiteral(anchored) ? anchored.length : anchored.search(SPECIAL);
  const prefix = fold(anchored.slice(0, length), ignoreCase);
  if (length === anchored.length) return { kind: 'path', prefix, glob: undefined, depth: slashesIn(prefix) };
  const glob = Wildmatch.compile(anchored.slice(length), ignoreCase);
  return glob && { kind: 'path', prefix, glob, depth: glob.depth === undefined ? undefined : slashesIn(prefix) + glob.depth };
}

/** A test for text as it is; `undefined` when it is not valid UTF-8. */
function literal(kind: 'name' | 'suffix' | 'prefix', bytes: string, ignoreCase: boolean): NameTest | undefined {
  const text = textOf(fold(bytes, ignoreCase));
  return text === undefined ? undefined : { kind, text };
}

const SPECIAL = /[*?[\\]/;

function isLiteral(pattern: string): boolean {
  return !SPECIAL.test(pattern);
}

function fold(bytes: string, ignoreCase: boolean): string {
  return ignoreCase ? foldCase(bytes) : bytes;
}
