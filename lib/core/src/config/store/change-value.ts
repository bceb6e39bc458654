import type { ConfigChangeOptions } from '../../contract/index.js';
import { catalogued } from '../../errors/index.js';
import { isOfUnknown, type ValuePath, type ValueProblem } from '../../manifest/check-value.js';
import type { LayerProblem } from '../layer-flaw.js';
import { readConfigFile } from '../config-file.js';
import type { Configuration } from '../configuration.js';
import { ConfigCache } from '../files/config-cache.js';
import { editFile } from '../files/edit-file.js';
import { knownFormatOf, type Change } from '../formats/index.js';
import { formatKeyPath, settableKeys } from '../key-path.js';
import { unresolvedValue } from '../layers/text-value.js';
import { coreSection } from '../core-sections.js';
import { isOfProject } from '../layers/config-layer.js';
import { mergeValues } from '../layers/merge.js';
import type { ConfigurationParts } from '../load-configuration.js';
import { POLICY_SECTION, readPolicy } from '../plugin-policy.js';
import { checkUnresolved } from '../secrets/check-section.js';
import { forbiddenPrograms } from '../secrets/programs.js';
import { isMapping, nestedValue, valueAt, type KeyPath } from '../section.js';
import { isListSchema, schemaAt, similarPaths } from '../schema-at.js';
import type { StoreHost } from './config-store.js';
import { isKnownKey, suggestionsFor } from './known-key.js';
import { refuseBroken } from './refuse-broken.js';
import { refusedProblem } from './refused-problem.js';
import { missingWithout, refuseMissing } from './required-settings.js';
import { fileOfScope, layerOfScope } from './scope-file.js';
import { placeOf, type Placed, type SchemaSource } from './schemas.js';
import { TextEdit } from './text-edit.js';

/** A file, and whether it had to be changed. */
export interface ChangedFile {
  readonly file: string;
  readonly changed: boolean;
  /** Why a value was not held against the rules of its plugin's code. */
  readonly unchecked?: string;
}

/** What a change needs from its host. */
export interface ChangingHost extends Pick<StoreHost, 'parts' | 'schemas' | 'brokenRules'> {
  /** The configuration as it is before. */
  readonly current: () => Promise<Configuration>;
}

/**
 * Sets a value in the file of a scope.
 * @throws `CONFIG_KEY_INVALID`, `CONFIG_KEY_UNKNOWN`, `CONFIG_INVALID`, `CONFIG_SCOPE_REFUSED`, `CONFIG_SCOPE_UNAVAILABLE`, and the codes of reading and writing the file.
 */
export async function setValue(host: ChangingHost, asked: ValuePath, given: unknown, options: ConfigChangeOptions): Promise<ChangedFile> {
  const { parts, schemas } = host;
  const path = changedPath(asked, schemas);
  const placed = placeOf(path, schemas);
  const schema = schemaAt(placed.schema, placed.rest);
  const isKnown = isKnownKey(placed, schemas);
  if (isKnown && placed.rest.length === 0) throw catalogued('CONFIG_KEY_INVALID', { key: formatKeyPath(path), problem: 'names a section, which holds settings' });
  if (options.force !== true && !isKnown) {
    throw catalogued('CONFIG_KEY_UNKNOWN', { path: formatKeyPath(path), suggestions: suggestionsFor(path, placed, schemas), isRefused: true });
  }
  const value = typeof given === 'string' ? unresolvedValue(given, schema) : given;
  if (options.force !== true) refuseInvalid(path, placed, value, schemas);
  const unchecked = options.force === true ? undefined : await refuseBroken(host, { path, value });
  if (options.force !== true) await refuseOfUser(host, { path, value, placed }, options);
  if (value === null) await refuseRemoval(host, path, null, options);
  return { ...(await change(parts(), options, { path, value })), ...(unchecked === undefined ? {} : { unchecked }) };
}

/**
 * Takes a value out of the file of a scope.
 * @throws `CONFIG_INVALID` where a plugin requires it and nobody else says it, and the codes of reading and writing the file.
 */
export async function unsetValue(host: ChangingHost, asked: ValuePath, options: ConfigChangeOptions): Promise<ChangedFile> {
  const path = changedPath(asked, host.schemas);
  await refuseRemoval(host, path, undefined, options);
  return change(host.parts(), options, { path, value: undefined }, await fewestEmptied(host, path, options));
}

/** How many keys lead at least to a mapping that says nothing but what is taken out, so that it can go, too. */
async function fewestEmptied({ current, schemas }: ChangingHost, path: KeyPath, { scope, environment }: ConfigChangeOptions): Promise<number | undefined> {
  const { section, rest, schema } = placeOf(path, schemas);
  const layer = layerOfScope(scope, environment);
  if (layer === undefined || rest.length < 2) return undefined;
  const configuration = await current();
  const said = configuration.layers.find(({ name }) => name === layer)?.valueAt(section, schema);
  let count = rest.length;
  while (count > 1 && isOnlyKey(valueAt(said, rest.slice(0, count - 1))) && !isMissed(path.slice(0, section.length + count - 1))) count -= 1;
  return section.length + count;

  function isMissed(around: KeyPath): boolean {
    return layer !== undefined && missingWithout(configuration, { placed: placeOf(around, schemas), layer, value: undefined }, schemas).length > 0;
  }
}

