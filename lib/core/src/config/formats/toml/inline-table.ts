import { nestedValue, valueAt, type KeyPath } from '../../section.js';
import type { Change } from '../config-format.js';
import { insertInFlow, removeFromFlow } from '../flow-edit.js';
import type { ConfigEntry, MapNode } from '../node.js';
import { splice } from '../text.js';
import { commonDepth, isSame, startsWith } from './layout.js';
import { replacedInToml } from './replace.js';
import { pairsInBraces } from './scan.js';
import { tomlKey, tomlValue } from './writer.js';

/**
 * Texts with a change within a table in braces. What belongs together may be in several pairs of it, with dots in their keys.
 * @param data - What the table says.
 */
export function changedInBraces(text: string, node: MapNode, data: unknown, { path, value }: Change): readonly string[] {
  const table = inlineTable(text, node);
  const holder = table.entries.find(({ keys }) => startsWith(path, keys));
  if (holder !== undefined && !isSame(holder.keys, path)) {
    const { keys, value: inner } = holder;
    return inner.kind === 'map' ? changedInBraces(text, inner, valueAt(data, keys), { path: path.slice(keys.length), value }) : [];
  }
  if (holder !== undefined && value !== undefined) return replacedInToml(text, holder.value, valueAt(data, path), value);
  const parts = table.entries.filter(({ keys }) => startsWith(keys, path));
  if (value === undefined) return removed(text, table, parts, path.slice(0, -1));
  return [parts.length > 0 ? without(text, table, parts, pair(path, value)) : inserted(text, table, path, value)];
}

/** A table in braces, pair by pair. */
interface InlineTable extends MapNode {
  readonly entries: readonly InlineEntry[];
}

/** A pair, whose keys may be several with dots between them. */
interface InlineEntry extends ConfigEntry {
  readonly keys: KeyPath;
}

function inlineTable(text: string, { start, end }: MapNode): InlineTable {
  const entries = pairsInBraces(text, start).pairs.map(({ keys, value, start: keyStart }): InlineEntry =>
    ({ keys: keys.map(({ key }) => key), keyStart, keyEnd: keys.at(-1)?.end ?? keyStart, value }));
  return { kind: 'map', isFlow: true, start, end, entries };
}

/** What the last pair of a table is in that has dots in its keys is kept as an empty one. */
function removed(text: string, table: InlineTable, parts: readonly InlineEntry[], parent: KeyPath): readonly string[] {
  if (parts.length === 0) return [];
  return [without(text, table, parts), ...(parent.length === 0 ? [] : [without(text, table, parts, pair(parent, {}))])];
}

/** The text without some pairs, or with another one in the place of the first. */
function without(text: string, table: InlineTable, parts: readonly InlineEntry[], replacement?: string): string {
  return parts.reduceRight((rest, part, index) => (index === 0 && replacement !== undefined
    ? splice(rest, part.keyStart, part.value.end, replacement)
    : removeFromFlow(rest, table, part)), text);
}

/** Behind the last pair whose keys begin alike, or at the end. */
function inserted(text: string, table: InlineTable, path: KeyPath, value: unknown): string {
  const { entries, start, end } = table;
  const depth = entries.reduce((most, { keys }) => Math.max(most, commonDepth(keys, path)), 0);
  const nested = nestedValue(path.slice(depth + 1), value);
  const written = pair(path.slice(0, depth + 1), nested);
  if (entries.length === 0) return splice(text, start, end, `{ ${written} }`);
  const last = entries.findLastIndex(({ keys }) => commonDepth(keys, path) === depth);
  return insertInFlow(text, { ...table, entries: entries.slice(0, depth === 0 ? undefined : last + 1) }, () => written);
}

function pair(path: KeyPath, value: unknown): string {
  return `${path.map(tomlKey).join('.')} = ${tomlValue(value)}`;
}
