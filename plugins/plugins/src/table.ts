/** How a table is shown. */
export interface TableLook {
  /** Lines are cut to this many columns, in their last cell; none are when left out. */
  readonly columns?: number | undefined;
  /** Ends a cell that was cut. */
  readonly ellipsis?: string;
  /** Colours a line that is otherwise done; `row` is -1 for the titles. */
  readonly paint?: (line: string, row: number) => string;
}

/** Columns under their titles, as wide as their widest cell; each line ends with a line feed. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[], look: TableLook = {}): string {
  const paint = look.paint ?? ((line: string) => line);
  const lines = [titles, ...rows];
  const widths = titles.map((_, column) => lines.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), 0));
  return lines.map((row, index) => `${paint(cut(lineOf(row, widths), look), index - 1)}\n`).join('');
}

function lineOf(row: readonly string[], widths: readonly number[]): string {
  return row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd();
}

function cut(line: string, { columns = Infinity, ellipsis = '…' }: TableLook): string {
  return line.length <= columns ? line : `${line.slice(0, Math.max(0, columns - ellipsis.length)).trimEnd()}${ellipsis}`;
}
