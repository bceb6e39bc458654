import type { ValueSchema } from '../contract/index.js';
import type { InputProblem } from '../errors/index.js';
import { canonicalJson } from './hash.js';
import { isPlainObject } from './plain-object.js';

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
  else if (isPlainObject(value)) problems.push(...checkObject(schema, value, field));
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

/** Properties that are `undefined` count as absent. */
function checkObject({ properties = {}, required = [], additionalProperties = true }: ValueSchema, value: Readonly<Record<string, unknown>>, field: string): InputProblem[] {
  const problems: InputProblem[] = [];
  for (const name of required) if (!Object.hasOwn(value, name) || value[name] === undefined) problems.push({ field: `${field}.${name}`, rule: 'required', message: 'is required' });
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const schema = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (schema === false || schema === undefined) problems.push({ field: `${field}.${name}`, rule: 'additionalProperties', message: 'is not known', received: item });
    else if (schema !== true) problems.push(...checkValue(schema, item, `${field}.${name}`));
  }
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
