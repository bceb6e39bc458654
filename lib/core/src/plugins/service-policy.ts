import { LoggerService, RegistryService, SettingsService } from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import type { PluginRegistry } from './plugin-registry.js';
import type { PluginUnit } from './plugin-unit.js';

/** Core services that a plugin must be granted. */
const GRANTED: ReadonlySet<string> = new Set([RegistryService.id]);
/** Core services about the plugin itself, open to all. */
const OPEN: ReadonlySet<string> = new Set([LoggerService.id, SettingsService.id]);

/** Decides which services a plugin may use: its own, those of plugins that it requires, and core services that it was granted. */
export class ServicePolicy {
  readonly #registry: PluginRegistry;

  constructor(registry: PluginRegistry) {
    this.#registry = registry;
  }

  /**
   * Refuses a service that `unit` may not use.
   *
   * @throws `SERVICE_NOT_GRANTED`, `SERVICE_UNKNOWN`, `SERVICE_NOT_REQUIRED`.
   */
  check(unit: PluginUnit, service: string, wantedBy: string): void {
    if (OPEN.has(service)) return;
    if (GRANTED.has(service)) {
      if (!this.isGranted(unit, service)) throw catalogued('SERVICE_NOT_GRANTED', { service, plugin: unit.name });
      return;
    }
    const provider = this.#registry.providerUnit(service);
    if (provider === undefined) throw catalogued('SERVICE_UNKNOWN', { service, wantedBy });
    if (provider !== unit && !usesPlugin(unit, provider.name)) {
      throw catalogued('SERVICE_NOT_REQUIRED', {
        service,
        provider: provider.name,
        plugin: unit.name,
        version: provider.manifest.version,
      });
    }
  }

  /** Whether the manifest of `unit` grants it a core service. */
  isGranted(unit: PluginUnit, service: string): boolean {
    return unit.manifest.permissions.services?.includes(service) ?? false;
  }

  /** The active plugins whose services `unit` may use. */
  providersFor(unit: PluginUnit): readonly PluginUnit[] {
    return [...unit.requirements, ...unit.options].filter(({ state }) => state === 'active');
  }
}

function usesPlugin({ manifest }: PluginUnit, name: string): boolean {
  return Object.hasOwn(manifest.requires, name) || Object.hasOwn(manifest.optional, name);
}
