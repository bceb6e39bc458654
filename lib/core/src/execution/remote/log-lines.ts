import type { LogFields, Logger, LogLevel } from '../../contract/index.js';
import { errorFrom } from '../wire/error-data.js';
import { shape } from './shape.js';

/** The least important level first. */
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const satisfies readonly LogLevel[];

/** The least important level that a logger writes. */
export function logLevelOf(logger: Logger): LogLevel {
  return LEVELS.find((level) => logger.isEnabled(level)) ?? 'error';
}

const OF_HOST: ReadonlySet<string> = new Set(['plugin', 'command']);

/** Writes a line that a guest sent. Whose it is, and of which command, is the host's to say. */
export function writeRecord(logger: Logger, record: unknown): void {
  const { level, message, fields, errors } = shape.fields(record);
  const thrown = Object.fromEntries(Object.entries(shape.fields(errors)).map(([name, error]) => [name, errorFrom(error)]));
  const facts: LogFields = Object.fromEntries(Object.entries({ ...shape.fields(fields), ...thrown }).filter(([name]) => !OF_HOST.has(name)));
  logger[shape.oneOf(level, LEVELS)](shape.text(message), facts);
}
