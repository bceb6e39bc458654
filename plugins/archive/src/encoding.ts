import { isUtf8 } from 'node:buffer';

/** A way to read a file's bytes as text without losing one. */
export interface Encoding {
  /** As the archive names it: `UTF-16LE with BOM`. */
  readonly name: string;
  /** Bytes at the start that say which encoding it is, and are left out of the archive. */
  readonly skip: number;
  /** How many of `bytes` are whole characters; the rest needs what follows. */
  complete(bytes: Buffer): number;
  /** The text as UTF-8, or `undefined` when these bytes are not text of this encoding. Plain UTF-8 is not copied. */
  decode(bytes: Buffer): Buffer | undefined;
}

/**
 * The encodings to try on a file that begins with `head`, likeliest first; none when it is clearly binary.
 *
 * A byte order mark is believed. Bytes that are valid UTF-8 are UTF-8. A file full of zero bytes in every
 * second place is UTF-16. What is left is read as ISO-8859-1 or windows-1252: each of their bytes is one
 * character, so that even a wrong guess can be undone.
 */
export function encodingsFor(head: Buffer): readonly Encoding[] {
  if (head[0] === 0xff && head[1] === 0xfe) return [utf16('UTF-16LE with BOM', 2, false)];
  if (head[0] === 0xfe && head[1] === 0xff) return [utf16('UTF-16BE with BOM', 2, true)];
  if (head.includes(0)) return unmarkedUtf16(head);
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return [utf8WithMark, latin1, windows1252];
  return [utf8, latin1, windows1252];
}

/** The encoding of nearly every file: its bytes go into the archive as they are. */
const utf8: Encoding = {
  name: 'UTF-8',
  skip: 0,
  complete: wholeUtf8,
  decode: (bytes) => (isUtf8(bytes) && !bytes.includes(0) ? bytes : undefined),
};

/** The mark stays in the text, where it is a character without width. */
const utf8WithMark: Encoding = { ...utf8, name: 'UTF-8 with BOM' };

/** `bytes` without the beginning of a character at their end. */
function wholeUtf8(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function utf16(name: string, skip: number, bigEndian: boolean): Encoding {
  return {
    name,
    skip,
    complete: (bytes) => wholeUtf16(bytes, bigEndian),
    decode: (bytes) => decodeUtf16(bytes, bigEndian),
  };
}

function wholeUtf16(bytes: Buffer, bigEndian: boolean): number {
  const even = bytes.length - (bytes.length % 2);
  const high = bytes[even - (bigEndian ? 2 : 1)] ?? 0;
  return high >= 0xd8 && high <= 0xdb ? even - 2 : even;
}

function decodeUtf16(bytes: Buffer, bigEndian: boolean): Buffer | undefined {
  if (bytes.length % 2 !== 0) return undefined;
  const text = (bigEndian ? Buffer.from(bytes).swap16() : bytes).toString('utf16le');
  // A surrogate without its other half has no UTF-8, and a zero no place in Markdown.
  if (text.includes('\0') || LONE_SURROGATE.test(text)) return undefined;
  return Buffer.from(text, 'utf8');
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** How much of a file without a mark decides whether it looks like UTF-16. */
const SAMPLE_BYTES = 4096;

/** UTF-16 of text in Latin script has zeros in one half of its bytes, and none in the other. */
function unmarkedUtf16(head: Buffer): readonly Encoding[] {
  const sample = head.subarray(0, Math.min(SAMPLE_BYTES, head.length - (head.length % 2)));
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [first = 0, second = 0] = zeros;
  const many = (sample.length / 2) * 0.7;
  if (first === 0 && second > many) return [withoutControls(utf16('UTF-16LE', 0, false))];
  if (second === 0 && first > many) return [withoutControls(utf16('UTF-16BE', 0, true))];
  return [];
}

/** Small numbers in a binary file look like control characters in UTF-16. */
function withoutControls(encoding: Encoding): Encoding {
  const decode = (bytes: Buffer): Buffer | undefined => {
    const text = encoding.decode(bytes);
    return text === undefined || text.some(isControl) ? undefined : text;
  };
  return { ...encoding, decode };
}

const latin1: Encoding = {
  name: 'ISO-8859-1',
  skip: 0,
  complete: (bytes) => bytes.length,
  decode: (bytes) => (bytes.some((byte) => isControl(byte) || (byte >= 0x80 && byte < 0xa0)) ? undefined : decodeSingleBytes(bytes)),
};

const windows1252: Encoding = {
  name: 'windows-1252',
  skip: 0,
  complete: (bytes) => bytes.length,
  decode: (bytes) => (bytes.some((byte) => isControl(byte) || WINDOWS_1252_UNUSED.has(byte)) ? undefined : decodeSingleBytes(bytes)),
};

const WINDOWS_1252_UNUSED: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** What windows-1252 has at 0x80 to 0x9f, where ISO-8859-1 has control characters; unused places are blank. */
const WINDOWS_1252_HIGH = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

function decodeSingleBytes(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1').replace(/[\x80-\x9f]/g, (char) => WINDOWS_1252_HIGH.charAt(char.charCodeAt(0) - 0x80));
  return Buffer.from(text, 'utf8');
}

/** Control characters that text does not have; a bell, backspace, tab, line feed, form feed, return and escape it may have. */
function isControl(byte: number): boolean {
  return (byte < 0x20 && !TEXT_CONTROLS.has(byte)) || byte === 0x7f;
}

const TEXT_CONTROLS: ReadonlySet<number> = new Set([0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b]);
