import type { SettingProperty, SettingsSchema } from '../contract/index.js';
import { firstOf } from '../errors/first-of.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { checkValue } from '../manifest/check-value.js';
import { PLUGINS_SECTION } from './core-sections.js';
import { formatKeyPath } from './key-path.js';
import type { SectionSchema } from './layers/config-layer.js';
import { mergeValues } from './layers/merge.js';
import { holdsReferences } from './secrets/template.js';
import type { Section } from './section.js';
import { unknownSetting, unknownSettings } from './unknown-settings.js';

/**
 * What counts of what a project that its user does not trust says for a plugin: what the plugin describes and does not leave
 * to its user, without references to secrets, as far as it fits. Nobody is locked out by a folder of somebody else.
 */
export function heededOfStranger(section: Section, schema: SectionSchema | undefined): Section {
  return Object.fromEntries(Object.entries(section).filter(([key, said]) => standingOf(key, said, schema) === 'counts'));
}

/** What somebody's section for a plugin is, and where. */
export interface StrangersSection {
  readonly plugin: string;
  readonly schema: SettingsSchema | undefined;
  readonly section: Section;
  readonly file: string;
  /** The folder of the project. */
  readonly project: string;
}

/** `CONFIG_IGNORED` and `CONFIG_KEY_UNKNOWN`, for what of it does not count. */
export function strangersNotices({ plugin, schema, section, file, project }: StrangersSection): readonly StructumError[] {
  const keysOf = (standing: Standing): readonly string[] => Object.keys(section).filter((key) => standingOf(key, section[key], schema) === standing);
  const nameOf = (key: string): string => formatKeyPath([PLUGINS_SECTION, plugin, key]);
  const [untrusted, unfit, unknown] = [firstOf(keysOf('untrusted')), firstOf(keysOf('unfit')), firstOf(keysOf('unknown'))];
  const problems = unfit.first.flatMap((key) => problemsOf(key, section[key], schema).map(({ path, message }) => `${formatKeyPath([PLUGINS_SECTION, plugin, ...path])} ${message}`));
  return [
    ...(untrusted.first.length === 0 ? [] : [catalogued('CONFIG_IGNORED', { file, project, settings: untrusted.first.map(nameOf), reason: 'untrusted', ...moreOf(untrusted) })]),
    ...(unfit.first.length === 0 ? [] : [catalogued('CONFIG_IGNORED', { file, project, settings: unfit.first.map(nameOf), reason: 'unfit', problems: firstOf(problems).first, ...moreOf(unfit) })]),
    ...(schema === undefined ? [] : unknownSettings({ first: unknown.first.map((key) => unknownSetting(plugin, [key], schema)), more: unknown.more }, () => file)),
  ];
}

/** What becomes of a setting. */
export type Standing = 'counts' | 'unknown' | 'unfit' | 'untrusted';

/** What becomes of a setting that such a project says. */
export function standingOf(key: string, said: unknown, schema: SectionSchema | undefined): Standing {
  const property = propertyOf(key, schema);
  if (property === undefined) return schema === undefined ? 'untrusted' : 'unknown';
  if (property['x-structum'].trusted === true || holdsReferences(said)) return 'untrusted';
  return problemsOf(key, said, schema).length === 0 ? 'counts' : 'unfit';
}

function problemsOf(key: string, said: unknown, schema: SectionSchema | undefined): ReturnType<typeof checkValue> {
  const property = propertyOf(key, schema);
  // `null` takes away what weaker layers say, also within a setting.
  const value = mergeValues([said]);
  return property === undefined || value === undefined ? [] : checkValue(property, value, [key]);
}

function propertyOf(key: string, { properties = {} }: SectionSchema = {}): SettingProperty | undefined {
  return Object.hasOwn(properties, key) ? (properties[key] as SettingProperty) : undefined;
}

function moreOf({ more }: { readonly more: number }): { readonly more?: number } {
  return more === 0 ? {} : { more };
}
