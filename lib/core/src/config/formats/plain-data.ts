import { DEEPEST, keyProblem } from './problems.js';

/** A copy of what a file can hold: texts, numbers, booleans, null, lists, and mappings of those; `undefined` for anything else. */
export function plainData(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) return undefined;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  // No language tells -0 from 0.
  if (typeof value === 'number') return value === 0 ? 0 : value;
  if (typeof value !== 'object') return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => plainData(item, depth + 1));
    return items.includes(undefined) ? undefined : items;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return undefined;
  const entries = Object.entries(value).map(([key, item]) => [key, plainData(item, depth + 1)] as const);
  return entries.some(([key, item]) => item === undefined || keyProblem(key) !== undefined) ? undefined : Object.fromEntries(entries);
}
