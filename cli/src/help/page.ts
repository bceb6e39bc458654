import { styleOf, type Style } from '../terminal/style.js';
import { pad, textWidth, wrap } from '../terminal/text.js';

/** What a page of help is written for. */
export interface PageOptions {
  readonly style: Style;
  /** In columns. */
  readonly width: number;
}

/** A term and what it means. */
export interface Row {
  /** With its colours. */
  readonly term: string;
  readonly text: string;
}

/** Text in sections, for people, at most as wide as its reader's window. */
export class Page {
  readonly style: Style;
  readonly #width: number;
  readonly #sections: string[] = [];

  constructor({ style, width }: PageOptions) {
    this.style = style;
    this.#width = Math.min(MAXIMUM_WIDTH, Math.max(MINIMUM_WIDTH, width));
  }

  /** Adds a paragraph; blank lines within `text` part it in several. */
  paragraph(text: string, indent = 0): this {
    return this.#add(indented(text, indent, this.#width));
  }

  /** Adds a title and two columns under it; nothing without rows. */
  table(title: string, rows: readonly Row[]): this {
    if (rows.length === 0) return this;
    const widths = rows.map(({ term }) => textWidth(term)).filter((width) => width <= TERM_WIDTH);
    const column = Math.max(0, ...widths) + GAP;
    return this.#add([this.style.bold(title), ...rows.flatMap((row) => this.#row(row, column))]);
  }

  /** Adds a title and lines that are kept as they are. */
  list(title: string, lines: readonly string[]): this {
    return lines.length === 0 ? this : this.#add([this.style.bold(title), ...lines.map((line) => (line === '' ? '' : `${INDENT}${line}`))]);
  }

  toString(): string {
    return `${this.#sections.join('\n\n')}\n`;
  }

  #add(lines: readonly string[]): this {
    this.#sections.push(lines.join('\n'));
    return this;
  }

  #row({ term, text }: Row, column: number): string[] {
    const lines = wrap(text, this.#width - INDENT.length - column);
    const margin = ' '.repeat(INDENT.length + column);
    if (textWidth(term) + GAP > column) return [`${INDENT}${term}`, ...lines.map((line) => `${margin}${line}`)];
    const [first = '', ...others] = lines;
    return [`${INDENT}${pad(term, column)}${first}`.trimEnd(), ...others.map((line) => `${margin}${line}`)];
  }
}

const MINIMUM_WIDTH = 40;
const MAXIMUM_WIDTH = 100;
/** A longer term has a line of its own. */
const TERM_WIDTH = 30;
const GAP = 2;
const INDENT = '  ';

function indented(text: string, indent: number, width: number): string[] {
  const margin = ' '.repeat(indent);
  return wrap(text.trim(), width - indent).map((line) => (line === '' ? '' : `${margin}${line}`));
}

/** A page for standard output. */
export function pageOptions({ color, columns = DEFAULT_WIDTH }: { readonly color: boolean; readonly columns: number | undefined }): PageOptions {
  return { style: styleOf(color), width: columns };
}

const DEFAULT_WIDTH = 80;
