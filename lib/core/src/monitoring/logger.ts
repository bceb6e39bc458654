import type { LogFields, Logger, LogLevel, LogRecord } from '../contract/index.js';
import type { Redactor } from './redactor.js';

/** What a logger of {@link createLogger} needs. */
export interface LoggerOptions {
  /** The least important level that is written, or a function that says it anew for each line; `info` when left out. */
  readonly level?: LogLevel | (() => LogLevel);
  /** Gets each line. Must not throw. */
  readonly write: (record: LogRecord) => void;
  /** Facts that go with every line. */
  readonly fields?: LogFields;
}

const RANK: Readonly<Record<LogLevel, number>> = { error: 0, warn: 1, info: 2, debug: 3, trace: 4 };

/** A logger that hands each line of an enabled level to `write`. */
export function createLogger({ level = 'info', write, fields = {} }: LoggerOptions): Logger {
  return new RecordLogger(typeof level === 'string' ? () => level : level, write, fields);
}

class RecordLogger implements Logger {
  readonly #level: () => LogLevel;
  readonly #write: (record: LogRecord) => void;
  readonly #fields: LogFields;

  constructor(level: () => LogLevel, write: (record: LogRecord) => void, fields: LogFields) {
    this.#level = level;
    this.#write = write;
    this.#fields = fields;
  }

  error(message: string, fields?: LogFields): void {
    this.#log('error', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#log('warn', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#log('info', message, fields);
  }

  debug(message: string, fields?: LogFields): void {
    this.#log('debug', message, fields);
  }

  trace(message: string, fields?: LogFields): void {
    this.#log('trace', message, fields);
  }

  isEnabled(level: LogLevel): boolean {
    return RANK[level] <= RANK[this.#level()];
  }

  child(fields: LogFields): Logger {
    return new RecordLogger(this.#level, this.#write, { ...this.#fields, ...fields });
  }

  #log(level: LogLevel, message: string, fields: LogFields | undefined): void {
    if (!this.isEnabled(level)) return;
    this.#write({ time: Date.now(), level, message, fields: fields === undefined ? this.#fields : { ...this.#fields, ...fields } });
  }
}

const ignore = (): void => undefined;

/** A logger that writes nothing. */
export const silentLogger: Logger = {
  error: ignore,
  warn: ignore,
  info: ignore,
  debug: ignore,
  trace: ignore,
  isEnabled: () => false,
  child: () => silentLogger,
};

/** A logger whose lines go to both: as much as each wants. */
export function teeLogger(first: Logger, second: Logger): Logger {
  const both = (level: LogLevel) => (message: string, fields?: LogFields) => {
    first[level](message, fields);
    second[level](message, fields);
  };
  return {
    error: both('error'),
    warn: both('warn'),
    info: both('info'),
    debug: both('debug'),
    trace: both('trace'),
    isEnabled: (level) => first.isEnabled(level) || second.isEnabled(level),
    child: (fields) => teeLogger(first.child(fields), second.child(fields)),
  };
}

/** A logger that never throws, whatever `logger` does: a host must not break because its log does. */
export function guardedLogger(logger: Logger): Logger {
  const guarded = (level: LogLevel) => (message: string, fields?: LogFields) => {
    try {
      logger[level](message, fields);
    } catch {
      // There is nowhere left to tell.
    }
  };
  return {
    error: guarded('error'),
    warn: guarded('warn'),
    info: guarded('info'),
    debug: guarded('debug'),
    trace: guarded('trace'),
    isEnabled: (level) => logger.isEnabled(level),
    child: (fields) => guardedLogger(logger.child(fields)),
  };
}

/** A logger that hands on what is logged without the secrets that `redactor` knows. */
export function redactedLogger(logger: Logger, redactor: Redactor): Logger {
  const redacted = (level: LogLevel) => (message: string, fields?: LogFields) => {
    if (redactor.isIdle) logger[level](message, fields);
    else if (logger.isEnabled(level)) logger[level](redactor.redact(message), redactor.redactValue(fields));
  };
  return {
    error: redacted('error'),
    warn: redacted('warn'),
    info: redacted('info'),
    debug: redacted('debug'),
    trace: redacted('trace'),
    isEnabled: (level) => logger.isEnabled(level),
    child: (fields) => redactedLogger(logger.child(redactor.redactValue(fields)), redactor),
  };
}
