import { isDeepStrictEqual } from 'node:util';
import { formatKeyPath } from './key-path.js';
import { isMapping, valueAt, type KeyPath } from './section.js';

/** The keys that lead to what is different, as people write them, in order; of a mapping that came or went, to all that it holds. */
export function changedKeys(previous: unknown, current: unknown): readonly string[] {
  return differing(previous, current, []).map(formatKeyPath).sort();
}

function differing(previous: unknown, current: unknown, path: KeyPath): readonly KeyPath[] {
  if (isDeepStrictEqual(previous, current)) return [];
  const keys = [previous, current].flatMap((value) => (isMapping(value) ? Object.keys(value) : []));
  const isWhole = keys.length === 0 || ![previous, current].every((value) => value === undefined || isMapping(value));
  return isWhole ? [path] : [...new Set(keys)].flatMap((key) => differing(valueAt(previous, [key]), valueAt(current, [key]), [...path, key]));
}
