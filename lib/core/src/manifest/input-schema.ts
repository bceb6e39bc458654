import {
  fieldsOf,
  type Class, type FieldBinding, type FieldOptions, type InputProperty, type InputSchema, type JsonValue, type RecordedField, type ValueSchema,
} from '../contract/index.js';
import { messageOf } from '../errors/index.js';

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
  const initial = initialValues(input, problems);
  const fields = fieldsOf(input);
  const properties: Record<string, InputProperty> = {};
  const required: string[] = [];
  let position = 0;
  for (const field of fields) {
    const fallback = field.options.default === undefined ? initial.get(field.name) : field.options.default;
    const schema = valueSchema(field, fallback, problems);
    const binding = field.kind === 'argument' ? argumentBinding(position++, schema, field.options) : optionBinding(field);
    if (Object.hasOwn(properties, field.name)) problems.push(`the field "${field.name}" is described twice`);
    properties[field.name] = { ...schema, 'x-structum': binding };
    if (isRequired(field, schema)) required.push(field.name);
  }
  return { schema: { ...EMPTY, properties, required }, problems };
}

/** A map, for an object has members that nobody gave it: `toString`. */
function initialValues(input: Class, problems: string[]): ReadonlyMap<string, unknown> {
  try {
    return new Map(Object.entries(new input() as object));
  } catch (error) {
    problems.push(`its input class ${input.name} cannot be constructed without arguments (${messageOf(error)})`);
    return new Map();
  }
}

function isRequired(field: RecordedField, schema: ValueSchema): boolean {
  if (schema.default !== undefined) return false;
  return field.options.required ?? field.kind === 'argument';
}

function valueSchema(field: RecordedField, fallback: unknown, problems: string[]): ValueSchema {
  const { description, type, items, enum: choices, path: _path, required: _required, default: _default, ...rules } = ruleOptions(field);
  const constant = constantOf(field.name, fallback, problems);
  const resolved = type ?? typeByValue(constant, choices) ?? (isCount(field) ? 'integer' : typeOfChoices(choices));
  const isList = resolved === 'array';
  return {
    type: resolved,
    description,
    ...rules,
    ...(choices === undefined || isList ? {} : { enum: choices }),
    ...(isList ? { items: itemSchema(items, choices, constant) } : {}),
    ...(constant === undefined ? implicitDefault(field, resolved) : { default: constant }),
    ...('deprecated' in field.options ? { deprecated: true } : {}),
  };
}

/** The options of a field that are rules of its value: all but those of its place on a command line. */
function ruleOptions(field: RecordedField): FieldOptions {
  if (field.kind === 'argument') return field.options;
  const { count: _count, separator: _separator, env: _env, hidden: _hidden, deprecated: _deprecated, placeholder: _placeholder, ...rules } = field.options;
  return rules;
}

function isCount(field: RecordedField): boolean {
  return field.kind === 'option' && field.options.count === true;
}

function constantOf(name: string, value: unknown, problems: string[]): JsonValue | undefined {
  if (value === undefined) return undefined;
  if (isConstant(value)) return value;
  problems.push(`the default of "${name}" is no constant that JSON can hold`);
  return undefined;
}

/** Whether `value` can be a default: data that JSON holds as it is. No option is an object, so no default is. */
function isConstant(value: unknown): value is JsonValue {
  if (Array.isArray(value)) return value.every(isConstant);
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

type Choices = FieldOptions['enum'];

function typeByValue(value: JsonValue | undefined, choices: Choices = []): ValueSchema['type'] {
  if (typeof value === 'boolean' || typeof value === 'string') return typeof value as 'boolean' | 'string';
  if (typeof value === 'number') return [value, ...choices].every(Number.isInteger) ? 'integer' : 'number';
  return Array.isArray(value) ? 'array' : undefined;
}

function typeOfChoices(choices: Choices): 'string' | 'number' {
  return choices !== undefined && choices.length > 0 && choices.every((choice) => typeof choice === 'number') ? 'number' : 'string';
}

/** The schema of the items of an array; choices are those of its items, for nobody can choose a whole list. */
function itemSchema(items: ValueSchema | undefined, choices: Choices, constant: JsonValue | undefined): ValueSchema {
  const known = items ?? { type: itemType(constant) ?? typeOfChoices(choices) };
  return choices === undefined ? known : { ...known, enum: choices };
}

function itemType(constant: JsonValue | undefined): ValueSchema['type'] {
  const [first, ...others] = Array.isArray(constant) ? (constant as readonly JsonValue[]) : [];
  return typeByValue(first, others.filter((item) => typeof item === 'number'));
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
  const { path, count, separator, env, hidden, deprecated, placeholder } = options;
  return {
    kind: 'option',
    flags: flags.split(',').map((flag) => flag.trim()),
    ...(count === true ? { count } : {}),
    ...(separator === undefined ? {} : { separator }),
    ...(env === undefined ? {} : { env }),
    ...(hidden === true ? { hidden } : {}),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(path === undefined ? {} : { path }),
    ...(placeholder === undefined ? {} : { placeholder }),
  };
}
