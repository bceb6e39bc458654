import { isMapping, type Section } from '../section.js';

/**
 * What several layers say together, the weakest first: mappings are merged, everything else is replaced as a whole, and
 * `null` takes away what weaker ones say. Gives `undefined` where none says anything; nothing of what it gives is `null`,
 * but for items of lists.
 */
export function mergeValues(values: readonly unknown[]): unknown {
  return together(values, undefined);
}

/** What several words of one layer say together, in the same way: what is `null` stays, for it takes away what weaker layers say. */
export function joinValues(values: readonly unknown[]): unknown {
  return together(values, null);
}

/** @param taken - What is there where something is taken away. */
function together(values: readonly unknown[], taken: null | undefined): unknown {
  let merged: unknown;
  for (const value of values) if (value !== undefined) merged = overlaid(merged, value, taken);
  return merged;
}

/** What one layer's section says, without what it only takes away. */
export function saidAlone(section: Section): Section {
  const said = mergeValues([section]);
  return isMapping(said) ? said : {};
}

function overlaid(weaker: unknown, value: unknown, taken: null | undefined): unknown {
  if (value === null) return taken;
  if (!isMapping(value)) return value;
  const result = new Map<string, unknown>(isMapping(weaker) ? Object.entries(weaker) : []);
  for (const [key, item] of Object.entries(value)) {
    const inner = overlaid(result.get(key), item, taken);
    if (inner === undefined) result.delete(key);
    else result.set(key, inner);
  }
  return Object.fromEntries(result) satisfies Section;
}
