import { isDeepStrictEqual } from 'node:util';
import type { ConfigStore, PluginPolicy, PolicyScope } from './contract/index.js';
import { FilePolicyStore, loadConfiguration, type Configuration, type ConfigurationParts, type LoadedConfiguration } from './config/index.js';
import { textsIn } from './config/secrets/texts.js';
import type * as Stores from './config/store/index.js';
import type { StructumError } from './errors/index.js';
import type { Redactor } from './monitoring/index.js';
import type { StructumOptions } from './options.js';
import { homeOf, required } from './platform/index.js';
import { deepFreeze } from './plugins/deep-freeze.js';
import type { PluginRegistry } from './plugins/plugin-registry.js';
import { describedSection, secretsIn, type SourcedSection } from './plugins/plugin-settings.js';
import type { PluginUnit } from './plugins/plugin-unit.js';
import { givenSections } from './plugins/settings.js';

/** What a configuration needs from its host. */
export interface ConfigurationHost {
  readonly registry: PluginRegistry;
  readonly redactor: Redactor;
  warn(error: StructumError): void;
  /** Has the plugins of the host be what is decided by now. */
  heedPolicy(policy: LoadedConfiguration['policy']): Promise<void>;
}

/** A configuration that was loaded, and what it was made of. */
export interface ConfigurationOrigin {
  readonly parts: ConfigurationParts;
  readonly loaded: LoadedConfiguration;
}

/** Loads the configuration that a host is made with. */
export async function loadFor(options: StructumOptions): Promise<ConfigurationOrigin> {
  const parts = partsOf(options);
  return { parts, loaded: await loadConfiguration(parts) };
}

/** The configuration of a host, and what it offers of it to plugins. */
export class HostConfiguration {
  readonly policies: FilePolicyStore;
  /** Absolute paths, whether the files are there or not. */
  readonly files: readonly string[];
  readonly #host: ConfigurationHost;
  readonly #parts: ConfigurationParts;
  #configuration: Configuration;
  #configs: ConfigStore | undefined;

  constructor(host: ConfigurationHost, { parts, loaded: { configuration, policy, files } }: ConfigurationOrigin) {
    this.#host = host;
    this.#parts = parts;
    this.#configuration = configuration;
    this.files = files.map(({ file }) => file);
    this.policies = new FilePolicyStore({
      policy: deepFreeze(policy.policy), home: parts.home, cwd: parts.cwd, files: policyFilesOf(files), heed: async () => deepFreeze(await this.#loadAgain()),
    });
  }

  /**
   * Heeds what its sources say by now; gives those of `units` for which they say something else.
   * @throws what reading them does; then all stays as it was.
   */
  async heed(units: readonly PluginUnit[]): Promise<readonly PluginUnit[]> {
    const before = new Map(units.map((unit) => [unit, this.#said(unit)]));
    await this.policies.heed();
    return units.filter((unit) => !isDeepStrictEqual(before.get(unit), this.#said(unit)));
  }

  #said({ name, manifest, settings }: PluginUnit): unknown {
    return settings ?? this.#configuration.pluginSection(name, manifest.settings).section;
  }

  /** Made when it is first asked for: hardly any plugin does. */
  get configs(): ConfigStore {
    this.#configs ??= this.#openStore();
    return this.#configs;
  }

  /**
   * What it says for a plugin, held against what that describes; what of it counts for nothing is told.
   * @throws `CONFIG_INVALID`
   */
  settingsOf(unit: PluginUnit): SourcedSection {
    const section = this.#sectionOf(unit);
    const source = this.#configuration.sourceOf(unit.name, unit.manifest.settings);
    // Before anything is said of them.
    for (const secret of secretsIn(unit, section)) this.#host.redactor.add(secret);
    const described = describedSection(unit, section, this.#configuration.unknownKeys);
    // What a plugin was given by itself is its host's word.
    return { ...described, source: unit.settings === undefined ? source : { ...source, layerOf: () => undefined } };
  }

  #sectionOf({ name, manifest, settings }: PluginUnit): Readonly<Record<string, unknown>> {
    if (settings !== undefined) return settings;
    const { section, notices } = this.#configuration.pluginSection(name, manifest.settings);
    for (const notice of notices) this.#host.warn(notice);
    return deepFreeze(section);
  }

  #openStore(): ConfigStore {
    const { registry, redactor } = this.#host;
    const { LayeredConfigStore } = required<typeof Stores>('./config/store/index.js', import.meta.url);
    return new LayeredConfigStore({
      parts: this.#parts, schemas: { names: () => registry.plugins.map(({ name }) => name), schemaOf: (plugin) => registry.unit(plugin)?.manifest.settings },
      revealed: (value) => { for (const text of textsIn(value)) redactor.reveal(text); },
    });
  }

  /** Heeds what its sources say by now; where plugins are looked for stays as it was until the next start. */
  async #loadAgain(): Promise<PluginPolicy> {
    const { folders, trusted_projects } = this.policies.policy;
    const { configuration, policy } = await loadConfiguration(this.#parts);
    this.#configuration = configuration;
    await this.#host.heedPolicy(policy);
    const { folders: _folders, trusted_projects: _projects, ...heeded } = policy.policy;
    return { ...(folders === undefined ? {} : { folders }), ...(trusted_projects === undefined ? {} : { trusted_projects }), ...heeded };
  }
}

function partsOf({ configSources, configProblems, config = {}, cwd = process.cwd(), env = {} }: StructumOptions): ConfigurationParts {
  return {
    sources: configSources, cwd, problems: configProblems,
    host: { ...config, ...(config['plugins'] === undefined ? {} : { plugins: givenSections(config) }) },
    // Files may name folders in the user's home; without any, nobody asks for it.
    home: configSources === undefined ? undefined : homeOf(env),
  };
}

/** The files that say for a user and for a project who is enabled. */
function policyFilesOf(files: LoadedConfiguration['files']): Readonly<Partial<Record<PolicyScope, string>>> {
  const [user, project] = (['global', 'project'] as const).map((layer) => files.find((located) => located.layer === layer)?.file);
  return { ...(user === undefined ? {} : { user }), ...(project === undefined ? {} : { project }) };
}
