import {
  fieldsOf,
  type Class, type FieldBinding, type FieldOptions, type InputProperty, type InputSchema, type JsonValue, type OptionOptions, type RecordedField, type ValueSchema,
} from '../contract/index.js';
import { describeValue, initialValues, type ValueRules } from './value-schema.js';

/** A command's input class as a schema, or what is wrong with it. */
export interface DescribedInput {
  readonly schema: InputSchema;
  readonly problems: readonly string[];
}

const EMPTY: InputSchema = { type: 'object', properties: {}, required: [], additionalProperties: false };

/**
 * Describes an input class: every field with its type, rules, default and place on a command line.
 *
 * Its problems are what the schema does not show any more; what is wrong with the schema itself is for its validation to say.
 */
export function describeInput(input: Class | undefined): DescribedInput {
  if (input === undefined) return { schema: EMPTY, problems: [] };
  const problems: string[] = [];
  const initial = initialValues(input, 'input', problems);
  const fields = fieldsOf(input);
  const properties: Record<string, InputProperty> = {};
  const required: string[] = [];
  let position = 0;
  for (const field of fields) {
    const fallback = field.options.default === undefined ? initial.get(field.name) : field.options.default;
    const schema = schemaOf(field, fallback, problems);
    const binding = field.kind === 'argument' ? argumentBinding(position++, schema, field.options) : optionBinding(field);
    if (Object.hasOwn(properties, field.name)) problems.push(`the field "${field.name}" is described twice`);
    properties[field.name] = { ...schema, 'x-structum': binding };
    if (isRequired(field, schema)) required.push(field.name);
  }
  return { schema: { ...EMPTY, properties, required }, problems };
}

function isRequired(field: RecordedField, schema: ValueSchema): boolean {
  if (schema.default !== undefined) return false;
  return field.options.required ?? field.kind === 'argument';
}

/** The field's value as a schema, with what stands for a flag that is not given. */
function schemaOf(field: RecordedField, fallback: unknown, problems: string[]): ValueSchema {
  const schema = describeValue(field.name, { ...rulesOf(field), ...(isCount(field) ? { fallbackType: 'integer' } : {}) }, fallback, problems);
  return {
    ...schema,
    ...(schema.default === undefined ? implicitDefault(field, schema.type) : {}),
    ...('deprecated' in field.options ? { deprecated: true } : {}),
  };
}

/** The options of a field that are rules of its value: all but those of its place on a command line. */
function rulesOf(field: RecordedField): ValueRules {
  const { path: _path, required: _required, ...options } = field.options;
  if (field.kind === 'argument') return options;
  const { count: _count, separator: _separator, env: _env, setting: _setting, hidden: _hidden, deprecated: _deprecated, placeholder: _placeholder, ...rules } = options as Omit<OptionOptions, 'path' | 'required'>;
  return rules;
}

function isCount(field: RecordedField): boolean {
  return field.kind === 'option' && field.options.count === true;
}

/** A flag that was not given is false, and was given no times: no caller should have to say so. */
function implicitDefault(field: RecordedField, type: ValueSchema['type']): { default?: JsonValue } {
  if (field.kind === 'argument' || field.options.required === true) return {};
  if (type === 'boolean') return { default: false };
  return isCount(field) && type === 'integer' ? { default: 0 } : {};
}

function argumentBinding(position: number, schema: ValueSchema, { path }: FieldOptions): FieldBinding {
  return {
    kind: 'argument',
    position,
    ...(schema.type === 'array' ? { variadic: true } : {}),
    ...(path === undefined ? {} : { path }),
  };
}

function optionBinding({ flags, options }: RecordedField & { kind: 'option' }): FieldBinding {
  const { path, count, separator, env, setting, hidden, deprecated, placeholder } = options;
  return {
    kind: 'option',
    flags: flags.split(',').map((flag) => flag.trim()),
    ...(count === true ? { count } : {}),
    ...(separator === undefined ? {} : { separator }),
    ...(env === undefined ? {} : { env }),
    ...(setting === undefined ? {} : { setting }),
    ...(hidden === true ? { hidden } : {}),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(path === undefined ? {} : { path }),
    ...(placeholder === undefined ? {} : { placeholder }),
  };
}
