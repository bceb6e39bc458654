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
const LONG_FLAG = /^--[a-z0-9][a-z0-9-]*$/;
const SHORT_FLAG = /^-[A-Za-z0-9]$/;

/** Describes an input class: every field with its type, rules, default and place on a command line. */
export function describeInput(input: Class | undefined): DescribedInput {
  if (input === undefined) return { schema: EMPTY, problems: [] };
  const problems: string[] = [];
  const initial = initialValues(input, problems);
  const fields = fieldsOf(input);
  const properties: Record<string, InputProperty> = {};
  const required: string[] = [];
  let position = 0;
  for (const field of fields) {
    const fallback = field.options.default ?? initial[field.name];
    const schema = valueSchema(field, fallback, problems);
    const binding = field.kind === 'argument' ? argumentBinding(position++, schema, field.options) : optionBinding(field, schema, problems);
    properties[field.name] = { ...schema, 'x-structum': binding };
    if (isRequired(field, schema)) required.push(field.name);
  }
  checkPositions(properties, required, problems);
  checkFlags(properties, problems);
  return { schema: { ...EMPTY, properties, required }, problems };
}

function initialValues(input: Class, problems: string[]): Readonly<Record<string, unknown>> {
  try {
    return { ...(new input() as object) };
  } catch (error) {
    problems.push(`its input class ${input.name} cannot be constructed without arguments (${messageOf(error)})`);
    return {};
  }
}

function isRequired(field: RecordedField, schema: ValueSchema): boolean {
  if (schema.default !== undefined) return false;
  return field.options.required ?? field.kind === 'argument';
}

function valueSchema(field: RecordedField, fallback: unknown, problems: string[]): ValueSchema {
  const { description, type, items, path: _path, required: _required, default: _default, ...rules } = ruleOptions(field);
  const constant = constantOf(field.name, fallback, problems);
  const resolved = type ?? typeByValue(constant) ?? (isCount(field) ? 'integer' : rules.enum === undefined ? 'string' : typeOfChoices(rules.enum));
  if (rules.enum !== undefined && new Set(rules.enum.map((choice) => typeof choice)).size > 1) {
    problems.push(`the choices of "${field.name}" are neither all text nor all numbers`);
  }
  if (resolved === 'object') problems.push(`the field "${field.name}" has the type object, which no command line can give`);
  return {
    type: resolved,
    description,
    ...rules,
    ...(resolved === 'array' ? { items: items ?? itemsByValue(constant) } : {}),
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
  if ((JSON.stringify(value) as string | undefined) === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value))) {
    problems.push(`the default of "${name}" is no constant that JSON can hold`);
    return undefined;
  }
  return value as JsonValue;
}

function typeByValue(value: JsonValue | undefined): ValueSchema['type'] {
  if (typeof value === 'boolean' || typeof value === 'string') return typeof value as 'boolean' | 'string';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return Array.isArray(value) ? 'array' : undefined;
}

function typeOfChoices(choices: readonly (string | number)[]): 'string' | 'number' {
  return choices.every((choice) => typeof choice === 'number') ? 'number' : 'string';
}

function itemsByValue(value: JsonValue | undefined): ValueSchema {
  const first = Array.isArray(value) ? (value[0] as JsonValue | undefined) : undefined;
  return { type: typeByValue(first) ?? 'string' };
}

/** A flag that was not given is false, and was given no times: no caller should have to say so. */
function implicitDefault(field: RecordedField, type: ValueSchema['type']): { default?: JsonValue } {
  if (field.kind === 'argument' || field.options.required === true) return {};
  if (type === 'boolean') return { default: false };
  return isCount(field) ? { default: 0 } : {};
}

function argumentBinding(position: number, schema: ValueSchema, { path }: FieldOptions): FieldBinding {
  return {
    kind: 'argument',
    position,
    ...(schema.type === 'array' ? { variadic: true } : {}),
    ...(path === undefined ? {} : { path }),
  };
}

function optionBinding(field: RecordedField & { kind: 'option' }, schema: ValueSchema, problems: string[]): FieldBinding {
  const { path, count, separator, env, hidden, deprecated, placeholder } = field.options;
  const flags = field.flags.split(',').map((flag) => flag.trim());
  for (const flag of flags) {
    if (!LONG_FLAG.test(flag) && !SHORT_FLAG.test(flag)) problems.push(`"${flag}" of the field "${field.name}" is no flag like -n or --name`);
  }
  if (!flags.some((flag) => flag.startsWith('--'))) problems.push(`the field "${field.name}" has no long flag like --name`);
  if (separator !== undefined && schema.type !== 'array') problems.push(`the field "${field.name}" has a separator and is no array`);
  if (count === true && schema.type !== 'integer') problems.push(`the field "${field.name}" counts and is no integer`);
  return {
    kind: 'option',
    flags,
    ...(count === true ? { count } : {}),
    ...(separator === undefined ? {} : { separator }),
    ...(env === undefined ? {} : { env }),
    ...(hidden === true ? { hidden } : {}),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(path === undefined ? {} : { path }),
    ...(placeholder === undefined ? {} : { placeholder }),
  };
}

function checkPositions(properties: Readonly<Record<string, InputProperty>>, required: readonly string[], problems: string[]): void {
  let optional: string | undefined;
  let variadic: string | undefined;
  for (const [name, { 'x-structum': binding }] of Object.entries(properties)) {
    if (binding.kind !== 'argument') continue;
    if (variadic !== undefined) problems.push(`the argument "${name}" follows "${variadic}", which takes all words that are left`);
    if (optional !== undefined && required.includes(name)) problems.push(`the required argument "${name}" follows "${optional}", which is optional`);
    if (!required.includes(name)) optional = name;
    if (binding.variadic === true) variadic = name;
  }
}

function checkFlags(properties: Readonly<Record<string, InputProperty>>, problems: string[]): void {
  const owners = new Map<string, string>();
  for (const [name, property] of Object.entries(properties)) {
    const binding = property['x-structum'];
    if (binding.kind !== 'option') continue;
    for (const flag of [...binding.flags, ...negations(property)]) {
      const owner = owners.get(flag);
      if (owner !== undefined) problems.push(`both "${owner}" and "${name}" use the flag ${flag}`);
      owners.set(flag, name);
    }
  }
}

/** The `--no-` forms of a boolean option. */
function negations(property: InputProperty): readonly string[] {
  const binding = property['x-structum'];
  if (binding.kind !== 'option' || property.type !== 'boolean') return [];
  return binding.flags.filter((flag) => flag.startsWith('--')).map((flag) => `--no-${flag.slice(2)}`);
}
