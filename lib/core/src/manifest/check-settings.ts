import type { SettingsSchema } from '../contract/index.js';
import type { InputProblem } from '../errors/index.js';
import { checkValue } from './check-value.js';
import { completed } from './defaults.js';

/** Settings that were completed and checked. */
export interface CheckedSettings {
  /** By the properties of the plugin's settings. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Their fields are keys, as configurations have them. */
  readonly problems: readonly InputProblem[];
  /** Keys that no setting has. */
  readonly unknown: readonly string[];
}

/**
 * Completes a section of a configuration from the defaults, and checks it against the schema. `null` and `undefined`
 * count as not given, and so does what is not known.
 */
export function checkSettings(schema: SettingsSchema, section: Readonly<Record<string, unknown>>): CheckedSettings {
  const settings: Record<string, unknown> = {};
  const problems: InputProblem[] = [];
  for (const [key, property] of Object.entries(schema.properties)) {
    const value = completed(property, Object.hasOwn(section, key) ? section[key] : undefined);
    if (value !== undefined && value !== null) {
      settings[property['x-structum'].property] = value;
      for (const problem of checkValue(property, value, key)) problems.push(problem);
    } else if (schema.required.includes(key)) problems.push({ field: key, rule: 'required', message: 'is required' });
  }
  const unknown = Object.keys(section).filter((key) => !Object.hasOwn(schema.properties, key) && section[key] !== undefined);
  return { settings, problems, unknown };
}
