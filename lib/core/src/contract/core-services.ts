import type { Logger } from './logger.js';
import type { Registry } from './registry.js';
import { defineService } from './token.js';

/** The host's plugins and commands. Granted by `permissions: { services: ['structum.registry'] }`. */
export const RegistryService = defineService<Registry>('structum.registry');

/** The plugin's own logger. Every plugin may inject it. */
export const LoggerService = defineService<Logger>('structum.logger');

/** The plugin's own settings, frozen. Every plugin may inject them. */
export const SettingsService = defineService<Readonly<Record<string, unknown>>>('structum.settings');
