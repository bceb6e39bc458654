import type { Broker, Logger, PluginContext, Resource, SettingsListener } from '../contract/index.js';
import type { Redactor } from '../monitoring/index.js';
import type { PluginUnit } from './plugin-unit.js';

/** What a plugin's context needs from its host. */
export interface ContextHost {
  readonly logger: Logger;
  readonly redactor: Redactor;
  /** What works for a plugin until it is deactivated. */
  brokerFor(unit: PluginUnit): Broker;
}

/**
 * What a plugin gets when it is activated.
 *
 * @param service - Gives it the services that it may use.
 */
export function pluginContext(unit: PluginUnit, host: ContextHost, service: PluginContext['service']): PluginContext {
  const { logger, redactor } = host;
  const { name, version } = unit.manifest;
  const broker = host.brokerFor(unit);
  return {
    name,
    version,
    logger: logger.child({ plugin: name }),
    get config() {
      return unit.config;
    },
    signal: unit.lifetime,
    own: <Owned extends Resource>(resource: Owned, label: string): Owned => {
      unit.owned.add(resource, redactor.redact(label));
      return resource;
    },
    onConfigChange: (listener) => {
      // Each time somebody else: whoever asks twice is told twice, and ends each by itself.
      const own: SettingsListener = (change) => listener(change);
      unit.settingsListeners.add(own);
      const disown = unit.owned.add(() => { unit.settingsListeners.delete(own); }, 'listener for changes of settings');
      return () => {
        unit.settingsListeners.delete(own);
        disown();
      };
    },
    service,
    fetch: (url, options) => broker.fetch(url, options),
    exec: (program, args, options) => broker.exec(program, args, options),
  };
}
