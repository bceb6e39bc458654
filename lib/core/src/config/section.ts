import type { ValuePath } from '../manifest/check-value.js';

/** A mapping of a configuration. */
export type Section = Readonly<Record<string, unknown>>;

/** Keys that lead to a value. */
export type KeyPath = readonly string[];

/** Whether a value of a configuration holds settings by name. */
export function isMapping(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The names of what a mapping holds; of anything else none. */
export function keysOf(value: unknown): readonly string[] {
  return isMapping(value) ? Object.keys(value) : [];
}

/** The value that the keys lead to; `undefined` where there is none. */
export function valueAt(data: unknown, path: ValuePath): unknown {
  let value = data;
  for (const key of path) {
    if (typeof key === 'number') value = Array.isArray(value) ? (value as readonly unknown[])[key] : undefined;
    else value = isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

/** The keys that lead to a value, or to the list that it is in. */
export function keysTo(path: ValuePath): KeyPath {
  const keys: string[] = [];
  for (const key of path) {
    if (typeof key === 'number') break;
    keys.push(key);
  }
  return keys;
}

/** A value below keys: `{ a: { b: value } }`. */
export function nestedValue(path: KeyPath, value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}
