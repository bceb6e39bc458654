import {
  takesInjection,
  type CommandClass, type CommandManifest, type ExecutorKind, type PluginClass, type PluginInstance, type ServiceToken,
} from '../contract/index.js';
import { catalogued, messageOf, type StructumError } from '../errors/index.js';
import type { Redactor } from '../monitoring/index.js';
import { unlessAborted, uptime, within } from '../platform/index.js';
import { goingDown, inPhase, ownFailure, rejection, requirementFailure } from './blame.js';
import { deepFreeze } from './deep-freeze.js';
import { Departures } from './departures.js';
import { drain } from './drain.js';
import { placementWith, type Elsewhere } from './elsewhere.js';
import type { Injector, InjectorHost } from './injector.js';
import { Loader, type LoaderHost } from './loader.js';
import { pluginContext, type ContextHost } from './plugin-context.js';
import { ownSettings, resolvedSettings, unfitSection, type SourcedSection } from './plugin-settings.js';
import type { PluginUnit } from './plugin-unit.js';
import { shutDown } from './shut-down.js';

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
export interface LifecycleHost extends InjectorHost, LoaderHost, ContextHost {
  /** What the configuration says for a plugin, held against what that describes: none of its code is needed. */
  settingsOf(unit: PluginUnit): SourcedSection;
  readonly redactor: Redactor;
  /** What the section of a plugin that is on its way up says once its references to secrets are resolved. */
  resolveSecrets(unit: PluginUnit, section: SourcedSection['settings'], source: SourcedSection['source']): Promise<Readonly<Record<string, unknown>>>;
  readonly limits: ResolvedLimits;
  /** Takes up what does not run in this thread; all does where it is left out. */
  readonly elsewhere?: Elsewhere;
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
  readonly #loader: Loader;
  readonly #activations = new Map<PluginUnit, Promise<void>>();
  readonly #departures: Departures;
  /** In the order in which they became active: each after what it requires. */
  readonly #active = new Set<PluginUnit>();
  readonly #closing = new AbortController();

