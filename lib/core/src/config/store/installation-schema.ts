import type { SettingsSchema, ValueSchema } from '../../contract/index.js';
import { CORE_SECTIONS, PLUGINS_SECTION, SCHEMA_KEY } from '../core-sections.js';
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
      [SCHEMA_KEY]: { type: 'string', description: 'The schema that editors check this file with' },
      [PLUGINS_SECTION]: { type: ['object', 'null'], description: 'Settings of plugins, by their names', properties: Object.fromEntries(plugins) },
      ...Object.fromEntries(Object.entries(CORE_SECTIONS).map(([name, { schema }]) => [name, nullable(schema, withNullableSettings)])),
    },
    additionalProperties: false,
    $defs: { reference: { type: 'string', pattern: REFERENCE } },
  };
}

/** What is required may be set in another file. */
function sectionSchema({ properties }: SettingsSchema): object {
  const entries = Object.entries(properties).map(([key, { 'x-structum': { secret }, ...schema }]) => [key, { ...nullable(schema, mergedOrReference), ...(secret === true ? { writeOnly: true } : {}) }]);
  return { type: ['object', 'null'], properties: Object.fromEntries(entries) as object, additionalProperties: false };
}

/** `null` takes away what weaker layers say. */
function nullable(schema: ValueSchema, alternative: (rules: ValueSchema) => object = (rules) => rules): object {
  const { description, default: fallback, deprecated, ...rules } = schema;
  return {
    ...(description === undefined ? {} : { description }), ...(fallback === undefined ? {} : { default: fallback }), ...(deprecated === undefined ? {} : { deprecated }),
    anyOf: [alternative(rules), { type: 'null' }],
  };
}

function withNullableSettings({ properties = {}, ...rules }: ValueSchema): object {
  return { ...rules, properties: mapped(properties, (property) => nullable(property)) };
}

/** Of a mapping, other layers may say a part, and each may take away a part; a list is replaced as a whole. */
function mergedOrReference({ required: _required, ...schema }: ValueSchema): object {
  return orReference(schema, (within) => nullable(within, mergedOrReference));
}

/** A reference to a secret can stand for anything, and for anything within that. */
function orReference(schema: ValueSchema, member: (schema: ValueSchema) => object = (within) => orReference(within)): object {
  const { items, properties, additionalProperties, ...rules } = schema;
  if (schema.type === 'string' && Object.keys(rules).every((rule) => rule === 'type' || rule === 'description' || rule === 'default')) return schema;
  const described = {
    ...rules,
    ...(items === undefined ? {} : { items: orReference(items) }),
    ...(properties === undefined ? {} : { properties: mapped(properties, member) }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: typeof additionalProperties === 'object' ? member(additionalProperties) : additionalProperties }),
  };
  return { anyOf: [described, { $ref: '#/$defs/reference' }] };
}

function mapped(properties: Readonly<Record<string, ValueSchema>>, change: (schema: ValueSchema) => object): Readonly<Record<string, object>> {
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, change(property)]));
}

const REFERENCE = String.raw`\$\{[A-Za-z][A-Za-z0-9_-]*:`;
