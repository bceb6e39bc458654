import type { InputProperty } from '../contract/index.js';
import { flagsOf } from './flags.js';
import { isRecord, isString, isStringArray, shapeProblems, type Shape } from './shape.js';
import { schemaProblems } from './validate-schema.js';

const LONG_FLAG = /^--[a-z0-9][a-z0-9-]*$/;
const SHORT_FLAG = /^-[A-Za-z0-9]$/;

/** What is wrong with the schema of a command's input; nothing when parsing, help and checking can rely on it. */
export function inputProblems(input: unknown): readonly string[] {
  if (!isRecord(input) || input['type'] !== 'object' || !isRecord(input['properties']) || !isStringArray(input['required'])) {
    return ['it has no valid input schema'];
  }
  const { properties, required } = input;
  const problems = Object.entries(properties).flatMap(([name, property]) => propertyProblems(name, property));
  for (const name of required) if (!Object.hasOwn(properties, name)) problems.push(`it requires "${name}", which is no field of its input`);
  // Fields can be compared with each other once each is sound.
  if (problems.length > 0) return problems;
  const sound = properties as Readonly<Record<string, InputProperty>>;
  return [...positionProblems(sound, required), ...flagProblems(sound)];
}

function propertyProblems(name: string, property: unknown): readonly string[] {
  const subject = `the field "${name}"`;
  if (name === '__proto__') return [`${subject} has a name that objects cannot hold`];
  if (!isRecord(property)) return [`${subject} has no schema`];
  const { 'x-structum': binding, type } = property;
  const problems = [...schemaProblems(property, subject, 'x-structum')];
  if (property['description'] === undefined) problems.push(`${subject} has no description`);
  if (type === 'object') problems.push(`${subject} has the type object, which no command line can give`);
  if (!isRecord(binding)) return [...problems, `${subject} has no place on a command line`];
  if (binding['kind'] === 'argument') return [...problems, ...shapeProblems(binding, ARGUMENT, subject)];
  if (binding['kind'] === 'option') return [...problems, ...shapeProblems(binding, OPTION, subject), ...optionProblems(binding, type, subject)];
  return [...problems, `${subject} is neither an argument nor an option`];
}

const ARGUMENT: Shape = [
  ['position', 'count', 'has no position'],
  ['variadic', 'true', 'has a "variadic" that is not true', 'optional'],
  ['path', 'path access', 'has a "path" that is neither read nor write', 'optional'],
];

const OPTION: Shape = [
  ['flags', 'strings', 'has no list of flags'],
  ['count', 'true', 'has a "count" that is not true', 'optional'],
  ['separator', (value) => isString(value) && value !== '', 'has a separator that is no text', 'optional'],
  ['env', 'text', 'has an environment variable without a name', 'optional'],
  ['setting', 'text', 'has a setting without a name', 'optional'],
  ['hidden', 'true', 'has a "hidden" that is not true', 'optional'],
  ['deprecated', 'text', 'does not say why it is deprecated', 'optional'],
  ['path', 'path access', 'has a "path" that is neither read nor write', 'optional'],
  ['placeholder', 'text', 'has a placeholder that is no text', 'optional'],
];

function optionProblems({ flags, separator, count }: Readonly<Record<string, unknown>>, type: unknown, subject: string): readonly string[] {
  const problems: string[] = [];
  if (isStringArray(flags)) {
    for (const flag of flags) if (!LONG_FLAG.test(flag) && !SHORT_FLAG.test(flag)) problems.push(`"${flag}" of ${subject} is no flag like -n or --name`);
    if (!flags.some((flag) => flag.startsWith('--'))) problems.push(`${subject} has no long flag like --name`);
  }
  if (separator !== undefined && type !== 'array') problems.push(`${subject} has a separator and is no array`);
  if (count === true && type !== 'integer') problems.push(`${subject} counts and is no integer`);
  return problems;
}

function positionProblems(properties: Readonly<Record<string, InputProperty>>, required: readonly string[]): readonly string[] {
  const inOrder: string[] = [];
  let count = 0;
  for (const [name, { 'x-structum': binding }] of Object.entries(properties)) {
    if (binding.kind !== 'argument') continue;
    inOrder[binding.position] = name;
    count += 1;
  }
  if (Object.keys(inOrder).length !== count || inOrder.length !== count) return ['its arguments do not stand at the positions 0, 1, 2 and so on'];
  const problems: string[] = [];
  let optional: string | undefined;
  let variadic: string | undefined;
  for (const name of inOrder) {
    const binding = properties[name]?.['x-structum'];
    if (variadic !== undefined) problems.push(`the argument "${name}" follows "${variadic}", which takes all words that are left`);
    const isRequired = required.includes(name);
    if (optional !== undefined && isRequired) problems.push(`the required argument "${name}" follows "${optional}", which is optional`);
    if (!isRequired) optional = name;
    if (binding?.kind === 'argument' && binding.variadic === true) variadic = name;
  }
  return problems;
}

function flagProblems(properties: Readonly<Record<string, InputProperty>>): readonly string[] {
  const problems: string[] = [];
  const owners = new Map<string, string>();
  for (const [name, property] of Object.entries(properties)) {
    for (const flag of flagsOf(property)) {
      const owner = owners.get(flag);
      if (owner !== undefined) problems.push(`both "${owner}" and "${name}" use the flag ${flag}`);
      owners.set(flag, name);
    }
  }
  return problems;
}
