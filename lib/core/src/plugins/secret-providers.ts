import { BUILT_IN_SCHEMES, defineSecretProvider, isScheme, SECRET_SERVICES, type SecretProvider, type ServiceToken } from '../contract/index.js';
import type { Lifecycle } from './lifecycle.js';
import type { PluginRegistry } from './plugin-registry.js';
import type { PluginUnit } from './plugin-unit.js';

/** What finding providers needs from its host. */
export interface SecretProvidersHost {
  readonly registry: PluginRegistry;
  readonly lifecycle: Lifecycle;
  /** Those of the host itself, by scheme. */
  readonly given: ReadonlyMap<string, SecretProvider>;
  /** Hears that somebody needs a service. */
  serviceAsked(id: string, asking: PluginUnit): void;
}

/** Who resolves references: what the host was given, and plugins, which are taken up when they are first needed. */
export class SecretProviders {
  readonly #host: SecretProvidersHost;
  /** Plugins that are on their way up, and the providers that they wait for. */
  readonly #waiting = new Map<PluginUnit, Set<PluginUnit>>();

  constructor(host: SecretProvidersHost) {
    this.#host = host;
  }

  /**
   * The provider of a scheme; `undefined` where there is none.
   *
   * @param asking - The plugin whose settings are resolved; the host itself when left out.
   * @throws an `Error` where that plugin is itself what the provider waits for, and why the provider cannot be used.
   */
  async find(scheme: string, asking: PluginUnit | undefined): Promise<SecretProvider | undefined> {
    const given = this.#host.given.get(scheme);
    if (given !== undefined || !isScheme(scheme)) return given;
    const service = defineSecretProvider(scheme);
    const { registry, lifecycle } = this.#host;
    const provider = registry.providerUnit(service.id);
    if (provider === undefined) return this.#refused(service);
    if (asking === undefined) return lifecycle.service(service);
    this.#refuseCircle(asking, provider);
    this.#host.serviceAsked(service.id, asking);
    return this.#whileWaiting(asking, provider, () => lifecycle.service(service));
  }

  /** All schemes that somebody resolves. */
  get schemes(): readonly string[] {
    const { registry, given } = this.#host;
    const ofPlugins = registry.all().flatMap(({ manifest }) => manifest.provides).filter((id) => id.startsWith(SECRET_SERVICES)).map((id) => id.slice(SECRET_SERVICES.length));
    return [...new Set([...BUILT_IN_SCHEMES, ...given.keys(), ...ofPlugins])].sort();
  }

  /** Nobody provides a service that may: a plugin that may not is at least told of, by the error of using it. */
  async #refused(service: ServiceToken<SecretProvider>): Promise<undefined> {
    const { registry, lifecycle } = this.#host;
    const refused = registry.all().find(({ manifest }) => manifest.provides.includes(service.id));
    const unit = refused === undefined ? undefined : registry.unit(refused.name);
    if (unit !== undefined) await lifecycle.activate(unit);
    return undefined;
  }

  #refuseCircle(asking: PluginUnit, provider: PluginUnit): void {
    if (provider.state === 'discovered') this.#host.registry.resolve(provider);
    if (provider.name !== asking.name && (provider.state === 'active' || !this.#waitsFor(provider, asking.name))) return;
    throw new Error(`plugin "${provider.name}", which resolves it, needs plugin "${asking.name}" itself`);
  }

  /** Whether a plugin needs one of that name to come up, for as much as is known. */
  #waitsFor(unit: PluginUnit, name: string): boolean {
    const needed = new Set([unit]);
    // A set hands out what is added to it while it is walked.
    for (const each of needed) {
      if (each.name === name) return true;
      for (const other of [...each.requirements, ...each.options, ...(this.#waiting.get(each) ?? [])]) if (other.state !== 'active') needed.add(other);
    }
    return false;
  }

  async #whileWaiting<Value>(asking: PluginUnit, provider: PluginUnit, work: () => Promise<Value>): Promise<Value> {
    const providers = this.#waiting.get(asking) ?? new Set();
    this.#waiting.set(asking, providers.add(provider));
    try {
      return await work();
    } finally {
      // Whoever else of that plugin waits for the same provider does so until the same moment.
      providers.delete(provider);
      if (providers.size === 0) this.#waiting.delete(asking);
    }
  }
}
