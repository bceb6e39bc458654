import {
  takesInjection,
  type CommandClass, type CommandManifest, type PluginClass, type PluginContext, type PluginInstance, type Resource, type ServiceToken,
} from '../contract/index.js';
import { catalogued, messageOf, StructumError } from '../errors/index.js';
import { uptime } from '../platform/index.js';
import type { HostEvents } from './host-events.js';
import type { Injector, InjectorHost } from './injector.js';
import { Loader } from './loader.js';
import type { PluginUnit } from './plugin-unit.js';
import { within } from './within.js';

/** How long the phases of a plugin's life may take, in milliseconds. */
export interface ResolvedLimits {
  readonly load: number;
  readonly activate: number;
  readonly deactivate: number;
  readonly drain: number;
}

/** What the lifecycle needs from its host. */
export interface LifecycleHost extends InjectorHost {
  readonly events: HostEvents;
  readonly limits: ResolvedLimits;
}

/** Takes plugins up when they are first needed, what they require first, and down again, their dependents first. */
export class Lifecycle {
  readonly #host: LifecycleHost;
  readonly #loader: Loader;
  readonly #injector: Injector;
  readonly #activations = new Map<PluginUnit, Promise<void>>();
  /** Active plugins in the order in which they became so: each after what it requires. */
  readonly #active: PluginUnit[] = [];

  constructor(host: LifecycleHost, injector: Injector) {
    this.#host = host;
    this.#loader = new Loader(host.events, host.limits.load);
    this.#injector = injector;
  }

  /**
   * Makes `unit` active, with everything that it requires. Callers at the same time share the work; a plugin that
   * failed stays failed.
   *
   * @throws `PLUGIN_REJECTED`, `PLUGIN_LOAD_FAILED`, `PLUGIN_ACTIVATE_FAILED`, `PLUGIN_PHASE_TIMEOUT`, …
   */
  async activate(unit: PluginUnit): Promise<void> {
    const rejection = await this.#host.registry.resolve(unit);
    if (unit.state === 'rejected' && rejection !== undefined) throw rejected(unit, rejection);
    let activation = this.#activations.get(unit);
    if (activation === undefined) {
      activation = this.#activate(unit);
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

  /** Takes `unit` down: running commands are drained, then aborted; what it owns is ended. Errors are logged. */
  async deactivate(unit: PluginUnit): Promise<void> {
    await this.#activations.get(unit)?.catch(() => undefined);
    this.#activations.delete(unit);
    const index = this.#active.indexOf(unit);
    if (index === -1) return;
    this.#active.splice(index, 1);
    await this.#drain(unit);
    unit.lifetime.abort();
    const errors = await this.#takeDown(unit);
    for (const error of errors) {
      this.#host.logger.error(`Plugin "${unit.name}" failed while it was deactivated: ${messageOf(error)}`, { plugin: unit.name, error });
    }
    unit.state = 'stopped';
    this.#host.events.emit('plugin:deactivated', { plugin: unit.name });
  }

  /** Takes all plugins down, dependents before what they require. */
  async deactivateAll(): Promise<void> {
    await Promise.allSettled(this.#activations.values());
    for (let unit = this.#active.at(-1); unit !== undefined; unit = this.#active.at(-1)) await this.deactivate(unit);
  }

  async #activate(unit: PluginUnit): Promise<void> {
    try {
      // A requirement that fails fails the dependent; the plugin's own code is imported meanwhile.
      const [type] = await Promise.all([this.#load(unit), this.#activateRequirements(unit)]);
      await this.#run(unit, type);
    } catch (error) {
      const failure = StructumError.is(error) ? error : catalogued('PLUGIN_ACTIVATE_FAILED', { plugin: unit.name, reason: messageOf(error) }, error);
      for (const inner of await this.#takeDown(unit)) {
        this.#host.logger.error(`What plugin "${unit.name}" had started could not be ended: ${messageOf(inner)}`, { plugin: unit.name, error: inner });
      }
      unit.fail('failed', failure);
      this.#host.events.emit('plugin:failed', { plugin: unit.name, error: failure });
      throw failure;
    }
  }

  async #importCommand(unit: PluginUnit, command: CommandManifest): Promise<CommandClass> {
    const { type } = unit;
    if (type === undefined) throw catalogued('DISPOSED', { subject: `Plugin "${unit.name}"` });
    const commandType = await this.#loader.loadCommand(unit, type, command);
    if (takesInjection(commandType)) this.#injector.check(unit, type, [commandType]);
    return commandType;
  }

  async #load(unit: PluginUnit): Promise<PluginClass> {
    const start = uptime();
    const type = await this.#loader.load(unit);
    unit.type = type;
    unit.state = 'loaded';
    unit.timings.load = uptime() - start;
    this.#host.events.emit('plugin:loaded', { plugin: unit.name, duration: unit.timings.load });
    return type;
  }

  async #activateRequirements(unit: PluginUnit): Promise<void> {
    await Promise.all(unit.requirements.map((requirement) => this.activate(requirement)));
    // One that is merely used when it is there must not take this plugin down with it.
    await Promise.all(unit.options.map((option) => this.activate(option).catch(() => undefined)));
  }

  async #run(unit: PluginUnit, type: PluginClass): Promise<void> {
    const start = uptime();
    unit.lifetime = new AbortController();
    this.#injector.check(unit, type, []);
    const instance: PluginInstance = await this.#injector.constructPlugin(unit, type);
    unit.instance = instance;
    if (instance.onActivate !== undefined) {
      const context = await this.#contextOf(unit);
      const limit = this.#host.limits.activate;
      await within(limit, () => instance.onActivate?.(context), () => catalogued('PLUGIN_PHASE_TIMEOUT', { plugin: unit.name, phase: 'activate', limit }));
    }
    unit.state = 'active';
    this.#active.push(unit);
    unit.timings.activate = uptime() - start;
    this.#host.events.emit('plugin:activated', { plugin: unit.name, duration: unit.timings.activate });
  }

  async #contextOf(unit: PluginUnit): Promise<PluginContext> {
    const { name, version } = unit.manifest;
    return {
      name,
      version,
      logger: this.#host.logger.child({ plugin: name }),
      config: this.#host.settingsOf(name),
      signal: unit.lifetime.signal,
      own: <Owned extends Resource>(resource: Owned, label: string): Owned => {
        unit.owned.add(resource, label);
        return resource;
      },
      service: await this.#injector.serviceLookup(unit),
    };
  }

