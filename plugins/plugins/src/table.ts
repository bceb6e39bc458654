import measure from 'fast-string-truncated-width';

/** How a table is shown. */
export interface TableLook {
  /** Lines are cut to this many columns of the terminal; none are when left out. */
  readonly columns?: number | undefined;
  /** How many cells at the start of each line must be seen; the first one gives way where they take too much. */
  readonly kept?: number;
  /** Ends what was cut. */
  readonly ellipsis?: string;
  /** Colours a line that is otherwise done; `row` is -1 for the titles. */
  readonly paint?: (line: string, row: number) => string;
}

/** What is left of a cell that gives way. */
const LEAST_WIDTH = 8;

/** Columns under their titles, as wide as their widest cell; each line ends with a line feed. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[], look: TableLook = {}): string {
  const { columns = Infinity, ellipsis = '…', paint = (line: string) => line } = look;
  const lines = [titles, ...rows];
  const widths = fitted(titles.map((_, column) => lines.reduce((width, row) => Math.max(width, widthOf(row[column] ?? '')), 0)), look);
  const lineOf = (row: readonly string[]): string => row.map((cell, column) => filled(cut(cell, widths[column] ?? 0, ellipsis), widths[column] ?? 0)).join(GAP).trimEnd();
  return lines.map((row, index) => `${paint(cut(lineOf(row), columns, ellipsis), index - 1)}\n`).join('');
}

const GAP = '  ';

/** The widths with which the cells that are kept fit into a line: the first gives way, then the next. */
function fitted(widths: readonly number[], { columns = Infinity, kept = 0, ellipsis = '…' }: TableLook): readonly number[] {
  // What follows them is at least said to be cut.
  const rest = widths.length > kept ? widthOf(ellipsis) : -GAP.length;
  let excess = widths.slice(0, kept).reduce((sum, width) => sum + width + GAP.length, rest) - columns;
  return widths.map((width, column) => {
    const given = column < kept ? Math.min(Math.max(0, excess), Math.max(0, width - LEAST_WIDTH)) : 0;
    excess -= given;
    return width - given;
  });
}

function filled(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - widthOf(cell)));
}

function cut(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text;
  // Where punctuation beyond ASCII comes before, what is measured to fit may be a little too much.
  for (let limit = width; limit > 0; limit -= 1) {
    const head = `${text.slice(0, measure(text, { limit, ellipsis }).index).trimEnd()}${ellipsis}`;
    if (widthOf(head) <= width) return head;
  }
  return ellipsis;
}

/** How many columns a text takes on a terminal: wide characters take two. */
function widthOf(text: string): number {
  return measure(text).width;
}
