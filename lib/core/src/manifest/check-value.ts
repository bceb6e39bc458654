import type { ValueSchema } from '../contract/index.js';
import type { InputProblem } from '../errors/index.js';
import { canonicalJson } from './hash.js';
import { matchPattern } from './match-pattern.js';
import { isPlainObject } from './plain-object.js';

/** Keys that lead to a part of a value, and the indexes of items where that is in a list. */
export type ValuePath = readonly (string | number)[];

/** One problem with one part of a value. */
export interface ValueProblem extends Omit<InputProblem, 'field' | 'origin'> {
  readonly path: ValuePath;
}

/**
 * What is wrong with `value`, by every rule of `schema`; of what is wrong all over, the first {@link MOST_PROBLEMS}.
 *
 * @param path - Where the value is.
 */
export function checkValue(schema: ValueSchema, value: unknown, path: ValuePath = []): readonly ValueProblem[] {
  const problems: ValueProblem[] = [];
  check(schema, value, path, problems);
  return problems.slice(0, MOST_PROBLEMS);
}

/** A problem as it is told to whoever gave an input. */
export function inputProblem({ path, ...problem }: ValueProblem): InputProblem {
  return { field: path.map((key, index) => (typeof key === 'number' ? `[${String(key)}]` : `${index === 0 ? '' : '.'}${key}`)).join(''), ...problem };
}

/** Whether a problem is a key that nothing knows. */
export function isOfUnknown({ rule }: ValueProblem): boolean {
  return rule === 'additionalProperties';
}

/** Nobody reads more, and what somebody else wrote may hold any number. */
const MOST_PROBLEMS = 100;

function check(schema: ValueSchema, value: unknown, path: ValuePath, problems: ValueProblem[]): void {
  const report: Report = (rule, message) => { problems.push({ path, rule, message, received: value }); };
  if (!hasType(schema.type, value)) {
    report('type', `must be ${article(schema.type ?? 'value')}`);
    return;
  }
  if (schema.enum !== undefined && !schema.enum.includes(value as string | number)) report('enum', `must be one of ${schema.enum.join(', ')}`);
  if (typeof value === 'number') checkNumber(schema, value, report);
  if (typeof value === 'string') checkString(schema, value, report);
  if (Array.isArray(value)) {
    checkLength(schema, value, report);
    checkItems(schema, value, path, problems);
  } else if (isPlainObject(value)) checkObject(schema, value, path, problems);
}

type Report = (rule: string, message: string) => void;

function checkNumber({ minimum, maximum }: ValueSchema, value: number, report: Report): void {
  if (minimum !== undefined && value < minimum) report('minimum', `must be at least ${String(minimum)}`);
  if (maximum !== undefined && value > maximum) report('maximum', `must be at most ${String(maximum)}`);
}

function checkString({ minLength, maxLength, pattern }: ValueSchema, value: string, report: Report): void {
  // JSON Schema counts characters, not UTF-16 units.
  const length = minLength === undefined && maxLength === undefined ? 0 : [...value].length;
  if (minLength !== undefined && length < minLength) report('minLength', `must have at least ${count(minLength, 'character')}`);
  if (maxLength !== undefined && length > maxLength) report('maxLength', `must have at most ${count(maxLength, 'character')}`);
  if (pattern !== undefined) checkPattern(pattern, value, report);
}

function checkPattern(pattern: string, value: string, report: Report): void {
  const match = matchPattern(pattern, value);
  if (match === 'takes too long') report('pattern', `takes too long to be held against ${pattern}`);
  else if (match === 'differs') report('pattern', `must match ${pattern}`);
}

function checkLength({ minItems, maxItems, uniqueItems }: ValueSchema, value: readonly unknown[], report: Report): void {
  if (minItems !== undefined && value.length < minItems) report('minItems', `must have at least ${count(minItems, 'item')}`);
  if (maxItems !== undefined && value.length > maxItems) report('maxItems', `must have at most ${count(maxItems, 'item')}`);
  if (uniqueItems === true && repeats(value)) report('uniqueItems', 'must not repeat an item');
}

function checkItems({ items }: ValueSchema, value: readonly unknown[], path: ValuePath, problems: ValueProblem[]): void {
  if (items === undefined) return;
  for (const [index, item] of value.entries()) {
    if (problems.length >= MOST_PROBLEMS) return;
    check(items, item, [...path, index], problems);
  }
}

/** Properties that are `undefined` count as absent. */
function checkObject({ properties = {}, required = [], additionalProperties = true }: ValueSchema, value: Readonly<Record<string, unknown>>, path: ValuePath, problems: ValueProblem[]): void {
  for (const name of required) if (!Object.hasOwn(value, name) || value[name] === undefined) problems.push({ path: [...path, name], rule: 'required', message: 'is required' });
  for (const [name, item] of Object.entries(value)) {
    if (problems.length >= MOST_PROBLEMS) return;
    if (item === undefined) continue;
    const schema = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (schema === false || schema === undefined) problems.push({ path: [...path, name], rule: 'additionalProperties', message: 'is not known', received: item });
    else if (schema !== true) check(schema, item, [...path, name], problems);
  }
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
