// eslint-disable-next-line no-control-regex -- all of ASCII
const ASCII = /^[\x00-\x7f]*$/;

/** `text` as a string with one character for each byte of its UTF-8: what git's patterns are matched with. */
export function bytesOf(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** The text that `bytes` is the UTF-8 of; `undefined` when it is none. */
export function textOf(bytes: string): string | undefined {
  if (ASCII.test(bytes)) return bytes;
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  return bytesOf(text) === bytes ? text : undefined;
}

/** `text` with the letters A to Z in lower case; the others stay, as they do for git. */
export function foldCase(text: string): string {
  return ASCII.test(text) ? text.toLowerCase() : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** The byte of a letter A to Z in lower case; others as they are. */
export function foldByte(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte + 32 : byte;
}

/** How many slashes there are in `text`. */
export function slashesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) count += 1;
  return count;
}
