import { dirname } from 'node:path';
import type { SettingsSchema } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { formatKeyPath } from './key-path.js';
import { isOfProject, type ConfigLayer } from './layers/config-layer.js';
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
    const path = ['plugins', plugin];
    const notices: StructumError[] = [];
    const values = this.layers.map((layer) => {
      const value = layer.valueAt(path, schema);
      if (this.#isProjectTrusted || !isOfProject(layer.name) || !isMapping(value)) return value;
      const { heeded, ignored } = untrustedSettings(value, schema);
      const { file = '' } = layer;
      if (ignored.length > 0) notices.push(catalogued('CONFIG_IGNORED', { file, project: dirname(file), settings: ignored.map((key) => formatKeyPath([...path, key])) }));
      return heeded;
    });
    const section = mergeValues(values);
    return { section: isMapping(section) ? section : {}, notices };
  }
}

/**
 * What counts of the settings that a project has for a plugin as long as its user does not trust it: what the plugin
 * describes, does not leave to its user, and refers to no secret.
 */
function untrustedSettings(section: Section, schema: SettingsSchema | undefined): { readonly heeded: Section; readonly ignored: readonly string[] } {
  const isHeeded = ([key, value]: readonly [string, unknown]): boolean => {
    const property = schema !== undefined && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
    return property !== undefined && property['x-structum'].trusted !== true && !refers(value);
  };
  const entries = Object.entries(section);
  return { heeded: Object.fromEntries(entries.filter(isHeeded)), ignored: entries.filter((entry) => !isHeeded(entry)).map(([key]) => key) };
}

/** Whether a value holds a reference to a secret: `${env:TOKEN}`. */
function refers(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('${');
  return typeof value === 'object' && value !== null && Object.values(value).some(refers);
}
