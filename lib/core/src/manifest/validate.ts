import { isActivationEvent, isCommandPath, isCoreService, isPluginName, isServiceId, LONGEST_NAME, MANIFEST_VERSION, type PluginManifest, type ValueSchema } from '../contract/index.js';
import { permissionProblems } from './permission-entry.js';
import { isRecord, isString, isStringArray, shapeProblems, type Shape } from './shape.js';
import { inputProblems } from './validate-input.js';
import { settingsProblems } from './validate-settings.js';

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
  const ofCommands = commands.flatMap((command, index) => commandProblems(command).map((problem) => `command ${String(index + 1)}: ${problem}`));
  const problems = [...pluginProblems(value), ...ofCommands];
  return problems.length > 0 ? problems : bindingProblems(value as unknown as PluginManifest);
}

/** Options of a plugin's commands whose values come from settings that it does not have, or that they could not take. */
export function bindingProblems({ commands, settings }: Pick<PluginManifest, 'commands' | 'settings'>): readonly string[] {
  return commands.flatMap(({ path, input }) => Object.entries(input.properties).flatMap(([name, option]) => {
    const binding = option['x-structum'];
    const key = binding.kind === 'option' ? binding.setting : undefined;
    if (key === undefined) return [];
    const setting = settings !== undefined && Object.hasOwn(settings.properties, key) ? settings.properties[key] : undefined;
    const subject = `the option "${name}" of the command "${path}" takes its value from the setting "${key}"`;
    if (setting === undefined) return [`${subject}, which it does not have`];
    return takes(option, setting) ? [] : [`${subject}, which is ${typeText(setting)}, but the option is ${typeText(option)}`];
  }));
}

/** Whether values of one type can be of another. */
function takes(option: ValueSchema, setting: ValueSchema): boolean {
  if (option.type === undefined || setting.type === undefined) return true;
  if (option.type !== setting.type) return option.type === 'number' && setting.type === 'integer';
  return option.items === undefined || setting.items === undefined || takes(option.items, setting.items);
}

function typeText({ type, items }: ValueSchema): string {
  if (type === undefined) return 'of any type';
  const article = /^[aeiou]/.test(type) ? 'an' : 'a';
  return items?.type === undefined ? `${article} ${type}` : `${article} ${type} of the type ${items.type}`;
}

/** What is wrong with a plugin's manifest, its commands left aside. */
export function pluginProblems(manifest: Readonly<Record<string, unknown>>): readonly string[] {
  const problems = shapeProblems(manifest, PLUGIN, 'it');
  const { permissions, provides, settings } = manifest;
  for (const id of isStringArray(provides) ? provides : []) {
    if (!isServiceId(id)) problems.push(`the service id "${id}" is not words separated by dots`);
    if (isCoreService(id)) problems.push(`the service "${id}" is the core's own`);
  }
  const ofSettings = settings === undefined ? [] : settingsProblems(settings);
  return [...problems, ...ofSettings, ...(isRecord(permissions) ? problemsOfPermissions(permissions) : [])];
}

function problemsOfPermissions(permissions: Readonly<Record<string, unknown>>): readonly string[] {
  const problems = shapeProblems(permissions, PERMISSIONS, 'its permissions');
  return problems.length > 0 ? problems : permissionProblems(permissions);
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
  const seen = new Set<string>();
  const repeated = names.find((name) => seen.size === seen.add(name).size);
  if (repeated !== undefined) problems.push(`the alias "${repeated}" is given twice`);
  return [...problems, ...inputProblems(command['input'])];
}

function isActivation(value: unknown): boolean {
  return isStringArray(value) && value.every((event) => isActivationEvent(event) && isPrintable(event));
}

function isExecutor(value: unknown): boolean {
  return value === 'worker' || value === 'process';
}

function isVersion(value: unknown): boolean {
  if (!isString(value) || value.length > LONGEST_VERSION || !(PLAIN_VERSION.test(value) || SEMVER.test(value))) return false;
  return value.split(/[-+]/, 1).join('').split('.').every((number) => Number.isSafeInteger(Number(number)));
}

