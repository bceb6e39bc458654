import { isCoreService, OPEN_SERVICES, type Permissions } from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import type { PluginRegistry } from './plugin-registry.js';
import type { PluginUnit } from './plugin-unit.js';

/**
 * Decides which services a plugin may use: its own, those of plugins that it requires, those that it requires of whichever
 * plugin has them, and core services that it was granted.
 */
export class ServicePolicy {
  readonly #registry: PluginRegistry;
  readonly #permissionsFor: (plugin: string) => Permissions;

  /** @param permissionsFor - What a plugin's permissions are narrowed to by now. */
  constructor(registry: PluginRegistry, permissionsFor: (plugin: string) => Permissions = () => ({})) {
    this.#registry = registry;
    this.#permissionsFor = permissionsFor;
  }

  /**
   * Refuses a service that `unit` may not use.
   *
   * @param optional - Whether it is no error that nobody provides the service.
   * @throws `SERVICE_NOT_GRANTED`, `SERVICE_UNKNOWN`, `SERVICE_NOT_REQUIRED`.
   */
  check(unit: PluginUnit, service: string, wantedBy: string, optional = false): void {
    if (this.isCore(service)) {
      if (!isAskedFor(unit, service)) throw catalogued('SERVICE_NOT_GRANTED', { service, plugin: unit.name });
    } else if (!optional || this.find(unit, service) !== undefined) this.provider(unit, service, wantedBy, optional);
  }

  /** Whether a service is the host's own. */
  isCore(service: string): boolean {
    return isCoreService(service);
  }

  /** Whether `unit` may use a core service by now. */
  isGranted(unit: PluginUnit, service: string): boolean {
    return isAskedFor(unit, service) && !this.isTakenAway(unit, service);
  }

  /**
   * Whether what narrows a plugin's permissions leaves a core service out. It is for those that are contained: nobody's
   * project is to keep the host's own plugins from working.
   */
  isTakenAway(unit: PluginUnit, service: string): boolean {
    if (OPEN_SERVICES.has(service) || (unit.isOfHost && unit.placement === 'inline')) return false;
    return this.#permissionsFor(unit.name).services?.includes(service) === false;
  }

  /**
   * The plugin that provides a service to `unit`, active or not.
   *
   * @param optional - Whether `unit` can do without.
   * @throws `SERVICE_UNKNOWN`, `SERVICE_NOT_REQUIRED`.
   */
  provider(unit: PluginUnit, service: string, wantedBy: string, optional = false): PluginUnit {
    const provider = this.find(unit, service);
    if (provider === undefined) throw catalogued('SERVICE_UNKNOWN', { service, wantedBy });
    if (provider !== unit && !usesPlugin(unit, provider.name) && !requiresService(unit, service)) {
      throw catalogued('SERVICE_NOT_REQUIRED', {
        service,
        provider: provider.name,
        plugin: unit.name,
        version: provider.manifest.version,
        field: optional ? 'optional' : 'requires',
      });
    }
    return provider;
  }

  /** The plugin that provides a service, whether `unit` may use it or not: the one that `unit` knows, also when it has left the host. */
  find(unit: PluginUnit, service: string): PluginUnit | undefined {
    return this.used(unit).find(({ manifest }) => manifest.provides.includes(service)) ?? this.#registry.providerUnit(service);
  }

  /** The plugins that `unit` requires, and those that it may use when they are there. */
  used(unit: PluginUnit): readonly PluginUnit[] {
    return [...unit.requirements, ...unit.options];
  }
}

/** Whether its manifest asks for a core service, or needs not. */
function isAskedFor({ manifest }: PluginUnit, service: string): boolean {
  return OPEN_SERVICES.has(service) || (manifest.permissions.services?.includes(service) ?? false);
}

function usesPlugin({ manifest }: PluginUnit, name: string): boolean {
  return Object.hasOwn(manifest.requires, name) || Object.hasOwn(manifest.optional, name);
}

function requiresService({ manifest }: PluginUnit, service: string): boolean {
  return manifest.requiresServices?.includes(service) ?? false;
}
