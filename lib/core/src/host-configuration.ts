import { isDeepStrictEqual } from 'node:util';
import type { ConfigStore, PluginPolicy, SecurityPolicy } from './contract/index.js';
import type { ConfigMove } from './config/config-watch.js';
import { candidateFiles, FilePolicyStore, loadConfiguration, misnamedPlugins, securityOf, together, type Configuration, type ConfigurationParts, type LoadedConfiguration, type PolicyInForce } from './config/index.js';
import { textsIn } from './config/secrets/texts.js';
import type * as Stores from './config/store/index.js';
import { ConfigurationFollower, type Reading } from './configuration-follower.js';
import { ConfigurationNews, type NewsHost } from './configuration-news.js';
import { catalogued, type StructumError } from './errors/index.js';
import type { StructumOptions } from './options.js';
import { homeOf, required } from './platform/index.js';
import { strangerFor } from './plugins/askers.js';
import { deepFreeze } from './plugins/deep-freeze.js';
import { describedSection, secretsIn, variablesIn, type SourcedSection } from './plugins/plugin-settings.js';
import type { PluginUnit } from './plugins/plugin-unit.js';
import { givenConfig } from './plugins/settings.js';
import type { Consequences, NextSettings, SettingsChanges } from './plugins/settings-changes.js';
import { referencedFiles, type ReferencedFile } from './referenced-files.js';

type Section = Readonly<Record<string, unknown>>;

/** What a configuration needs from its host. */
export interface ConfigurationHost extends NewsHost {
  /** Gives plugins settings that have changed. */
  changes(): Promise<SettingsChanges>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly resolveSecrets: Stores.StoreHost['resolveSecrets'];
  readonly brokenRules: Stores.StoreHost['brokenRules'];
  /** Has the plugins of the host be what is decided by now: at once, but for what goes down. */
  heedPolicy(policy: LoadedConfiguration['policy']): Promise<void>;
}

/** A configuration that was loaded, and what it was made of. */
export interface ConfigurationOrigin {
  readonly parts: ConfigurationParts;
  readonly loaded: LoadedConfiguration;
}

/** The section of a plugin, and what of it counts for nothing. */
interface NoticedSection extends SourcedSection {
  /** `CONFIG_IGNORED`, `CONFIG_KEY_UNKNOWN`, `CONFIG_DEPRECATED`. */
  readonly notices: readonly StructumError[];
}

/** Loads the configuration that a host is made with. */
export async function loadFor(options: StructumOptions): Promise<ConfigurationOrigin> {
  const parts = partsOf(options);
  return { parts, loaded: await loadConfiguration(parts) };
}

/** The configuration of a host, and what it offers of it to plugins. */
export class HostConfiguration {
  readonly policies: FilePolicyStore;
  readonly #host: ConfigurationHost;
  readonly #news: ConfigurationNews;
  #parts: ConfigurationParts;
  #configuration: Configuration;
  #policy: LoadedConfiguration['policy'];
  /** Made when it is first asked for. */
  #security: { readonly configuration: Configuration; readonly policy: SecurityPolicy } | undefined;
  readonly #stores = new WeakMap<PluginUnit, ConfigStore>();
  /** Ends when what was heeded last is in force everywhere. */
  #turn: Promise<unknown> = Promise.resolve();
  readonly #follower: ConfigurationFollower;
  readonly #onHeeded = new Set<() => void>();
  #isClosed = false;

