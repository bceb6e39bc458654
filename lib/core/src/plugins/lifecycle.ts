import {
  takesInjection,
  type CommandClass, type CommandManifest, type PluginClass, type PluginContext, type PluginInstance, type Resource, type ServiceToken,
} from '../contract/index.js';
import { catalogued, messageOf, StructumError } from '../errors/index.js';
import { uptime, within } from '../platform/index.js';
import { drain } from './drain.js';
import type { HostEvents } from './host-events.js';
import type { Injector, InjectorHost } from './injector.js';
import { Loader, type LoaderHost } from './loader.js';
import type { PluginUnit } from './plugin-unit.js';

/** How long the phases of a plugin's life may take, in milliseconds. */
export interface ResolvedLimits {
  readonly load: number;
  readonly activate: number;
  readonly deactivate: number;
  readonly drain: number;
}

/** What the lifecycle needs from its host. */
export interface LifecycleHost extends InjectorHost, LoaderHost {
  readonly events: HostEvents;
  readonly limits: ResolvedLimits;
}

/** Takes plugins up when they are first needed, what they require first, and down again, their dependents first. */
export class Lifecycle {
  readonly #host: LifecycleHost;
  readonly #injector: Injector;
  readonly #loader: Loader;
  readonly #activations = new Map<PluginUnit, Promise<void>>();
  readonly #deactivations = new Map<PluginUnit, Promise<void>>();
  /** Active plugins in the order in which they became so: each after what it requires. */
  readonly #active: PluginUnit[] = [];
  #isClosed = false;

  constructor(host: LifecycleHost, injector: Injector) {
    this.#host = host;
    this.#injector = injector;
    this.#loader = new Loader(host, host.limits.load);
  }

  /**
   * Makes `unit` active, with everything that it requires. Callers at the same time share the work; a plugin that
   * failed stays failed.
   *
   * @throws `PLUGIN_REJECTED`, `PLUGIN_LOAD_FAILED`, `PLUGIN_ACTIVATE_FAILED`, `PLUGIN_PHASE_TIMEOUT`, `DISPOSED`, …
   */
  activate(unit: PluginUnit): Promise<void> {
    if (unit.isClosing && unit.state !== 'failed') return Promise.reject(goingDown(unit));
    let activation = this.#activations.get(unit);
    if (activation === undefined) {
      activation = this.#takeUp(unit);
      this.#activations.set(unit, activation);
      activation.catch(() => undefined); // Whoever waits gets the error; nobody need wait.
    }
    return activation;
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
    const provider = this.#host.registry.providerUnit(token.id);
    if (provider === undefined) throw catalogued('SERVICE_UNKNOWN', { service: token.id, wantedBy: 'the host' });
    await this.activate(provider);
    return this.#injector.provided(provider, token);
  }

  /**
   * Takes `unit` down, after plugins that require it and are on their way down: running commands are drained, then
   * cancelled; what it owns is ended. Errors are logged. A second call waits for the first.
   */
  deactivate(unit: PluginUnit): Promise<void> {
    let deactivation = this.#deactivations.get(unit);
    if (deactivation === undefined) {
      deactivation = this.#takeDown(unit);
      this.#deactivations.set(unit, deactivation);
    }
    return deactivation;
  }

  /** Takes all plugins down, dependents before what they require. None comes up any more. */
  async deactivateAll(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#activations.values());
    await Promise.all(this.#deactivations.values());
    for (let unit = this.#active.at(-1); unit !== undefined; unit = this.#active.at(-1)) await this.deactivate(unit);
  }

  async #takeUp(unit: PluginUnit): Promise<void> {
    await this.#requireUsable(unit);
    try {
      // A requirement that fails fails the dependent; the plugin's own code is imported meanwhile.
      const [type] = await Promise.all([this.#load(unit), this.#activateRequirements(unit)]);
      await this.#run(unit, type);
    } catch (error) {
      throw await this.#fail(unit, error);
    }
  }

  /** @throws `PLUGIN_REJECTED`; whoever asks later is judged anew, for another plugin may have come. */
  async #requireUsable(unit: PluginUnit): Promise<void> {
    const reason = await this.#host.registry.resolve(unit);
    this.#refuseWhenClosing(unit);
    if (reason === undefined || unit.state !== 'rejected') return;
    this.#activations.delete(unit);
    this.#host.events.emit('plugin:rejected', { plugin: unit.name, error: reason });
    throw rejection(unit, reason);
  }

  async #fail(unit: PluginUnit, error: unknown): Promise<StructumError> {
    const failure = StructumError.is(error) ? error : catalogued('PLUGIN_ACTIVATE_FAILED', { plugin: unit.name, reason: messageOf(error) }, error);
    unit.failed(failure);
    unit.close();
    for (const inner of await this.#shutDown(unit)) {
      this.#host.logger.error(`What plugin "${unit.name}" had started could not be ended: ${messageOf(inner)}`, { plugin: unit.name, error: inner });
    }
    this.#host.events.emit('plugin:failed', { plugin: unit.name, error: failure });
    return failure;
  }

  async #load(unit: PluginUnit): Promise<PluginClass> {
    const start = uptime();
    const type = await this.#loader.load(unit);
    // A requirement may have failed meanwhile, and the plugin with it.
    this.#refuseWhenClosing(unit);
    unit.loaded(type, uptime() - start);
    this.#host.events.emit('plugin:loaded', { plugin: unit.name, duration: uptime() - start });
    return type;
  }

