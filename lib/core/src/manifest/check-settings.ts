import type { SettingsSchema } from '../contract/index.js';
import { checkValue, isOfUnknown, type ValuePath, type ValueProblem } from './check-value.js';
import { completed } from './defaults.js';
import { knownPart } from './known-part.js';

/** Settings that were completed and checked. */
export interface CheckedSettings {
  /** By the properties of the plugin's settings. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** By keys, as configurations have them. */
  readonly problems: readonly ValueProblem[];
  /** Where keys are that nothing knows, at any depth. */
  readonly unknown: readonly ValuePath[];
}

/**
 * Completes a section of a configuration from the defaults, and checks it against the schema. `null` and `undefined`
 * count as not given, and so does what is not known.
 */
export function checkSettings(schema: SettingsSchema, section: Readonly<Record<string, unknown>>): CheckedSettings {
  const settings: Record<string, unknown> = {};
  const problems: ValueProblem[] = [];
  const unknown: ValuePath[] = Object.keys(section).filter((key) => !Object.hasOwn(schema.properties, key) && section[key] !== undefined).map((key) => [key]);
  for (const [key, property] of Object.entries(schema.properties)) {
    const value = completed(property, Object.hasOwn(section, key) ? section[key] : undefined);
    if (value !== undefined && value !== null) {
      const found = checkValue(property, value, [key]);
      const ofUnknown = found.filter(isOfUnknown);
      settings[property['x-structum'].property] = ofUnknown.length === 0 ? value : knownPart(property, value);
      for (const problem of found) if (!isOfUnknown(problem)) problems.push(problem);
      for (const { path } of ofUnknown) unknown.push(path);
    } else if (schema.required.includes(key)) problems.push({ path: [key], rule: 'required', message: 'is required' });
  }
  return { settings, problems, unknown };
}
