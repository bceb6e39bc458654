import type { LogFields, Logger, LogLevel } from '@structum/core';
import { escapeControl } from './escape.js';
import { jsonOf, plain } from './json.js';
import type { StandardError } from './standard-error.js';
import type { Style } from './style.js';

/** How much is said, and in which form; looked at for every line, so that flags may still change it. */
export interface LogSettings {
  level: LogLevel;
  /** A JSON object a line instead of text. */
  json: boolean;
  style: Style;
}

const IMPORTANCE: Readonly<Record<LogLevel, number>> = { error: 0, warn: 1, info: 2, debug: 3, trace: 4 };

/** Writes log lines to standard error: `warn tree: cannot read folder  path=src`. */
export class TerminalLogger implements Logger {
  readonly #stderr: StandardError;
  readonly #settings: Readonly<LogSettings>;
  readonly #fields: LogFields;

  constructor(stderr: StandardError, settings: Readonly<LogSettings>, fields: LogFields = {}) {
    this.#stderr = stderr;
    this.#settings = settings;
    this.#fields = fields;
  }

  isEnabled(level: LogLevel): boolean {
    return IMPORTANCE[level] <= IMPORTANCE[this.#settings.level];
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

  child(fields: LogFields): Logger {
    return new TerminalLogger(this.#stderr, this.#settings, { ...this.#fields, ...fields });
  }

  #log(level: LogLevel, message: string, fields: LogFields | undefined): void {
    if (!this.isEnabled(level)) return;
    const all = { ...this.#fields, ...fields };
    const line = this.#settings.json ? jsonLine(level, message, all) : textLine(level, message, all, this.#settings);
    this.#stderr.write(`${line}\n`);
  }
}

function jsonLine(level: LogLevel, message: string, fields: LogFields): string {
  return JSON.stringify({ log: { level, message, ...(plain(fields) as object) } });
}

/** Lines after the first are indented, so that none can pose as a line of its own. */
function textLine(level: LogLevel, message: string, { plugin, error, ...fields }: LogFields, { style, level: shown }: Readonly<LogSettings>): string {
  const paint = { error: style.red, warn: style.yellow, info: style.cyan, debug: style.dim, trace: style.dim }[level];
  const source = plugin === undefined ? '' : `${style.bold(safe(plugin))}: `;
  // Which command and execution a line belongs to is clear on a command line that runs one.
  const facts = Object.entries(fields).filter(([name]) => isShown(name, shown)).map(([name, value]) => style.dim(`${name}=${safe(value)}`));
  const cause = error === undefined ? [] : [safe(error instanceof Error ? errorText(error, shown) : error)];
  return [`${paint(level)} ${source}${safe(message)}`, ...facts, ...cause].join('  ').replaceAll('\n', '\n  ');
}

function isShown(field: string, level: LogLevel): boolean {
  return IMPORTANCE[level] >= IMPORTANCE.debug || !CONTEXT_FIELDS.has(field);
}

const CONTEXT_FIELDS: ReadonlySet<string> = new Set(['command', 'execution', 'executionId']);

function errorText(error: Error, level: LogLevel): string {
  return IMPORTANCE[level] >= IMPORTANCE.debug ? (error.stack ?? error.message) : error.message;
}

function safe(value: unknown): string {
  return escapeControl(typeof value === 'string' ? value : (jsonOf(value, false) ?? 'undefined'));
}
