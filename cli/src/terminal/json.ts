import { escapeControl } from './escape.js';

/**
 * A result as JSON text: indented by two blanks for a person, on one line for a program. What JSON does not
 * know is written as what comes nearest: a map as an object, a set as an array, bytes as base64, an error as
 * its message. `undefined` gives no text.
 */
export function jsonOf(value: unknown, isForPerson: boolean): string | undefined {
  return value === undefined ? undefined : harmlessJson(plain(value), isForPerson);
}

/** JSON leaves some characters as they are that steer a terminal; escaped, they mean the same to programs. */
export function harmlessJson(value: unknown, isForPerson = false): string {
  return escapeControl(JSON.stringify(value, null, isForPerson ? 2 : 0));
}

/** `value` in JSON's own types; a circle becomes `"[circular]"`. */
export function plain(value: unknown, parents: readonly object[] = []): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (parents.includes(value)) return '[circular]';
  const inside = [...parents, value];
  if ('toJSON' in value && typeof value.toJSON === 'function') return (value.toJSON as () => unknown)();
  if (Array.isArray(value)) return value.map((item) => plain(item, inside));
  if (value instanceof Set) return [...value].map((item) => plain(item, inside));
  if (value instanceof Map) return plain(Object.fromEntries(value), inside);
  if (value instanceof Error) return { message: value.message, ...(value.cause === undefined ? {} : { cause: plain(value.cause, inside) }) };
  if (value instanceof RegExp) return String(value);
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString('base64');
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, inside)]));
}
