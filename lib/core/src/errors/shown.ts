import { kindOf } from './kind-of.js';

/** A value, as a message tells it. */
export function shown(value: unknown): string {
  return shortened(asJson(value) ?? (typeof value === 'bigint' ? `${String(value)}n` : kindOf(value)));
}

/** `value` as JSON; `undefined` for what JSON does not know, or cannot hold: big integers and circles. */
function asJson(value: unknown): string | undefined {
  // JSON has no infinity.
  if (typeof value === 'number') return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Keeps what others wrote from burying the message. */
export function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
