import { dirname } from 'node:path';
import type { SettingProperty, SettingsSchema } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { CONFIG_SECTION, CORE_SECTIONS, coreSection } from './core-sections.js';
import { formatKeyPath } from './key-path.js';
import { isOfProject, type ConfigLayer, type SectionSchema } from './layers/config-layer.js';
import { mergeValues } from './layers/merge.js';
import { holdsReferences } from './secrets/template.js';
import { isMapping, valueAt, type KeyPath, type Section } from './section.js';

/** What becomes of settings that nothing knows. */
export type UnknownKeys = 'warn' | 'strict';

/** What a plugin's section is made of. */
export interface PluginSection {
  readonly section: Section;
  /** `CONFIG_IGNORED`, for what the project may not set. */
  readonly notices: readonly StructumError[];
}

/** The settings of a host: several layers, the weakest first. */
export class Configuration {
  readonly layers: readonly ConfigLayer[];
  readonly #isProjectTrusted: boolean;

  constructor(layers: readonly ConfigLayer[], { isProjectTrusted }: { readonly isProjectTrusted: boolean }) {
    this.layers = layers;
    this.#isProjectTrusted = isProjectTrusted;
  }

  /** What all layers together say for a plugin, by the keys of its settings. */
  pluginSection(plugin: string, schema: SettingsSchema | undefined): PluginSection {
    const section = ['plugins', plugin];
    const notices: StructumError[] = [];
    const values = this.layers.map((layer) => {
      const value = layer.valueAt(section, schema);
      const heeded = this.heeded(layer, value, { section, schema });
      const ignored = isMapping(value) && isMapping(heeded) ? Object.keys(value).filter((key) => !Object.hasOwn(heeded, key)) : [];
      const { file = '' } = layer;
      if (ignored.length > 0) notices.push(catalogued('CONFIG_IGNORED', { file, project: dirname(file), settings: ignored.map((key) => formatKeyPath([...section, key])) }));
      return heeded;
    });
    const merged = mergeValues(values);
    return { section: isMapping(merged) ? merged : {}, notices };
  }

  /** Who says what is at `path` in a plugin's section; of a mapping, the strongest that says something of it. */
  layerOf(plugin: string, schema: SettingsSchema | undefined, path: KeyPath): ConfigLayer | undefined {
    const section = ['plugins', plugin];
    return this.layers.findLast((layer) => valueAt(this.heeded(layer, layer.valueAt(section, schema), { section, schema }), path) !== undefined);
  }

  /** What the strongest layer says that may; anything but the two is as good as not said. */
  get unknownKeys(): UnknownKeys {
    const section = [CONFIG_SECTION];
    const schema = CORE_SECTIONS[CONFIG_SECTION]?.schema;
    const said = this.layers.map((layer) => {
      const value = this.heeded(layer, layer.valueAt(section, schema), { section, schema });
      return isMapping(value) ? value['unknown_keys'] : value;
    });
    return said.findLast((value) => value === 'warn' || value === 'strict' || value === null) === 'strict' ? 'strict' : 'warn';
  }

  /**
   * What counts of what a layer says of a section. Of a project that its user does not trust, that is what a plugin
   * describes and does not leave to its user, without references to secrets; and what makes the core stricter, such as which plugins not to use.
   */
  heeded(layer: ConfigLayer, value: unknown, { section: [name, plugin], schema }: { readonly section: KeyPath; readonly schema: SectionSchema | undefined }): unknown {
    if (this.#isProjectTrusted || !isOfProject(layer.name)) return value;
    // It may not take away either what its user says.
    if (!isMapping(value)) return undefined;
    if (plugin === undefined) return coreSection(name)?.tightening(value) ?? {};
    const { properties = {} } = schema ?? {};
    return Object.fromEntries(Object.entries(value).filter(([key, said]) => {
      const property: SettingProperty | undefined = Object.hasOwn(properties, key) ? (properties[key] as SettingProperty) : undefined;
      return property !== undefined && property['x-structum'].trusted !== true && !holdsReferences(said);
    }));
  }
}
