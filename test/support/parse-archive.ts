/** An entry of an archive, as it reads. */
export interface ParsedEntry {
  readonly path: string;
  /** The id that the table of contents links to. */
  readonly anchor: string;
  /** The facts below the heading: `no final newline`, `encoding: UTF-16LE with BOM`. */
  readonly facts: readonly string[];
  /** The language of the fence; empty when it has none, `undefined` without a fence. */
  readonly language: string | undefined;
  /** The file as it was, byte for byte; `undefined` for what is listed without its content. */
  readonly content: Buffer | undefined;
}

/** A whole archive. */
export interface ParsedArchive {
  readonly title: string;
  /** The paths of the table of contents and the ids that they link to; `undefined` without one. */
  readonly contents: readonly { readonly path: string; readonly anchor: string }[] | undefined;
  /** The drawing; `undefined` without one. */
  readonly tree: string | undefined;
  readonly entries: readonly ParsedEntry[];
}

/**
 * Reads an archive back by its documented format, and nothing else: what it does not expect, it refuses.
 *
 * It works on one character per byte, so that no decoding can hide a lost byte.
 */
export function parseArchive(archive: Buffer): ParsedArchive {
  const reader = new Reader(archive.toString('latin1'));
  reader.expect('<!-- structum archive 1 -->\n\n# ');
  const title = nameIn(reader.line());
  const contents = reader.accept('\n## Contents\n') ? contentsOf(reader) : undefined;
  const tree = reader.accept('\n## Tree\n') ? reader.fenced()?.text : undefined;
  reader.expect('\n## Files\n');
  const entries: ParsedEntry[] = [];
  while (!reader.isAtEnd) entries.push(entryOf(reader));
  return { title, contents, tree: tree === undefined ? undefined : fromLatin1(tree).toString('utf8').slice(0, -1), entries };
}

function contentsOf(reader: Reader): { path: string; anchor: string }[] {
  const links: { path: string; anchor: string }[] = [];
  reader.expect('\n');
  while (reader.accept('- [')) {
    const [, path = '', anchor = ''] = /^(.*)\]\(#([^()\s]*)\)$/.exec(reader.line()) ?? reader.refuse('a link');
    links.push({ path: nameIn(path), anchor });
  }
  return links;
}

function entryOf(reader: Reader): ParsedEntry {
  reader.expect('\n### <a id="');
  const [, anchor = '', path = ''] = /^([^"\s]*)"><\/a>(.*)$/.exec(reader.line()) ?? reader.refuse('a heading');
  const facts = reader.accept('\n> ') ? fromLatin1(reader.line()).toString('utf8').split(', ') : [];
  const text = reader.fenced();
  // What is said after a text is that it is not whole.
  if (reader.accept('\n> ')) return { path: nameIn(path), anchor, facts: [reader.line()], language: text?.language, content: undefined };
  const content = text === undefined ? (facts.includes('empty file') ? Buffer.alloc(0) : undefined) : restored(text.text, facts);
  return { path: nameIn(path), anchor, facts, language: text?.language, content };
}

/** A text in the bytes that it had as a file. */
function restored(text: string, facts: readonly string[]): Buffer {
  const bytes = fromLatin1(facts.includes('no final newline') ? text.slice(0, -1) : text);
  const encoding = facts.find((fact) => fact.startsWith('encoding: '))?.slice('encoding: '.length);
  switch (encoding) {
    case undefined:
    case 'UTF-8 with BOM':
      return bytes;
    case 'UTF-16LE with BOM':
      return Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf16le');
    case 'UTF-16BE with BOM':
      return Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf16le').swap16();
    case 'UTF-16LE':
      return Buffer.from(bytes.toString('utf8'), 'utf16le');
    case 'UTF-16BE':
      return Buffer.from(bytes.toString('utf8'), 'utf16le').swap16();
    case 'ISO-8859-1':
      return fromLatin1(bytes.toString('utf8'));
    case 'windows-1252':
      return windows1252(bytes.toString('utf8'));
    default:
      throw new Error(`unknown encoding ${encoding}`);
  }
}

function windows1252(text: string): Buffer {
  return Buffer.from(Array.from(text, (character) => WINDOWS_1252.get(character) ?? character.charCodeAt(0)));
}

/** Made by the platform's own decoder, not by the plugin's table. */
const WINDOWS_1252 = new Map(
  Array.from({ length: 0x20 }, (_, index) => 0x80 + index).map((byte) => [
    // One byte at a time and as a stream: some versions of Node decode whole strings of it as ISO-8859-1.
    new TextDecoder('windows-1252').decode(Uint8Array.of(byte), { stream: true }),
    byte,
  ]),
);

/** The name that inline code stands for. */
function nameIn(code: string): string {
  const [, ticks = '', inner = code] = /^(`+)(.*)\1$/.exec(code) ?? [];
  const isPadded = ticks !== '' && inner.startsWith(' ') && inner.endsWith(' ') && inner.trim() !== '';
  const name = fromLatin1(isPadded ? inner.slice(1, -1) : inner).toString('utf8');
  return ticks !== '' && name.startsWith('"') ? (JSON.parse(name) as string) : name;
}

function fromLatin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** A place in the archive. */
class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.at === this.text.length;
  }

  accept(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  expect(expected: string): void {
    if (!this.accept(expected)) this.refuse(JSON.stringify(expected));
  }

  line(): string {
    const end = this.text.indexOf('\n', this.at);
    if (end === -1) this.refuse('a line');
    const line = this.text.slice(this.at, end);
    this.at = end + 1;
    return line;
  }

  /** The fence that comes next, if one does; what is in it ends with a line feed. */
  fenced(): { language: string; text: string } | undefined {
    if (!this.accept('\n```')) return undefined;
    const [, more = '', language = ''] = /^(`*)([^`]*)$/.exec(this.line()) ?? this.refuse('a fence');
    const closing = `\n\`\`\`${more}\n`;
    // An empty text's closing fence follows the opening one at once.
    const end = this.text.indexOf(closing, this.at - 1);
    if (end === -1) this.refuse('a closing fence');
    const text = this.text.slice(this.at, end + 1);
    this.at = end + closing.length;
    return { language, text };
  }

  refuse(expected: string): never {
    throw new Error(`expected ${expected} at byte ${String(this.at)}: ${JSON.stringify(this.text.slice(this.at, this.at + 80))}`);
  }
}
