import type { Logger, PluginContext, Resource } from '../contract/index.js';
import type { PluginUnit } from './plugin-unit.js';

/** What a plugin's context needs from its host. */
export interface ContextHost {
  readonly logger: Logger;
  /** The plugin's own settings, frozen. */
  settingsOf(unit: PluginUnit): Readonly<Record<string, unknown>>;
}

/**
 * What a plugin gets when it is activated.
 *
 * @param service - Gives it the services that it may use.
 */
export function pluginContext(unit: PluginUnit, host: ContextHost, service: PluginContext['service']): PluginContext {
  const { name, version } = unit.manifest;
  return {
    name,
    version,
    logger: host.logger.child({ plugin: name }),
    config: host.settingsOf(unit),
    signal: unit.lifetime,
    own: <Owned extends Resource>(resource: Owned, label: string): Owned => {
      unit.owned.add(resource, label);
      return resource;
    },
    service,
  };
}
