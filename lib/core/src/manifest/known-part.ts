import type { ValueSchema } from '../contract/index.js';
import { isPlainObject } from './plain-object.js';

/** A value without the keys that its schema does not know, at any depth. */
export function knownPart({ properties = {}, additionalProperties = true, items }: ValueSchema, value: unknown): unknown {
  if (Array.isArray(value)) return items === undefined ? value : value.map((item) => knownPart(items, item));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => {
    const schema = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    if (schema === undefined || schema === false) return [];
    return [[key, schema === true ? item : knownPart(schema, item)]];
  }));
}
