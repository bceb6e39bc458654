import type { JsonValue, ValueSchema } from '../contract/index.js';
import { isPlainObject } from './plain-object.js';

/** What of a schema says what a value is that nobody gives. */
export type DefaultingSchema = Pick<ValueSchema, 'default' | 'properties' | 'additionalProperties'>;

/**
 * A value, completed from the defaults of its schema: of mappings each key for itself, at any depth; everything else is
 * taken as it is given. Nothing is made up within a mapping that is neither given nor a default. `null` counts as not given
 * where there is a default.
 *
 * @returns `undefined` where there is none. Nothing of a default is shared with the schema.
 */
export function completed(schema: DefaultingSchema, value: unknown): unknown {
  return completedFrom(schema.default, schema, value);
}

/** @param fallback - What it is by default: the mapping around it may say so, or the schema itself. */
function completedFrom(fallback: JsonValue | undefined, { properties = {}, additionalProperties }: DefaultingSchema, value: unknown): unknown {
  const given = value ?? structuredClone(fallback) ?? value;
  if (!isPlainObject(given)) return given;
  const defaults = isPlainObject(fallback) ? (fallback as Readonly<Record<string, JsonValue>>) : {};
  const others = typeof additionalProperties === 'object' ? additionalProperties : {};
  const keys = new Set([...Object.keys(defaults), ...Object.keys(given), ...Object.keys(properties)]);
  const entries = [...keys].map((key) => {
    const schema = (Object.hasOwn(properties, key) ? properties[key] : undefined) ?? others;
    const inner = Object.hasOwn(defaults, key) ? defaults[key] : schemaDefault(schema, key, properties);
    return [key, completedFrom(inner, schema, Object.hasOwn(given, key) ? given[key] : undefined)] as const;
  });
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

/** What stands for keys that are not named has no default: nobody asks for one of them. */
function schemaDefault(schema: DefaultingSchema, key: string, properties: Readonly<Record<string, unknown>>): JsonValue | undefined {
  return Object.hasOwn(properties, key) ? schema.default : undefined;
}
