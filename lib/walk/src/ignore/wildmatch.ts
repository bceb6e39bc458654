import { parseBracket } from './bracket.js';
import { foldByte } from './bytes.js';

/**
 * A pattern as git's wildmatch reads it, with slashes kept apart (`WM_PATHNAME`), compiled.
 *
 * It matches bytes: texts are strings with one character for each byte of UTF-8 (see `bytesOf`), so that `?`
 * is one byte, as it is for git. The time is at most the product of both lengths, whatever the pattern.
 */
export class Wildmatch {
  /** How many folders a match lies in, or `undefined` where the pattern holds a `**`. */
  readonly depth: number | undefined;

  private constructor(
    private readonly codes: readonly number[],
    private readonly classes: readonly Uint8Array[],
  ) {
    this.depth = codes.some((code) => code === DEEP || code === DEEP_FOLDERS) ? undefined : codes.filter((code) => code === SLASH).length;
  }

  /** Compiles `pattern`, a string of bytes; `undefined` when it is malformed, for then it matches nothing. */
  static compile(pattern: string, ignoreCase: boolean): Wildmatch | undefined {
    const codes: number[] = [];
    const classes: Uint8Array[] = [];
    let at = 0;
    while (at < pattern.length) {
      const char = pattern.charAt(at);
      if (char === '*') {
        at = compileStars(pattern, at, codes);
      } else if (char === '?') {
        codes.push(ANY);
        at += 1;
      } else if (char === '[') {
        const bracket = parseBracket(pattern, at, ignoreCase);
        if (bracket === undefined) return undefined;
        bracket.members[SLASH] = 0;
        codes.push(FIRST_CLASS - classes.length);
        classes.push(bracket.members);
        at = bracket.end;
      } else if (char === '\\') {
        if (at + 1 === pattern.length) return undefined;
        codes.push(pattern.charCodeAt(at + 1)); // as written: git folds the text here, and not the pattern
        at += 2;
      } else {
        codes.push(ignoreCase ? foldByte(char.charCodeAt(0)) : char.charCodeAt(0));
        at += 1;
      }
    }
    return new Wildmatch(codes, classes);
  }

  /** Whether the whole of `text` from `start` on matches. Lower case where case is ignored. */
  matches(text: string, start = 0): boolean {
    const { codes } = this;
    const end = text.length;
    let pattern = 0;
    let at = start;
    let starPattern = -1; // after the last `*`, and what that one has taken so far
    let starAt = 0;
    let deepPattern = -1; // after the last `**`, and likewise
    let deepAt = 0;
    let deepFolders = false;
    for (;;) {
      const code = codes[pattern];
      if (code === undefined) {
        if (at === end) return true;
      } else if (code === STAR) {
        starPattern = ++pattern;
        starAt = at;
        continue;
      } else if (code === DEEP || code === DEEP_FOLDERS) {
        deepPattern = ++pattern;
        deepAt = at;
        deepFolders = code === DEEP_FOLDERS;
        starPattern = -1;
        continue;
      } else if (at < end) {
        const byte = text.charCodeAt(at);
        if (code === byte || (code < 0 && this.accepts(code, byte))) {
          if (byte === SLASH) starPattern = -1; // a `*` before a slash that matched cannot do better
          pattern += 1;
          at += 1;
          continue;
        }
      }
      if (starPattern >= 0 && starAt < end && text.charCodeAt(starAt) !== SLASH) {
        pattern = starPattern;
        at = ++starAt;
      } else if (deepPattern >= 0) {
        deepAt = deepFolders ? text.indexOf('/', deepAt) + 1 : deepAt + 1;
        if (deepAt === 0 || deepAt > end) return false;
        pattern = deepPattern;
        at = deepAt;
        starPattern = -1;
      } else {
        return false;
      }
    }
  }

  private accepts(code: number, byte: number): boolean {
    return code === ANY ? byte !== SLASH : this.classes[FIRST_CLASS - code]?.[byte] === 1;
  }
}

const SLASH = 47;

// What is not a byte in a compiled pattern.
const ANY = -1;
const STAR = -2;
/** `**` at the end, or before an escaped slash: anything, slashes included. */
const DEEP = -3;
/** `**` and its slash: any number of folders, none included. */
const DEEP_FOLDERS = -4;
const FIRST_CLASS = -5;

/** Compiles the stars at `start`; two or more are special only where they are a whole part of the path. Returns where they end. */
function compileStars(pattern: string, start: number, codes: number[]): number {
  let end = start;
  while (pattern.charAt(end) === '*') end += 1;
  const isPart = end - start > 1 && (start === 0 || pattern.charAt(start - 1) === '/');
  if (isPart && pattern.charAt(end) === '/') {
    codes.push(DEEP_FOLDERS);
    return end + 1;
  }
  codes.push(isPart && (end === pattern.length || pattern.startsWith('\\/', end)) ? DEEP : STAR);
  return end;
}
