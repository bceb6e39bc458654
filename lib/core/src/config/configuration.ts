import type { SettingsSchema } from '../contract/index.js';
import type { StructumError } from '../errors/index.js';
import { CONFIG_SECTION, CORE_SECTIONS, coreSection, PLUGINS_SECTION, SECRETS_SECTION } from './core-sections.js';
import { isOfProject, type ConfigLayer, type LayerName, type SectionSchema } from './layers/config-layer.js';
import { mergeValues } from './layers/merge.js';
import { isSection } from './plugin-sections.js';
import { heededOfStranger, strangersNotices } from './stranger.js';
import { isMapping, valueAt, type KeyPath, type Section } from './section.js';

/** What becomes of settings that nothing knows. */
export type UnknownKeys = 'warn' | 'strict';

/** What a plugin's section is made of. */
export interface PluginSection {
  readonly section: Section;
  /** `CONFIG_IGNORED` and `CONFIG_KEY_UNKNOWN`, for what does not count of a project that is not trusted. */
  readonly notices: readonly StructumError[];
}

/** Whose word a plugin's section is. */
export interface SectionSource {
  /** Who says what is at these keys of it, of a mapping the strongest that says something of it; the host where that is no layer. */
  readonly layerOf: (path: KeyPath) => ConfigLayer | undefined;
  /** Whether programs may be run for its secrets. */
  readonly allowsExec: boolean;
}

/** A project, and whether its settings count in full. */
export interface ConfiguredProject {
  /** Absolute path of where it begins. */
  readonly folder: string;
  readonly isTrusted: boolean;
}

/** The settings of a host: several layers, the weakest first. */
export class Configuration {
  readonly layers: readonly ConfigLayer[];
  readonly #project: ConfiguredProject | undefined;

  /** @param project - That which layers come from, if any. */
  constructor(layers: readonly ConfigLayer[], project: ConfiguredProject | undefined) {
    this.layers = layers;
    this.#project = project;
  }

  /** Whether what a layer says is that of a project that its user does not trust. */
  isOfStranger(layer: LayerName): boolean {
    return isOfProject(layer) && this.#project?.isTrusted !== true;
  }

  /** What all layers together say for a plugin, by the keys of its settings. */
  pluginSection(plugin: string, schema: SettingsSchema | undefined): PluginSection {
    const section = ['plugins', plugin];
    const notices: StructumError[] = [];
    const values = this.layers.map((layer) => {
      const value = layer.valueAt(section, schema);
      const heeded = this.heeded(layer, value, { section, schema });
      // Hardly ever anything is ignored.
      if (this.isOfStranger(layer.name) && isMapping(value) && isMapping(heeded) && Object.keys(heeded).length < Object.keys(value).length) {
        notices.push(...strangersNotices({ plugin, schema, section: value, file: layer.file ?? '', project: this.#project?.folder ?? '' }));
      }
      return heeded;
    });
    const merged = mergeValues(values);
    return { section: isMapping(merged) ? merged : {}, notices };
  }

  /** Whose word a plugin's section is. */
  sourceOf(plugin: string, schema: SettingsSchema | undefined): SectionSource {
    const section = ['plugins', plugin];
    return {
      allowsExec: this.allowsExec,
      layerOf: (path) => this.layers.findLast((layer) => valueAt(this.heeded(layer, layer.valueAt(section, schema), { section, schema }), path) !== undefined),
    };
  }

  /**
   * All that is set, without defaults.
   *
   * @param schemas - Of plugins, by name: where none is known, texts are no numbers.
   */
  whole(schemas: ReadonlyMap<string, SettingsSchema | undefined>): Section {
    // Variables name plugins as they can, which may be another name.
    const naming = this.layers.filter(({ name }) => name !== 'variable').map((layer) => layer.valueAt([PLUGINS_SECTION]));
    const plugins = new Set([...schemas.keys(), ...naming.flatMap((value) => (isMapping(value) ? Object.keys(value) : []))]);
    const sections = [...plugins].map((plugin) => [plugin, this.pluginSection(plugin, schemas.get(plugin)).section] as const).filter(([, section]) => Object.keys(section).length > 0);
    const others = new Set(this.layers.flatMap((layer) => layer.sections).filter((name) => name !== PLUGINS_SECTION));
    return {
      ...Object.fromEntries([...others].map((name) => [name, this.coreSection(name)] as const).filter(([, section]) => section !== undefined)),
      ...(sections.length === 0 ? {} : { [PLUGINS_SECTION]: Object.fromEntries(sections) }),
    };
  }

  /** What all layers together say of a section of the core's own, without defaults. */
  coreSection(name: string): unknown {
    const schema = coreSection(name)?.schema;
    return mergeValues(this.layers.map((layer) => this.heeded(layer, layer.valueAt([name], schema), { section: [name], schema })));
  }

  /** What the strongest layer says that may; anything but the two is as good as not said. */
  get unknownKeys(): UnknownKeys {
    return this.#coreSetting(CONFIG_SECTION, 'unknown_keys', (value) => value === 'warn' || value === 'strict') === 'strict' ? 'strict' : 'warn';
  }

  /** Whether programs may be run for secrets: no project can say so. */
  get allowsExec(): boolean {
    return this.#coreSetting(SECRETS_SECTION, 'allow_exec', (value) => typeof value === 'boolean') === true;
  }

  #coreSetting(name: string, key: string, isValid: (value: unknown) => boolean): unknown {
    const section = [name];
    const schema = CORE_SECTIONS[name]?.schema;
    const said = this.layers.map((layer) => {
      const value = this.heeded(layer, layer.valueAt(section, schema), { section, schema });
      return isMapping(value) ? value[key] : value;
    });
    return said.findLast((value) => value === null || isValid(value));
  }

  /**
   * What counts of what a layer says of a section. Of a project that its user does not trust, that is what
   * {@link heededOfStranger} leaves of it, and what makes the core stricter, such as which plugins not to use.
   */
  heeded(layer: ConfigLayer, value: unknown, { section: [name, plugin], schema }: { readonly section: KeyPath; readonly schema: SectionSchema | undefined }): unknown {
    const core = plugin === undefined ? coreSection(name) : undefined;
    // That is a flaw where it is no notice, and takes nothing away.
    if (plugin !== undefined && !isSection(value)) return undefined;
    if (!isOfProject(layer.name)) return value;
    const isTrusted = this.#project?.isTrusted === true;
    if (isTrusted && core?.ofProject === undefined) return value;
    // It may not take away either what its user says.
    if (!isMapping(value)) return undefined;
    if (plugin === undefined) return (isTrusted ? core?.ofProject : core?.tightening)?.(value, this.saidByOthers(name)) ?? {};
    return heededOfStranger(value, schema);
  }

  /** What all say together of a section of the core's own that are no part of the project. */
  saidByOthers(name = ''): Section {
    const schema = coreSection(name)?.schema;
    const said = mergeValues(this.layers.filter((layer) => !isOfProject(layer.name)).map((layer) => layer.valueAt([name], schema)));
    return isMapping(said) ? said : {};
  }
}
