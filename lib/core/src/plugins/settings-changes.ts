import { isDeepStrictEqual } from 'node:util';
import { changedKeys } from '../config/changed-keys.js';
import { formatKeyPath } from '../config/key-path.js';
import type { SettingsChange, SettingsListener } from '../contract/index.js';
import { catalogued, isCatalogued, messageOf, remedyIn, StructumError, type SettingProblem } from '../errors/index.js';
import { unlessAborted } from '../platform/index.js';
import { inPhase } from './blame.js';
import type { Lifecycle } from './lifecycle.js';
import type { PluginRegistry } from './plugin-registry.js';
import { UNUSABLE } from './plugin-states.js';
import { settingsByKey, unfitSection, type SourcedSection } from './plugin-settings.js';
import type { PluginUnit } from './plugin-unit.js';

type Section = Readonly<Record<string, unknown>>;

/** What changing settings needs from its host. */
export interface SettingsChangesHost {
  readonly registry: PluginRegistry;
  readonly lifecycle: Lifecycle;
  /** In milliseconds. */
  readonly limits: { readonly configure: number };
  warn(error: StructumError): void;
  /** Has a plugin that is up come up anew, beside itself until that is done; see `Structum.reload`. */
  renew(plugin: string, options: { readonly isStale: boolean }): Promise<unknown>;
}

/** What a configuration says for plugins. */
export interface NextSettings {
  /** Whether it says something else for a plugin than the one before, or what it refers to does. */
  affects(unit: PluginUnit): boolean;
  /** The keys of what it says for a plugin that refer to files which have changed. */
  rotated(unit: PluginUnit): readonly string[];
  settingsOf(unit: PluginUnit): SourcedSection;
}

/** Settings that a plugin that is up is going to have. */
interface Prepared {
  readonly unit: PluginUnit;
  readonly section: SourcedSection;
  readonly own: Section;
  readonly isRotated: boolean;
}

/** What giving plugins their new settings leads to. Neither fails: what goes wrong is a warning. */
export interface Consequences {
  /** Those that do not ask to be told have come up anew. */
  readonly renewed: Promise<unknown>;
  /** Those that ask for it were told. */
  readonly told: Promise<unknown>;
  /** The keys, with dots between them, of settings that are others though they say the same. */
  readonly rotated: readonly string[];
}

/** Gives the plugins that are up the settings that have changed. */
export class SettingsChanges {
  readonly #host: SettingsChangesHost;
  /** Ends when the plugin has been told of all changes so far. */
  readonly #telling = new WeakMap<PluginUnit, Promise<unknown>>();

  constructor(host: SettingsChangesHost) {
    this.#host = host;
  }

