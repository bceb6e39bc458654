import { readdirSync, type Dirent } from 'node:fs';
import { visibleText } from './visible-text.js';

/** What a folder holds. */
export interface Listing {
  readonly dirents: readonly Dirent[];
  readonly invalid: readonly InvalidDirent[];
}

/** Something whose name is not valid UTF-8: as a string, its name leads to nothing, or to something else. */
export interface InvalidDirent {
  readonly dirent: Dirent<Buffer>;
  /** The name with U+FFFD in the place of what is invalid: what patterns are compared with. */
  readonly name: string;
  /** The name for people, unlike that of any other entry: see {@link escapedName}. */
  readonly shown: string;
}

/** Lists `folder`. @throws what `node:fs` throws. */
export function list(folder: string): Listing {
  const dirents = readdirSync(folder, { withFileTypes: true });
  // Only the character that stands for invalid bytes tells that there may be some.
  return dirents.some(({ name }) => name.includes('\uFFFD')) ? listBytes(folder, dirents) : { dirents, invalid: [] };
}

/** Names that differ may be one as strings, so those with the character that stands for invalid bytes are found anew. */
function listBytes(folder: string, dirents: readonly Dirent[]): Listing {
  const byName = new Map(dirents.map((dirent) => [dirent.name, dirent]));
  const valid = new Map<string, Dirent>();
  const invalid: InvalidDirent[] = [];
  for (const dirent of readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })) {
    const name = dirent.name.toString('utf8');
    const known = byName.get(name);
    if (!Buffer.from(name, 'utf8').equals(dirent.name)) invalid.push({ dirent, name, shown: escapedName(dirent.name) });
    else if (known !== undefined) valid.set(name, known);
  }
  return { dirents: [...valid.values()], invalid };
}

/** `a\xff.txt`: each byte that is not part of a character as `\x` and two digits, the rest as {@link visibleText} shows it. */
function escapedName(bytes: Buffer): string {
  let shown = '';
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOfCharacter(bytes, at);
    shown += length === 0 ? `\\x${bytes.toString('hex', at, at + 1)}` : visibleText(bytes.toString('utf8', at, at + length));
    at += Math.max(length, 1);
  }
  return shown;
}

/** How many bytes the character at `at` has; 0 when there is none. */
function lengthOfCharacter(bytes: Buffer, at: number): number {
  for (let length = 1; length <= LONGEST_CHARACTER && at + length <= bytes.length; length += 1) {
    const character = bytes.subarray(at, at + length);
    if (Buffer.from(character.toString('utf8'), 'utf8').equals(character)) return length;
  }
  return 0;
}

/** In bytes of UTF-8. */
const LONGEST_CHARACTER = 4;
