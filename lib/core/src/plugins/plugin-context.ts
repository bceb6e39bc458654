import type { Logger, PluginContext, Resource } from '../contract/index.js';
import type { Redactor } from '../monitoring/index.js';
import type { PluginUnit } from './plugin-unit.js';

/** What a plugin's context needs from its host. */
export interface ContextHost {
  readonly logger: Logger;
  readonly redactor: Redactor;
}

/**
 * What a plugin gets when it is activated.
 *
 * @param service - Gives it the services that it may use.
 */
export function pluginContext(unit: PluginUnit, { logger, redactor }: ContextHost, service: PluginContext['service']): PluginContext {
  const { name, version } = unit.manifest;
  return {
    name,
    version,
    logger: logger.child({ plugin: name }),
    config: unit.config,
    signal: unit.lifetime,
    own: <Owned extends Resource>(resource: Owned, label: string): Owned => {
      unit.owned.add(resource, redactor.redact(label));
      return resource;
    },
    service,
  };
}
