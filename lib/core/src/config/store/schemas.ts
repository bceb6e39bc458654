import type { SettingProperty, SettingsSchema } from '../../contract/index.js';
import type { SectionSchema } from '../layers/config-layer.js';
import { coreSection, PLUGINS_SECTION } from '../core-sections.js';
import type { KeyPath } from '../section.js';

/** What plugins say of their settings. */
export interface SchemaSource {
  /** The names of all plugins. */
  names(): readonly string[];
  /** What may be set for a plugin; `undefined` where it does not say, or is not there. */
  schemaOf(plugin: string): SettingsSchema | undefined;
}

/** Where a setting belongs: the section that layers give as a whole, and the keys from there. */
export interface Placed<Key extends string | number = string | number> {
  readonly section: KeyPath;
  readonly rest: readonly Key[];
  /** Of the section, where it is described. */
  readonly schema: SectionSchema | undefined;
  /** Of a plugin's section. */
  readonly plugin?: string;
}

/** Where the setting at `path` belongs. */
export function placeOf<Key extends string | number>(path: readonly Key[], schemas: SchemaSource): Placed<Key> {
  const [section = '', plugin, ...rest] = path;
  const first = String(section);
  if (first === PLUGINS_SECTION && typeof plugin === 'string') return { section: [first, plugin], rest, schema: schemas.schemaOf(plugin), plugin };
  return { section: [first], rest: path.slice(1), schema: coreSection(first)?.schema };
}

/** The plugin's setting that a value belongs to: the value itself, or what it is in. */
export function settingAt({ schema, rest, plugin }: Placed): SettingProperty | undefined {
  const [key] = rest;
  if (plugin === undefined || typeof key !== 'string' || schema?.properties === undefined || !Object.hasOwn(schema.properties, key)) return undefined;
  return (schema as SettingsSchema).properties[key];
}
