import { EXECUTOR_KINDS, isCommandPath, isPluginName, isStricter, type ExecutorKind, type PluginPolicy, type ValueSchema } from '../contract/index.js';
import { similar } from '../errors/similar.js';
import type { LayerProblem } from './layer-flaw.js';
import { isMapping, valueAt, type KeyPath, type Section } from './section.js';

/** The section of a configuration that says what is decided about plugins. */
export const POLICY_SECTION = 'plugin_policy';

const NAMES: ValueSchema = { type: 'object', additionalProperties: { type: 'string' } };
const FOLDERS: ValueSchema = { type: 'array', items: { type: 'string' } };

/** What the host decides about plugins. */
export const POLICY_SCHEMA: ValueSchema = {
  type: 'object', description: 'What is decided about plugins', additionalProperties: false,
  properties: {
    enabled: { type: 'object', description: 'Whether each plugin is used', additionalProperties: { type: 'boolean' } },
    folders: { ...FOLDERS, description: 'More folders to look for plugins in' },
    aliases: { ...NAMES, description: 'Other names for commands' },
    renames: { type: 'object', description: 'Other paths for commands of a plugin', additionalProperties: NAMES },
    trusted_projects: { ...FOLDERS, description: 'Projects whose own plugins and settings count' },
    executor: { type: 'object', description: 'Where each plugin runs at least', additionalProperties: { type: 'string', enum: EXECUTOR_KINDS } },
  },
};

/** A policy as it was read, and what is wrong with it. */
export interface ReadPolicy {
  readonly policy: PluginPolicy;
  readonly problems: readonly LayerProblem[];
}

/**
 * The policy that a configuration holds. Sections without content are as good as left out; what is not known is a
 * problem: a mistyped `enabled` would leave a plugin on that its user wanted off.
 *
 * @param pathOf - Makes an absolute path of a folder as it is written, or `undefined` of what is none.
 */
export function readPolicy(config: Section, pathOf: (folder: string) => string | undefined): ReadPolicy {
  const problems: LayerProblem[] = [];
  const section = sectionOf(config[POLICY_SECTION], [POLICY_SECTION], problems);
  const policy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(section)) {
    const read = isKnown(name) ? READERS[name] : undefined;
    const path = [POLICY_SECTION, name];
    if (read === undefined) problems.push(unknownDecision(name));
    else if (value !== null && value !== undefined) policy[name] = read(value, path, { problems, pathOf });
  }
  return { policy, problems };
}

interface Reading {
  readonly problems: LayerProblem[];
  readonly pathOf: (folder: string) => string | undefined;
}

type Reader<Value> = (value: unknown, path: KeyPath, reading: Reading) => Value;

const READERS: { readonly [Name in keyof Required<PluginPolicy>]: Reader<PluginPolicy[Name]> } = {
  enabled: (value, path, { problems }) => mapped(value, path, problems, (item, at) => {
    checkName(isPluginName, at, 'cannot name a plugin', problems);
    if (typeof item === 'boolean') return item;
    problems.push({ path: at, problem: 'must be true or false', rule: 'type' });
    return undefined;
  }),
  folders: folderList,
  aliases: (value, path, { problems }) => mapped(value, path, problems, (item, at) => commandName(item, at, problems)),
  renames: (value, path, { problems }) => mapped(value, path, problems, (item, at) => {
    checkName(isPluginName, at, 'cannot name a plugin', problems);
    return mapped(item, at, problems, (to, where) => commandName(to, where, problems));
  }),
  trusted_projects: folderList,
  executor: (value, path, { problems }) => mapped(value, path, problems, (item, at) => {
    checkName(isPluginName, at, 'cannot name a plugin', problems);
    const kind = executorKind(item);
    if (kind === undefined) problems.push({ path: at, problem: `must be one of ${EXECUTOR_KINDS.join(', ')}`, rule: 'enum' });
    return kind;
  }),
};

/** What of a section makes things stricter: which plugins are not used, and which are to run farther away than others say. */
export function tighterPolicy({ enabled, executor }: Section, others: Section): Section {
  const inForce = (plugin: string): ExecutorKind | undefined => executorKind(valueAt(others, ['executor', plugin]));
  const stricter = entriesOf(executor).filter(([plugin, value]) => isNoLooser(executorKind(value), inForce(plugin)));
  return {
    enabled: Object.fromEntries(entriesOf(enabled).filter(([, isEnabled]) => isEnabled === false)),
    ...(stricter.length === 0 ? {} : { executor: Object.fromEntries(stricter) }),
  };
}

/** Whether a plugin runs at least as far away where one is asked for as where another is. */
export function isNoLooser(asked: ExecutorKind | undefined, inForce: ExecutorKind | undefined): boolean {
  return asked !== undefined && (inForce === undefined || !isStricter(EXECUTOR_KINDS, inForce, asked));
}

function executorKind(value: unknown): ExecutorKind | undefined {
  return EXECUTOR_KINDS.find((kind) => kind === value);
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isMapping(value) ? Object.entries(value) : [];
}

function unknownDecision(name: string): LayerProblem {
  const names = Object.keys(READERS);
  return {
    path: [POLICY_SECTION, name], problem: `is not known; there are ${names.join(', ')}`, rule: 'additionalProperties',
    suggestions: similar(name, names).map((known) => `${POLICY_SECTION}.${known}`),
  };
}

function isKnown(name: string): name is keyof PluginPolicy {
  return Object.hasOwn(READERS, name);
}

function commandName(value: unknown, path: KeyPath, problems: LayerProblem[]): string | undefined {
  checkName(isCommandPath, path, 'cannot name a command', problems);
  if (typeof value === 'string' && isCommandPath(value)) return value;
  problems.push({ path, problem: 'must name a command, as lower-case words', rule: 'pattern' });
  return undefined;
}

function checkName(isName: (name: unknown) => boolean, path: KeyPath, problem: string, problems: LayerProblem[]): void {
  if (!isName(path.at(-1))) problems.push({ path, problem, rule: 'propertyNames' });
}

function folderList(value: unknown, path: KeyPath, { problems, pathOf }: Reading): readonly string[] {
  if (!Array.isArray(value)) {
    problems.push({ path, problem: 'must be a list of folders', rule: 'type' });
    return [];
  }
  const folders = value.map((item) => (typeof item === 'string' ? pathOf(item) : undefined));
  const wrong = folders.indexOf(undefined);
  if (wrong !== -1) problems.push({ path, problem: `must hold paths of folders, which its item ${String(wrong + 1)} is not`, rule: 'items' });
  return [...new Set(folders.filter((folder) => folder !== undefined))];
}

function mapped<Value>(value: unknown, path: KeyPath, problems: LayerProblem[], read: (item: unknown, path: KeyPath) => Value | undefined): Readonly<Record<string, Value>> {
  const entries = Object.entries(sectionOf(value, path, problems)).map(([name, item]) => [name, read(item, [...path, name])] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, Value] => entry[1] !== undefined));
}

function sectionOf(value: unknown, path: KeyPath, problems: LayerProblem[]): Section {
  if (value === null || value === undefined) return {};
  if (isMapping(value)) return value;
  problems.push({ path, problem: 'must hold settings, as "name: value"', rule: 'type' });
  return {};
}
