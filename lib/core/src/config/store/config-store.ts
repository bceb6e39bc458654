import type {
  ConfigChange, ConfigChangeOptions, ConfigDifference, ConfigExplanation, ConfigFileRecord, ConfigFinding, ConfigOrigin, ConfigScope, ConfigStore, ConfigValue, ConfigVoice,
} from '../../contract/index.js';
import type { ValuePath, ValueProblem } from '../../manifest/check-value.js';
import type { Configuration } from '../configuration.js';
import { PLUGINS_SECTION } from '../core-sections.js';
import { locateFiles } from '../files/locate.js';
import { formatKeyPath, parseKeyPath } from '../key-path.js';
import { loadConfiguration, type ConfigurationParts, type LoadedConfiguration } from '../load-configuration.js';
import type { SecretiveSection } from '../secrets/secretive-section.js';
import type { Section } from '../section.js';
import type { ChangedFile, ChangingHost } from './change-value.js';
import { SchemaSnapshot } from './schema-snapshot.js';
import { fileOfScope, layerOfScope } from './scope-file.js';
import { placeOf, settingAt, type SchemaSource } from './schemas.js';
import { hiddenIn, isSecretAt, shownValue } from './shown-value.js';

/** What a store needs from its host. */
export interface StoreHost {
  /** Where the configuration comes from, as it is asked for. */
  readonly parts: () => ConfigurationParts;
  readonly schemas: SchemaSource;
  /**
   * Asked before a value is revealed.
   * @throws where whoever asks may not see secrets.
   */
  checkReveal(): void;
  /** Hears of each value that somebody asked to see, and of what of it is secret, or may be. */
  revealed(value: unknown, secrets: readonly unknown[]): void;
  /** What a part of a plugin's section says once its references to secrets are resolved, for somebody to see where `isRevealed`. */
  readonly resolveSecrets: (section: SecretiveSection, options?: { readonly isRevealed?: boolean }) => Promise<Section>;
  /**
   * What is wrong with a plugin's section by the rules that only the plugin's code has.
   * @throws the codes of loading plugins, `VALIDATOR_MISSING`.
   */
  readonly brokenRules: (plugin: string, section: Section) => Promise<readonly ValueProblem[]>;
}

/** The configuration as its sources have it now. */
export class LayeredConfigStore implements ConfigStore {
  readonly #host: StoreHost;
  /** As it was when the configuration was read last. */
  #schemas: SchemaSource;

  constructor(host: StoreHost) {
    this.#host = host;
    this.#schemas = host.schemas;
  }

  async get(key: string, { reveal = false }: { readonly reveal?: boolean } = {}): Promise<ConfigValue> {
    if (reveal) this.#host.checkReveal();
    const path = parseKeyPath(key);
    const { configuration } = await this.#loadFor(path);
    const found = await this.#value(configuration, path, { reveal });
    return reveal ? this.#resolved(found, path, configuration) : found;
  }

