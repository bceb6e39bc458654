import type { Class, FieldOptions, JsonValue, ValueSchema } from '../contract/index.js';
import { messageOf } from '../errors/index.js';
import { isPlainObject } from './plain-object.js';

/** What is said of a value, whether it is an argument, an option or a setting. */
export interface ValueRules extends Omit<FieldOptions, 'path' | 'required'> {
  /** The type of what says none, by its value or its choices. */
  readonly fallbackType?: ValueSchema['type'];
}

/**
 * A value as a schema: its type is the one given, or that of its default, of its choices, or a text.
 *
 * @param fallback - Its default, where it has one.
 */
export function describeValue(name: string, { description, type, items, enum: choices, default: _default, fallbackType, ...rules }: ValueRules, fallback: unknown, problems: string[]): ValueSchema {
  const constant = constantOf(name, fallback, problems);
  const resolved = type ?? typeByValue(constant, choices) ?? fallbackType ?? typeOfChoices(choices);
  const isList = resolved === 'array';
  return {
    type: resolved,
    description,
    ...rules,
    ...(choices === undefined || isList ? {} : { enum: choices }),
    ...(isList ? { items: itemSchema(items, choices, constant) } : {}),
    ...(constant === undefined ? {} : { default: constant }),
  };
}

/**
 * What the properties of a class are initialized with. A map, for an object has members that nobody gave it: `toString`.
 *
 * @param role - What the class is for, in what goes wrong.
 */
export function initialValues(type: Class, role: 'input' | 'settings', problems: string[]): ReadonlyMap<string, unknown> {
  try {
    return new Map(Object.entries(new type() as object));
  } catch (error) {
    problems.push(`its ${role} class ${type.name} cannot be constructed without arguments (${messageOf(error)})`);
    return new Map();
  }
}

function constantOf(name: string, value: unknown, problems: string[]): JsonValue | undefined {
  if (value === undefined) return undefined;
  if (isConstant(value)) return value;
  problems.push(`the default of "${name}" is no constant that JSON can hold`);
  return undefined;
}

/** Whether `value` can be a default: data that JSON holds as it is. */
function isConstant(value: unknown): value is JsonValue {
  if (Array.isArray(value)) return value.every(isConstant);
  if (isPlainObject(value)) return Object.values(value).every(isConstant);
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

type Choices = FieldOptions['enum'];

function typeByValue(value: JsonValue | undefined, choices: Choices = []): ValueSchema['type'] {
  if (typeof value === 'boolean' || typeof value === 'string') return typeof value as 'boolean' | 'string';
  if (typeof value === 'number') return [value, ...choices].every(Number.isInteger) ? 'integer' : 'number';
  if (Array.isArray(value)) return 'array';
  return isPlainObject(value) ? 'object' : undefined;
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
