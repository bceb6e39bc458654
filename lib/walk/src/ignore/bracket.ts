/** A bracket expression: 1 for each byte that it accepts, and where it ends. */
export interface Bracket {
  readonly members: Uint8Array;
  /** After the closing bracket. */
  readonly end: number;
}

/**
 * Reads the bracket expression that begins at `start` of `pattern`, by the letter of git's wildmatch.
 *
 * Where case is ignored, git lowers the text's letters, but not those in brackets: `[A]` then matches nothing,
 * and only ranges and `[:upper:]` also look at the upper case.
 * @returns `undefined` when it is malformed; the whole pattern then matches nothing.
 */
export function parseBracket(pattern: string, start: number, ignoreCase: boolean): Bracket | undefined {
  const members = new Uint8Array(256);
  let at = start + 1;
  const negated = pattern.charAt(at) === '!' || pattern.charAt(at) === '^';
  if (negated) at += 1;
  let previous = 0; // the byte that a range may begin with; 0 for none
  do {
    const char = pattern.charAt(at);
    if (char === '') return undefined;
    if (char === '\\') {
      at += 1;
      if (at === pattern.length) return undefined;
      previous = addByte(members, pattern.charCodeAt(at));
    } else if (char === '-' && previous !== 0 && at + 1 < pattern.length && pattern.charAt(at + 1) !== ']') {
      at += pattern.charAt(at + 1) === '\\' ? 2 : 1;
      if (at >= pattern.length) return undefined;
      addRange(members, previous, pattern.charCodeAt(at), ignoreCase);
      previous = 0;
    } else if (char === '[' && pattern.charAt(at + 1) === ':') {
      const close = pattern.indexOf(']', at + 2);
      if (close < 0) return undefined;
      if (close > at + 2 && pattern.charAt(close - 1) === ':') {
        if (!addClass(members, pattern.slice(at + 2, close - 1), ignoreCase)) return undefined;
        at = close;
        previous = 0;
      } else {
        previous = addByte(members, LEFT_BRACKET); // no class after all
      }
    } else {
      previous = addByte(members, pattern.charCodeAt(at));
    }
    at += 1;
  } while (pattern.charAt(at) !== ']');
  if (negated) for (let byte = 0; byte < 256; byte += 1) members[byte] = members[byte] === 1 ? 0 : 1;
  return { members, end: at + 1 };
}

const LEFT_BRACKET = 91;
const CASE_DISTANCE = 32;

function addByte(members: Uint8Array, byte: number): number {
  members[byte] = 1;
  return byte;
}

function addRange(members: Uint8Array, first: number, last: number, ignoreCase: boolean): void {
  for (let byte = first; byte <= last; byte += 1) members[byte] = 1;
  if (!ignoreCase) return;
  for (let lower = 97; lower <= 122; lower += 1) {
    const upper = lower - CASE_DISTANCE;
    if (upper >= first && upper <= last) members[lower] = 1;
  }
}

/** Adds a class such as `[:alpha:]`; false when there is none of that name. */
function addClass(members: Uint8Array, name: string, ignoreCase: boolean): boolean {
  const test = CLASSES.get(name);
  if (test === undefined) return false;
  for (let byte = 1; byte < 128; byte += 1) {
    const char = String.fromCharCode(byte);
    if (test.test(char) || (ignoreCase && name === 'upper' && /[a-z]/.test(char))) members[byte] = 1;
  }
  return true;
}

const CLASSES: ReadonlyMap<string, RegExp> = new Map([
  ['alnum', /[A-Za-z0-9]/],
  ['alpha', /[A-Za-z]/],
  ['blank', /[ \t]/],
  // eslint-disable-next-line no-control-regex -- control characters are what the class is about
  ['cntrl', /[\x00-\x1f\x7f]/],
  ['digit', /[0-9]/],
  ['graph', /[!-~]/],
  ['lower', /[a-z]/],
  ['print', /[ -~]/],
  ['punct', /[!-/:-@[-`{-~]/],
  ['space', /[\t\n\r ]/], // git's own isspace knows no more
  ['upper', /[A-Z]/],
  ['xdigit', /[A-Fa-f0-9]/],
]);
