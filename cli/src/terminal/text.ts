import measure from 'fast-string-truncated-width';
import { wrapAnsi } from 'fast-wrap-ansi';

/** How many columns `text` takes on a terminal; colours take none, wide characters two. */
export function textWidth(text: string): number {
  return measure(text).width;
}

/** The start of `text` that fits into `width` columns, with `…` where something is left out. */
export function truncate(text: string, width: number): string {
  const { index, truncated, ellipsed } = measure(text, { limit: Math.max(1, width), ellipsis: '…' });
  return truncated ? `${text.slice(0, index)}${ellipsed ? '…' : ''}` : text;
}

/** `text` in lines of at most `width` columns, broken between words; its own line feeds stay. */
export function wrap(text: string, width: number): string[] {
  return wrapAnsi(text, Math.max(10, width), { hard: true }).split('\n').map((line) => line.trimEnd());
}

/** `text` with blanks up to `width` columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}