  async #activateRequirements(unit: PluginUnit): Promise<void> {
    await Promise.all(unit.requirements.map((requirement) => this.activate(requirement)));
    // One that is merely used when it is there must not take this plugin down with it.
    await Promise.all(unit.options.map((option) => this.activate(option).catch(() => undefined)));
  }

  async #run(unit: PluginUnit, type: PluginClass): Promise<void> {
    const start = uptime();
    this.#refuseWhenClosing(unit);
    this.#injector.check(unit, type, []);
    const instance: PluginInstance = await this.#injector.constructPlugin(unit, type);
    if (instance.onActivate !== undefined) {
      const context = await this.#contextOf(unit);
      this.#refuseWhenClosing(unit);
      const limit = this.#host.limits.activate;
      await within(limit, () => instance.onActivate?.(context), () => catalogued('PLUGIN_PHASE_TIMEOUT', { plugin: unit.name, phase: 'activate', limit }));
    }
    // From here on it is up, and taken down like any other, also when that is to happen at once.
    unit.instance = instance;
    unit.activated(uptime() - start);
    this.#active.push(unit);
    this.#host.events.emit('plugin:activated', { plugin: unit.name, duration: uptime() - start });
  }

  #refuseWhenClosing(unit: PluginUnit): void {
    if (this.#isClosed || unit.isClosing) throw goingDown(unit);
  }

  async #contextOf(unit: PluginUnit): Promise<PluginContext> {
    const { name, version } = unit.manifest;
    return {
      name,
      version,
      logger: this.#host.logger.child({ plugin: name }),
      config: this.#host.settingsOf(name),
      signal: unit.lifetime,
      own: <Owned extends Resource>(resource: Owned, label: string): Owned => {
        unit.owned.add(resource, label);
        return resource;
      },
      service: await this.#injector.serviceLookup(unit),
    };
  }

  async #importCommand(unit: PluginUnit, command: CommandManifest): Promise<CommandClass> {
    const { type } = unit;
    if (type === undefined) throw goingDown(unit);
    const commandType = await this.#loader.loadCommand(unit, type, command);
    if (takesInjection(commandType)) this.#injector.check(unit, type, [commandType]);
    return commandType;
  }

  async #takeDown(unit: PluginUnit): Promise<void> {
    const dependents = [...this.#deactivations].filter(([other]) => other.requirements.includes(unit));
    await Promise.all(dependents.map(([, done]) => done));
    const { drain: patience, deactivate: grace } = this.#host.limits;
    await drain(unit.running, `plugin "${unit.name}" is being deactivated`, patience, grace);
    unit.close();
    await this.#activations.get(unit)?.catch(() => undefined);
    const index = this.#active.indexOf(unit);
    if (index === -1) return;
    for (const error of await this.#shutDown(unit)) {
      this.#host.logger.error(`Plugin "${unit.name}" failed while it was deactivated: ${messageOf(error)}`, { plugin: unit.name, error });
    }
    // Only now is it gone: what requires it to be up, or waits for all to be down, sees it until here.
    this.#active.splice(this.#active.indexOf(unit), 1);
    unit.stopped();
    this.#host.events.emit('plugin:deactivated', { plugin: unit.name });
  }

  /** Ends what there is of a plugin, up or half up: `onDeactivate` where it was up, what it owns, what was made for it. */
  async #shutDown(unit: PluginUnit): Promise<readonly unknown[]> {
    const { instance, container } = unit;
    const limit = this.#host.limits.deactivate;
    const errors: unknown[] = [];
    try {
      const overdue = (): StructumError => catalogued('PLUGIN_PHASE_TIMEOUT', { plugin: unit.name, phase: 'deactivate', limit });
      await within(limit, () => instance?.onDeactivate?.(), overdue);
    } catch (error) {
      errors.push(error);
    }
    errors.push(...(await unit.owned.dispose(limit)));
    try {
      errors.push(...((await (await container)?.dispose(limit)) ?? []));
    } catch {
      // The container could not be opened: that is the failure that is being cleaned up after.
    }
    unit.instance = undefined;
    unit.container = undefined;
    return errors;
  }
}

function goingDown(unit: PluginUnit): StructumError {
  return catalogued('DISPOSED', { subject: `Plugin "${unit.name}"` });
}

function rejection(unit: PluginUnit, reason: StructumError): StructumError {
  const root = rootOf(reason);
  return catalogued('PLUGIN_REJECTED', { plugin: unit.name, reason: root.message, ...(root.hint === undefined ? {} : { remedy: root.hint }) }, reason);
}

/** The rejection that all others in the chain follow from. */
function rootOf(error: StructumError): StructumError {
  return StructumError.is(error.cause) ? rootOf(error.cause) : error;
}
