import type { Position } from './config-format.js';

/** The text without a byte order mark. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** The line and the column of an offset. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', start)) {
    line += 1;
    start = end + 1;
  }
  return { line, column: offset - start + 1 };
}

/** The offset of a line and a column. */
export function offsetAt(text: string, { line, column }: Position): number {
  let start = 0;
  for (let passed = 1; passed < line; passed += 1) start = nextLineAt(text, start);
  return start + column - 1;
}

/** How the lines of a text end. */
export function lineEndOf(text: string): string {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}

/** Where the line of an offset begins. */
export function lineStartAt(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the next line begins, or the text ends. */
export function nextLineAt(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** The blanks that the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
  const start = lineStartAt(text, offset);
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

/** The text with something else between two offsets. */
export function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** Where something else than blanks, line ends and comments begins, from `offset` on: `#` comments, where a blank is before. */
export function afterTrivia(text: string, offset: number): number {
  let index = offset;
  for (;;) {
    const character = text[index];
    if (character === ' ' || character === '\t' || character === '\n' || character === '\r') index += 1;
    else if (character === '#') index = nextLineAt(text, index);
    else return index;
  }
}

/** Blanks and the comment that a line ends with behind an offset; empty where something else is there. */
export function lineRestAt(text: string, offset: number): string {
  return /^[ \t]*(?:#[^\r\n]*)?(?=\r?\n)/.exec(text.slice(offset, nextLineAt(text, offset)))?.[0] ?? '';
}

/**
 * Takes out what is between two offsets. A line that is blank then goes, and a comment that is left on one begins it; in
 * the middle of a line, the blanks on one side go.
 */
export function cut(text: string, start: number, end: number, side: 'before' | 'after' = 'before'): string {
  const lineStart = lineStartAt(text, start);
  const before = text.slice(lineStart, start);
  const rest = text.slice(end, nextLineAt(text, end));
  const blanks = rest.length - rest.trimStart().length;
  if (before.trim() === '') return rest.trim() === '' ? text.slice(0, lineStart) + text.slice(end + rest.length) : text.slice(0, start) + text.slice(end + blanks);
  if (side === 'after' && rest.trim() !== '') {
    // What is no longer behind a blank is no comment.
    const isComment = text[end + blanks] === '#' && !/\s$/.test(before);
    return text.slice(0, start) + (isComment ? ' ' : '') + text.slice(end + blanks);
  }
  return text.slice(0, lineStart) + before.trimEnd() + text.slice(end);
}
