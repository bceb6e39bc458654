import type { ValueSchema } from '../contract/index.js';
import { checkValue } from './check-input.js';
import { isCount, isRecord, isString, isText } from './shape.js';

/** Arrays of arrays of arrays are deep enough; a manifest must not exhaust the stack of the host. */
const DEEPEST = 8;

const TYPES: ReadonlySet<unknown> = new Set<ValueSchema['type']>(['string', 'integer', 'number', 'boolean', 'array', 'object']);
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';

/** The keywords of a value's schema, and what each may be. */
const KEYWORDS = new Map<string, (value: unknown) => boolean>([
  ['type', (value) => TYPES.has(value)],
  ['description', isText],
  ['default', (value) => value !== undefined],
  ['enum', isChoices],
  ['minimum', Number.isFinite],
  ['maximum', Number.isFinite],
  ['minLength', isCount],
  ['maxLength', isCount],
  ['pattern', isPattern],
  ['items', isRecord],
  ['minItems', isCount],
  ['maxItems', isCount],
  ['uniqueItems', isBoolean],
  ['deprecated', isBoolean],
]);

/** Keywords of which the first must not be above the second. */
const BOUNDS = [['minimum', 'maximum'], ['minLength', 'maxLength'], ['minItems', 'maxItems']] as const;

/**
 * What is wrong with the schema of a value: keywords that are not known or cannot hold, also for its own default.
 *
 * @param subject - What the schema is of: `the field "depth"`.
 * @param extra - A key that is no keyword, and checked elsewhere.
 */
export function schemaProblems(schema: Readonly<Record<string, unknown>>, subject: string, extra?: string, depth = 0): readonly string[] {
  if (depth > DEEPEST) return [`${subject} is nested too deep`];
  const problems: string[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (value === undefined || keyword === extra) continue;
    const isValid = KEYWORDS.get(keyword);
    if (isValid === undefined) problems.push(`${subject} has the rule "${keyword}", which is not known`);
    else if (!isValid(value)) problems.push(`the ${keyword} of ${subject} is not valid`);
  }
  if (isRecord(schema['items'])) problems.push(...schemaProblems(schema['items'], `each item of ${subject}`, undefined, depth + 1));
  // Whether rules and default agree can be asked of a sound schema only.
  return problems.length > 0 ? problems : contradictions(schema, subject);
}

function contradictions(schema: ValueSchema, subject: string): readonly string[] {
  const problems: string[] = [];
  for (const [least, most] of BOUNDS) {
    if ((schema[least] ?? Number.NEGATIVE_INFINITY) > (schema[most] ?? Number.POSITIVE_INFINITY)) problems.push(`the ${least} of ${subject} is above its ${most}`);
  }
  const { type, enum: choices = [], default: fallback } = schema;
  if (type !== undefined && choices.some((choice) => checkValue({ type }, choice, '').length > 0)) {
    problems.push(`the choices of ${subject} are not of its type, ${type}`);
  }
  if (fallback !== undefined && problems.length === 0) {
    problems.push(...checkValue(schema, fallback, '').map(({ field, message }) => `the default${field} of ${subject} ${message}`));
  }
  return problems;
}

function isChoices(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((choice) => isString(choice) || Number.isFinite(choice));
}

function isPattern(value: unknown): boolean {
  if (!isString(value)) return false;
  try {
    return new RegExp(value, 'u').flags === 'u';
  } catch {
    return false;
  }
}
