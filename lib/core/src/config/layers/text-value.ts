import type { JsonValue, ValueSchema } from '../../contract/index.js';
import { valueFromText } from '../../manifest/value-from-text.js';
import { keyProblem } from '../formats/problems.js';
import { isTemplate } from '../secrets/template.js';
import { isMapping } from '../section.js';

/**
 * The value that a text stands for, in an environment variable or on a command line, by the schema of the setting: a
 * list is JSON, or its items with commas between; an object is JSON. Where no schema says what it is, what is JSON is
 * taken for that, and everything else is a text. A text that fits nothing stays one, for the check to refuse.
 */
export function valueOfText(text: string, schema: ValueSchema | undefined): JsonValue {
  if (schema?.type === undefined) return parsed(text, () => true, () => text);
  switch (schema.type) {
    case 'array':
      return parsed(text, Array.isArray, () => (BEGUN_JSON.test(text) ? text : items(text).map((item) => valueFromText(schema.items ?? {}, item))));
    case 'object':
      return parsed(text, (value) => typeof value === 'object' && !Array.isArray(value), () => text);
    default:
      return valueFromText(schema, text);
  }
}

/**
 * The same for a text that a person gives, whose references are not resolved yet: `null` takes away what weaker layers say,
 * and a list with references stays a text, for what they stand for may hold commas.
 */
export function unresolvedValue(text: string, schema: ValueSchema | undefined): JsonValue {
  if (text === 'null') return null;
  // Whoever wants to say that in so many letters quotes it, as everywhere in JSON.
  if (text === '"null"') return 'null';
  return schema?.type === 'array' && isTemplate(text) ? parsed(text, Array.isArray, () => text) : valueOfText(text, schema);
}

/** Whether a text holds settings by name, as JSON, or takes away those that weaker layers name. */
export function holdsSettings(text: string): boolean {
  const fits = (value: unknown): boolean => value === null || isMapping(value);
  return fits(parsed(text, fits, () => text));
}

function parsed(text: string, fits: (value: unknown) => boolean, otherwise: () => JsonValue): JsonValue {
  try {
    const value = JSON.parse(text) as JsonValue;
    return fits(value) && !reachesTooFar(value) ? value : otherwise();
  } catch {
    return otherwise();
  }
}

/** Whether a value uses names that no file may use either. */
function reachesTooFar(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, item]) => keyProblem(key) !== undefined || reachesTooFar(item));
}

/** Nobody begins a list of texts so: a pattern for files may well begin with `[`. */
const BEGUN_JSON = /^\s*\[\s*["{]/;

function items(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim()).filter((item) => item !== '');
}