  constructor(host: ConfigurationHost, { parts, loaded: { configuration, policy, flaws, notices } }: ConfigurationOrigin) {
    this.#host = host;
    this.#news = new ConfigurationNews(host, notices);
    this.#parts = parts;
    this.#configuration = configuration;
    this.#policy = policy;
    this.#follower = new ConfigurationFollower({
      turn: () => this.#turn,
      heed: async (reading) => (await this.#heed({ problems: 'throw' }, reading)).renewed,
      refused: (error, how) => { if (!this.#isClosed) this.#news.refused(error, how); },
    });
    this.policies = new FilePolicyStore({
      inForce: frozen(policy), problems: flaws, home: parts.home, cwd: parts.cwd, places: parts.sources,
      heed: () => this.#heedFiles(),
    });
  }

  /**
   * Notices of settings for plugins that are not there, once those are that the host is given.
   * @throws `CONFIG_FILE_INVALID`, `CONFIG_INVALID` where what is not known is an error.
   */
  async checkNames(): Promise<readonly StructumError[]> {
    const notices = await this.#misnamed(this.#configuration, this.#parts);
    this.#news.told(notices);
    return notices;
  }

  async #misnamed(configuration: Configuration, { problems }: ConfigurationParts): Promise<readonly StructumError[]> {
    const found = await misnamedPlugins(configuration, this.#host.registry);
    const refusal = together(found.filter(({ name, isNotice }) => !isNotice && problems !== 'warn' && !configuration.isOfStranger(name)).map(({ error }) => error));
    if (refusal !== undefined) throw refusal;
    return found.map(({ error }) => error);
  }

  /** What is decided about the containment of plugins, as it is in force by now: ask anew for each call. */
  get security(): SecurityPolicy {
    if (this.#security?.configuration !== this.#configuration) this.#security = { configuration: this.#configuration, policy: securityOf(this.#configuration, this.policies.policy) };
    return this.#security.policy;
  }

  /** Where files may be that it comes from, absolute, whether they are there or not. */
  get files(): readonly string[] {
    return candidateFiles(this.#parts.sources ?? {});
  }

  /** As a plugin may see it. Made when it is first asked for: hardly any plugin does. */
  storeFor(unit: PluginUnit): ConfigStore {
    const store = this.#stores.get(unit) ?? this.#openStore(unit);
    this.#stores.set(unit, store);
    return store;
  }

  /** What it says for a plugin, held against what that describes; what of it counts for nothing is told. */
  settingsOf(unit: PluginUnit): SourcedSection {
    const section = this.#described(unit, this.#configuration);
    this.#news.ofPlugin(unit.name, section.notices);
    return section;
  }

  /** Whether a plugin, if it is up, has the settings that this says by now. */
  isConfigured(unit: PluginUnit): boolean {
    return unit.state !== 'active' || isDeepStrictEqual(unit.described, this.#described(unit, this.#configuration).settings);
  }

  #described(unit: PluginUnit, configuration: Configuration): NoticedSection {
    const { section, notices } = sectionFor(configuration, unit);
    // Before anything is said of them.
    for (const secret of [...secretsIn(unit, section), ...variablesIn(section, this.#host.env)]) this.#host.redactor.add(secret);
    const ofLayers = configuration.sourceOf(unit.name, unit.manifest.settings);
    // What a plugin was given by itself is its host's word.
    const source = unit.settings === undefined ? ofLayers : { ...ofLayers, layerOf: () => undefined };
    const described = describedSection(unit, section, configuration.unknownKeys, source);
    return { ...described, section, notices: [...notices, ...described.notices], source };
  }

  /** The files that it refers to for plugins. */
  referencedFiles(): readonly string[] {
    return [...this.#host.registry.units].flatMap((unit) => this.#filesOf(unit, this.#configuration)).map(({ file }) => file);
  }

  /** Calls `listener` when these may be others, until the function that is returned is called. */
  onReferences(listener: () => void): () => void {
    const ignorePlugins = this.#host.events.on('plugin:changed', ({ to }) => { if (to === 'active' || to === 'failed') listener(); });
    const ignoreHeeded = this.onHeeded(listener);
    return () => {
      ignorePlugins();
      ignoreHeeded();
    };
  }

  /** Calls `listener` whenever something else is in force; gives what ends that. */
  onHeeded(listener: () => void): () => void {
    this.#onHeeded.add(listener);
    return () => { this.#onHeeded.delete(listener); };
  }

  /**
   * Heeds what its files say when it is its turn, or tells why not. Never rejects.
   *
   * @param onRead - Called when they have been read.
   * @returns whether another try may do better though nothing changes.
   */
  follow(move: ConfigMove, onRead: () => void): Promise<boolean> {
    return this.#follower.follow(move, onRead);
  }

  /**
   * Heeds `config` in the place of what the host gave before. Resolves when it is in force everywhere, and plugins were told.
   * @throws `CONFIG_INVALID`, and the codes of sources; then all stays as it was. `DISPOSED`.
   */
  async replace(config: Section): Promise<void> {
    const { renewed, told } = await this.#heed({ host: givenConfig(config) });
    await Promise.all([renewed, told]);
  }

  /** Nothing is heeded any more. */
  close(): void {
    this.#isClosed = true;
  }

  /** What was written to them stays written, also where the host is gone. */
  async #heedFiles(): Promise<void> {
    try {
      await this.#heed({});
    } catch (error) {
      if (!this.#isClosed) throw error;
    }
  }

  /** @param anew - What its sources are, as far as that is something else than before. */
  #heed(anew: Partial<ConfigurationParts>, reading: Partial<Reading> = {}): Promise<Consequences> {
    const heeding = this.#turn.then(() => this.#heedNow({ ...this.#parts, ...anew }, { onRead: () => undefined, changedFiles: NO_FILES, ...reading }));
    this.#turn = heeding.then(({ renewed }) => renewed).catch(() => undefined);
    return heeding;
  }

  async #heedNow(parts: ConfigurationParts, { onRead, changedFiles }: Reading): Promise<Consequences> {
    const before = this.#configuration;
    const { configuration, policy, flaws, notices } = await loadConfiguration(parts, before).finally(onRead);
    const misnamed = await this.#misnamed(configuration, parts);
    const give = await (await this.#host.changes()).prepare(this.#next(before, configuration, changedFiles));
    if (this.#isClosed) throw catalogued('DISPOSED', { subject: 'This Structum' });
    this.#parts = { ...parts, problems: this.#parts.problems };
    this.#configuration = configuration;
    this.policies.heeded(frozen({ ...policy, policy: this.#withoutMoves(policy.policy) }), flaws);
    const departed = this.#heedPolicy(policy);
    const { renewed, told, rotated } = give();
    this.#news.heeded([...notices, ...misnamed]);
    for (const unit of this.#host.registry.units) if (unit.state === 'active') this.#news.ofPlugin(unit.name, this.#described(unit, configuration).notices);
    for (const listener of this.#onHeeded) listener();
    await departed;
    return { renewed: renewed.then(() => { if (!this.#isClosed) this.#news.changed(before, configuration, rotated); }), told, rotated };
  }

  /** Where it is another one: plugins are judged anew then. */
  async #heedPolicy(policy: LoadedConfiguration['policy']): Promise<void> {
    if (isDeepStrictEqual(policy, this.#policy)) return;
    this.#policy = policy;
    await this.#host.heedPolicy(policy);
  }

  #next(before: Configuration, now: Configuration, changedFiles: ReadonlySet<string>): NextSettings {
    const rotated = (unit: PluginUnit): readonly string[] => (changedFiles.size === 0 ? [] : this.#filesOf(unit, now).filter(({ file }) => changedFiles.has(file)).map(({ key }) => key));
    return {
      rotated,
      affects: (unit) => rotated(unit).length > 0 || before.unknownKeys !== now.unknownKeys || before.allowsExec !== now.allowsExec || !isDeepStrictEqual(sectionFor(before, unit).section, sectionFor(now, unit).section),
      // Who comes up late gets what is in force by then.
      settingsOf: (unit) => this.#described(unit, this.#configuration === before ? now : this.#configuration),
    };
  }

  /** Where plugins are looked for stays as it was until the next start. */
  #withoutMoves({ folders: _folders, trusted_projects: _projects, ...heeded }: PluginPolicy): PluginPolicy {
    const { folders, trusted_projects } = this.policies.policy;
    return { ...(folders === undefined ? {} : { folders }), ...(trusted_projects === undefined ? {} : { trusted_projects }), ...heeded };
  }

  #filesOf(unit: PluginUnit, configuration: Configuration): readonly ReferencedFile[] {
    return referencedFiles(unit, configuration, { env: this.#host.env, cwd: this.#parts.cwd });
  }

  #openStore(unit: PluginUnit): ConfigStore {
    const { registry, redactor, resolveSecrets, brokenRules } = this.#host;
    const { LayeredConfigStore } = required<typeof Stores>('./config/store/index.js', import.meta.url);
    return new LayeredConfigStore({
      parts: () => this.#parts, resolveSecrets, brokenRules, schemas: { names: () => registry.all().map(({ name }) => name), schemaOf: (plugin) => registry.unit(plugin)?.manifest.settings },
      checkReveal: () => { refuseStrangers(unit); },
      revealed: (value, secrets) => {
        // Its plugin may not be up: then nobody has said so yet.
        for (const text of textsIn(secrets)) redactor.add(text);
        for (const text of textsIn(value)) redactor.reveal(text);
      },
    });
  }
}

/** @throws `CONFIG_REVEAL_REFUSED` */
function refuseStrangers(unit: PluginUnit): void {
  const stranger = strangerFor(unit);
  if (stranger !== undefined) throw catalogued('CONFIG_REVEAL_REFUSED', { plugin: stranger.name });
}

const NO_FILES: ReadonlySet<string> = new Set();

/** Plugins see the policy. */
function frozen(inForce: PolicyInForce): PolicyInForce {
  return { ...inForce, policy: deepFreeze(inForce.policy) };
}

function sectionFor(configuration: Configuration, { name, manifest, settings }: PluginUnit): ReturnType<Configuration['pluginSection']> {
  if (settings !== undefined) return { section: settings, notices: [] };
  const { section, notices } = configuration.pluginSection(name, manifest.settings);
  return { section: deepFreeze(section), notices };
}

function partsOf({ configSources, configProblems, trustProject, config = {}, cwd = process.cwd(), env = {} }: StructumOptions): ConfigurationParts {
  return {
    sources: configSources, cwd, problems: configProblems, trustProject, host: givenConfig(config),
    // Files may name folders in the user's home; without any, nobody asks for it.
    home: configSources === undefined ? undefined : homeOf(env),
  };
}
