import {
  ClockService, ConfigService, LoggerService, PolicyService, RegistryService, SecurityService, SettingsService,
  type Clock, type ConfigStore, type Logger, type PolicyStore, type SecurityChecks, type ServiceToken,
} from '../contract/index.js';
import type { Container, ServiceSource } from '../container/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { askersOf } from './askers.js';
import { guardedService } from './guarded-service.js';
import type { PluginRegistry } from './plugin-registry.js';
import type { PluginUnit } from './plugin-unit.js';
import type { ServicePolicy } from './service-policy.js';
import { UnitClock } from './unit-clock.js';

/** Where the services of a host come from. */
export interface ServicesHost {
  readonly registry: PluginRegistry;
  readonly logger: Logger;
  readonly policies: PolicyStore;
  /** The host's configuration as a plugin may see it; made when it is first asked for. */
  configs(unit: PluginUnit): ConfigStore;
  readonly securityChecks: SecurityChecks;
  readonly clock: Clock;
  /** What stands in for services of the host itself, by id. */
  readonly coreServices: ReadonlyMap<string, unknown>;
  /** Hears that a plugin asks for a service of another one. */
  serviceAsked(id: string, asking: PluginUnit): void;
}

/** What one plugin may use of others: of the host, and of the plugins that it uses, as long as these are active. */
export class UnitServices implements ServiceSource {
  readonly #unit: PluginUnit;
  readonly #host: ServicesHost;
  readonly #policy: ServicePolicy;
  readonly #containers: ReadonlyMap<PluginUnit, Container>;
  readonly #guarded = new Map<string, object>();

  /** @param containers - Those of the plugins that `unit` uses. */
  constructor(unit: PluginUnit, host: ServicesHost, policy: ServicePolicy, containers: ReadonlyMap<PluginUnit, Container>) {
    this.#unit = unit;
    this.#host = host;
    this.#policy = policy;
    this.#containers = containers;
  }

  has({ id }: ServiceToken<unknown>): boolean {
    if (this.#policy.isCore(id)) return askersOf(this.#unit).every((asker) => this.#policy.isGranted(asker, id));
    return this.#containerOf(this.#policy.find(this.#unit, id)) !== undefined;
  }

  /** @throws `SERVICE_NOT_GRANTED`, `SERVICE_UNKNOWN`, `SERVICE_NOT_REQUIRED`, `SERVICE_WITHDRAWN`, or what its provider throws. */
  get(service: ServiceToken<unknown>, wantedBy: string): unknown {
    const { id } = service;
    if (this.#policy.isCore(id)) return this.#core(id, wantedBy);
    const provider = this.#policy.provider(this.#unit, id, wantedBy);
    const container = this.#containerOf(provider);
    if (container === undefined) throw this.#withdrawn(id, provider);
    if (provider !== this.#unit) this.#host.serviceAsked(id, this.#unit);
    return container.resolve(service, wantedBy);
  }

  #core(id: string, wantedBy: string): unknown {
    this.#checkGrants(id);
    const { name, owned } = this.#unit;
    if (this.#host.coreServices.has(id)) return this.#host.coreServices.get(id);
    switch (id) {
      case LoggerService.id: return this.#host.logger.child({ plugin: name });
      case SettingsService.id: return this.#unit.config;
      case RegistryService.id: return this.#guard(id, () => this.#host.registry.view);
      case ConfigService.id: return this.#guard(id, () => this.#host.configs(this.#unit));
      case PolicyService.id: return this.#guard(id, () => this.#host.policies);
      case SecurityService.id: return this.#guard(id, () => this.#host.securityChecks);
      case ClockService.id: return new UnitClock(this.#host.clock, owned);
      default: throw catalogued('SERVICE_UNKNOWN', { service: id, wantedBy });
    }
  }

  /** @throws `SERVICE_NOT_GRANTED`, also where a plugin whose command led here was not granted the service. */
  #checkGrants(service: string): void {
    const refused = askersOf(this.#unit).find((asker) => !this.#policy.isGranted(asker, service));
    if (refused === undefined) return;
    throw catalogued('SERVICE_NOT_GRANTED', { service, plugin: refused.name, ...(refused === this.#unit ? {} : { through: this.#unit.name }), ...(this.#policy.isTakenAway(refused, service) ? { isTakenAway: true } : {}) });
  }

  #guard(id: string, open: () => object): object {
    const guarded = this.#guarded.get(id) ?? guardedService(this.#unit, id, open(), () => { this.#checkGrants(id); });
    this.#guarded.set(id, guarded);
    return guarded;
  }

  #withdrawn(service: string, provider: PluginUnit): StructumError {
    // The unit uses the version that is to take the place of the one that still provides it.
    const isDropped = this.#policy.used(this.#unit).some((used) => used !== provider && used.name === provider.name);
    return catalogued('SERVICE_WITHDRAWN', { service, provider: provider.name, plugin: this.#unit.name, ...(isDropped ? { isDropped } : {}) });
  }

  #containerOf(provider: PluginUnit | undefined): Container | undefined {
    if (provider?.state !== 'active') return undefined;
    const container = this.#containers.get(provider);
    return container?.isDisposed === true ? undefined : container;
  }
}
