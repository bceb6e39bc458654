import { isRecord, isString, isStringArray, shapeProblems, type Shape } from './shape.js';
import { schemaProblems } from './validate-schema.js';

/** What is wrong with the schema of a plugin's settings; nothing when completing and checking can rely on it. */
export function settingsProblems(settings: unknown): readonly string[] {
  if (!isRecord(settings) || settings['type'] !== 'object' || !isRecord(settings['properties']) || !isStringArray(settings['required'])) {
    return ['it has no valid schema of its settings'];
  }
  const { properties, required, 'x-structum': more } = settings;
  const ofRules = more === undefined || (isRecord(more) && isString(more['rules'])) ? [] : ['its settings do not say which library has their other rules'];
  const problems = Object.entries(properties).flatMap(([key, property]) => settingProblems(key, property));
  for (const key of required) if (!Object.hasOwn(properties, key)) problems.push(`it requires "${key}", which is no setting of its`);
  return [...ofRules, ...problems, ...sharedProperties(properties)];
}

function settingProblems(key: string, property: unknown): readonly string[] {
  const subject = `the setting "${key}"`;
  if (!/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(key)) return [`${subject} is not in snake_case`];
  if (!isRecord(property)) return [`${subject} has no schema`];
  const problems = [...schemaProblems(property, subject, 'x-structum')];
  if (property['description'] === undefined) problems.push(`${subject} has no description`);
  const binding = property['x-structum'];
  return isRecord(binding) ? [...problems, ...shapeProblems(binding, BINDING, subject)] : [...problems, `${subject} has no property that holds it`];
}

const BINDING: Shape = [
  ['property', (value) => isString(value) && value !== '' && value !== '__proto__', 'has no property that can hold it'],
  ['secret', 'true', 'has a "secret" that is not true', 'optional'],
  ['trusted', 'true', 'has a "trusted" that is not true', 'optional'],
  ['deprecated', 'text', 'does not say why it is deprecated', 'optional'],
];

function sharedProperties(properties: Readonly<Record<string, unknown>>): readonly string[] {
  const names = Object.values(properties).map((property) => (isRecord(property) && isRecord(property['x-structum']) ? property['x-structum']['property'] : undefined));
  return names.filter((name, index) => isString(name) && names.indexOf(name) !== index).map((name) => `two settings have the property ${JSON.stringify(name)}`);
}
