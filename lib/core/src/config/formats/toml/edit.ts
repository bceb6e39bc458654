import { isMapping, valueAt } from '../../section.js';
import type { Change } from '../config-format.js';
import { insertInFlow, removeFromFlow } from '../flow-edit.js';
import type { Manner, ReadText } from '../language.js';
import { planOf } from '../plan.js';
import { lineEndOf, splice } from '../text.js';
import { insertedInToml } from './insert.js';
import { isSame, startsWith, tomlSections, type LocatedPair } from './layout.js';
import { removedFromToml } from './remove.js';
import { tomlKey, tomlValue } from './writer.js';

/** Texts that may say what a change of TOML asks for. */
export async function writeToml(text: string, read: ReadText, change: Change, { step }: Manner): Promise<readonly string[]> {
  const { path, value } = change;
  const sections = tomlSections(text);
  const pairs = sections.flatMap((section) => (section.isInArray ? [] : section.pairs));
  const holder = pairs.find((pair) => startsWith(path, pair.path));
  if (holder !== undefined && !isSame(holder.path, path)) return withinPair(text, holder, read, change);
  if (value === undefined) return removedFromToml(text, sections, path);
  if (holder !== undefined) return [splice(text, holder.value.start, holder.value.end, tomlValue(value, isOpen(text)))];
  const old = valueAt(read.data, path);
  return old === undefined ? insertedInToml(text, sections, read.data, change) : [await replacedTables(text, old, change, step)];
}

/** A change within an inline table. */
function withinPair(text: string, { value, path }: LocatedPair, { data }: ReadText, change: Change): readonly string[] {
  const inner = valueAt(data, path);
  const plan = isMapping(inner) ? planOf({ root: value, data: inner }, { ...change, path: change.path.slice(path.length) }) : undefined;
  if (plan?.kind === 'replace') return [splice(text, plan.entry.value.start, plan.entry.value.end, tomlValue(plan.value))];
  if (plan?.map?.isFlow !== true) return [];
  if (plan.kind === 'remove') return [removeFromFlow(text, plan.map, plan.entry)];
  const entry = `${tomlKey(plan.key)} = ${tomlValue(plan.value)}`;
  return [plan.map.entries.length > 0 ? insertInFlow(text, plan.map, () => entry) : splice(text, plan.map.start, plan.map.end, `{ ${entry} }`)];
}

/** Tables become others key by key, so that what stays the same stays as it is; anything else takes their place. */
async function replacedTables(text: string, old: unknown, { path, value }: Change, step: Manner['step']): Promise<string> {
  const steps: Change[] = isMapping(old) && isMapping(value)
    ? [...Object.keys(old).filter((key) => !Object.hasOwn(value, key)).map((key) => ({ path: [...path, key], value: undefined })),
      ...Object.entries(value).map(([key, item]) => ({ path: [...path, key], value: item }))]
    : [{ path, value: undefined }, { path, value }];
  let outcome = text;
  for (const change of steps) outcome = await step(outcome, change);
  return outcome;
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
