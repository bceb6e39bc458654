import type { PluginClass, PluginInstance } from '../contract/index.js';
import { messageOf, type StructumError } from '../errors/index.js';
import { unlessAborted, uptime } from '../platform/index.js';
import { goingDown, inPhase, ownFailure, rejection, requirementFailure, unlessLeft } from './blame.js';
import { placementNow, placementWith, type Elsewhere } from './elsewhere.js';
import type { Injector } from './injector.js';
import { pluginContext, type ContextHost } from './plugin-context.js';
import type { PluginRegistry } from './plugin-registry.js';
import { ownSettings, unfitSection, type SecretsHost, type SourcedSection } from './plugin-settings.js';
import type { PluginUnit } from './plugin-unit.js';
import { shutDown } from './shut-down.js';
import type { UnitCode } from './unit-code.js';

/** What taking a plugin up needs from its host. */
export interface ActivationHost extends ContextHost, SecretsHost {
  readonly registry: PluginRegistry;
  /** What the configuration says for a plugin, held against what that describes: none of its code is needed. */
  settingsOf(unit: PluginUnit): SourcedSection;
  /** In milliseconds. */
  readonly limits: { readonly activate: number; readonly deactivate: number };
  /** Takes up what does not run in this thread; all does where it is left out. */
  readonly elsewhere?: Elsewhere;
}

/** What taking a plugin up needs from the life of all of them. */
export interface ActivationSetting {
  readonly code: UnitCode;
  readonly injector: Injector;
  /** Aborted when all plugins are taken down. */
  readonly closing: AbortSignal;
  /** Whether another unit is to be used in the place of one that `user` uses. */
  isGone(used: PluginUnit, user: PluginUnit): boolean;
  /** The unit to use for a plugin. */
  current(unit: PluginUnit): Promise<PluginUnit>;
  /** Takes up what another one uses; `wasLookedAt` says whether what both use was looked at with that one. */
  activate(used: PluginUnit, wasLookedAt: boolean): Promise<void>;
  /** It is up from now on, and taken down like any other. */
  cameUp(unit: PluginUnit): void;
}

/** A plugin on its way up: judged, its settings read, what it requires taken up, its code imported and run. */
export class Activation {
  readonly #unit: PluginUnit;
  readonly #host: ActivationHost;
  readonly #setting: ActivationSetting;

  constructor(unit: PluginUnit, host: ActivationHost, setting: ActivationSetting) {
    this.#unit = unit;
    this.#host = host;
    this.#setting = setting;
  }

