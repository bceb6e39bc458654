import { performance } from 'node:perf_hooks';
import {
  isServiceToken, LoggerService, nameOfToken, RegistryService, SettingsService, takesInjection,
  type Class, type CommandClass, type CommandManifest, type Logger, type PluginClass, type PluginContext, type PluginInstance, type Resource, type ServiceToken,
} from '../contract/index.js';
import { checkInjection, Container } from '../container/index.js';
import { catalogued, messageOf, StructumError } from '../errors/index.js';
import { requirePluginOptions } from '../manifest/describe.js';
import type { HostEvents } from './host-events.js';
import { Loader } from './loader.js';
import type { PluginRegistry } from './plugin-registry.js';
import type { PluginUnit } from './plugin-unit.js';
import type { Resolver } from './resolver.js';
import { ServicePolicy } from './service-policy.js';
import { within } from './within.js';

/** How long the phases of a plugin's life may take, in milliseconds. */
export interface ResolvedLimits {
  readonly load: number;
  readonly activate: number;
  readonly deactivate: number;
  readonly drain: number;
}

/** What the lifecycle needs from its host. */
export interface LifecycleHost {
  readonly registry: PluginRegistry;
  readonly resolver: Resolver;
  readonly events: HostEvents;
  readonly logger: Logger;
  readonly limits: ResolvedLimits;
  /** The plugin's own settings, frozen. */
  settingsOf(plugin: string): Readonly<Record<string, unknown>>;
}

/** Takes plugins up when they are first needed, what they require first, and down again, their dependents first. */
export class Lifecycle {
  readonly #host: LifecycleHost;
  readonly #loader: Loader;
  readonly #services: ServicePolicy;
  readonly #activations = new Map<PluginUnit, Promise<void>>();
  /** Active plugins in the order in which they became so: each after what it requires. */
  readonly #active: PluginUnit[] = [];

  constructor(host: LifecycleHost) {
    this.#host = host;
    this.#loader = new Loader(host.events, host.limits.load);
    this.#services = new ServicePolicy(host.registry);
  }

  /**
   * Makes `unit` active, with everything that it requires. Callers at the same time share the work; a plugin that
   * failed stays failed.
   *
   * @throws `PLUGIN_REJECTED`, `PLUGIN_LOAD_FAILED`, `PLUGIN_ACTIVATE_FAILED`, `PLUGIN_PHASE_TIMEOUT`, …
   */
  async activate(unit: PluginUnit): Promise<void> {
    const rejection = await this.#host.resolver.resolve(unit);
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
  async commandType(unit: PluginUnit, command: CommandManifest): Promise<CommandClass> {
    const type = unit.type;
    if (type === undefined) throw catalogued('DISPOSED', { subject: `Plugin "${unit.name}"` });
    const commandType = await this.#loader.loadCommand(unit, type, command);
    if (takesInjection(commandType)) this.#checkInjection(unit, type, [commandType]);
    return commandType;
  }

  /** An instance of a class of the plugin, with its constructor parameters injected, and how to end what was made for it. */
  async construct<Instance>(unit: PluginUnit, type: Class<Instance>): Promise<{ instance: Instance; end: () => Promise<readonly unknown[]> }> {
    // Most commands inject nothing: no container for them.
    if (!takesInjection(type)) return { instance: new type(), end: () => Promise.resolve([]) };
    const container = (await this.container(unit)).forExecution();
    return { instance: container.construct(type), end: () => container.dispose() };
  }

  /** The container of an active plugin, made when it is first needed. */
  container(unit: PluginUnit): Promise<Container> {
    unit.container ??= this.#openContainer(unit);
    return unit.container;
  }

  /** A service, its plugin taken up if need be. */
  async service<Service>(token: ServiceToken<Service>): Promise<Service> {
    const provider = this.#host.registry.providerUnit(token.id);
    if (provider === undefined) throw catalogued('SERVICE_UNKNOWN', { service: token.id, wantedBy: 'the host' });
    await this.activate(provider);
    return (await this.container(provider)).resolve(token, 'the host') as Service;
  }

  /**
   * Checks what can be checked of a given plugin class without running it: that all it injects is there.
   *
   * @throws what {@link checkInjection} throws.
   */
  checkClass(unit: PluginUnit, type: PluginClass, commands: readonly CommandClass[]): void {
    this.#checkInjection(unit, type, commands);
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

  async #load(unit: PluginUnit): Promise<PluginClass> {
    const start = performance.now();
    const type = await this.#loader.load(unit);
    unit.type = type;
    unit.state = 'loaded';
    unit.timings.load = performance.now() - start;
    this.#host.events.emit('plugin:loaded', { plugin: unit.name, duration: unit.timings.load });
    return type;
  }

  async #activateRequirements(unit: PluginUnit): Promise<void> {
    await Promise.all(unit.requirements.map((requirement) => this.activate(requirement)));
    // One that is merely used when it is there must not take this plugin down with it.
    await Promise.all(unit.options.map((option) => this.activate(option).catch(() => undefined)));
  }

