/** Tables for people. */

/**
 * The first column is aligned to the left, the others to the right; columns without content are left out.
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 * @returns {string} lines without a final line break
 */
export function formatTable(head, rows) {
  const used = head.map((_, column) => column).filter((column) => rows.some((row) => cell(row, column) !== ''));
  const lines = [head, ...rows];
  const widths = new Map(used.map((column) => [column, Math.max(...lines.map((line) => cell(line, column).length))]));
  const format = (/** @type {readonly string[]} */ line) => used
    .map((column) => (column === 0 ? cell(line, column).padEnd(widths.get(column) ?? 0) : cell(line, column).padStart(widths.get(column) ?? 0)))
    .join('  ')
    .trimEnd();
  const rule = used.map((column) => '─'.repeat(widths.get(column) ?? 0)).join('  ');
  return [format(head), rule, ...rows.map(format)].join('\n');
}

/**
 * @param {readonly string[]} line
 * @param {number} column
 */
function cell(line, column) {
  return line[column] ?? '';
}

/**
 * Three digits are what a measurement is good for: `0.42`, `8.31`, `47.2`, `1,204`.
 * @param {number} value
 */
export function formatNumber(value) {
  const magnitude = Math.abs(value);
  const digits = magnitude < 10 ? 2 : magnitude < 100 ? 1 : 0;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
