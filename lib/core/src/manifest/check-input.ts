import type { InputProperty, InputSchema } from '../contract/index.js';
import type { InputProblem } from '../errors/index.js';
import { checkValue, inputProblem } from './check-value.js';
import { valueFromText } from './value-from-text.js';

/** An input that was completed and checked. */
export interface CheckedInput {
  readonly input: Readonly<Record<string, unknown>>;
  readonly problems: readonly InputProblem[];
}

/** What gives the values of options that are not given, the strongest first. */
export interface InputSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The plugin's own, by key; without them, what they may give is as if they gave nothing. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * Completes `given` from its sources and the defaults, and checks it against the schema.
 *
 * The rules are those of JSON Schema 2020-12 for the keywords of `ValueSchema`; an `undefined` property counts as not given.
 */
export function checkInput(schema: InputSchema, given: Readonly<Record<string, unknown>>, sources: InputSources): CheckedInput {
  const input: Record<string, unknown> = {};
  const problems: InputProblem[] = [];
  for (const [name, property] of Object.entries(schema.properties)) {
    const { value, origin } = completed(property, Object.hasOwn(given, name) ? given[name] : undefined, sources);
    if (value === undefined) {
      if (schema.required.includes(name)) problems.push({ field: name, rule: 'required', message: 'is required' });
      continue;
    }
    input[name] = value;
    for (const problem of checkValue(property, value, [name])) problems.push({ ...inputProblem(problem), ...(origin === undefined ? {} : { origin }) });
  }
  for (const [name, value] of Object.entries(given)) {
    if (Object.hasOwn(schema.properties, name) || value === undefined) continue;
    problems.push({ field: name, rule: 'additionalProperties', message: 'is not known', received: value });
  }
  return { input, problems };
}

/** The keys of the settings that give values of this input: those whose options nothing stronger gives. */
export function settingsFor(schema: InputSchema, given: Readonly<Record<string, unknown>>, env: InputSources['env']): readonly string[] {
  return Object.entries(schema.properties).flatMap(([name, property]) => {
    const binding = property['x-structum'];
    const isOpen = binding.kind === 'option' && binding.setting !== undefined && given[name] === undefined && variableOf(property, env) === undefined;
    return isOpen ? [binding.setting] : [];
  });
}

function completed(property: InputProperty, given: unknown, { env, settings = {} }: InputSources): { value: unknown; origin?: string } {
  if (given !== undefined) return { value: given };
  const variable = variableOf(property, env);
  if (variable !== undefined) return { value: valueFromText(property, variable.text), origin: `$${variable.name}` };
  const binding = property['x-structum'];
  const key = binding.kind === 'option' ? binding.setting : undefined;
  if (key !== undefined && Object.hasOwn(settings, key) && settings[key] !== undefined) return { value: structuredClone(settings[key]), origin: `the setting ${key}` };
  // A copy: what a command does to its input must not reach the manifest.
  return { value: structuredClone(property.default) };
}

/** The environment variable that gives the value. */
function variableOf(property: InputProperty, env: InputSources['env']): { readonly name: string; readonly text: string } | undefined {
  const binding = property['x-structum'];
  const name = binding.kind === 'option' ? binding.env : undefined;
  const text = name === undefined ? undefined : env[name];
  return name === undefined || text === undefined || text === '' ? undefined : { name, text };
}
