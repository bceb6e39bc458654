import { dirname } from 'node:path';
import type { SettingProperty, SettingsSchema } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { formatKeyPath } from './key-path.js';
import { isOfProject, type ConfigLayer, type SectionSchema } from './layers/config-layer.js';
import { mergeValues } from './layers/merge.js';
import { isMapping, type Section } from './section.js';

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
      const heeded = this.heeded(layer, value, { plugin, schema });
      const ignored = isMapping(value) && isMapping(heeded) ? Object.keys(value).filter((key) => !Object.hasOwn(heeded, key)) : [];
      const { file = '' } = layer;
      if (ignored.length > 0) notices.push(catalogued('CONFIG_IGNORED', { file, project: dirname(file), settings: ignored.map((key) => formatKeyPath([...section, key])) }));
      return heeded;
    });
    const merged = mergeValues(values);
    return { section: isMapping(merged) ? merged : {}, notices };
  }

  /**
   * What counts of what a layer says of a section. Of a project that its user does not trust, that is what a plugin
   * describes and does not leave to its user; and which plugins not to use.
   */
  heeded(layer: ConfigLayer, section: unknown, { plugin, schema }: { readonly plugin?: string | undefined; readonly schema: SectionSchema | undefined }): unknown {
    if (this.#isProjectTrusted || !isOfProject(layer.name) || !isMapping(section)) return section;
    if (plugin === undefined) return { enabled: isMapping(section['enabled']) ? entriesOf(section['enabled'], (_, enabled) => enabled === false) : {} };
    const { properties = {} } = schema ?? {};
    return entriesOf(section, (key) => {
      const property: SettingProperty | undefined = Object.hasOwn(properties, key) ? (properties[key] as SettingProperty) : undefined;
      return property !== undefined && property['x-structum'].trusted !== true;
    });
  }
}

function entriesOf(section: Section, isWanted: (key: string, value: unknown) => boolean): Section {
  return Object.fromEntries(Object.entries(section).filter(([key, value]) => isWanted(key, value)));
}