/** Names of plugins, each with a text. */
function areRanges(value: unknown): boolean {
  return isRecord(value) && isStringArray(Object.values(value)) && Object.keys(value).every(isPluginName);
}

function isCategory(value: unknown): boolean {
  return isString(value) && value.trim() !== '' && isPrintable(value);
}

function areWords(value: unknown): boolean {
  return isStringArray(value) && value.every(isPrintable);
}

function areServiceIds(value: unknown): boolean {
  return isStringArray(value) && value.every(isServiceId);
}

/** Whether a terminal shows all of it, and does nothing else. */
function isPrintable(text: string): boolean {
  return !/\p{Cc}/u.test(text);
}

/** What most versions are. Node compiles an expression when it is first used, and the whole grammar takes longer than all other checks. */
const PLAIN_VERSION = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)$/;

/** The grammar of https://semver.org, section "Is there a suggested regular expression". */
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-z-][0-9a-z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-z-][0-9a-z-]*))*)?(?:\+[0-9a-z-]+(?:\.[0-9a-z-]+)*)?$/i;

/** As npm has it: longer ones, and larger numbers, are within no range. */
const LONGEST_VERSION = 256;

const PLUGIN: Shape = [
  ['name', isPluginName, `has no name of lower-case letters, digits and hyphens, or scope/name, of at most ${String(LONGEST_NAME)} characters`],
  ['version', isVersion, `has no version of the form 1.2.3, of at most ${String(LONGEST_VERSION)} characters`],
  ['description', 'text', 'has no description'],
  ['category', isCategory, 'has no category'],
  ['keywords', areWords, 'has keywords that are no list of words', 'optional'],
  ['entry', isRelativeEntry, 'has an entry that is no path within the package', 'optional'],
  ['engine', 'string', 'has no range of the core as its engine'],
  ['requires', areRanges, 'has requires that are not names and ranges'],
  ['optional', areRanges, 'has optional requirements that are not names and ranges'],
  ['conflicts', areRanges, 'has conflicts that are not names and ranges'],
  ['provides', 'strings', 'has provides that are no list of service ids'],
  ['requiresServices', areServiceIds, 'has requiresServices that are no list of service ids', 'optional'],
  ['permissions', 'record', 'has permissions that are no object'],
  ['executor', isExecutor, 'has an executor that is neither "worker" nor "process"', 'optional'],
  ['activation', isActivation, 'has an activation that is no list of onStart, onCommand:<path>, onService:<id> and onEvent:<name>', 'optional'],
  ['hash', 'string', 'has no hash'],
];

const PERMISSIONS: Shape = [
  ['read', 'strings', 'for "read" are no list of texts', 'optional'],
  ['write', 'strings', 'for "write" are no list of texts', 'optional'],
  ['net', 'strings', 'for "net" are no list of texts', 'optional'],
  ['env', 'strings', 'for "env" are no list of texts', 'optional'],
  ['run', 'strings', 'for "run" are no list of texts', 'optional'],
  ['services', 'strings', 'for "services" are no list of texts', 'optional'],
];

const COMMAND: Shape = [
  ['description', 'text', 'has no description'],
  ['aliases', 'strings', 'has no list of aliases'],
  ['details', 'string', 'has details that are no text', 'optional'],
  ['examples', areExamples, 'has no list of examples, each with a command and a description'],
  ['hidden', 'true', 'has a "hidden" that is not true', 'optional'],
  ['deprecated', 'text', 'does not say why it is deprecated', 'optional'],
  ['streams', 'true', 'has a "streams" that is not true', 'optional'],
  ['source', 'count', 'has no source'],
  ['hash', 'string', 'has no hash'],
];

function areExamples(value: unknown): boolean {
  return Array.isArray(value) && value.every((example) => isRecord(example) && isString(example['command']) && isString(example['description']));
}

/** An entry stays inside its package: a manifest must not point the host at other files. */
function isRelativeEntry(value: unknown): boolean {
  return isString(value) && value.startsWith('./') && !value.split(/[\\/]/).includes('..');
}
