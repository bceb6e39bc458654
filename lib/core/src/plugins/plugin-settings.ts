import { checkResolved, checkSection, templateProblems, unresolvedPart } from '../config/secrets/check-section.js';
import { isTemplate, referencesIn, templatesIn } from '../config/secrets/template.js';
import { textsIn } from '../config/secrets/texts.js';
import { variableOf } from '../config/secrets/variable.js';
import { pluginOptionsOf, type PluginClass, type SettingsSchema } from '../contract/index.js';
import { PLUGINS_SECTION } from '../config/core-sections.js';
import type { SectionSource, UnknownKeys } from '../config/index.js';
import { formatKeyPath } from '../config/key-path.js';
import type { LayerProblem } from '../config/layer-flaw.js';
import { keysTo } from '../config/section.js';
import { unknownSetting, unknownSettings, type FileOf } from '../config/unknown-settings.js';
import { firstOf } from '../errors/first-of.js';
import { catalogued, type StructumError } from '../errors/index.js';
import type { ValuePath, ValueProblem } from '../manifest/check-value.js';
import { instantiate, type RuledInstance } from '../manifest/class-rules.js';
import { unlessAborted } from '../platform/index.js';
import { deepFreeze } from './deep-freeze.js';
import { locationOf } from './location.js';
import type { PluginUnit } from './plugin-unit.js';

type Section = Readonly<Record<string, unknown>>;

/** A plugin's section of the configuration, held against the settings that the plugin describes. */
export interface DescribedSection {
  /** Completed from the defaults, by the properties of the plugin's settings; as they are written, where they hold references. */
  readonly settings: Section;
  /** What of the section is to be resolved before it is used, by its keys; absent where it is meant as it is written. */
  readonly unresolved?: Section | undefined;
  /** All that is wrong with it: it is for nobody to use then. */
  readonly problems: readonly LayerProblem[];
  /** `CONFIG_DEPRECATED`, and `CONFIG_KEY_UNKNOWN` for keys that nothing knows where that only costs a warning. */
  readonly notices: readonly StructumError[];
}

/** A described section, and whose word it is. */
export interface SourcedSection extends DescribedSection {
  /** As it is written. */
  readonly section: Section;
  readonly source: SectionSource;
}

/** Resolves what settings refer to. */
export interface SecretsHost {
  /** What the section of a plugin that is on its way up says once its references to secrets are resolved. */
  resolveSecrets(unit: PluginUnit, section: Section, source: SectionSource): Promise<Section>;
}

/**
 * The settings of a plugin as its manifest describes them: none of its code is needed. Of one that describes none, the
 * section as it is.
 *
 * @param section - Frozen.
 * @param unknownKeys - What becomes of keys that nothing knows.
 * @param source - Who says what of it.
 */
export function describedSection({ name, manifest: { settings: schema } }: PluginUnit, section: Section, unknownKeys: UnknownKeys, source: SectionSource): DescribedSection {
  const unresolved = unresolvedPart(schema, section);
  const { settings, problems, unknown } = schema === undefined ? { settings: section, problems: templateProblems(unresolved), unknown: [] } : checkSection(schema, section, unresolved);
  const fileOf: FileOf = (path) => source.layerOf(keysTo(path).slice([PLUGINS_SECTION, name].length))?.file;
  const { first: paths, more } = firstOf(unknown);
  const first = schema === undefined ? [] : paths.map((path) => unknownSetting(name, path, schema));
  const deprecated = schema === undefined ? [] : deprecationsIn(name, section, schema, fileOf);
  // Beside something else that is wrong, it may be why.
  if (problems.length > 0 || (unknownKeys === 'strict' && first.length > 0)) return { settings, unresolved, problems: [...described(name, problems), ...first], notices: deprecated };
  return { settings, unresolved, problems: [], notices: [...unknownSettings({ first, more }, fileOf), ...deprecated] };
}

/** Nobody need know of what he does not set. */
function deprecationsIn(plugin: string, section: Section, { properties }: SettingsSchema, fileOf: FileOf): readonly StructumError[] {
  return Object.entries(properties).flatMap(([key, { 'x-structum': { deprecated } }]) => {
    if (deprecated === undefined || !Object.hasOwn(section, key)) return [];
    const path = [PLUGINS_SECTION, plugin, key];
    const file = fileOf(path);
    return [catalogued('CONFIG_DEPRECATED', { path: formatKeyPath(path), reason: deprecated, ...(file === undefined ? {} : { file }) })];
  });
}

/**
 * The error for a section that is for nobody to use. What of it fits its schema is held against the rules of the plugin's
 * code too, where it has such.
 *
 * @param typeOf - Imports the plugin's class; left out where nobody should for that.
 * @returns `CONFIG_INVALID`, with all that is wrong, and where.
 */
export async function unfitSection(unit: PluginUnit, section: SourcedSection, typeOf?: () => Promise<PluginClass>): Promise<StructumError> {
  const { brokenIn } = await import('./broken-rules.js');
  // Code that cannot be imported is told once the rest is mended: without that, nothing of it is needed.
  const broken = typeOf === undefined ? [] : await brokenIn(unit, section.section, typeOf).catch(() => []);
  return invalid(unit, [...section.problems, ...described(unit.name, broken)], section);
}

