import { isDeepStrictEqual } from 'node:util';
import type { ConfigDifference } from '../../contract/index.js';
import type { Configuration } from '../configuration.js';
import { formatKeyPath } from '../key-path.js';
import type { KeyPath } from '../section.js';
import { listedPaths } from './listed-paths.js';
import { placeOf, type SchemaSource } from './schemas.js';
import { shownValue } from './shown-value.js';
import { saidOf } from './voices.js';

/** The settings whose values are different, by key. */
export function differencesOf(one: Configuration, other: Configuration, schemas: SchemaSource): readonly ConfigDifference[] {
  const paths = new Map([...listedPaths(one, schemas), ...listedPaths(other, schemas)].map((path) => [formatKeyPath(path), path]));
  return [...paths].sort(([first], [second]) => (first < second ? -1 : 1)).flatMap(([key, path]) => differenceAt(key, path));

  function differenceAt(key: string, path: KeyPath): readonly ConfigDifference[] {
    const placed = placeOf(path, schemas);
    const values = [saidOf(one, placed).value, saidOf(other, placed).value];
    if (isDeepStrictEqual(values[0], values[1])) return [];
    const [first, second] = values.map((value) => shownValue(value, path, schemas));
    return [{ key, ...(first === undefined ? {} : { one: first }), ...(second === undefined ? {} : { other: second }) }];
  }
}
