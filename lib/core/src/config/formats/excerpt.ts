/** A part of a text, and what stands for the rest, so that it means alone what it means there. */
export interface Excerpt {
  readonly head: string;
  readonly start: number;
  readonly end: number;
  readonly tail: string;
}

/** What an excerpt is for: it holds the value, or a place for it, or also what stays when the value goes. */
export type Purpose = 'read' | 'set' | 'remove';

/** Smaller texts are always read as a whole, in UTF-16 units: that takes a few milliseconds. */
export const LARGE = 128 * 1024;

/** Where certainly nothing is to be read. */
export const NOTHING: Excerpt = { head: '', start: 0, end: 0, tail: '' };

/** The text of an excerpt. */
export function excerptText(text: string, { head, start, end, tail }: Excerpt): string {
  return head + text.slice(start, end) + tail;
}

/** Where in the whole text an offset of the excerpt's is; `undefined` for one in what stands for the rest. */
export function offsetInText(offset: number, { head, start, end }: Excerpt): number | undefined {
  const inside = offset - head.length;
  return inside < 0 || inside > end - start ? undefined : start + inside;
}

/** A text in which an excerpt became another; `undefined` where what stands for the rest did not stay as it is. */
export function withExcerpt(text: string, { head, start, end, tail }: Excerpt, changed: string): string | undefined {
  if (changed.length < head.length + tail.length || !changed.startsWith(head) || !changed.endsWith(tail)) return undefined;
  const part = changed.slice(head.length, changed.length - tail.length);
  const isWhole = part === '' || part.endsWith('\n') || text[end - 1] !== '\n';
  return isWhole ? text.slice(0, start) + part + text.slice(end) : undefined;
}