  constructor(host: LifecycleHost, injector: Injector) {
    this.#host = host;
    this.#injector = injector;
    this.#loader = new Loader(host, host.limits.load);
    this.#departures = new Departures({ dependents: () => this.#dependents(), takeDown: (unit, hurry) => this.#takeDown(unit, hurry) });
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
    const activation = this.#takeUp(unit, wasLookedAt).finally(() => this.#activations.delete(unit));
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
    return unit.isBegun ? unit.placement : placementWith(unit, this.#host.elsewhere);
  }

  /** Whether `unit` is up, or on its way. */
  isUp(unit: PluginUnit): boolean {
    return this.#active.has(unit) || this.#activations.has(unit);
  }

  /** Those that require `unit`, directly, and are up or on their way. */
  dependentsOf(unit: PluginUnit): readonly PluginUnit[] {
    return [...this.#dependents()(unit)];
  }

  /** Whether another unit is to be used in the place of `unit`: see {@link current}. */
  isGone(unit: PluginUnit): boolean {
    return this.#departures.has(unit) || this.#isOver(unit);
  }

  /**
   * The unit to use for a plugin: `unit` itself, or what takes its place when it has gone down.
   *
   * @throws `DISPOSED` when nothing does: the plugin, or the host, is gone.
   */
  async current(unit: PluginUnit): Promise<PluginUnit> {
    const { registry } = this.#host;
    await this.#departures.done(unit);
    if (!this.#isOver(unit)) return unit;
    const listed = registry.unit(unit.name);
    if (listed === undefined || this.#closing.signal.aborted) throw goingDown(unit);
    if (listed !== unit) return this.current(listed);
    return this.#replaced(unit);
  }

  /**
   * The unit with which to try again: a fresh one in the place of one that failed, and in the place of those that it
   * requires and that failed. Commands that could not be imported are imported again.
   */
  retried(unit: PluginUnit, isRetried = new Set<string>()): PluginUnit {
    unit.commandTypes.clear();
    isRetried.add(unit.name);
    if (this.isUp(unit)) return unit;
    // By name: what was rejected because of them is bound to nothing.
    for (const requirement of this.#requiredBy(unit)) if (!isRetried.has(requirement.name)) this.retried(requirement, isRetried);
    return unit.state === 'failed' && this.#host.registry.unit(unit.name) === unit ? this.#replaced(unit) : unit;
  }

  /**
   * The settings of a plugin as it sees them, once references to secrets in its section are resolved.
   * @param type - Its class; there is none of one that runs elsewhere, whose own rules are checked there.
   * @throws `CONFIG_INVALID`, `VALIDATOR_MISSING`, and the codes of secrets.
   */
  async ownSettings(unit: PluginUnit, type: PluginClass | undefined, section: SourcedSection): Promise<Readonly<Record<string, unknown>>> {
    const resolved = await this.#resolved(unit, section);
    return type === undefined ? deepFreeze(resolved) : ownSettings(unit, type, resolved, section);
  }

  #resolved(unit: PluginUnit, section: SourcedSection): Promise<Readonly<Record<string, unknown>>> {
    return resolvedSettings(unit, section, (unresolved) => unlessAborted(unit.lifetime, this.#host.resolveSecrets(unit, unresolved, section.source)));
  }

  /**
   * The class of a plugin, imported if need be: it is not taken up for that.
   * @throws `PLUGIN_ISOLATED` where that is not to happen in this thread, and the codes of loading plugins.
   */
  async typeOf(unit: PluginUnit): Promise<PluginClass> {
    if (this.placementOf(unit) !== 'inline') throw catalogued('PLUGIN_ISOLATED', { plugin: unit.name });
    return unit.type ?? this.#unlessLeft(unit, this.#loader.load(unit, Promise.resolve()));
  }

  /** The class of one of the plugin's commands. The plugin must be active. */
  commandType(unit: PluginUnit, command: CommandManifest): Promise<CommandClass> {
    let type = unit.commandTypes.get(command.path);
    if (type === undefined) {
      type = this.#importCommand(unit, command);
      unit.commandTypes.set(command.path, type);
    }
    return type;
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
    if (!this.isClosing && this.#host.registry.unit(unit.name) === unit) this.#replaced(unit);
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

  async #takeUp(unit: PluginUnit, wasLookedAt: boolean): Promise<void> {
    await this.#begin(unit, wasLookedAt);
    try {
      // Before anything is imported: what the manifest says of settings can be held against them at once.
      const section = this.#host.settingsOf(unit);
      const isInline = unit.placement === 'inline';
      if (section.problems.length > 0) throw await unfitSection(unit, section, isInline ? () => this.typeOf(unit) : undefined);
      if (!isInline) {
        await this.#runElsewhere(unit, section);
        return;
      }
      // A requirement that fails fails the dependent; the plugin's own code is imported meanwhile.
      const requirements = this.#activateRequirements(unit);
      const [type] = await Promise.all([this.#load(unit, requirements), requirements]);
      await this.#run(unit, type, section);
    } catch (error) {
      throw await this.#giveUp(unit, error);
    }
  }

  /** @throws `PLUGIN_REJECTED`, `PLUGIN_DISABLED`, `PLUGIN_UNTRUSTED`; whoever asks later is judged anew, for another plugin may have come. */
  async #begin(unit: PluginUnit, wasLookedAt: boolean): Promise<void> {
    const { registry } = this.#host;
    // What it uses may have been upgraded since it was judged; then it is judged with that, once.
    let hasLookedAgain = !wasLookedAt && registry.refreshUsed(unit);
    // It may be put back among the unjudged while it is judged.
    while (unit.state === 'discovered') {
      registry.resolve(unit);
      this.#refuseWhenClosing(unit);
      hasLookedAgain ||= registry.refreshUsed(unit);
    }
    this.#refuseWhenClosing(unit);
    if (unit.state !== 'resolved' && unit.reason !== undefined) throw rejection(unit, unit.reason);
    // At once: from here on it stays as it was judged.
    unit.begin(placementWith(unit, this.#host.elsewhere));
  }

  async #giveUp(unit: PluginUnit, error: unknown): Promise<StructumError> {
    const wasToldTo = unit.isClosing || this.#closing.signal.aborted;
    unit.close();
    for (const inner of await shutDown(unit, this.#host.limits.deactivate)) {
      this.#host.logger.error(`What plugin "${unit.name}" had started could not be ended: ${messageOf(inner)}`, { plugin: unit.name, error: inner });
    }
    if (wasToldTo) {
      unit.stopped();
      return goingDown(unit);
    }
    const failure = this.#host.redactor.redactValue(ownFailure(unit, error));
    unit.failed(failure);
    return failure;
  }

  /** It may import modules of those that it requires, which are to blame as long as they do not come up. */
  async #load(unit: PluginUnit, requirements: Promise<void>): Promise<PluginClass> {
    const start = uptime();
    const type = await this.#unlessLeft(unit, this.#loader.load(unit, requirements));
    // A requirement may have failed meanwhile, and the plugin with it.
    this.#refuseWhenClosing(unit);
    unit.loaded(type, uptime() - start);
    return type;
  }

  async #activateRequirements(unit: PluginUnit): Promise<void> {
    // One that is merely used when it is there must not take this plugin down with it.
    const options = unit.options.filter((option) => this.placementOf(option) === 'inline').map((option) => this.#bringUp(unit, option).catch(() => undefined));
    await unlessAborted(unit.lifetime, Promise.all(unit.requirements.map((requirement) => this.#bringUp(unit, requirement))));
    await unlessAborted(unit.lifetime, Promise.all(options));
  }

  /** Takes up what `unit` uses, or what has come in the place of that. */
  async #bringUp(unit: PluginUnit, used: PluginUnit): Promise<void> {
    try {
      const isLent = this.#departures.isLent(used, unit);
      const provider = !isLent && this.isGone(used) ? await this.current(used) : used;
      this.#refuseWhenClosing(unit);
      // At once: from here on, that one does not go down without this one.
      unit.useInstead(used, provider);
      await this.#activate(provider, provider === used);
    } catch (error) {
      throw unit.isClosing ? goingDown(unit) : requirementFailure(unit, used, error);
    }
  }

  async #run(unit: PluginUnit, type: PluginClass, section: SourcedSection): Promise<void> {
    const start = uptime();
    this.#refuseWhenClosing(unit);
    this.#injector.check(unit, type, []);
    unit.config = await this.ownSettings(unit, type, section);
    unit.described = section.settings;
    const instance: PluginInstance = await this.#injector.constructPlugin(unit, type);
    if (instance.onActivate !== undefined) {
      const context = pluginContext(unit, this.#host, await this.#injector.serviceLookup(unit));
      this.#refuseWhenClosing(unit);
      await this.#unlessLeft(unit, inPhase(unit.name, 'activate', this.#host.limits.activate, () => instance.onActivate?.(context), { until: unit.lifetime }));
    }
    // From here on it is up, and taken down like any other, also when that is to happen at once.
    this.#active.add(unit);
    unit.activated(instance, uptime() - start);
  }

  /** None of its code is imported here, nor that of what it requires. */
  async #runElsewhere(unit: PluginUnit, section: SourcedSection): Promise<void> {
    unit.config = await this.ownSettings(unit, undefined, section);
    unit.described = section.settings;
    const { elsewhere } = this.#host;
    if (elsewhere === undefined) throw goingDown(unit);
    const { instance, timings } = await this.#unlessLeft(unit, elsewhere.open(unit));
    // What is half up is taken down by it, too.
    unit.instance = instance;
    this.#refuseWhenClosing(unit);
    unit.loaded(undefined, timings.load);
    this.#active.add(unit);
    unit.activated(instance, timings.activate);
  }

  /** What a plugin does on its way up; where it is told to go down meanwhile, it has as long to heed that as going down may take. */
  async #unlessLeft<Value>(unit: PluginUnit, work: Promise<Value>): Promise<Value> {
    try {
      return await unlessAborted(unit.lifetime, work);
    } catch (error) {
      if (!unit.isClosing) throw error;
      return within(this.#host.limits.deactivate, () => work, () => goingDown(unit));
    }
  }

  #refuseWhenClosing(unit: PluginUnit): void {
    if (this.#closing.signal.aborted || unit.isClosing) throw goingDown(unit);
  }

  async #importCommand(unit: PluginUnit, command: CommandManifest): Promise<CommandClass> {
    const { type } = unit;
    if (type === undefined) throw goingDown(unit);
    const commandType = await this.#loader.loadCommand(unit, type, command);
    if (takesInjection(commandType)) this.#injector.check(unit, type, [commandType]);
    return commandType;
  }

  #requiredBy({ manifest: { requires, requiresServices = [] } }: PluginUnit): readonly PluginUnit[] {
    const { registry } = this.#host;
    return [...Object.keys(requires).map((name) => registry.unit(name)), ...requiresServices.map((id) => registry.providerUnit(id))].filter((unit) => unit !== undefined);
  }

  /** Whether `unit` has gone down, or will never come up. */
  #isOver(unit: PluginUnit): boolean {
    return unit.isClosing && unit.state !== 'failed' && !this.isUp(unit);
  }

  #replaced(unit: PluginUnit): PluginUnit {
    const fresh = unit.renewed();
    this.#host.registry.replace(unit, fresh);
    return fresh;
  }

  /** Finds for a unit those that require it and are up or on their way, and when all end also those that may use it: as it is now. */
  #dependents(): (unit: PluginUnit) => Iterable<PluginUnit> {
    const users = new Map<PluginUnit, Set<PluginUnit>>();
    const undecided: PluginUnit[] = [];
    const add = (used: PluginUnit, user: PluginUnit): void => void (users.get(used) ?? users.set(used, new Set()).get(used))?.add(user);
    for (const user of [...this.#active, ...this.#activations.keys()]) {
      for (const used of user.requirements) add(used, user);
      if (user.state === 'discovered') undecided.push(user);
    }
    if (this.isClosing) {
      // What is up sees what it may use for as long, where that came up before it.
      const before = new Set<PluginUnit>();
      for (const user of this.#active) {
        for (const used of user.options) if (before.has(used)) add(used, user);
        before.add(user);
      }
    }
    return (unit) => {
      const isListed = undecided.length > 0 && this.#host.registry.unit(unit.name) === unit;
      const wanting = isListed ? undecided.filter((other) => other !== unit && wants(other, unit)) : [];
      return [...(users.get(unit) ?? []), ...wanting];
    };
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

/** Whether a plugin that was not judged yet is going to require `unit`. */
function wants({ manifest: { requires, requiresServices = [] } }: PluginUnit, { name, manifest }: PluginUnit): boolean {
  return Object.hasOwn(requires, name) || requiresServices.some((id) => manifest.provides.includes(id));
}
