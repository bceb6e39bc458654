import { createLogger, type LogFields, type Logger, type LogLevel } from '@structum/core';
import { escapeControl } from './escape.js';
import { harmlessJson, jsonOf, plain } from './json.js';
import type { StandardError } from './standard-error.js';
import type { Style } from './style.js';

/** How much is said, and in which form; looked at for every line, so that flags may still change it. */
export interface LogSettings {
  level: LogLevel;
  /** A JSON object a line instead of text. */
  json: boolean;
  style: Style;
}

/** Writes log lines to standard error: `warn tree: cannot read folder  path=src`; what to do about it, behind the message. */
export function terminalLogger(stderr: StandardError, settings: Readonly<LogSettings>): Logger {
  return createLogger({
    level: () => settings.level,
    write: ({ level, message, fields }) => {
      stderr.write(`${settings.json ? jsonLine(level, message, fields) : textLine(level, message, fields, settings)}\n`);
    },
  });
}

function jsonLine(level: LogLevel, message: string, fields: LogFields): string {
  return harmlessJson({ log: { level, message, ...(plain(fields) as object) } });
}

/** Lines after the first are indented, so that none can pose as a line of its own. */
function textLine(level: LogLevel, message: string, { plugin, error, hint, ...fields }: LogFields, { style, level: shown }: Readonly<LogSettings>): string {
  const paint = { error: style.red, warn: style.yellow, info: style.cyan, debug: style.dim, trace: style.dim }[level];
  const source = plugin === undefined ? '' : `${style.bold(safe(plugin))}: `;
  // Which command and execution a line belongs to is clear on a command line that runs one.
  const facts = Object.entries(fields).filter(([name]) => isShown(name, shown)).map(([name, value]) => style.dim(`${name}=${safe(value)}`));
  const remedy = hint === undefined ? [] : [safe(hint)];
  const cause = error === undefined ? [] : [safe(error instanceof Error ? errorText(error, shown) : error)];
  return [`${paint(level)} ${source}${safe(message)}`, ...remedy, ...facts, ...cause].join('  ').replaceAll('\n', '\n  ');
}

function isDetailed(level: LogLevel): boolean {
  return level === 'debug' || level === 'trace';
}

function isShown(field: string, level: LogLevel): boolean {
  return isDetailed(level) || !CONTEXT_FIELDS.has(field);
}

const CONTEXT_FIELDS: ReadonlySet<string> = new Set(['command', 'execution', 'executionId', 'code']);

function errorText(error: Error, level: LogLevel): string {
  return isDetailed(level) ? (error.stack ?? error.message) : error.message;
}

function safe(value: unknown): string {
  return escapeControl(typeof value === 'string' ? value : (jsonOf(value, false) ?? 'undefined'));
}
