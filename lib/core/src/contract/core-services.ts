import { ClockService } from './clock.js';
import { ConfigService } from './config.js';
import { SecurityService } from './control-report.js';
import type { Logger } from './logger.js';
import { PolicyService } from './policy.js';
import type { Registry } from './registry.js';
import { defineService } from './token.js';

/** The host's plugins and commands. Granted by `permissions: { services: ['structum.registry'] }`. */
export const RegistryService = defineService<Registry>('structum.registry');

/** The plugin's own logger. Every plugin may inject it. */
export const LoggerService = defineService<Logger>('structum.logger');

/** The plugin's own settings, frozen. Every plugin may inject them. */
export const SettingsService = defineService<Readonly<Record<string, unknown>>>('structum.settings');

/** Core services that a plugin must be granted. */
export const GRANTED_SERVICES: ReadonlySet<string> = new Set([RegistryService.id, PolicyService.id, ConfigService.id, SecurityService.id]);

/** Core services that are open to all: about the plugin itself, or harmless. */
export const OPEN_SERVICES: ReadonlySet<string> = new Set([LoggerService.id, SettingsService.id, ClockService.id]);

/** Whether a service is the core's own: no plugin provides it, and none need be there for it. */
export function isCoreService(id: string): boolean {
  return OPEN_SERVICES.has(id) || GRANTED_SERVICES.has(id);
}