  async list({ prefix, reveal = false, origins = true }: { readonly prefix?: string; readonly reveal?: boolean; readonly origins?: boolean } = {}): Promise<readonly ConfigValue[]> {
    if (reveal) this.#host.checkReveal();
    const wanted = prefix === undefined ? [] : parseKeyPath(prefix);
    const { configuration } = await (wanted.length === 0 ? this.#load() : this.#loadFor(wanted));
    const { listedPaths } = await import('./listed-paths.js');
    const paths = listedPaths(configuration, this.#schemas).filter((path) => wanted.every((key, index) => key === path[index]));
    return Promise.all(paths.map((path) => this.#value(configuration, path, { reveal, origins })));
  }

  async explain(key: string, { reveal = false }: { readonly reveal?: boolean } = {}): Promise<ConfigExplanation> {
    if (reveal) this.#host.checkReveal();
    const path = parseKeyPath(key);
    return this.#explain((await this.#loadFor(path)).configuration, path, reveal);
  }

  async set(key: string, value: unknown, options: ConfigChangeOptions): Promise<ConfigChange> {
    const { setValue } = await import('./change-value.js');
    return this.#changed(parseKeyPath(key), options, await setValue(this.#changing(options), parseKeyPath(key), value, options));
  }

  async unset(key: string, options: ConfigChangeOptions): Promise<ConfigChange> {
    const { unsetValue } = await import('./change-value.js');
    return this.#changed(parseKeyPath(key), options, await unsetValue(this.#changing(options), parseKeyPath(key), options));
  }

  async validate({ file, resolve = false }: { readonly file?: string; readonly resolve?: boolean } = {}): Promise<readonly ConfigFinding[]> {
    const loaded = await this.#load();
    const { findingsIn } = await import('./findings.js');
    const unresolved = resolve ? await (await import('./unresolved-references.js')).unresolvedReferences(loaded.configuration, this.#hostNow) : [];
    const { ruleFindings } = await import('./rule-findings.js');
    const known = [...(await findingsIn(loaded, this.#schemas)), ...(await ruleFindings(loaded.configuration, this.#hostNow))];
    // What can be seen without resolving anything is told once.
    const findings = [...known, ...unresolved.filter(({ key, problem }) => !known.some((other) => other.key === key && other.problem === problem))];
    return file === undefined ? findings : findings.filter((finding) => finding.file === file);
  }

  async schema(): Promise<object> {
    const { installationSchema } = await import('./installation-schema.js');
    return installationSchema(this.#host.schemas);
  }

  files(): readonly ConfigFileRecord[] {
    const { global, project, environment, file } = this.#host.parts().sources ?? {};
    return locateFiles({ global, project, environment, file }).map((located) => ({ layer: located.layer, file: located.file, exists: located.exists }));
  }

  file(scope: ConfigScope, environment?: string): string {
    return fileOfScope(this.#host.parts(), scope, environment);
  }

  async diff(one: string | undefined, other: string | undefined): Promise<readonly ConfigDifference[]> {
    const [{ differencesOf }, first, second] = await Promise.all([import('./differences.js'), this.#load(one ?? null), this.#load(other ?? null)]);
    return differencesOf(first.configuration, second.configuration, this.#schemas);
  }

  #changing({ environment }: ConfigChangeOptions): ChangingHost {
    const { parts, schemas, brokenRules } = this.#host;
    return { parts, schemas, brokenRules, current: async () => (await this.#load(environment)).configuration };
  }

  /**
   * To tell of what is at `path`.
   * @throws `CONFIG_KEY_UNKNOWN`
   */
  async #loadFor(path: ValuePath): Promise<LoadedConfiguration> {
    const loaded = await this.#load();
    const { refuseUnknown } = await import('./known-key.js');
    refuseUnknown(path, loaded.configuration, this.#schemas);
    return loaded;
  }

  get #hostNow(): StoreHost {
    return { ...this.#host, schemas: this.#schemas };
  }

  /** @param environment - In the place of the host's own; `null` for none. */
  #load(environment?: string | null): Promise<LoadedConfiguration> {
    const parts = this.#host.parts();
    this.#schemas = new SchemaSnapshot(this.#host.schemas);
    if (environment === undefined || parts.sources === undefined) return loadConfiguration({ ...parts, problems: 'warn' });
    const { environment: _, ...sources } = parts.sources;
    return loadConfiguration({ ...parts, sources: { ...sources, ...(environment === null ? {} : { environment }) }, problems: 'warn' });
  }

  async #explain(configuration: Configuration, path: ValuePath, reveal: boolean): Promise<ConfigExplanation> {
    const { originOf, saidOf } = await import('./voices.js');
    const { said } = saidOf(configuration, placeOf(path, this.#schemas));
    const value = await this.#value(configuration, path, { reveal, origins: false });
    const voices = await Promise.all(said.map(async ({ effect, ignored, ...each }): Promise<ConfigVoice> => (
      { ...(await originOf(each, path)), value: this.#shown(each.value, path, reveal), effect, ...(ignored === undefined ? {} : { ignored }) }
    )));
    // Found once: a second place of a file is looked for in all of it.
    const strongest = voices.findLast(isStrongest);
    const shown = reveal ? await this.#resolved(value, path, configuration) : value;
    return { ...shown, voices, ...(strongest === undefined ? {} : { origin: placeOfVoice(strongest) }) };
  }

  async #value(configuration: Configuration, path: ValuePath, { reveal, origins = true }: { readonly reveal: boolean; readonly origins?: boolean }): Promise<ConfigValue> {
    const placed = placeOf(path, this.#schemas);
    const setting = settingAt(placed);
    const { originOf, pluginsValue, saidOf } = await import('./voices.js');
    const { said, value: own } = saidOf(configuration, placed);
    const isOfAll = path.length === 1 && path[0] === PLUGINS_SECTION;
    const value = isOfAll ? pluginsValue(configuration, this.#schemas) : own;
    const strongest = said.findLast(isStrongest);
    return {
      key: formatKeyPath(path), isSecret: isSecretAt(path, this.#schemas),
      ...(value === undefined ? {} : { value: this.#shown(value, path, reveal) }),
      ...(strongest === undefined || !origins ? {} : { origin: await originOf(strongest, path) }),
      ...(setting === undefined || placed.rest.length !== 1 ? {} : { schema: setting }),
    };
  }

  /** With what references in the value stand for. */
  async #resolved(found: ConfigValue, path: ValuePath, configuration: Configuration): Promise<ConfigValue> {
    if (found.value === undefined) return found;
    const { revealedValue } = await import('./revealed-value.js');
    return { ...found, value: this.#revealed(await revealedValue(found.value, path, configuration, this.#hostNow), path) };
  }

  #shown(value: unknown, path: ValuePath, reveal: boolean): unknown {
    return reveal ? this.#revealed(value, path) : shownValue(value, path, this.#schemas);
  }

  #revealed(value: unknown, path: ValuePath): unknown {
    this.#host.revealed(value, hiddenIn(value, path, this.#schemas));
    return value;
  }

  /** What became of a change, and who has the last word all the same. */
  async #changed(path: ValuePath, { scope, environment }: Pick<ConfigChangeOptions, 'scope' | 'environment'>, { file, changed, unchecked }: ChangedFile): Promise<ConfigChange> {
    const { changeOutcome } = await import('./change-outcome.js');
    const { configuration } = await this.#load(environment);
    const own = layerOfScope(scope, environment);
    const outcome = own === undefined ? {} : await changeOutcome(configuration, placeOf(path, this.#schemas), own);
    return { key: formatKeyPath(path), file, changed, ...(unchecked === undefined ? {} : { unchecked }), ...outcome };
  }
}

/** Of those who say something, the last one is it who gives a value that counts. */
function isStrongest({ effect, value }: Pick<ConfigVoice, 'effect' | 'value'>): boolean {
  return effect === 'counts' && value !== null;
}

function placeOfVoice({ value: _value, effect: _effect, ignored: _ignored, ...origin }: ConfigVoice): ConfigOrigin {
  return origin;
}
