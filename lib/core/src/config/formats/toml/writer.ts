import { isMapping } from '../../section.js';

/** A value in the middle of a line; texts of several lines, where `isOpen`, as they are. */
export function tomlValue(value: unknown, isOpen = false): string {
  if (typeof value === 'string') return isOpen && isLines(value) ? `"""\n${value}"""` : tomlText(value);
  if (typeof value === 'number') return tomlNumber(value);
  if (Array.isArray(value)) return `[${value.map((item) => tomlValue(item)).join(', ')}]`;
  if (!isMapping(value)) return String(value);
  const entries = Object.entries(value).map(([key, item]) => `${tomlKey(key)} = ${tomlValue(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** A table of that path: its header, its values, and the tables in it. */
export function tomlTable(path: readonly string[], table: Readonly<Record<string, unknown>>, isOpen: boolean): readonly string[] {
  const entries = Object.entries(table);
  const inner = entries.filter(([, value]) => isMapping(value));
  const values = entries.filter(([, value]) => !isMapping(value)).map(([key, value]) => `${tomlKey(key)} = ${tomlValue(value, isOpen)}`);
  const header = values.length > 0 || inner.length === 0 ? [`[${path.map(tomlKey).join('.')}]`] : [];
  const blocks = inner.map(([key, value]) => tomlTable([...path, key], isMapping(value) ? value : {}, isOpen));
  return [...header, ...values, ...blocks.flatMap((lines, index) => (index > 0 || header.length > 0 ? ['', ...lines] : lines))];
}

/** A key, quoted where it must be. */
export function tomlKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : tomlText(key);
}

function tomlText(text: string): string {
  return JSON.stringify(text).replaceAll('\u007F', '\\u007F');
}

/** Whether a text can stand over several lines without any escape. */
function isLines(text: string): boolean {
  return text.includes('\n') && !/["\\\p{Cc}]/u.test(text.replaceAll('\n', '').replaceAll('\t', ''));
}

function tomlNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  // What is no exact integer is a number with a fraction.
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
}
