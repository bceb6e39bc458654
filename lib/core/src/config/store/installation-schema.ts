import type { SettingsSchema, ValueSchema } from '../../contract/index.js';
import { CORE_SECTIONS, PLUGINS_SECTION } from '../core-sections.js';
import type { SchemaSource } from './schemas.js';

/** JSON Schema of a configuration file, so that editors complete and check it. */
export function installationSchema(schemas: SchemaSource): object {
  const plugins = schemas.names().flatMap((name) => {
    const schema = schemas.schemaOf(name);
    return schema === undefined ? [] : [[name, sectionSchema(schema)] as const];
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Structum configuration',
    type: 'object',
    properties: {
      [PLUGINS_SECTION]: { type: 'object', description: 'Settings of plugins, by their names', properties: Object.fromEntries(plugins) },
      ...Object.fromEntries(Object.entries(CORE_SECTIONS).map(([name, { schema }]) => [name, nullable(schema)])),
    },
    additionalProperties: false,
  };
}

/** What is required may be set in another file. */
function sectionSchema({ properties }: SettingsSchema): object {
  const entries = Object.entries(properties).map(([key, { 'x-structum': { secret }, ...schema }]) => [key, { ...nullable(schema), ...(secret === true ? { writeOnly: true } : {}) }]);
  return { type: 'object', properties: Object.fromEntries(entries) as object, additionalProperties: false };
}

/** `null` takes away what weaker layers say. */
function nullable(schema: ValueSchema): object {
  const { description, default: fallback, deprecated, ...rules } = schema;
  return {
    ...(description === undefined ? {} : { description }), ...(fallback === undefined ? {} : { default: fallback }), ...(deprecated === undefined ? {} : { deprecated }),
    anyOf: [rules, { type: 'null' }],
  };
}