function isOnlyKey(value: unknown): boolean {
  return isMapping(value) && Object.keys(value).length === 1;
}

/** A list is changed as a whole: what is in it has no name. */
function changedPath(asked: ValuePath, schemas: SchemaSource): KeyPath {
  const path = settableKeys(asked);
  const { section, rest, schema } = placeOf(path, schemas);
  const depth = rest.findIndex((_, index) => isListSchema(schemaAt(schema, rest.slice(0, index))));
  if (depth === -1) return path;
  throw catalogued('CONFIG_KEY_INVALID', { key: formatKeyPath(path), problem: 'is within a list, which is set as a whole', list: formatKeyPath([...section, ...rest.slice(0, depth)]) });
}

async function refuseRemoval({ current, schemas }: ChangingHost, path: KeyPath, value: undefined | null, { scope, environment, force }: ConfigChangeOptions): Promise<void> {
  const layer = layerOfScope(scope, environment);
  if (force === true || layer === undefined) return;
  refuseMissing(await current(), { placed: placeOf(path, schemas), layer, value }, schemas);
}

/** What is written in other words, and says so already, stays as it is. */
async function change(parts: ConfigurationParts, { scope, environment }: Omit<ConfigChangeOptions, 'force'>, asked: Change, fewestKeys?: number): Promise<ChangedFile> {
  const file = fileOfScope(parts, scope, environment);
  const cache = parts.sources?.cache === undefined ? undefined : new ConfigCache(parts.sources.cache);
  const edit = new TextEdit(file, asked, (text) => cache?.knows(file, text) === true, fewestKeys);
  // Before anything is locked, or a folder made, for nothing.
  const text = readConfigFile(file) ?? '';
  if ((await edit.of(text, knownFormatOf(file))) === text) return { file, changed: false };
  let remembered: Promise<void> | undefined;
  const isChanged = await editFile(file, async (before, format) => {
    const after = await edit.of(before, format);
    // While the file is being written: both take long where it is large. What comes of none is remembered in vain.
    if (after !== before) remembered = cache?.amend(file, { before, after }, edit.done);
    return after;
  }, { isPrivate: scope !== 'project' });
  await remembered;
  return { file, changed: isChanged };
}

/** Refuses what would not fit in its setting; what takes something away always does. */
function refuseInvalid(path: KeyPath, { section, rest, ...placed }: Placed<string>, value: unknown, schemas: SchemaSource): void {
  const said = nestedValue(rest, value);
  const problems = [...problemsOfSetting({ section, rest, ...placed }, mergeValues([said]), path)];
  // What its schema cannot say: names of plugins and commands, and what permissions are.
  if (problems.length === 0 && section[0] === POLICY_SECTION) problems.push(...readPolicy({ [POLICY_SECTION]: said }, (folder) => folder).problems);
  if (problems.length === 0 && isMapping(said)) problems.push(...coreSection(section[0])?.problems?.(said) ?? []);
  if (problems.length > 0) throw catalogued('CONFIG_INVALID', { problems: problems.map((problem) => refusedProblem(problem, said, schemas)) });
}

/** What is wrong with a setting as a whole, of which a layer says the value at `path`. */
function problemsOfSetting({ section, rest: [key], schema, plugin }: Placed<string>, said: unknown, path: KeyPath): readonly LayerProblem[] {
  const own = key === undefined ? undefined : schemaAt(schema, [key]);
  const value = key === undefined ? undefined : valueAt(said, [key]);
  if (key === undefined || own === undefined || value === undefined) return [];
  // What is required around it may be said by others.
  const problems = checkUnresolved(own, value, [...section, key]).filter((problem) => problem.rule !== 'required' || problem.path.length > path.length);
  return problems.map((problem) => ({ path: problem.path, problem: problem.message, rule: problem.rule, suggestions: suggestionsOf(problem) }));

  function suggestionsOf(problem: ValueProblem): readonly string[] {
    if (!isOfUnknown(problem) || plugin === undefined || schema === undefined) return [];
    return similarPaths(schema, problem.path.slice(section.length)).map((similar) => formatKeyPath([...section, ...similar]));
  }
}

/** A value, and where it is set. */
interface PlacedChange {
  readonly path: KeyPath;
  readonly value: unknown;
  readonly placed: Placed<string>;
}

/** What no project may say would count for nothing there, or keep its plugin from coming up. */
async function refuseOfUser({ current }: ChangingHost, { path, value, placed: { section: [name], rest, plugin } }: PlacedChange, { scope, environment }: ConfigChangeOptions): Promise<void> {
  const layer = layerOfScope(scope, environment);
  if (layer === undefined || !isOfProject(layer)) return;
  const [program] = plugin === undefined ? [] : forbiddenPrograms(value, layer);
  if (program !== undefined) throw catalogued('CONFIG_SCOPE_REFUSED', { key: formatKeyPath(path), scope, problem: program.message });
  const core = plugin === undefined ? coreSection(name) : undefined;
  if (value === null || core?.ofProject === undefined) return;
  const said = nestedValue(rest, value);
  if (isMapping(said) && valueAt(core.ofProject(said, (await current()).saidByOthers(name)), rest) === undefined) throw catalogued('CONFIG_SCOPE_REFUSED', { key: formatKeyPath(path), scope });
}
