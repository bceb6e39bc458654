import type { InputProperty, InputSchema, JsonValue, ValueSchema } from '../contract/index.js';
import type { InputProblem } from '../errors/index.js';
import { canonicalJson } from './hash.js';

/** An input that was completed and checked. */
export interface CheckedInput {
  readonly input: Readonly<Record<string, unknown>>;
  readonly problems: readonly InputProblem[];
}

/**
 * Completes `given` from the environment and the defaults, and checks it against the schema.
 *
 * The rules are those of JSON Schema 2020-12 for the keywords of {@link ValueSchema}; an `undefined` property counts as not given.
 */
export function checkInput(schema: InputSchema, given: Readonly<Record<string, unknown>>, env: Readonly<Record<string, string | undefined>>): CheckedInput {
  const input: Record<string, unknown> = {};
  const problems: InputProblem[] = [];
  for (const [name, property] of Object.entries(schema.properties)) {
    const { value, origin } = completed(property, Object.hasOwn(given, name) ? given[name] : undefined, env);
    if (value === undefined) {
      if (schema.required.includes(name)) problems.push({ field: name, rule: 'required', message: 'is required' });
      continue;
    }
    input[name] = value;
    for (const problem of checkValue(property, value, name)) problems.push(origin === undefined ? problem : { ...problem, origin });
  }
  for (const [name, value] of Object.entries(given)) {
    if (Object.hasOwn(schema.properties, name) || value === undefined) continue;
    problems.push({ field: name, rule: 'additionalProperties', message: 'is not known', received: value });
  }
  return { input, problems };
}

function completed(
  property: InputProperty,
  given: unknown,
  env: Readonly<Record<string, string | undefined>>,
): { value: unknown; origin?: string } {
  if (given !== undefined) return { value: given };
  const binding = property['x-structum'];
  const variable = binding.kind === 'option' ? binding.env : undefined;
  const text = variable === undefined ? undefined : env[variable];
  if (variable !== undefined && text !== undefined && text !== '') {
    return { value: valueFromText(property, text), origin: `$${variable}` };
  }
  // A copy: what a command does to its input must not reach the manifest.
  return { value: structuredClone(property.default) };
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true], ['1', true], ['yes', true], ['on', true],
  ['false', false], ['0', false], ['no', false], ['off', false],
]);

/**
 * The value that `text` stands for by the schema's type: a number, a boolean (`true`, `1`, `yes`, `on` and their
 * opposites), or the items of an array, split at the option's separator. Text that fits no such value stays text,
 * for `checkValue` to refuse.
 */
export function valueFromText(schema: ValueSchema | InputProperty, text: string): JsonValue {
  switch (schema.type) {
    case 'integer':
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
    case 'boolean':
      return BOOLEANS.get(text.toLowerCase()) ?? text;
    case 'array':
      return splitItems(schema, text).map((item) => valueFromText(schema.items ?? {}, item));
    default:
      return text;
  }
}

function splitItems(schema: ValueSchema | InputProperty, text: string): readonly string[] {
  const binding = 'x-structum' in schema ? schema['x-structum'] : undefined;
  const separator = binding?.kind === 'option' ? binding.separator : undefined;
  if (separator === undefined) return [text];
  return text.split(separator).map((item) => item.trim()).filter((item) => item !== '');
}

/** What is wrong with `value`, by every rule of `schema`. */
export function checkValue(schema: ValueSchema, value: unknown, field: string): readonly InputProblem[] {
  const problem = (rule: string, message: string): InputProblem => ({ field, rule, message, received: value });
  if (!hasType(schema.type, value)) return [problem('type', `must be ${article(schema.type ?? 'value')}`)];
  const problems: InputProblem[] = [];
  if (schema.enum !== undefined && !schema.enum.includes(value as string | number)) {
    problems.push(problem('enum', `must be one of ${schema.enum.join(', ')}`));
  }
  if (typeof value === 'number') problems.push(...checkNumber(schema, value, problem));
  if (typeof value === 'string') problems.push(...checkString(schema, value, problem));
  if (Array.isArray(value)) problems.push(...checkArray(schema, value, field, problem));
  return problems;
}

type Report = (rule: string, message: string) => InputProblem;

function checkNumber({ minimum, maximum }: ValueSchema, value: number, problem: Report): InputProblem[] {
  const problems: InputProblem[] = [];
  if (minimum !== undefined && value < minimum) problems.push(problem('minimum', `must be at least ${String(minimum)}`));
  if (maximum !== undefined && value > maximum) problems.push(problem('maximum', `must be at most ${String(maximum)}`));
  return problems;
}

function checkString({ minLength, maxLength, pattern }: ValueSchema, value: string, problem: Report): InputProblem[] {
  const problems: InputProblem[] = [];
  // JSON Schema counts characters, not UTF-16 units.
  const length = minLength === undefined && maxLength === undefined ? 0 : [...value].length;
  if (minLength !== undefined && length < minLength) problems.push(problem('minLength', `must have at least ${count(minLength, 'character')}`));
  if (maxLength !== undefined && length > maxLength) problems.push(problem('maxLength', `must have at most ${count(maxLength, 'character')}`));
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) problems.push(problem('pattern', `must match ${pattern}`));
  return problems;
}

function checkArray({ items, minItems, maxItems, uniqueItems }: ValueSchema, value: readonly unknown[], field: string, problem: Report): InputProblem[] {
  const problems: InputProblem[] = [];
  if (minItems !== undefined && value.length < minItems) problems.push(problem('minItems', `must have at least ${count(minItems, 'item')}`));
  if (maxItems !== undefined && value.length > maxItems) problems.push(problem('maxItems', `must have at most ${count(maxItems, 'item')}`));
  if (uniqueItems === true && repeats(value)) {
    problems.push(problem('uniqueItems', 'must not repeat an item'));
  }
  if (items !== undefined) value.forEach((item, index) => problems.push(...checkValue(items, item, `${field}[${String(index)}]`)));
  return problems;
}

function hasType(type: ValueSchema['type'], value: unknown): boolean {
  switch (type) {
    case undefined:
      return true;
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isPlainObject(value);
    default:
      return typeof value === type;
  }
}

/** Whether `value` is an object of plain data: no array, and not of a class like `Map` or `Date`. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // The last of a chain of one: what another realm calls its Object.prototype.
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/** Whether two items say the same. */
function repeats(items: readonly unknown[]): boolean {
  try {
    return new Set(items.map((item) => canonicalJson(item))).size < items.length;
  } catch {
    // What JSON cannot hold is told apart by identity.
    return new Set(items).size < items.length;
  }
}

function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
