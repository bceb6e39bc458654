import { inspect } from 'node:util';
import type { Output } from '../contract/index.js';

/** Writes what a command gave that does not render it itself: a text as it is, other data as `util.inspect` shows it. */
export function showData(data: unknown, output: Output): void | Promise<void> {
  if (data === undefined) return undefined;
  const whole = { depth: Infinity, maxArrayLength: null, maxStringLength: null };
  return output.line(typeof data === 'string' ? data : inspect(data, { ...whole, colors: output.color, breakLength: output.columns ?? 80 }));
}
