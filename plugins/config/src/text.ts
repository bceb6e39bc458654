import type { ConfigOrigin } from '@structum/core';

/** A value in one line: a text as it is, everything else as {@link quotedText}. */
export function valueText(value: unknown): string {
  return typeof value === 'string' && !/[\p{Cc}]/u.test(value) && value.trim() === value && value !== '' ? value : quotedText(value);
}

/** A value in one line, as JSON; what JSON has no number for as people write it. */
export function quotedText(value: unknown): string {
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** Where a value stands: `/home/ada/.config/structum/config.yaml:3:5`, `$STRUCTUM_…`, `default`. */
export function originText({ layer, file, line, column, source }: ConfigOrigin): string {
  if (file !== undefined) return [file, line, column].filter((part) => part !== undefined).join(':');
  return source ?? LAYERS[layer] ?? layer;
}

/** Layers by the words that people use. */
const LAYERS: Readonly<Partial<Record<ConfigOrigin['layer'], string>>> = { 'command-line': 'command line', variable: 'environment variable' };

/** Columns under each other; each line without what stands at its end. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<number[]>((known, row) => row.map((cell, index) => Math.max(known[index] ?? 0, cell.length)), []);
  return rows.map((row) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ').trimEnd());
}
