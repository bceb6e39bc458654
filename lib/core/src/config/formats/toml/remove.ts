import type { KeyPath } from '../../section.js';
import { cut, lineStartAt, nextLineAt, splice } from '../text.js';
import { isSame, sectionEnd, startsWith, type LocatedPair, type TomlSection } from './layout.js';
import { tomlKey } from './writer.js';

/** Texts without a key, and all that is below it: as short as can be, and with what is above it kept as an empty table. */
export function removedFromToml(text: string, sections: readonly TomlSection[], path: KeyPath): readonly string[] {
  const parts = [...partsOf(sections, path)];
  const without = (kept?: string): string => parts.reduceRight((rest, { start, end, isSection, keptAs }, index) => {
    const replacement = index === 0 && kept !== undefined ? (keptAs ?? kept) : '';
    if (replacement !== '') return splice(rest, start, end, replacement);
    return isSection ? withoutLines(rest, start, end) : cut(rest, start, end);
  }, text);
  const parent = path.slice(0, -1);
  return parent.length === 0 ? [without()] : [without(), without(`[${parent.map(tomlKey).join('.')}]`)];
}

/** What is taken out of a text. */
interface Part {
  readonly start: number;
  readonly end: number;
  readonly isSection: boolean;
  /** What keeps the table that a pair with dots in its key is in. */
  readonly keptAs?: string;
}

function* partsOf(sections: readonly TomlSection[], path: KeyPath): Generator<Part> {
  for (const section of sections) {
    const { header, pairs } = section;
    if (header !== undefined && startsWith(section.path, path)) yield { start: header.start, end: sectionEnd(section), isSection: true };
    else for (const pair of pairs) if (startsWith(pair.path, path)) yield { start: pair.start, end: pair.end, isSection: false, ...keptAs(section, pair, path) };
  }
}

function keptAs({ path: table }: TomlSection, { path: full }: LocatedPair, path: KeyPath): { readonly keptAs?: string } {
  const keys = full.slice(table.length, path.length - 1);
  return keys.length === 0 || isSame(table, path) ? {} : { keptAs: `${keys.map(tomlKey).join('.')} = {}` };
}

/** Takes whole lines out, and blank ones behind them where there are blank ones before. */
function withoutLines(text: string, start: number, end: number): string {
  const from = lineStartAt(text, start);
  let to = nextLineAt(text, end);
  const isBlankBefore = /(?:^|\n)[ \t]*\r?\n$|^$/.test(text.slice(0, from));
  while (isBlankBefore && to < text.length && text.slice(to, nextLineAt(text, to)).trim() === '') to = nextLineAt(text, to);
  return text.slice(0, from) + text.slice(to);
}
