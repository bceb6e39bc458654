import { isMapping, nestedValue, type Section } from '../section.js';
import type { Change } from './config-format.js';
import type { ConfigEntry, ConfigNode, MapNode } from './node.js';

/** What is to be done in a text, so that it says what a change asks for. `section` is what the mapping says that is changed. */
export type Plan =
  | { readonly kind: 'replace'; readonly map: MapNode; readonly section: Section; readonly entry: ConfigEntry; readonly value: unknown }
  /** `holder` is the entry whose value the mapping is; there is no mapping in a text that is empty. */
  | { readonly kind: 'insert'; readonly map?: MapNode; readonly section: Section; readonly holder?: ConfigEntry; readonly key: string; readonly value: unknown }
  | { readonly kind: 'remove'; readonly map: MapNode; readonly section: Section; readonly holder?: ConfigEntry; readonly entry: ConfigEntry };

/**
 * Decides how a change is made in a text that holds `data`. Where mappings are missing on the way, or are null, they are
 * made; `undefined` where there is something else than a mapping on the way, or nothing to remove.
 */
export function planOf({ root, data }: { readonly root: ConfigNode | undefined; readonly data: Section }, { path, value }: Change): Plan | undefined {
  const [first, ...others] = path;
  if (root?.kind !== 'map') return first === undefined || value === undefined ? undefined : { kind: 'insert', section: {}, key: first, value: nestedValue(others, value) };
  let [map, section]: [MapNode, Section] = [root, data];
  let holder: ConfigEntry | undefined;
  for (const [depth, key] of path.entries()) {
    const rest = path.slice(depth + 1);
    const entry = map.entries.find((candidate) => candidate.key === key);
    const held = { map, section, ...(holder === undefined ? {} : { holder }) };
    if (entry === undefined) return value === undefined ? undefined : { kind: 'insert', ...held, key, value: nestedValue(rest, value) };
    if (rest.length === 0) return value === undefined ? { kind: 'remove', ...held, entry } : { kind: 'replace', map, section, entry, value };
    const inner = section[key];
    if (entry.value.kind !== 'map' || !isMapping(inner)) return inner === null && value !== undefined ? { kind: 'replace', map, section, entry, value: nestedValue(rest, value) } : undefined;
    [map, section, holder] = [entry.value, inner, entry];
  }
  return undefined;
}

/** The data with one value changed; what is on the way there is copied, the rest shared. */
export function changed(data: Section, { path: [key, ...rest], value }: Change): Section {
  if (key === undefined) return data;
  const isThere = Object.hasOwn(data, key);
  if (value === undefined && (!isThere || (rest.length > 0 && !isMapping(data[key])))) return data;
  if (rest.length > 0) return { ...data, [key]: changed(isThere && isMapping(data[key]) ? data[key] : {}, { path: rest, value }) };
  const { [key]: _, ...others } = data;
  return value === undefined ? others : { ...data, [key]: value };
}
