import type { Logger } from './contract/index.js';
import type { StructumError } from './errors/index.js';
import { guardedLogger, redactedLogger, Redactor, silentLogger } from './monitoring/index.js';
import type { StructumOptions } from './options.js';
import { HostEvents } from './plugins/host-events.js';

/** What a host tells: its log, its events and its warnings, without the secrets that it knows. */
export class HostReports {
  readonly redactor = new Redactor(() => { this.events.emit('secrets:known', {}); });
  readonly logger: Logger;
  readonly events: HostEvents;

  constructor({ logger = silentLogger, on = {} }: StructumOptions) {
    this.logger = guardedLogger(redactedLogger(logger, this.redactor));
    this.events = new HostEvents((error) => {
      this.logger.error('A listener of the host threw.', { error });
    });
    this.events.onAll(on);
  }

  /** Is handed to whatever may have to warn. */
  readonly warn = (warning: StructumError, level: 'warn' | 'debug' = 'warn'): void => {
    const error = this.redactor.redactValue(warning);
    this.logger[level](error.message, { code: error.code, hint: error.hint });
    this.events.emit('warning', { error });
  };
}
