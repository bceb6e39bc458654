import { isMapping, valueAt } from '../../section.js';
import type { Change } from '../config-format.js';
import { insertInFlow, removeFromFlow } from '../flow-edit.js';
import { changedInBrackets } from '../flow-list.js';
import type { ReadText } from '../language.js';
import type { ConfigNode } from '../node.js';
import { planOf } from '../plan.js';
import { lineEndOf, splice } from '../text.js';
import { insertedInToml } from './insert.js';
import { isSame, startsWith, tomlSections, type LocatedPair } from './layout.js';
import { removedFromToml } from './remove.js';
import { changedTables } from './table-list.js';
import { tomlKey, tomlValue } from './writer.js';

/** Texts that may say what a change of TOML asks for. */
export async function writeToml(text: string, read: ReadText, change: Change): Promise<readonly string[]> {
  const { path, value } = change;
  const sections = tomlSections(text);
  const pairs = sections.flatMap((section) => (section.isInArray ? [] : section.pairs));
  const holder = pairs.find((pair) => startsWith(path, pair.path));
  if (holder !== undefined && !isSame(holder.path, path)) return withinPair(text, holder, read, change);
  if (value === undefined) return removedFromToml(text, sections, path);
  const old = valueAt(read.data, path);
  if (holder !== undefined) return replaced(text, holder.value, old, value);
  if (old === undefined) return insertedInToml(text, sections, read.data, change);
  const tables = Array.isArray(old) && Array.isArray(value) ? changedTables(text, sections, path, value, old) : undefined;
  return tables === undefined ? [] : [tables];
}

/** A change within an inline table. */
function withinPair(text: string, { value, path }: LocatedPair, { data }: ReadText, change: Change): readonly string[] {
  const inner = valueAt(data, path);
  const plan = isMapping(inner) ? planOf({ root: value, data: inner }, { ...change, path: change.path.slice(path.length) }) : undefined;
  if (plan?.kind === 'replace') return replaced(text, plan.entry.value, plan.section[plan.entry.key ?? ''], plan.value);
  if (plan?.map?.isFlow !== true) return [];
  if (plan.kind === 'remove') return [removeFromFlow(text, plan.map, plan.entry)];
  const entry = `${tomlKey(plan.key)} = ${tomlValue(plan.value)}`;
  return [plan.map.entries.length > 0 ? insertInFlow(text, plan.map, () => entry) : splice(text, plan.map.start, plan.map.end, `{ ${entry} }`)];
}

/** A value becomes another one; of a list, the items that stay are left as they are. */
function replaced(text: string, node: ConfigNode, old: unknown, value: unknown): readonly string[] {
  const isList = node.kind === 'list' && Array.isArray(old) && Array.isArray(value);
  const list = isList ? changedInBrackets(text, { node, old, items: value }, ' ', (item) => tomlValue(item)) : undefined;
  return [...(list === undefined ? [] : [list]), splice(text, node.start, node.end, tomlValue(value, isOpen(text)))];
}

/** Whether there is anything that TOML cannot write. */
export function holdsNull(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsNull);
  return value === null || (isMapping(value) && Object.values(value).some(holdsNull));
}

/** Whether texts may stand over several lines: their line ends would be part of them. */
function isOpen(text: string): boolean {
  return lineEndOf(text) === '\n';
}
