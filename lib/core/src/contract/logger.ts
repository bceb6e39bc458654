/** How important a line is, most important first. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Facts that go with a line; `error` may hold anything that was thrown. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes structured lines. A level that is off costs one comparison. */
export interface Logger {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  trace(message: string, fields?: LogFields): void;
  /** Whether lines of this level go anywhere. */
  isEnabled(level: LogLevel): boolean;
  /** A logger that adds `fields` to every line. */
  child(fields: LogFields): Logger;
}

/** One line, as it reaches whoever writes it. */
export interface LogRecord {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}
