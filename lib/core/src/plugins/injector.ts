import { takesInjection, type Class, type CommandClass, type Permissions, type PluginClass, type Provider, type ServiceToken } from '../contract/index.js';
import { checkInjection, keyOf, normalizeProvider, type Container } from '../container/index.js';
import { catalogued, messageOf } from '../errors/index.js';
import { requirePluginOptions } from '../manifest/describe.js';
import type { PluginUnit } from './plugin-unit.js';
import { ServicePolicy } from './service-policy.js';
import { UnitServices, type ServicesHost } from './unit-services.js';

/** What injection needs from its host. */
export interface InjectorHost extends ServicesHost {
  /** How long ending one instance may take, in milliseconds. */
  readonly limits: { readonly deactivate: number };
  /** What a plugin's permissions are narrowed to by now; to nothing else where it is left out. */
  readonly permissionsFor?: ((plugin: string) => Permissions) | undefined;
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
    this.#policy = new ServicePolicy(host.registry, host.permissionsFor);
  }

  /**
   * Checks a plugin's injection, and that of the commands, without making anything.
   *
   * @throws what {@link checkInjection} throws, `SERVICE_UNPROVIDED`, `SERVICE_SCOPE` and the codes of {@link ServicePolicy.check}.
   */
  check(unit: PluginUnit, type: PluginClass, commands: readonly CommandClass[]): void {
    checkInjection({
      plugin: unit.name,
      providers: requirePluginOptions(type).providers ?? [],
      type,
      commands,
      checkService: ({ id }, wantedBy, optional) => {
        this.#policy.check(unit, id, wantedBy, optional);
      },
    });
    checkProvides(unit, type);
  }

  /** The plugin's own instance. */
  async constructPlugin(unit: PluginUnit, type: PluginClass): Promise<object> {
    return takesInjection(type) ? (await this.#container(unit)).construct(type) : new type();
  }

  /** An instance for one execution, with what lives that long. When that fails, what was already made is ended. */
  async constructForExecution<Instance>(unit: PluginUnit, type: Class<Instance>): Promise<Constructed<Instance>> {
    // Most commands inject nothing: no container for them.
    if (!takesInjection(type)) return { instance: new type(), end: () => Promise.resolve([]) };
    const container = (await this.#container(unit)).forExecution();
    const end = (): Promise<readonly unknown[]> => container.dispose(this.#host.limits.deactivate);
    try {
      return { instance: container.construct(type), end };
    } catch (error) {
      for (const inner of await end()) {
        this.#host.logger.error(`What ${type.name} of plugin "${unit.name}" injects could not be ended: ${messageOf(inner)}`, { plugin: unit.name, error: inner });
      }
      throw error;
    }
  }

  /** A function that gives `unit` the services that it may use, synchronously: the containers behind them are opened first. */
  async serviceLookup(unit: PluginUnit): Promise<<Service>(token: ServiceToken<Service>) => Service> {
    const wantedBy = `plugin "${unit.name}"`;
    if (providersOf(unit).length === 0 && this.#policy.used(unit).length === 0) {
      // Only the host can offer it anything: no container for that.
      const services = new UnitServices(unit, this.#host, this.#policy, new Map());
      return <Service>(token: ServiceToken<Service>): Service => services.get(token, wantedBy) as Service;
    }
    const container = await this.#container(unit);
    return <Service>(token: ServiceToken<Service>): Service => container.resolve(token, wantedBy) as Service;
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
    // Nobody would end what it makes.
    if (unit.isClosing) throw catalogued('DISPOSED', { subject: `Plugin "${unit.name}"` });
    const active = this.#policy.used(unit).filter(({ state, isClosing, placement }) => state === 'active' && !isClosing && placement === 'inline');
    const theirs = new Map(await Promise.all(active.map(async (provider) => [provider, await this.#container(provider)] as const)));
    const { Container } = await import('../container/container.js');
    return Container.open(unit.name, providersOf(unit), new UnitServices(unit, this.#host, this.#policy, theirs));
  }
}

/** What a plugin says it provides, it must know how to make, and not for one execution only. */
function checkProvides(unit: PluginUnit, type: PluginClass): void {
  const { provides = [], providers = [] } = requirePluginOptions(type);
  const scopes = new Map(providers.map(normalizeProvider).map(({ token, scope }) => [keyOf(token), scope]));
  for (const token of provides) {
    const scope = scopes.get(keyOf(token));
    if (scope === undefined) throw catalogued('SERVICE_UNPROVIDED', { service: token.id, plugin: unit.name });
    if (scope === 'execution') throw catalogued('SERVICE_SCOPE', { service: token.id, plugin: unit.name });
  }
}

function providersOf({ type }: PluginUnit): readonly Provider[] {
  return type === undefined ? [] : (requirePluginOptions(type).providers ?? []);
}
