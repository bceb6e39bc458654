import type { InputProperty, InputSchema } from '../contract/index.js';
import type { InputProblem } from '../errors/index.js';
import { checkValue } from './check-value.js';
import { valueFromText } from './value-from-text.js';

/** An input that was completed and checked. */
export interface CheckedInput {
  readonly input: Readonly<Record<string, unknown>>;
  readonly problems: readonly InputProblem[];
}

/**
 * Completes `given` from the environment and the defaults, and checks it against the schema.
 *
 * The rules are those of JSON Schema 2020-12 for the keywords of `ValueSchema`; an `undefined` property counts as not given.
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