  async #drain(unit: PluginUnit): Promise<void> {
    if (unit.running.size === 0) return;
    const settled = (): Promise<unknown> => Promise.allSettled([...unit.running].map((execution) => execution.settled));
    const { drain, deactivate } = this.#host.limits;
    const overdue = catalogued('PLUGIN_PHASE_TIMEOUT', { plugin: unit.name, phase: 'drain', limit: drain });
    try {
      await within(drain, settled, () => overdue);
    } catch {
      for (const execution of unit.running) execution.cancel(`plugin "${unit.name}" is being deactivated`);
      // What does not listen to its signal is left behind; it cannot be ended from here.
      await within(deactivate, settled, () => overdue).catch(() => undefined);
    }
  }

  /** Ends what there is of a plugin, active or not. */
  async #takeDown(unit: PluginUnit): Promise<readonly unknown[]> {
    const { instance, container } = unit;
    const limit = this.#host.limits.deactivate;
    const overdue = (): StructumError => catalogued('PLUGIN_PHASE_TIMEOUT', { plugin: unit.name, phase: 'deactivate', limit });
    const errors: unknown[] = [];
    const attempt = async (work: () => Promise<readonly unknown[]>): Promise<void> => {
      try {
        errors.push(...(await within(limit, work, overdue)));
      } catch (error) {
        errors.push(error);
      }
    };
    await attempt(async () => {
      if (unit.state === 'active') await instance?.onDeactivate?.();
      return [];
    });
    await attempt(() => unit.owned.dispose());
    await attempt(async () => (await container)?.dispose() ?? []);
    unit.instance = undefined;
    unit.container = undefined;
    return errors;
  }
}

function rejected(unit: PluginUnit, reason: StructumError): StructumError {
  const root = rootOf(reason);
  return catalogued('PLUGIN_REJECTED', { plugin: unit.name, reason: root.message, ...(root.hint === undefined ? {} : { remedy: root.hint }) }, reason);
}

/** The rejection that all others in the chain follow from. */
function rootOf(error: StructumError): StructumError {
  return StructumError.is(error.cause) ? rootOf(error.cause) : error;
}
