import { isMapping, valueAt } from '../../section.js';
import type { Change } from '../config-format.js';
import type { ReadText } from '../language.js';
import { changedInBraces } from './inline-table.js';
import { insertedInToml } from './insert.js';
import { isSame, startsWith, tomlSections, type LocatedPair } from './layout.js';
import { removedFromToml } from './remove.js';
import { replacedInToml } from './replace.js';
import { changedTables } from './table-list.js';

/** Texts that may say what a change of TOML asks for. */
export async function writeToml(text: string, read: ReadText, change: Change): Promise<readonly string[]> {
  const { path, value } = change;
  const sections = tomlSections(text);
  const pairs = sections.flatMap((section) => (section.isInArray ? [] : section.pairs));
  const holder = pairs.find((pair) => startsWith(path, pair.path));
  if (holder !== undefined && !isSame(holder.path, path)) return withinPair(text, holder, read, change);
  if (value === undefined) return removedFromToml(text, sections, path);
  const old = valueAt(read.data, path);
  if (holder !== undefined) return replacedInToml(text, holder.value, old, value);
  if (old === undefined) return insertedInToml(text, sections, read.data, change);
  const tables = Array.isArray(old) && Array.isArray(value) ? changedTables(text, sections, path, value, old) : undefined;
  return tables === undefined ? [] : [tables];
}

/** A change within an inline table. */
function withinPair(text: string, { value, path }: LocatedPair, { data }: ReadText, change: Change): readonly string[] {
  return value.kind === 'map' ? changedInBraces(text, value, valueAt(data, path), { ...change, path: change.path.slice(path.length) }) : [];
}

/** Whether there is anything that TOML cannot write. */
export function holdsNull(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsNull);
  return value === null || (isMapping(value) && Object.values(value).some(holdsNull));
}