  async #run(unit: PluginUnit, type: PluginClass): Promise<void> {
    const start = performance.now();
    unit.lifetime = new AbortController();
    this.#checkInjection(unit, type, []);
    const instance: PluginInstance = takesInjection(type) ? (await this.container(unit)).construct(type) : new type();
    unit.instance = instance;
    if (instance.onActivate !== undefined) {
      // Services are handed out synchronously, so the containers behind them must be there.
      await Promise.all([this.container(unit), ...this.#services.providersFor(unit).map((provider) => this.container(provider))]);
      const context = await this.#contextOf(unit);
      const limit = this.#host.limits.activate;
      await within(limit, () => instance.onActivate?.(context), () => catalogued('PLUGIN_PHASE_TIMEOUT', { plugin: unit.name, phase: 'activate', limit }));
    }
    unit.state = 'active';
    this.#active.push(unit);
    unit.timings.activate = performance.now() - start;
    this.#host.events.emit('plugin:activated', { plugin: unit.name, duration: unit.timings.activate });
  }

  async #contextOf(unit: PluginUnit): Promise<PluginContext> {
    const container = await this.container(unit);
    const { name, version } = unit.manifest;
    return {
      name,
      version,
      logger: this.#loggerOf(unit),
      config: this.#host.settingsOf(name),
      signal: unit.lifetime.signal,
      own: <Owned extends Resource>(resource: Owned, label: string): Owned => {
        unit.owned.add(resource, label);
        return resource;
      },
      service: <Service>(token: ServiceToken<Service>): Service => {
        this.#services.check(unit, token.id, `plugin "${name}"`);
        return container.resolve(token, `plugin "${name}"`) as Service;
      },
    };
  }

  async #openContainer(unit: PluginUnit): Promise<Container> {
    const providers = this.#services.providersFor(unit);
    const containers = await Promise.all(providers.map((provider) => this.container(provider)));
    const container = await Container.open(unit.name);
    container.provideLookup(LoggerService, () => this.#loggerOf(unit));
    container.provideLookup(SettingsService, () => this.#host.settingsOf(unit.name));
    if (this.#services.isGranted(unit, RegistryService.id)) container.provideLookup(RegistryService, () => this.#host.registry);
    providers.forEach((provider, index) => {
      for (const id of provider.manifest.provides) {
        const token = tokenOf(provider, id);
        container.provideLookup(token, () => containers[index]?.resolve(token, `plugin "${unit.name}"`));
      }
    });
    if (unit.type !== undefined) for (const provider of requirePluginOptions(unit.type).providers ?? []) container.provide(provider);
    return container;
  }

  #checkInjection(unit: PluginUnit, type: PluginClass, commands: readonly CommandClass[]): void {
    checkInjection({
      plugin: unit.name,
      providers: requirePluginOptions(type).providers ?? [],
      consumers: [type, ...commands],
      checkService: (serviceId, wantedBy) => {
        this.#services.check(unit, serviceId, wantedBy);
      },
    });
    this.#checkProvides(unit, type);
  }

  /** What a plugin says it provides, it must know how to make. */
  #checkProvides(unit: PluginUnit, type: PluginClass): void {
    const { provides = [], providers = [] } = requirePluginOptions(type);
    const made = new Set(providers.map((provider) => (typeof provider === 'function' ? provider : provider.provide)).map(tokenId));
    for (const token of provides) {
      if (!made.has(token.id)) throw catalogued('SERVICE_UNPROVIDED', { service: token.id, plugin: unit.name });
    }
  }

  #loggerOf(unit: PluginUnit): Logger {
    return this.#host.logger.child({ plugin: unit.name });
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

function tokenOf(provider: PluginUnit, id: string): ServiceToken<unknown> {
  const declared = provider.type === undefined ? [] : (requirePluginOptions(provider.type).provides ?? []);
  return declared.find((token) => token.id === id) ?? { id, remote: false };
}

function tokenId(token: unknown): string {
  return isServiceToken(token) ? token.id : nameOfToken(token as Class);
}
