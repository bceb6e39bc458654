import { isCommandPath, isPluginName, MANIFEST_VERSION } from '../contract/index.js';

/**
 * What is wrong with the content of a manifest file; nothing when it can be relied on as a `PluginManifest`.
 *
 * Checks the shape that the host builds on, not what the generator could ever write: it runs for every plugin at every start.
 */
export function manifestProblems(value: unknown): readonly string[] {
  if (!isRecord(value)) return ['it is no object'];
  if (value['manifestVersion'] !== MANIFEST_VERSION) {
    return [`it has the format ${JSON.stringify(value['manifestVersion'])}, and this core reads ${String(MANIFEST_VERSION)}`];
  }
  const problems: string[] = [];
  const expect = (holds: boolean, problem: string): void => {
    if (!holds) problems.push(problem);
  };
  expect(typeof value['name'] === 'string' && isPluginName(value['name']), 'its name is not valid');
  for (const key of ['version', 'description', 'category', 'engine', 'hash']) expect(typeof value[key] === 'string', `its ${key} is no text`);
  expect(value['entry'] === undefined || isRelativeEntry(value['entry']), 'its entry is no path within the package');
  for (const key of ['requires', 'optional', 'conflicts']) expect(isStringRecord(value[key]), `its ${key} are not names and ranges`);
  expect(isStringArray(value['provides']), 'its provides are no list of service ids');
  expect(isRecord(value['permissions']), 'its permissions are no object');
  const { commands } = value;
  if (!Array.isArray(commands)) return [...problems, 'its commands are no list'];
  return [...problems, ...commands.flatMap(commandProblems)];
}

function commandProblems(command: unknown, index: number): readonly string[] {
  const label = `its command ${String(index + 1)}`;
  if (!isRecord(command)) return [`${label} is no object`];
  const problems: string[] = [];
  if (typeof command['path'] !== 'string' || !isCommandPath(command['path'])) problems.push(`${label} has no valid path`);
  if (typeof command['description'] !== 'string') problems.push(`${label} has no description`);
  if (typeof command['hash'] !== 'string') problems.push(`${label} has no hash`);
  if (!Number.isInteger(command['source'])) problems.push(`${label} has no source`);
  if (!isStringArray(command['aliases'])) problems.push(`${label} has no list of aliases`);
  if (!Array.isArray(command['examples'])) problems.push(`${label} has no list of examples`);
  const { input } = command;
  const sound = isRecord(input) && isStringArray(input['required']) && isRecord(input['properties']) && Object.values(input['properties']).every(isProperty);
  if (!sound) problems.push(`${label} has no valid input schema`);
  return problems;
}

function isProperty(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value['x-structum'])) return false;
  const binding = value['x-structum'];
  return binding['kind'] === 'argument' ? Number.isInteger(binding['position']) : binding['kind'] === 'option' && isStringArray(binding['flags']);
}

/** An entry stays inside its package: a manifest must not point the host at other files. */
function isRelativeEntry(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('./') && !value.split(/[\\/]/).includes('..');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStringArray(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isStringRecord(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((item) => typeof item === 'string');
}