/**
 * The settings as the plugin sees them, what their references to secrets stand for put in: an instance of its settings
 * class, held against the rules of class-validator where it has such. Frozen, but for what the class makes of a value
 * that is no plain data.
 *
 * @param type - Its class; there is none of one that runs elsewhere, whose own rules are checked there.
 * @param section - What the settings are of.
 * @throws `CONFIG_INVALID`, which tells no secrets, `VALIDATOR_MISSING`, and the codes of secrets.
 */
export async function ownSettings(unit: PluginUnit, type: PluginClass | undefined, section: SourcedSection, host: SecretsHost): Promise<Section> {
  const settings = await resolvedSettings(unit, section, host);
  if (type === undefined) return deepFreeze(settings);
  const { instance, problems } = await ruledSettings(unit, type, settings);
  if (problems.length > 0) throw await invalid(unit, described(unit.name, problems), section);
  for (const value of Object.values(instance)) deepFreeze(value);
  const own = Object.freeze(instance) as Section;
  data.set(own, settings);
  return own;
}

const data = new WeakMap<Section, Section>();

/** What settings as a plugin sees them were made of: plain data. */
export function settingsData(own: Section): Section {
  return data.get(own) ?? own;
}

async function resolvedSettings(unit: PluginUnit, section: SourcedSection, host: SecretsHost): Promise<Section> {
  const { settings, unresolved, source } = section;
  const { settings: schema } = unit.manifest;
  if (unresolved === undefined) return settings;
  const resolved = await unlessAborted(unit.lifetime, host.resolveSecrets(unit, unresolved, source));
  if (schema === undefined) return resolved;
  const checked = checkResolved(schema, unresolved, resolved);
  if (checked.problems.length > 0) throw await invalid(unit, described(unit.name, checked.problems), section);
  return checked.settings;
}

/**
 * The settings as an instance of the plugin's settings class, and what is wrong with them by its rules, told by their keys.
 * @throws `VALIDATOR_MISSING`
 */
export async function ruledSettings(unit: PluginUnit, type: PluginClass, settings: Section): Promise<RuledInstance> {
  const { settings: schema } = unit.manifest;
  const settingsType = pluginOptionsOf(type)?.settings;
  if (schema === undefined || settingsType === undefined) return { instance: settings, problems: [] };
  const { instance, problems } = await instantiate(settingsType, settings, { subject: `the settings of "${unit.name}"`, location: locationOf(unit) });
  return { instance, problems: problems.map((problem) => ({ ...problem, message: withoutValue(problem), path: byKey(schema, problem.path) })) };
}

/** The secrets that a section says: the texts of settings that are secret, but for what their defaults say anyway, and for references. */
export function secretsIn({ manifest: { settings: schema } }: PluginUnit, section: Section): readonly string[] {
  const described = Object.entries(schema?.properties ?? {}).filter(([key, property]) => property['x-structum'].secret === true && Object.hasOwn(section, key));
  return described.flatMap(([key, property]) => {
    const said = new Set(textsIn(property.default));
    return textsIn(section[key]).filter((text) => !said.has(text) && !isTemplate(text));
  });
}

/** What the environment variables hold that a section refers to: a plugin may tell its whole environment as soon as it is loaded. */
export function variablesIn(section: Section, env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const references = [...templatesIn(section)].flatMap(({ template }) => referencesIn(template));
  return references.flatMap(({ scheme, target }) => (scheme === 'env' ? (variableOf(target, env) ?? []) : []));
}

/** A rule's own message may tell the value, which may be a secret. */
function withoutValue({ message, received }: ValueProblem): string {
  return textsIn(received).reduce((text, value) => (value === '' ? text : text.replaceAll(value, '…')), message);
}

/** Settings that are held by property, by their keys in configurations. */
export function settingsByKey(schema: SettingsSchema | undefined, settings: Section): Section {
  if (schema === undefined) return settings;
  return Object.fromEntries(Object.entries(schema.properties).map(([key, { 'x-structum': { property } }]) => [key, settings[property]]));
}

/** Rules speak of properties, configurations of keys. */
function byKey({ properties }: SettingsSchema, [property = '', ...within]: ValuePath): ValuePath {
  const found = Object.entries(properties).find(([, { 'x-structum': binding }]) => binding.property === property);
  return [found?.[0] ?? property, ...within];
}

function described(plugin: string, problems: readonly ValueProblem[]): readonly LayerProblem[] {
  return problems.map(({ path, message, rule }) => ({ path: [PLUGINS_SECTION, plugin, ...path], problem: message, rule }));
}

async function invalid({ name, manifest: { settings: schema } }: PluginUnit, problems: readonly LayerProblem[], { section, source }: SourcedSection): Promise<StructumError> {
  const { sectionProblems } = await import('../config/store/section-problems.js');
  return catalogued('CONFIG_INVALID', { problems: await sectionProblems(problems, { section, plugin: name, schema, source }) });
}