  /**
   * Holds new settings against what plugins say of theirs: for those that are up also against the rules of their code.
   *
   * @returns what gives them to the plugins, at once.
   * @throws `CONFIG_INVALID` with all that is wrong, and the other codes of making settings.
   */
  async prepare(next: NextSettings): Promise<() => Consequences> {
    const problems: SettingProblem[] = [];
    const prepared: Prepared[] = [];
    const affected = [...this.#host.registry.units].filter((unit) => !UNUSABLE.has(unit.state) && next.affects(unit));
    for (const unit of affected) {
      try {
        const change = await this.#prepared(unit, next);
        if (change !== undefined) prepared.push(change);
      } catch (error) {
        // Nobody needs to know any more.
        if (!unit.isClosing) problems.push(...problemsIn(error, unit));
      }
    }
    if (problems.length > 0) throw catalogued('CONFIG_INVALID', { problems });
    return () => this.#give(prepared, next);
  }

  #give(prepared: readonly Prepared[], next: NextSettings): Consequences {
    const { registry, lifecycle } = this.#host;
    const isPrepared = new Set(prepared.map(({ unit }) => unit));
    const affected = [...registry.units].filter((unit) => !isPrepared.has(unit) && next.affects(unit));
    // What came up, or began to, since it was looked at did so with the settings before.
    const late = affected.filter((unit) => unit.state === 'active' || lifecycle.comingUp(unit) !== undefined);
    const overcome = affected.filter(({ state }) => state === 'failed').flatMap((unit) => next.rotated(unit));
    this.#retry(affected);
    const consequences = prepared.map((change) => this.#giveOne(change));
    return {
      renewed: Promise.all(consequences.map(({ renewed }) => renewed)),
      told: Promise.all([...consequences.map(({ told }) => told), ...late.map((unit) => this.#catchUp(unit, next))]),
      rotated: [...overcome, ...consequences.flatMap(({ rotated }) => rotated)],
    };
  }

  #giveOne({ unit, section, own, isRotated }: Prepared): Consequences {
    const nothing: Consequences = { renewed: Promise.resolve(), told: Promise.resolve(), rotated: [] };
    const saysTheSame = isDeepStrictEqual(unit.described, section.settings);
    // Two changes while it came up lead to one.
    if (!this.#isUp(unit) || (saysTheSame && !isRotated)) return nothing;
    // What references stand for may have changed too, or be the same though they have.
    const { settings: schema } = unit.manifest;
    const changed = changedKeys(settingsByKey(schema, unit.config), settingsByKey(schema, own));
    if (changed.length === 0) {
      unit.described = section.settings;
      return nothing;
    }
    const rotated = saysTheSame ? changed.map((key) => `${formatKeyPath(['plugins', unit.name])}.${key}`) : [];
    if (unit.settingsListeners.size === 0) return { ...nothing, rotated, renewed: this.#renew(unit, { isStale: saysTheSame }) };
    const change: SettingsChange = Object.freeze({ previous: unit.config, current: own, changed: Object.freeze(changed) });
    unit.described = section.settings;
    unit.config = own;
    return { ...nothing, rotated, told: this.#tell(unit, change) };
  }

  /** One that failed, and those that failed because of it, may come up with other settings. */
  #retry(affected: readonly PluginUnit[]): void {
    const { registry, lifecycle } = this.#host;
    const failed = new Set(affected.filter(({ state }) => state === 'failed').map(({ name }) => name));
    if (failed.size === 0) return;
    for (const unit of [...registry.units]) {
      const requires: unknown = unit.reason?.details?.['requires'];
      const isBehind = Array.isArray(requires) && requires.some((name) => failed.has(String(name)));
      if (unit.state === 'failed' && (failed.has(unit.name) || isBehind)) lifecycle.retried(unit);
    }
  }

  async #catchUp(unit: PluginUnit, next: NextSettings): Promise<void> {
    await this.#host.lifecycle.comingUp(unit);
    if (!this.#isUp(unit)) return;
    try {
      const change = await this.#prepared(unit, next);
      if (change === undefined) return;
      const { renewed, told } = this.#giveOne(change);
      await Promise.all([renewed, told]);
    } catch (error) {
      if (!StructumError.is(error)) throw error;
      this.#host.warn(error);
    }
  }

  async #renew({ name }: PluginUnit, options: { readonly isStale: boolean }): Promise<void> {
    try {
      await this.#host.renew(name, options);
    } catch (error) {
      if (!StructumError.is(error)) throw error;
      if (error.code !== 'DISPOSED') this.#host.warn(error);
    }
  }

  /** Each of its listeners by itself, each change after the one before. */
  #tell(unit: PluginUnit, change: SettingsChange): Promise<unknown> {
    const before = this.#telling.get(unit) ?? Promise.resolve();
    const told = before.then(() => Promise.all([...unit.settingsListeners].map((listener) => this.#tellOne(unit, listener, change))));
    this.#telling.set(unit, told);
    return told;
  }

  async #tellOne(unit: PluginUnit, listener: SettingsListener, change: SettingsChange): Promise<void> {
    const { name, lifetime } = unit;
    try {
      if (lifetime.aborted) return;
      await unlessAborted(lifetime, inPhase(name, 'configure', this.#host.limits.configure, () => listener(change), { until: lifetime }));
    } catch (error) {
      if (unit.isClosing) return;
      this.#host.warn(isCatalogued(error) ? error : catalogued('PLUGIN_CONFIGURE_FAILED', { plugin: name, reason: messageOf(error), ...remedyIn(error) }, error));
    }
  }

  /**
   * Undefined for one that is not up, and where its settings come to the same.
   * @throws `CONFIG_INVALID`, and the other codes of making settings.
   */
  async #prepared(unit: PluginUnit, next: NextSettings): Promise<Prepared | undefined> {
    const { type, state, described } = unit;
    const section = next.settingsOf(unit);
    if (section.problems.length > 0) throw await unfitSection(unit, section, type === undefined ? undefined : () => Promise.resolve(type));
    const isRotated = next.rotated(unit).length > 0;
    if (state !== 'active' || (!isRotated && isDeepStrictEqual(described, section.settings))) return undefined;
    return { unit, section, isRotated, own: await this.#host.lifecycle.ownSettings(unit, type, section) };
  }

  #isUp(unit: PluginUnit): boolean {
    const { registry, lifecycle } = this.#host;
    return unit.state === 'active' && !lifecycle.isGone(unit) && registry.unit(unit.name) === unit;
  }
}

/** What is wrong with a plugin's settings; the code that judges them is the plugin's own, and may throw anything. */
function problemsIn(error: unknown, { name }: PluginUnit): readonly SettingProblem[] {
  if (!isCatalogued(error)) return [{ path: `plugins.${name}`, problem: `is refused by the plugin: ${messageOf(error)}` }];
  if (error.code !== 'CONFIG_INVALID') throw error;
  return error.details?.['problems'] as readonly SettingProblem[];
}
