import type { CommandClass, CommandManifest, ExecutorKind, PluginClass, ServiceToken } from '../contract/index.js';
import { catalogued, messageOf } from '../errors/index.js';
import { Activation, type ActivationHost, type ActivationSetting } from './activation.js';
import { goingDown } from './blame.js';
import { Departures } from './departures.js';
import { dependentsAmong } from './dependents.js';
import { drain } from './drain.js';
import { placementNow } from './elsewhere.js';
import type { Injector, InjectorHost } from './injector.js';
import type { LoaderHost } from './loader.js';
import { ownSettings, type SourcedSection } from './plugin-settings.js';
import type { PluginUnit } from './plugin-unit.js';
import { shutDown } from './shut-down.js';
import { Succession } from './succession.js';
import { UnitCode } from './unit-code.js';

/** How long the phases of a plugin's life may take, in milliseconds. */
export interface ResolvedLimits {
  readonly load: number;
  readonly activate: number;
  readonly configure: number;
  readonly deactivate: number;
  readonly drain: number;
  readonly health: number;
}

/** What the lifecycle needs from its host. */
export interface LifecycleHost extends InjectorHost, LoaderHost, ActivationHost {
  readonly limits: ResolvedLimits;
}

/** How a plugin is taken down. */
export interface DeactivateOptions {
  /** Milliseconds that its running commands get to end by themselves, before they are cancelled; the host's `drain` when left out. */
  readonly patience?: number;
}

/**
 * Takes plugins up when they are first needed, what they require first, and down again, their dependents first.
 *
 * It holds on to a unit only while that is on its way up or down, or active; units need not be in the registry.
 */
export class Lifecycle {
  readonly #host: LifecycleHost;
  readonly #injector: Injector;
  readonly #code: UnitCode;
  readonly #activations = new Map<PluginUnit, Promise<void>>();
  readonly #departures: Departures;
  readonly #succession: Succession;
  /** What each of them finds on its way up. */
  readonly #setting: ActivationSetting;
  /** In the order in which they became active: each after what it requires. */
  readonly #active = new Set<PluginUnit>();
  readonly #closing = new AbortController();

  constructor(host: LifecycleHost, injector: Injector) {
    this.#host = host;
    this.#injector = injector;
    this.#code = new UnitCode(host, injector);
    this.#departures = new Departures({ dependents: () => this.#dependents(), takeDown: (unit, hurry) => this.#takeDown(unit, hurry) });
    const closing = this.#closing.signal;
    this.#succession = new Succession({ registry: host.registry, departures: this.#departures, closing, isUp: (unit) => this.isUp(unit) });
    this.#setting = {
      code: this.#code, injector, closing,
      isGone: (used, user) => !this.#departures.isLent(used, user) && this.isGone(used),
      current: (unit) => this.current(unit),
      activate: (unit, wasLookedAt) => this.#activate(unit, wasLookedAt),
      cameUp: (unit) => { this.#active.add(unit); },
    };
  }

