export { createLogger, guardedLogger, redactedLogger, silentLogger, teeLogger, type LoggerOptions } from './logger.js';
export { REDACTED } from './redacted.js';
export { Redactor, type RedactedStream } from './redactor.js';
