import type { ConfigChangeOptions } from '../../contract/index.js';
import { catalogued } from '../../errors/index.js';
import { isOfUnknown, type ValueProblem } from '../../manifest/check-value.js';
import type { LayerProblem } from '../layer-flaw.js';
import { readConfigFile } from '../config-file.js';
import type { Configuration } from '../configuration.js';
import { ConfigCache } from '../files/config-cache.js';
import { editFile } from '../files/edit-file.js';
import { knownFormatOf, type Change } from '../formats/index.js';
import { formatKeyPath } from '../key-path.js';
import { unresolvedValue } from '../layers/text-value.js';
import { coreSection } from '../core-sections.js';
import { isOfProject } from '../layers/config-layer.js';
import type { ConfigurationParts } from '../load-configuration.js';
import { POLICY_SECTION, readPolicy } from '../plugin-policy.js';
import { checkUnresolved } from '../secrets/check-section.js';
import { isMapping, valueAt, type KeyPath } from '../section.js';
import { schemaAt, similarPaths } from '../schema-at.js';
import type { StoreHost } from './config-store.js';
import { isKnownKey, suggestionsFor } from './known-key.js';
import { refuseBroken } from './refuse-broken.js';
import { refusedProblem } from './refused-problem.js';
import { refuseMissing } from './required-settings.js';
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
export async function setValue(host: ChangingHost, path: KeyPath, given: unknown, options: ConfigChangeOptions): Promise<ChangedFile> {
  const { parts, schemas } = host;
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
  if (options.force !== true) refuseOfUser(path, placed, value, options);
  if (value === null) await refuseRemoval(host, path, null, options);
  return { ...(await change(parts(), options, { path, value })), ...(unchecked === undefined ? {} : { unchecked }) };
}

/**
 * Takes a value out of the file of a scope.
 * @throws `CONFIG_INVALID` where a plugin requires it and nobody else says it, and the codes of reading and writing the file.
 */
export async function unsetValue(host: ChangingHost, path: KeyPath, options: ConfigChangeOptions): Promise<ChangedFile> {
  await refuseRemoval(host, path, undefined, options);
  return change(host.parts(), options, { path, value: undefined });
}

async function refuseRemoval({ current, schemas }: ChangingHost, path: KeyPath, value: undefined | null, { scope, environment, force }: ConfigChangeOptions): Promise<void> {
  const layer = layerOfScope(scope, environment);
  if (force === true || layer === undefined) return;
  refuseMissing(await current(), { placed: placeOf(path, schemas), layer, value }, schemas);
}

/** What is written in other words, and says so already, stays as it is. */
async function change(parts: ConfigurationParts, { scope, environment }: Omit<ConfigChangeOptions, 'force'>, asked: Change): Promise<ChangedFile> {
  const file = fileOfScope(parts, scope, environment);
  const cache = parts.sources?.cache === undefined ? undefined : new ConfigCache(parts.sources.cache);
  const edit = new TextEdit(file, asked, (text) => cache?.knows(file, text) === true);
  // Before anything is locked, or a folder made, for nothing.
  const text = readConfigFile(file) ?? '';
  if ((await edit.of(text, knownFormatOf(file))) === text) return { file, changed: false };
  let remembered: Promise<void> | undefined;
  const isChanged = await editFile(file, async (before, format) => {
    const after = await edit.of(before, format);
    // While the file is being written: both take long where it is large. What comes of none is remembered in vain.
    if (after !== before) remembered = cache?.amend(file, { before, after }, asked);
    return after;
  }, { isPrivate: scope !== 'project' });
  await remembered;
  return { file, changed: isChanged };
}

function refuseInvalid(path: KeyPath, { schema, rest, section, plugin }: Placed, value: unknown, schemas: SchemaSource): void {
  if (value === null) return;
  const own = schemaAt(schema, rest);
  const nested = rest.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
  const problems = own === undefined ? [] : checkUnresolved(own, value, path).map((problem): LayerProblem => ({ path: problem.path, problem: problem.message, rule: problem.rule, suggestions: suggestionsOf(problem) }));
  // What its schema cannot say: names of plugins and commands.
  if (problems.length === 0 && section[0] === POLICY_SECTION) problems.push(...readPolicy({ [POLICY_SECTION]: nested }, (folder) => folder).problems);
  if (problems.length > 0) throw catalogued('CONFIG_INVALID', { problems: problems.map((problem) => refusedProblem(problem, nested, schemas)) });

  function suggestionsOf(problem: ValueProblem): readonly string[] {
    if (!isOfUnknown(problem) || plugin === undefined || schema === undefined) return [];
    return similarPaths(schema, problem.path.slice(section.length)).map((similar) => formatKeyPath([...section, ...similar]));
  }
}

/** What no project may say would count for nothing there. */
function refuseOfUser(path: KeyPath, { section: [name], rest, plugin }: Placed, value: unknown, { scope, environment }: ConfigChangeOptions): void {
  const layer = layerOfScope(scope, environment);
  const core = plugin === undefined ? coreSection(name) : undefined;
  if (value === null || layer === undefined || !isOfProject(layer) || core?.ofProject === undefined) return;
  const nested = rest.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  if (isMapping(nested) && valueAt(core.ofProject(nested), rest) === undefined) throw catalogued('CONFIG_SCOPE_REFUSED', { key: formatKeyPath(path), scope });
}