  /**
   * Resolves when the plugin is up.
   *
   * @param wasLookedAt - Whether it is taken up for one that uses it, and what both use was looked at with that one.
   * @throws why it could not come up; then nothing of it is left.
   */
  async run(wasLookedAt: boolean): Promise<void> {
    await this.#begin(wasLookedAt);
    try {
      const unit = this.#unit;
      // Before anything is imported: what the manifest says of settings can be held against them at once.
      const section = this.#host.settingsOf(unit);
      const isInline = unit.placement === 'inline';
      if (section.problems.length > 0) throw await unfitSection(unit, section, isInline ? () => this.#setting.code.typeOf(unit) : undefined);
      await (isInline ? this.#runHere(section) : this.#runElsewhere(section));
    } catch (error) {
      throw await this.#giveUp(error);
    }
  }

  /** @throws `PLUGIN_REJECTED`, `PLUGIN_DISABLED`, `PLUGIN_UNTRUSTED`; whoever asks later is judged anew, for another plugin may have come. */
  async #begin(wasLookedAt: boolean): Promise<void> {
    const unit = this.#unit;
    const { registry, elsewhere } = this.#host;
    // What it uses may have been upgraded since it was judged; then it is judged with that, once.
    let hasLookedAgain = !wasLookedAt && registry.refreshUsed(unit);
    // It may be put back among the unjudged while it is judged.
    while (unit.state === 'discovered') {
      registry.resolve(unit);
      this.#refuseWhenClosing();
      hasLookedAgain ||= registry.refreshUsed(unit);
    }
    this.#refuseWhenClosing();
    if (unit.state !== 'resolved' && unit.reason !== undefined) throw rejection(unit, unit.reason);
    // At once: from here on it stays as it was judged.
    unit.begin(placementWith(unit, elsewhere));
  }

  async #runHere(section: SourcedSection): Promise<void> {
    // A requirement that fails fails the dependent; the plugin's own code is imported meanwhile.
    const requirements = this.#activateRequirements();
    const [type] = await Promise.all([this.#load(requirements), requirements]);
    await this.#start(type, section);
  }

  async #activateRequirements(): Promise<void> {
    const { lifetime, options, requirements } = this.#unit;
    // One that is merely used when it is there must not take this plugin down with it.
    const usable = options.filter((option) => placementNow(option, this.#host.elsewhere) === 'inline').map((option) => this.#bringUp(option).catch(() => undefined));
    await unlessAborted(lifetime, Promise.all(requirements.map((requirement) => this.#bringUp(requirement))));
    await unlessAborted(lifetime, Promise.all(usable));
  }

  /** Takes up what the plugin uses, or what has come in the place of that. */
  async #bringUp(used: PluginUnit): Promise<void> {
    const unit = this.#unit;
    try {
      const provider = this.#setting.isGone(used, unit) ? await this.#setting.current(used) : used;
      this.#refuseWhenClosing();
      // At once: from here on, that one does not go down without this one.
      unit.useInstead(used, provider);
      await this.#setting.activate(provider, provider === used);
    } catch (error) {
      throw unit.isClosing ? goingDown(unit) : requirementFailure(unit, used, error);
    }
  }

  /** It may import modules of those that it requires, which are to blame as long as they do not come up. */
  async #load(requirements: Promise<void>): Promise<PluginClass> {
    const start = uptime();
    const type = await this.#setting.code.load(this.#unit, requirements);
    // A requirement may have failed meanwhile, and the plugin with it.
    this.#refuseWhenClosing();
    this.#unit.loaded(type, uptime() - start);
    return type;
  }

  async #start(type: PluginClass, section: SourcedSection): Promise<void> {
    const unit = this.#unit;
    const { injector } = this.#setting;
    const start = uptime();
    this.#refuseWhenClosing();
    injector.check(unit, type, []);
    await this.#configure(type, section);
    const instance: PluginInstance = await injector.constructPlugin(unit, type);
    if (instance.onActivate !== undefined) {
      const context = pluginContext(unit, this.#host, await injector.serviceLookup(unit));
      this.#refuseWhenClosing();
      await this.#unlessLeft(inPhase(unit.name, 'activate', this.#host.limits.activate, () => instance.onActivate?.(context), { until: unit.lifetime }));
    }
    this.#finish(instance, uptime() - start);
  }

  /** None of its code is imported here, nor that of what it requires. */
  async #runElsewhere(section: SourcedSection): Promise<void> {
    const unit = this.#unit;
    await this.#configure(undefined, section);
    const { elsewhere } = this.#host;
    if (elsewhere === undefined) throw goingDown(unit);
    const { instance, timings } = await this.#unlessLeft(elsewhere.open(unit));
    // What is half up is taken down by it, too.
    unit.instance = instance;
    this.#refuseWhenClosing();
    unit.loaded(undefined, timings.load);
    this.#finish(instance, timings.activate);
  }

  async #configure(type: PluginClass | undefined, section: SourcedSection): Promise<void> {
    this.#unit.config = await ownSettings(this.#unit, type, section, this.#host);
    this.#unit.described = section.settings;
  }

  /** From here on it is up, and taken down like any other, also when that is to happen at once. */
  #finish(instance: PluginInstance, duration: number): void {
    this.#setting.cameUp(this.#unit);
    this.#unit.activated(instance, duration);
  }

  async #giveUp(error: unknown): Promise<StructumError> {
    const unit = this.#unit;
    const { limits, logger, redactor } = this.#host;
    const wasToldTo = unit.isClosing || this.#setting.closing.aborted;
    unit.close();
    for (const inner of await shutDown(unit, limits.deactivate)) {
      logger.error(`What plugin "${unit.name}" had started could not be ended: ${messageOf(inner)}`, { plugin: unit.name, error: inner });
    }
    if (wasToldTo) {
      unit.stopped();
      return goingDown(unit);
    }
    const failure = redactor.redactValue(ownFailure(unit, error));
    unit.failed(failure);
    return failure;
  }

  #unlessLeft<Value>(work: Promise<Value>): Promise<Value> {
    return unlessLeft(this.#unit, this.#host.limits.deactivate, work);
  }

  #refuseWhenClosing(): void {
    if (this.#setting.closing.aborted || this.#unit.isClosing) throw goingDown(this.#unit);
  }
}
