import {
  isServiceToken, LoggerService, nameOfToken, RegistryService, SettingsService, takesInjection,
  type Class, type CommandClass, type Logger, type PluginClass, type ServiceToken, type Token,
} from '../contract/index.js';
import { checkInjection, Container } from '../container/index.js';
import { catalogued } from '../errors/index.js';
import { requirePluginOptions } from '../manifest/describe.js';
import type { PluginRegistry } from './plugin-registry.js';
import type { PluginUnit } from './plugin-unit.js';
import { ServicePolicy } from './service-policy.js';

/** What injection needs from its host. */
export interface InjectorHost {
  readonly registry: PluginRegistry;
  readonly logger: Logger;
  /** The plugin's own settings, frozen. */
  settingsOf(plugin: string): Readonly<Record<string, unknown>>;
}

/** An instance, and how to end what was made for it alone. */
export interface Constructed<Instance> {
  readonly instance: Instance;
  readonly end: () => Promise<readonly unknown[]>;
}

/** Makes what plugins inject: a container per plugin, opened when it is first needed, that hands out what the plugin may use. */
export class Injector {
  readonly #host: InjectorHost;
  readonly #policy: ServicePolicy;

  constructor(host: InjectorHost) {
    this.#host = host;
    this.#policy = new ServicePolicy(host.registry);
  }

  /**
   * Checks a plugin's injection, and that of the commands, without making anything.
   *
   * @throws what {@link checkInjection} throws, `SERVICE_UNPROVIDED` and the codes of {@link ServicePolicy.check}.
   */
  check(unit: PluginUnit, type: PluginClass, commands: readonly CommandClass[]): void {
    checkInjection({
      plugin: unit.name,
      providers: requirePluginOptions(type).providers ?? [],
      consumers: [type, ...commands],
      checkService: (serviceId, wantedBy) => {
        this.#policy.check(unit, serviceId, wantedBy);
      },
    });
    checkProvides(unit, type);
  }

  /** The plugin's own instance. */
  async constructPlugin(unit: PluginUnit, type: PluginClass): Promise<object> {
    return takesInjection(type) ? (await this.#container(unit)).construct(type) : new type();
  }

  /** An instance for one execution, with what lives that long. */
  async constructForExecution<Instance>(unit: PluginUnit, type: Class<Instance>): Promise<Constructed<Instance>> {
    // Most commands inject nothing: no container for them.
    if (!takesInjection(type)) return { instance: new type(), end: () => Promise.resolve([]) };
    const container = (await this.#container(unit)).forExecution();
    return { instance: container.construct(type), end: () => container.dispose() };
  }

  /** A function that gives `unit` the services that it may use, synchronously: the containers behind them are opened first. */
  async serviceLookup(unit: PluginUnit): Promise<<Service>(token: ServiceToken<Service>) => Service> {
    const container = await this.#container(unit);
    const wantedBy = `plugin "${unit.name}"`;
    return <Service>(token: ServiceToken<Service>): Service => {
      this.#policy.check(unit, token.id, wantedBy);
      return container.resolve(token, wantedBy) as Service;
    };
  }

  /** A service of an active plugin, for the host itself. */
  async provided<Service>(provider: PluginUnit, token: ServiceToken<Service>): Promise<Service> {
    return (await this.#container(provider)).resolve(token, 'the host') as Service;
  }

  #container(unit: PluginUnit): Promise<Container> {
    unit.container ??= this.#open(unit);
    return unit.container;
  }

  async #open(unit: PluginUnit): Promise<Container> {
    const providers = await Promise.all(
      this.#policy.providersFor(unit).map(async (provider) => ({ provider, container: await this.#container(provider) })),
    );
    const container = await Container.open(unit.name);
    this.#provideCore(container, unit);
    for (const { provider, container: theirs } of providers) {
      for (const token of servicesOf(provider)) container.provideLookup(token, () => theirs.resolve(token, `plugin "${unit.name}"`));
    }
    if (unit.type !== undefined) for (const provider of requirePluginOptions(unit.type).providers ?? []) container.provide(provider);
    return container;
  }

  #provideCore(container: Container, unit: PluginUnit): void {
    container.provideLookup(LoggerService, () => this.#host.logger.child({ plugin: unit.name }));
    container.provideLookup(SettingsService, () => this.#host.settingsOf(unit.name));
    if (this.#policy.isGranted(unit, RegistryService.id)) container.provideLookup(RegistryService, () => this.#host.registry);
  }
}

/** What a plugin says it provides, it must know how to make. */
function checkProvides(unit: PluginUnit, type: PluginClass): void {
  const { provides = [], providers = [] } = requirePluginOptions(type);
  const made = new Set(providers.map((provider) => idOf(typeof provider === 'function' ? provider : provider.provide)));
  for (const { id } of provides) {
    if (!made.has(id)) throw catalogued('SERVICE_UNPROVIDED', { service: id, plugin: unit.name });
  }
}

function idOf(token: Token): string {
  return isServiceToken(token) ? token.id : nameOfToken(token);
}

function servicesOf(provider: PluginUnit): readonly ServiceToken<unknown>[] {
  return provider.type === undefined ? [] : (requirePluginOptions(provider.type).provides ?? []);
}
