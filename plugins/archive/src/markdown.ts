/**
 * The archive's format, version 1. UTF-8, line feeds only; every block but the first begins with an empty line.
 *
 * ````text
 *     <!-- structum archive 1 -->
 *
 *     # title
 *
 *     ## Contents                                   with --toc: links to all entries
 *
 *     ## Tree                                       with --tree: the drawing, in a fence
 *
 *     ## Files
 *
 *     ### <a id="file--src-a-ts"></a>`src/a.ts`    an entry: a file, a link, a folder that could not be read
 *
 *     > encoding: windows-1252, no final newline    facts about it, separated by commas, where there are any
 *
 *     ```typescript                                 a text, in a fence longer than any run of backticks in it
 *     …
 *     ```
 *
 *     > it changed while it was copied: …           after a text: it is not whole
 * ````
 *
 * Where there are no entries, there are neither contents nor a tree.
 *
 * A text is what lies between the opening fence's line and the closing fence; with `no final newline`, less
 * the line feed before the closing fence. Unless an `encoding` is named it is the file's bytes; else the
 * text in UTF-8, to be written in that encoding, with its byte order mark where the encoding says `with BOM`
 * (UTF-8's own mark is in the text). Carriage returns are in the text as they are in the file; `line ends`
 * says so, because editors like to change them. An `empty file` has no fence.
 *
 * A path stands in backticks, as it is; one that would be misread there (control characters, spaces at
 * its ends, a quotation mark at its start) stands there as a JSON string.
 */

import type { TextProperties } from './file-reader.js';

/** The first line of every archive. */
export const MARKER = '<!-- structum archive 1 -->';

/** The title, and what follows it up to the first section. */
export function preamble(title: string): string {
  return `${MARKER}\n\n# ${PLAIN_TITLE.test(title) ? title : code(title)}\n`;
}

const PLAIN_TITLE = /^[A-Za-z0-9](?:[A-Za-z0-9 .:-]*[A-Za-z0-9])?$/;

/** A heading of the archive's own. Every block begins with an empty line. */
export function section(name: 'Contents' | 'Tree' | 'Files'): string {
  return `\n## ${name}\n`;
}

/** A line of the table of contents. */
export function link(path: string, anchor: string): string {
  return `- [${code(path)}](#${anchor})\n`;
}

/** The heading of an entry. */
export function heading(path: string, anchor: string): string {
  return `\n### <a id="${anchor}"></a>${code(path)}\n`;
}

/** Facts about an entry, below its heading. */
export function note(facts: readonly string[]): string {
  return facts.length === 0 ? '' : `\n> ${facts.join(', ')}\n`;
}

/** What a reader must know to restore a text. */
export function factsOf({ encoding, facts: { lineEnds, finalNewline } }: TextProperties): string[] {
  return [
    ...(encoding === 'UTF-8' ? [] : [`encoding: ${encoding}`]),
    ...(lineEnds === 'LF' || lineEnds === 'none' ? [] : [`line ends: ${lineEnds}`]),
    ...(finalNewline ? [] : ['no final newline']),
  ];
}

/** A fence around a text in which the longest run of backticks is `longestRun` (0 when it is shorter than three). */
export function fence(longestRun: number): string {
  return '`'.repeat(Math.max(3, longestRun + 1));
}

/** `text` as inline code that neither Markdown nor a terminal can misread. */
export function code(text: string): string {
  if (PLAIN.test(text)) return `\`${text}\``;
  const shown = MISREAD.test(text) ? quoted(text) : text;
  const ticks = '`'.repeat(longestRun(shown) + 1);
  const padding = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${ticks}${padding}${shown}${padding}${ticks}`;
}

/** What nearly all paths are made of. */
const PLAIN = /^[A-Za-z0-9_./@+-]+$/;

/** Control, format and separator characters, surrogates without their half, spaces at either end, a leading quotation mark, nothing. */
const MISREAD = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|^["\s]|\s$|^$/u;

function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\x7f\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join(''),
  );
}

/** How many backticks stand together in `text` at most. */
export function longestRun(text: string): number {
  if (!text.includes('`')) return 0;
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
