import { isMapping, valueAt, type KeyPath, type Section } from '../../section.js';
import type { Change } from '../config-format.js';
import { indentAt, lineEndOf, lineStartAt, nextLineAt, splice } from '../text.js';
import { commonDepth, isSame, sectionEnd, startsWith, type TomlSection } from './layout.js';
import { tomlKey, tomlTable, tomlValue } from './writer.js';

/** Texts with a setting that was not there, the best one first; which of them says what it must is for others to find out. */
export function insertedInToml(text: string, sections: readonly TomlSection[], data: Section, { path, value }: Change): readonly string[] {
  const isOpen = lineEndOf(text) === '\n';
  const known = knownDepth(data, path);
  const table = isMapping(value) ? path : path.slice(0, -1);
  const asTable = isMapping(value) || path.length - known > 1;
  const content = isMapping(value) ? value : { [path.at(-1) ?? '']: value };
  const lines = (at: KeyPath): readonly string[] => [`${path.slice(at.length).map(tomlKey).join('.')} = ${tomlValue(value, isOpen)}`];
  return [
    ...(asTable ? [withTable(text, sections, table, tomlTable(table, content, isOpen))] : withPair(text, sections, path.slice(0, known), lines)),
    ...besideDotted(text, sections, path.slice(0, known), lines),
    ...(asTable ? withPair(text, sections, path.slice(0, known), lines) : [withTable(text, sections, table, tomlTable(table, content, isOpen))]),
  ];
}

/** How many of the keys lead to a mapping that is there. */
function knownDepth(data: Section, path: KeyPath): number {
  let depth = 0;
  while (depth < path.length - 1 && isMapping(valueAt(data, path.slice(0, depth + 1)))) depth += 1;
  return depth;
}

/** Behind the last pair of a section, or its header. */
function withPair(text: string, sections: readonly TomlSection[], table: KeyPath, lines: (at: KeyPath) => readonly string[]): readonly string[] {
  const section = sections.find(({ path, isInArray }) => !isInArray && isSame(path, table));
  if (section === undefined) return [];
  const last = section.pairs.at(-1);
  const isRootEmpty = last === undefined && section.header === undefined;
  const at = isRootEmpty ? rootStart(text, sections) : nextLineAt(text, sectionEnd(section));
  const indent = last === undefined ? '' : indentAt(text, last.start);
  return [withLines(text, at, lines(table).map((line) => indent + line), isRootEmpty && at < text.length)];
}

/** Behind the last pair whose keys lead, with dots between them, into the same table. */
function besideDotted(text: string, sections: readonly TomlSection[], table: KeyPath, lines: (at: KeyPath) => readonly string[]): readonly string[] {
  for (const { path, isInArray, pairs } of sections) {
    const pair = isInArray || path.length >= table.length ? undefined : pairs.findLast((candidate) => startsWith(candidate.path, table));
    if (pair !== undefined) return [withLines(text, nextLineAt(text, pair.end), lines(path).map((line) => indentAt(text, pair.start) + line), false)];
  }
  return [];
}

/** Behind the sections that begin with most of the same keys, or before them where they are in it; else at the end. */
function withTable(text: string, sections: readonly TomlSection[], table: KeyPath, lines: readonly string[]): string {
  const headed = sections.filter(({ header }) => header !== undefined);
  const inner = headed.find(({ path }) => startsWith(path, table));
  if (inner?.header !== undefined) return withLines(text, aboveComments(text, inner.header.start), lines, true);
  const depth = headed.reduce((most, { path }) => Math.max(most, commonDepth(path, table)), 0);
  const last = depth === 0 ? undefined : headed.findLast(({ path }) => commonDepth(path, table) === depth);
  const at = last === undefined || last === sections.at(-1) ? text.length : nextLineAt(text, sectionEnd(last));
  const isBlankBefore = at === 0 || /\n[ \t]*\r?\n$/.test(text.slice(0, at));
  return withLines(text, at, isBlankBefore ? lines : ['', ...lines], false);
}

/** Where the comments begin that stand right above something, or its line. */
export function aboveComments(text: string, offset: number): number {
  let start = lineStartAt(text, offset);
  while (start > 0 && text.slice(lineStartAt(text, start - 1), start).trimStart().startsWith('#')) start = lineStartAt(text, start - 1);
  return start;
}

/** Where pairs of the root begin that has none: behind what is said about the file, before its first table. */
function rootStart(text: string, sections: readonly TomlSection[]): number {
  const header = sections[1]?.header;
  if (header === undefined) return text.length;
  const before = text.slice(0, header.start);
  const gap = before.lastIndexOf('\n\n') + 1 || before.lastIndexOf('\n\r\n') + 1;
  return gap === 0 ? 0 : nextLineAt(text, gap);
}

function withLines(text: string, at: number, lines: readonly string[], isBlankBehind: boolean): string {
  const eol = lineEndOf(text);
  const gap = at === 0 || text[at - 1] === '\n' ? '' : eol;
  return splice(text, at, at, gap + [...lines, ...(isBlankBehind ? [''] : [])].map((line) => line + eol).join(''));
}