  /** Whether all plugins are being taken down: none comes up any more. */
  get isClosing(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Those that are up, each after what it requires. */
  get active(): readonly PluginUnit[] {
    return [...this.#active];
  }

  /** How many units it holds on to. */
  get held(): number {
    return new Set([...this.#activations.keys(), ...this.#departures.units, ...this.#active]).size;
  }

  /**
   * Makes `unit` active, with everything that it requires. Callers at the same time share the work; a plugin that
   * failed stays failed.
   *
   * @throws `PLUGIN_REJECTED`, `PLUGIN_LOAD_FAILED`, `PLUGIN_ACTIVATE_FAILED`, `PLUGIN_PHASE_TIMEOUT`, `DISPOSED`, …
   */
  activate(unit: PluginUnit): Promise<void> {
    return this.#activate(unit, false);
  }

  /** @param wasLookedAt - Whether it is taken up for one that uses it, and what both use was looked at with that one. */
  #activate(unit: PluginUnit, wasLookedAt: boolean): Promise<void> {
    const pending = this.#activations.get(unit);
    if (pending !== undefined) return pending;
    if (unit.state === 'failed' && unit.reason !== undefined) return Promise.reject(unit.reason);
    if (unit.isClosing) return Promise.reject(goingDown(unit));
    if (unit.state === 'active') return Promise.resolve();
    const activation = new Activation(unit, this.#host, this.#setting).run(wasLookedAt).finally(() => this.#activations.delete(unit));
    this.#activations.set(unit, activation);
    activation.catch(() => undefined); // Whoever waits gets the error; nobody need wait.
    return activation;
  }

  /** Resolves when `unit`, which is being taken up, is up or has failed; undefined when it is not being taken up. */
  comingUp(unit: PluginUnit): Promise<void> | undefined {
    return this.#activations.get(unit)?.catch(() => undefined);
  }

  /** Where a plugin runs, or would. */
  placementOf(unit: PluginUnit): ExecutorKind {
    return placementNow(unit, this.#host.elsewhere);
  }

  /** Whether `unit` is up, or on its way. */
  isUp(unit: PluginUnit): boolean {
    return this.#active.has(unit) || this.#activations.has(unit);
  }

  /** Those that require `unit`, directly, and are up or on their way. */
  dependentsOf(unit: PluginUnit): readonly PluginUnit[] {
    return this.#dependents()(unit);
  }

  /** Whether another unit is to be used in the place of `unit`: see {@link current}. */
  isGone(unit: PluginUnit): boolean {
    return this.#succession.isGone(unit);
  }

  /**
   * The unit to use for a plugin: `unit` itself, or what takes its place when it has gone down.
   *
   * @throws `DISPOSED` when nothing does: the plugin, or the host, is gone.
   */
  current(unit: PluginUnit): Promise<PluginUnit> {
    return this.#succession.current(unit);
  }

  /** The unit with which to try again: see {@link Succession.retried}. */
  retried(unit: PluginUnit): PluginUnit {
    return this.#succession.retried(unit);
  }

  /** The settings of a plugin as it sees them: see {@link ownSettings}. */
  ownSettings(unit: PluginUnit, type: PluginClass | undefined, section: SourcedSection): Promise<Readonly<Record<string, unknown>>> {
    return ownSettings(unit, type, section, this.#host);
  }

  /** The class of a plugin, which is not taken up for that: see {@link UnitCode.typeOf}. */
  typeOf(unit: PluginUnit): Promise<PluginClass> {
    return this.#code.typeOf(unit);
  }

  /** The class of one of the plugin's commands. The plugin must be active. */
  commandType(unit: PluginUnit, command: CommandManifest): Promise<CommandClass> {
    return this.#code.commandType(unit, command);
  }

  /** A service, its plugin taken up if need be. */
  async service<Service>(token: ServiceToken<Service>): Promise<Service> {
    const listed = this.#host.registry.providerUnit(token.id);
    const found = listed === undefined || this.#host.registry.upToDate(listed) === listed ? listed : this.#host.registry.providerUnit(token.id);
    if (found === undefined) throw catalogued('SERVICE_UNKNOWN', { service: token.id, wantedBy: 'the host' });
    const provider = this.isGone(found) ? await this.current(found) : found;
    await this.activate(provider);
    if (provider.placement !== 'inline') return this.#serviceElsewhere(provider, token);
    try {
      return await this.#injector.provided(provider, token);
    } catch (error) {
      throw this.#host.redactor.redactValue(error);
    }
  }

  /** @throws `SERVICE_NOT_REMOTE` */
  async #serviceElsewhere<Service>(provider: PluginUnit, { id, remote }: ServiceToken<Service>): Promise<Service> {
    if (!remote) throw catalogued('SERVICE_NOT_REMOTE', { service: id, provider: provider.name });
    const { elsewhere } = this.#host;
    if (elsewhere === undefined) throw goingDown(provider);
    return (await elsewhere.service(provider, id)) as Service;
  }

  /**
   * Takes `unit` down, those that require it first: running commands are drained, then cancelled; what it owns is
   * ended. Errors are logged. A second call waits for the first, for as long as its own patience allows.
   */
  deactivate(unit: PluginUnit, options: DeactivateOptions = {}): Promise<void> {
    return this.#deactivate([unit], options);
  }

  /** Takes `unit` down like {@link deactivate}, and with it its other versions. */
  deactivateVersions(unit: PluginUnit): Promise<void> {
    return this.#deactivate(unit.versions);
  }

  /** Takes `unit` down like {@link deactivateVersions}, and puts a fresh one in its place, which is judged anew. */
  async renew(unit: PluginUnit): Promise<void> {
    await this.deactivateVersions(unit);
    this.#succession.renew(unit);
  }

  /** Whether commands of `unit`, or of those that require it and are up, are under way. */
  isBusy(unit: PluginUnit): boolean {
    const dependents = this.#dependents();
    const units = new Set(unit.versions);
    // A set hands out what is added to it while it is walked.
    for (const each of units) {
      if (each.running.size > 0) return true;
      for (const dependent of dependents(each)) units.add(dependent);
    }
    return false;
  }

  /** Takes all plugins down, dependents before what they require. None comes up any more. */
  async deactivateAll(): Promise<void> {
    this.#closing.abort();
    const departing = this.#deactivate(this.#departures.units);
    for (const unit of this.#activations.keys()) unit.close();
    await Promise.allSettled(this.#activations.values());
    await departing;
    await this.#deactivate(this.#active);
  }

  #deactivate(units: Iterable<PluginUnit>, { patience = this.#host.limits.drain }: DeactivateOptions = {}): Promise<void> {
    return this.#departures.begin(units, this.isClosing ? 0 : patience);
  }

  #dependents(): (unit: PluginUnit) => readonly PluginUnit[] {
    return dependentsAmong({ active: this.#active, comingUp: this.#activations.keys(), isClosing: this.isClosing }, this.#host.registry);
  }

  async #takeDown(unit: PluginUnit, hurry: AbortSignal): Promise<void> {
    const { limits, logger } = this.#host;
    await drain(unit.running, `plugin "${unit.name}" is being deactivated`, { patience: Infinity, grace: limits.deactivate, hurry });
    unit.close();
    await this.comingUp(unit);
    if (!this.#active.has(unit)) return;
    for (const error of await shutDown(unit, limits.deactivate)) {
      logger.error(`Plugin "${unit.name}" failed while it was deactivated: ${messageOf(error)}`, { plugin: unit.name, error });
    }
    // Only now is it gone: what requires it to be up, or waits for all to be down, sees it until here.
    this.#active.delete(unit);
    unit.stopped();
  }
}
