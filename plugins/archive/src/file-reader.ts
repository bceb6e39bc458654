import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { encodingsFor, type Encoding } from './encoding.js';
import { MARKER } from './markdown.js';
import type { Pulse } from './pulse.js';
import { TextFactsBuilder, type TextFacts } from './text-facts.js';

/** What must be known of a text before it is written. */
export interface TextProperties {
  /** The encoding of the file; the text is given in UTF-8. */
  readonly encoding: string;
  readonly facts: TextFacts;
}

/** A text that fits into memory. */
export interface ShortText extends TextProperties {
  readonly kind: 'text';
  /** Good until the next file is read. */
  readonly text: Buffer;
}

/** A text of any length. */
export interface LongText extends TextProperties {
  readonly kind: 'long text';
  /**
   * The text, in order; each piece is good until the next one is taken.
   * @throws {@link NotThisEncoding} when the file has changed and is no such text any more.
   */
  readonly pieces: () => Iterable<Buffer>;
}

/** What is in a file. */
export type FileContent =
  | ShortText
  | LongText
  | { readonly kind: 'empty' }
  /** An archive: texts that lie elsewhere, as they were once. */
  | { readonly kind: 'archive' }
  /** Its bytes are no text in any encoding that would keep them all. */
  | { readonly kind: 'binary'; readonly bytes: number };

/** Files up to this size are read in one go, longer ones in pieces of it. */
const BUFFER_BYTES = 8 * 1024 * 1024;

// Windows has neither flag.
const { O_RDONLY = 0, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;

/** How files are opened: a link, pipe or device that took a file's place must neither be followed nor block. */
export const READ_REGULAR = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;

/** Reads files one after another through one buffer, so that memory stays the same however many and long they are. */
export class FileReader {
  private readonly buffer: Buffer;

  constructor(bufferBytes = BUFFER_BYTES) {
    this.buffer = Buffer.allocUnsafeSlow(bufferBytes);
  }

  /**
   * Reads the file at `path` and hands its content to `use`; the file is open until `use` is done.
   * @throws what `node:fs` throws when it cannot be read.
   */
  async read(path: string, pulse: Pulse, use: (content: FileContent) => Promise<void> | undefined): Promise<void> {
    const descriptor = openSync(path, READ_REGULAR);
    try {
      const length = fill(descriptor, this.buffer, 0, 0);
      const pending = length < this.buffer.length || beginsAsArchive(this.buffer)
        ? use(contentOf(this.buffer.subarray(0, length)))
        : this.readLong(descriptor, pulse, use);
      if (pending !== undefined) await pending;
    } finally {
      closeSync(descriptor);
    }
  }

  /** A file longer than the buffer is gone through once to learn what it is, and once more to be used. */
  private async readLong(descriptor: number, pulse: Pulse, use: (content: FileContent) => Promise<void> | undefined): Promise<void> {
    for (const encoding of encodingsFor(this.buffer)) {
      const facts = await this.examine(descriptor, encoding, pulse);
      if (facts === undefined) continue;
      await use({ kind: 'long text', encoding: encoding.name, facts, pieces: () => this.pieces(descriptor, encoding) });
      return;
    }
    await use({ kind: 'binary', bytes: fstatSync(descriptor).size });
  }

  private async examine(descriptor: number, encoding: Encoding, pulse: Pulse): Promise<TextFacts | undefined> {
    const facts = new TextFactsBuilder();
    try {
      for (const piece of this.pieces(descriptor, encoding)) {
        facts.add(piece);
        await pulse.beat();
      }
    } catch (error) {
      if (error instanceof NotThisEncoding) return undefined;
      throw error;
    }
    return facts.finish();
  }

  /**
   * The file's text, a buffer at a time.
   * @throws {@link NotThisEncoding} at the first piece that `encoding` cannot read.
   */
  private *pieces(descriptor: number, encoding: Encoding): Generator<Buffer, void, undefined> {
    let kept = 0;
    let position = encoding.skip;
    for (;;) {
      const length = fill(descriptor, this.buffer, kept, position);
      position += length - kept;
      const bytes = this.buffer.subarray(0, length);
      const isLast = length < this.buffer.length;
      const whole = isLast ? length : encoding.complete(bytes);
      const text = encoding.decode(bytes.subarray(0, whole));
      if (text === undefined) throw new NotThisEncoding(encoding.name);
      yield text;
      if (isLast) return;
      this.buffer.copyWithin(0, whole, length);
      kept = length - whole;
    }
  }
}

/** A piece of a file that is not text of the encoding that it is read in: a wrong guess, or the file has changed. */
export class NotThisEncoding extends Error {
  constructor(encoding: string) {
    super(`not ${encoding}`);
    this.name = 'NotThisEncoding';
  }
}

/**
 * Reads into `buffer` behind the `kept` bytes at its start, from `position` on, until it is full or the file ends.
 * @returns how much of the buffer is filled; less than all of it at the end of the file.
 */
function fill(descriptor: number, buffer: Buffer, kept: number, position: number): number {
  let length = kept;
  while (length < buffer.length) {
    const read = readSync(descriptor, buffer, length, buffer.length - length, position + length - kept);
    // Only this says that a file ends: network file systems and /proc return less than there is.
    if (read === 0) break;
    length += read;
  }
  return length;
}

/** Classifies a file that is in memory as a whole. */
function contentOf(bytes: Buffer): FileContent {
  if (bytes.length === 0) return { kind: 'empty' };
  if (beginsAsArchive(bytes)) return { kind: 'archive' };
  for (const encoding of encodingsFor(bytes)) {
    const text = encoding.decode(encoding.skip === 0 ? bytes : bytes.subarray(encoding.skip));
    if (text === undefined) continue;
    const facts = new TextFactsBuilder();
    facts.add(text);
    return { kind: 'text', encoding: encoding.name, facts: facts.finish(), text };
  }
  return { kind: 'binary', bytes: bytes.length };
}

/** Whether these bytes are the beginning of an archive. */
export function beginsAsArchive(bytes: Buffer): boolean {
  return bytes.subarray(0, MARKER.length).equals(MARKER_BYTES);
}

const MARKER_BYTES = Buffer.from(MARKER);
