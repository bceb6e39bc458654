import { CORE_SERVICE_IDS, isCommandPath, isPluginName, isServiceId, MANIFEST_VERSION } from '../contract/index.js';
import { isCount, isRecord, isString, isStringArray, isStringRecord, isText, isTrue, shapeProblems, type Shape } from './shape.js';
import { inputProblems } from './validate-input.js';

/**
 * What is wrong with the content of a manifest file; nothing when it can be relied on as a `PluginManifest`.
 *
 * It runs for every plugin at every start, so it looks at what the host, the help and the parser build on, and no further.
 */
export function manifestProblems(value: unknown): readonly string[] {
  if (!isRecord(value)) return ['it is no object'];
  if (value['manifestVersion'] !== MANIFEST_VERSION) {
    return [`it has the format ${JSON.stringify(value['manifestVersion'])}, and this core reads ${String(MANIFEST_VERSION)}`];
  }
  const { commands } = value;
  if (!Array.isArray(commands)) return [...pluginProblems(value), 'its commands are no list'];
  return [...pluginProblems(value), ...commands.flatMap((command, index) => commandProblems(command).map((problem) => `command ${String(index + 1)}: ${problem}`))];
}

/** What is wrong with a plugin's manifest, its commands left aside. */
export function pluginProblems(manifest: Readonly<Record<string, unknown>>): readonly string[] {
  const problems = shapeProblems(manifest, PLUGIN, 'it');
  const { permissions, provides } = manifest;
  if (isRecord(permissions)) problems.push(...shapeProblems(permissions, PERMISSIONS, 'its permissions'));
  for (const id of isStringArray(provides) ? provides : []) {
    if (!isServiceId(id)) problems.push(`the service id "${id}" is not words separated by dots`);
    if (CORE_SERVICE_IDS.has(id)) problems.push(`the service "${id}" is the core's own`);
  }
  return problems;
}

/** What is wrong with a command in a manifest. */
export function commandProblems(command: unknown): readonly string[] {
  if (!isRecord(command)) return ['it is no object'];
  const { path, aliases } = command;
  const problems = shapeProblems(command, COMMAND, 'it');
  if (!isString(path)) problems.push('it has no path');
  const names = [path, ...(isStringArray(aliases) ? aliases : [])].filter(isString);
  for (const name of names) {
    if (!isCommandPath(name)) problems.push(`"${name}" is not lower-case words separated by one space`);
  }
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) problems.push(`the alias "${repeated}" is given twice`);
  return [...problems, ...inputProblems(command['input'])];
}

/** The grammar of https://semver.org, section "Is there a suggested regular expression". */
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-z-][0-9a-z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-z-][0-9a-z-]*))*)?(?:\+[0-9a-z-]+(?:\.[0-9a-z-]+)*)?$/i;

const PLUGIN: Shape = [
  ['name', { holds: isPluginName, problem: 'has no name of lower-case letters, digits and hyphens, or scope/name' }],
  ['version', { holds: (value) => isString(value) && SEMVER.test(value), problem: 'has no version of the form 1.2.3' }],
  ['description', { holds: isText, problem: 'has no description' }],
  ['category', { holds: isText, problem: 'has no category' }],
  ['entry', { holds: isRelativeEntry, problem: 'has an entry that is no path within the package', isOptional: true }],
  ['engine', { holds: isString, problem: 'has no range of the core as its engine' }],
  ['requires', { holds: isStringRecord, problem: 'has requires that are not names and ranges' }],
  ['optional', { holds: isStringRecord, problem: 'has optional requirements that are not names and ranges' }],
  ['conflicts', { holds: isStringRecord, problem: 'has conflicts that are not names and ranges' }],
  ['provides', { holds: isStringArray, problem: 'has provides that are no list of service ids' }],
  ['permissions', { holds: isRecord, problem: 'has permissions that are no object' }],
  ['hash', { holds: isString, problem: 'has no hash' }],
];

const PERMISSIONS: Shape = ['read', 'write', 'net', 'env', 'run', 'services'].map((name) => [
  name,
  { holds: isStringArray, problem: `for "${name}" are no list of texts`, isOptional: true },
]);

const COMMAND: Shape = [
  ['description', { holds: isText, problem: 'has no description' }],
  ['aliases', { holds: isStringArray, problem: 'has no list of aliases' }],
  ['details', { holds: isString, problem: 'has details that are no text', isOptional: true }],
  ['examples', { holds: areExamples, problem: 'has no list of examples, each with a command and a description' }],
  ['hidden', { holds: isTrue, problem: 'has a "hidden" that is not true', isOptional: true }],
  ['deprecated', { holds: isText, problem: 'does not say why it is deprecated', isOptional: true }],
  ['streams', { holds: isTrue, problem: 'has a "streams" that is not true', isOptional: true }],
  ['source', { holds: isCount, problem: 'has no source' }],
  ['hash', { holds: isString, problem: 'has no hash' }],
];

function areExamples(value: unknown): boolean {
  return Array.isArray(value) && value.every((example) => isRecord(example) && isString(example['command']) && isString(example['description']));
}

/** An entry stays inside its package: a manifest must not point the host at other files. */
function isRelativeEntry(value: unknown): boolean {
  return isString(value) && value.startsWith('./') && !value.split(/[\\/]/).includes('..');
}
