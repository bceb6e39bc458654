import type { ValueSchema } from '../contract/index.js';
import { similar } from '../errors/similar.js';
import type { ValuePath } from '../manifest/check-value.js';
import type { SectionSchema } from './layers/config-layer.js';

/** What is known of the value at `path` in a section; `undefined` where nothing describes it, or it cannot be there. */
export function schemaAt(schema: SectionSchema | undefined, path: ValuePath): ValueSchema | undefined {
  let found: ValueSchema | SectionSchema | undefined = schema;
  for (const key of path) {
    const { properties = {}, additionalProperties, items }: Pick<ValueSchema, 'properties' | 'additionalProperties' | 'items'> = found ?? {};
    if (typeof key === 'number') found = items;
    else if (Object.hasOwn(properties, key)) found = properties[key];
    else found = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  }
  return found;
}

/** Whether what is described so is a list. */
export function isListSchema(schema: ValueSchema | undefined): boolean {
  return schema?.type === 'array' || schema?.items !== undefined;
}

/** The paths of settings that a key which nothing knows may have been meant as, best first. */
export function similarPaths(schema: SectionSchema, path: ValuePath): readonly ValuePath[] {
  const around = path.slice(0, -1);
  const known = around.length === 0 ? schema : schemaAt(schema, around);
  const key = String(path.at(-1) ?? '');
  if (isListSchema(known) && /^\d+$/.test(key)) return [[...around, Number(key)]];
  return similar(key, Object.keys(known?.properties ?? {})).map((key) => [...around, key]);
}
