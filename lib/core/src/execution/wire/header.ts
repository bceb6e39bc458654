import { isUtf8 } from 'node:buffer';
import { ProtocolViolation } from './protocol-violation.js';

/**
 * The object that a header holds as JSON in UTF-8, without any prototype in it.
 * @throws ProtocolViolation for anything else, and for a key `__proto__`
 */
export function headerFrom(bytes: Uint8Array): object {
  const header = parsed(textOf(bytes));
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw new ProtocolViolation('a header that is no object');
  takePrototypes(header);
  return header;
}

function textOf(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new ProtocolViolation('a header that is not UTF-8');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProtocolViolation('a header that is not JSON', error);
  }
}

/** Not by recursion: JSON may be as deep as a header is long. */
function takePrototypes(root: object): void {
  const waiting: unknown[] = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (Array.isArray(next)) {
      for (const item of next as unknown[]) {
        if (typeof item === 'object' && item !== null) waiting.push(item);
      }
    } else {
      const holder = next as Record<string, unknown>;
      Object.setPrototypeOf(holder, null);
      for (const key in holder) {
        const value = holder[key];
        if (key === '__proto__') throw new ProtocolViolation('a key "__proto__" in a header');
        if (typeof value === 'object' && value !== null) waiting.push(value);
      }
    }
  }
}
