import { lineStartAt, nextLineAt } from '../text.js';

/** A bracket or a quote, and where it stands. */
export interface Opened {
  readonly mark: '[' | '{' | '"' | "'";
  readonly at: number;
}

/** The innermost bracket or quote of a text of YAML that is still open at an offset; what is in front of it may be anything. */
export function openedAt(text: string, end: number): Opened | undefined {
  const open: Opened[] = [];
  // A quote in the middle of a text without quotes is part of it.
  let isInWords = false;
  for (let at = 0; at < end;) {
    const mark = text[at];
    if ((mark === '"' || mark === "'") && !isInWords) {
      const close = quoteEnd(text, at, mark);
      if (close > end) return { mark, at };
      at = close;
    } else if (mark === '[' || mark === '{') {
      open.push({ mark, at });
      at += 1;
      isInWords = false;
    } else if (mark === ']' || mark === '}') {
      open.pop();
      at += 1;
      isInWords = false;
    } else if ((mark === '|' || mark === '>') && open.length === 0) {
      at = blockEnd(text, at);
    } else {
      const [pattern, words] = open.length === 0 ? [LINES, NOTHING] : [FLOW, WORDS];
      pattern.lastIndex = at;
      const token = pattern.exec(text)?.[0] ?? '';
      isInWords = words.test(token) || (isInWords && BLANKS.test(token));
      at += Math.max(token.length, 1);
    }
  }
  return open.at(-1);
}

/** Blanks, a comment, a mark, a tag or anchor, or a text without quotes, up to what ends that. */
const LINES = /\s+|#[^\n]*|(?:---|\.\.\.|[-?:])(?=\s|$)|[&!*]\S*|[^\n]*?(?=:\s|\s#|\n|$)/y;

/** The same in brackets, where commas, colons and brackets end a text too, which is taken word by word. */
const FLOW = /\s+|#[^\n]*|[,:]|[-?](?=\s)|[&!*][^\s,[\]{}]*|[^\s,[\]{}:]+/y;

const WORDS = /^(?![-?]$)[^\s#,:&!*]/;
const BLANKS = /^\s/;
const NOTHING = /(?!)/;

/** Behind the quote that ends a text; behind the end of everything where there is none. */
function quoteEnd(text: string, start: number, quote: '"' | "'"): number {
  for (let index = start + 1; index < text.length; index += 1) {
    if (quote === '"' && text[index] === '\\') index += 1;
    else if (text[index] === quote) {
      if (quote === '"' || text[index + 1] !== quote) return index + 1;
      index += 1;
    }
  }
  return text.length + 1;
}

/** Behind the lines of a text whose header, `|` or `>`, is at an offset. */
function blockEnd(text: string, header: number): number {
  const before = text.slice(lineStartAt(text, header), header);
  const indicators = /^ *(?:[-?:] +)*/.exec(before)?.[0] ?? '';
  // Right behind a "-", the lines belong to that.
  const parent = indicators === before ? indicators.trimEnd().length - 1 : indicators.length;
  let line = nextLineAt(text, header);
  while (line < text.length) {
    const blanks = /^ */.exec(text.slice(line, line + LONGEST_LEAD))?.[0].length ?? 0;
    const isBlank = /[\r\n]/.test(text[line + blanks] ?? '\n');
    if (!isBlank && blanks <= parent) return line;
    line = nextLineAt(text, line);
  }
  return line;
}

/** As much of a line as may be in front of what counts. */
const LONGEST_LEAD = 1024;
