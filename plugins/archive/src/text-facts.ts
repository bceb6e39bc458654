/** How the lines of a text end; `none` when it is one line. */
export type LineEnds = 'none' | 'LF' | 'CRLF' | 'CR' | 'mixed';

/** What must be known of a text to fence it, and to restore it after somebody edited the archive. */
export interface TextFacts {
  readonly lineEnds: LineEnds;
  readonly finalNewline: boolean;
  /** The length of the longest run of backticks, where that is three or more; else 0. */
  readonly longestFence: number;
}

const LF = 0x0a;
const CR = 0x0d;
const BACKTICK = 0x60;
const FENCE = Buffer.from('```');

/** Gathers the facts of a text that comes in pieces. */
export class TextFactsBuilder {
  private lf = 0;
  private crlf = 0;
  private cr = 0;
  private longestFence = 0;
  /** Backticks at the end of the last piece: a run may go on in the next. */
  private openRun = 0;
  private last = 0;

  /** Adds the next piece of the text, in UTF-8. */
  add(piece: Buffer): this {
    if (piece.length === 0) return this;
    this.countLineEnds(piece);
    this.findFences(piece);
    this.last = piece[piece.length - 1] ?? 0;
    return this;
  }

  /** The facts of all pieces so far. */
  finish(): TextFacts {
    return {
      lineEnds: this.lineEnds(),
      finalNewline: this.last === LF,
      longestFence: this.longestFence,
    };
  }

  /** Without a return, one line feed tells all; with some, every line is looked at. */
  private countLineEnds(piece: Buffer): void {
    let at = piece.indexOf(CR);
    if (at === -1 && this.last !== CR) {
      if (this.lf === 0 && piece.includes(LF)) this.lf = 1;
      return;
    }
    if (this.last === CR && piece[0] === LF) {
      this.cr--;
      this.crlf++;
      // Counted below as a line feed of its own.
      this.lf--;
    }
    this.lf += count(piece, LF);
    for (; at !== -1; at = piece.indexOf(CR, at + 1)) {
      if (piece[at + 1] === LF) {
        this.crlf++;
        this.lf--;
      } else this.cr++;
    }
  }

  private lineEnds(): LineEnds {
    const kinds = [this.lf > 0, this.crlf > 0, this.cr > 0].filter(Boolean).length;
    if (kinds > 1) return 'mixed';
    if (this.crlf > 0) return 'CRLF';
    if (this.cr > 0) return 'CR';
    return this.lf > 0 ? 'LF' : 'none';
  }

  private findFences(piece: Buffer): void {
    let at = 0;
    if (this.openRun > 0) {
      at = endOfRun(piece, 0);
      this.closeRun(this.openRun + at);
    }
    this.openRun = at === piece.length && this.openRun > 0 ? this.openRun + at : trailingRun(piece);
    for (at = piece.indexOf(FENCE, at); at !== -1; at = piece.indexOf(FENCE, at)) {
      const end = endOfRun(piece, at);
      this.closeRun(end - at);
      at = end;
    }
  }

  private closeRun(length: number): void {
    if (length >= FENCE.length && length > this.longestFence) this.longestFence = length;
  }
}

function count(piece: Buffer, byte: number): number {
  let found = 0;
  for (let at = piece.indexOf(byte); at !== -1; at = piece.indexOf(byte, at + 1)) found++;
  return found;
}

function endOfRun(piece: Buffer, start: number): number {
  let end = start;
  while (piece[end] === BACKTICK) end++;
  return end;
}

function trailingRun(piece: Buffer): number {
  let start = piece.length;
  while (start > 0 && piece[start - 1] === BACKTICK) start--;
  return piece.length - start;
}
