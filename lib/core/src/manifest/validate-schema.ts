import type { ValueSchema } from '../contract/index.js';
import { checkValue, inputProblem } from './check-value.js';
import { holds, isRecord, isString } from './shape.js';

/** Arrays of arrays of arrays are deep enough; a manifest must not exhaust the stack of the host. */
const DEEPEST = 8;

const TYPES: ReadonlySet<unknown> = new Set<ValueSchema['type']>(['string', 'integer', 'number', 'boolean', 'array', 'object']);

/** The keywords of a value's schema, and what each may be. */
const KEYWORDS = new Map<string, Parameters<typeof holds>[0]>([
  ['type', (value) => TYPES.has(value)],
  ['description', 'text'],
  ['default', () => true],
  ['enum', isChoices],
  ['minimum', 'number'],
  ['maximum', 'number'],
  ['minLength', 'count'],
  ['maxLength', 'count'],
  ['pattern', isPattern],
  ['items', 'record'],
  ['minItems', 'count'],
  ['maxItems', 'count'],
  ['uniqueItems', 'boolean'],
  ['properties', isRecord],
  ['required', 'strings'],
  ['additionalProperties', (value) => typeof value === 'boolean' || isRecord(value)],
  ['deprecated', 'boolean'],
]);

/** Keywords that bound a value from above, and those that do from below. */
const LOWER_BOUNDS = new Map<string, 'minimum' | 'minLength' | 'minItems'>([['maximum', 'minimum'], ['maxLength', 'minLength'], ['maxItems', 'minItems']]);

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
    const rule = KEYWORDS.get(keyword);
    if (rule === undefined) problems.push(`${subject} has the rule "${keyword}", which is not known`);
    else if (!holds(rule, value)) problems.push(`the ${keyword} of ${subject} is not valid`);
    const lower = LOWER_BOUNDS.get(keyword);
    if (lower !== undefined && Number(schema[lower]) > Number(value)) problems.push(`the ${lower} of ${subject} is above its ${keyword}`);
  }
  const all = [...problems, ...innerProblems(schema, subject, depth)];
  // Whether rules and default agree can be asked of a sound schema only.
  return all.length > 0 ? all : contradictions(schema, subject);
}

/** What is wrong with the schemas within a schema. */
function innerProblems({ items, additionalProperties, properties }: Readonly<Record<string, unknown>>, subject: string, depth: number): readonly string[] {
  return [
    ...(isRecord(items) ? schemaProblems(items, `each item of ${subject}`, undefined, depth + 1) : []),
    ...(isRecord(additionalProperties) ? schemaProblems(additionalProperties, `each value of ${subject}`, undefined, depth + 1) : []),
    ...(isRecord(properties) ? Object.entries(properties).flatMap(([name, property]) => propertyProblems(name, property, subject, depth)) : []),
  ];
}

function propertyProblems(name: string, property: unknown, subject: string, depth: number): readonly string[] {
  const inner = `the property "${name}" of ${subject}`;
  if (name === '__proto__') return [`${inner} has a name that objects cannot hold`];
  return isRecord(property) ? schemaProblems(property, inner, undefined, depth + 1) : [`${inner} has no schema`];
}

function contradictions(schema: ValueSchema, subject: string): readonly string[] {
  const problems: string[] = [];
  const { type, enum: choices = [], default: fallback } = schema;
  if (type !== undefined && choices.some((choice) => checkValue({ type }, choice).length > 0)) {
    problems.push(`the choices of ${subject} are not of its type, ${type}`);
  }
  if (fallback !== undefined && problems.length === 0) {
    problems.push(...checkValue(schema, fallback, ['default']).map(inputProblem).map(({ field, message }) => `the ${field} of ${subject} ${message}`));
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
