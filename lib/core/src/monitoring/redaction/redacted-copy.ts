import { inspect, types } from 'node:util';
import { isCatalogued, StructumError } from '../../errors/index.js';
import { REDACTED } from '../redacted.js';

/** What is nested deeper is left out. */
const DEEPEST = 500;

/** Copies data without its secrets. One copy is for one value. */
export class RedactedCopy {
  readonly #text: (text: string) => string;
  readonly #bytes: (bytes: Uint8Array) => Uint8Array;
  /** By what they are copies of: data may hold itself. */
  readonly #copies = new Map<object, unknown>();
  #changes = 0;

  constructor(text: (text: string) => string, bytes: (bytes: Uint8Array) => Uint8Array) {
    this.#text = text;
    this.#bytes = bytes;
  }

  /** The copy; the value itself where it holds no secret. */
  of(value: unknown): unknown {
    const copy = this.#copy(value, 0);
    return this.#changes > 0 ? copy : value;
  }

  #copy(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return this.#changed(value, this.#text(value));
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'symbol') return this.#unlessSaid(value, String(value));
    if (typeof value === 'function') return this.#copyFunction(value, depth);
    if (typeof value !== 'object' || value === null) return value;
    if (this.#copies.has(value)) return this.#copies.get(value);
    if (depth > DEEPEST) return this.#changed(value, '[too deep]');
    try {
      return this.#copyObject(value, depth + 1);
    } catch {
      // What cannot be looked through is not told.
      return this.#changed(value, REDACTED);
    }
  }

  #copyObject(value: object, depth: number): unknown {
    if (Array.isArray(value)) return this.#filled<unknown[]>(value, [], (copy) => { for (const item of value as unknown[]) copy.push(this.#copy(item, depth)); });
    if (value instanceof Map) return this.#filled(value, new Map(), (copy) => { for (const [key, item] of value) copy.set(this.#copy(key, depth), this.#copy(item, depth)); });
    if (value instanceof Set) return this.#filled(value, new Set(), (copy) => { for (const item of value) copy.add(this.#copy(item, depth)); });
    if (ArrayBuffer.isView(value)) return this.#changed(value, this.#bytesIn(value, new Uint8Array(value.buffer, value.byteOffset, value.byteLength)));
    if (value instanceof ArrayBuffer) return this.#changed(value, this.#bytesIn(value, new Uint8Array(value)));
    if (value instanceof RegExp || types.isBoxedPrimitive(value)) return this.#unlessSaid(value, String(value));
    if (value instanceof Error || StructumError.is(value)) return this.#copyError(value, depth);
    // Node itself marks promises while somebody follows them: a copy would be none.
    if (types.isPromise(value)) return value;
    const said = this.#said(value, depth) ?? this.#shown(value);
    // Of dates and the like there is nothing else to see.
    if (said !== undefined || keysOf(value).length === 0) return said ?? value;
    return this.#filled(value, Object.create(Object.getPrototypeOf(value) as object | null) as object, (copy) => { this.#copyProperties(value, copy, depth); });
  }

  /** What an object says that it is as JSON, where that holds a secret. */
  #said(value: object, depth: number): unknown {
    const toJSON = read(value, 'toJSON');
    if (typeof toJSON !== 'function') return undefined;
    const before = this.#changes;
    // It may say itself.
    this.#copies.set(value, value);
    const said = this.#copy(attempt(() => Reflect.apply(toJSON, value, []) as unknown), depth);
    if (this.#changes === before) return undefined;
    this.#copies.set(value, said);
    return said;
  }

  /** What an object shows itself as, where that holds a secret: it may come from where nobody else can look. */
  #shown(value: object): unknown {
    if (typeof read(value, inspect.custom) !== 'function') return undefined;
    const shown = attempt(() => inspect(value));
    const redacted = shown === undefined ? REDACTED : this.#text(shown);
    if (redacted === shown) return undefined;
    const copy = this.#changed(value, redacted);
    this.#copies.set(value, copy);
    return copy;
  }

  /** What a function holds, where that is a secret. */
  #copyFunction(value: object, depth: number): unknown {
    if (keysOf(value).length === 0) return value;
    const before = this.#changes;
    const held = this.#copyObject({ ...value }, depth + 1);
    return this.#changes === before ? value : held;
  }

  /** An error of the same class: whoever gets it may ask for that. */
  #copyError(error: Error, depth: number): Error {
    return this.#filled(error, Object.create(Object.getPrototypeOf(error) as object) as Error, (copy) => {
      // Also those that classes work out from what a copy does not have.
      for (const key of new Set([...Reflect.ownKeys(error), 'name', 'message', 'stack'])) {
        const isEnumerable = Object.prototype.propertyIsEnumerable.call(error, key);
        const value = read(error, key);
        // Programs go by it, and whoever reads the catalogue knows it.
        const isPublic = key === 'code' && isCatalogued(error);
        Object.defineProperty(copy, key, { value: isPublic ? value : this.#copy(value, depth), enumerable: isEnumerable, writable: true, configurable: true });
      }
    });
  }

  #copyProperties(value: object, copy: object, depth: number): void {
    for (const key of keysOf(value)) {
      const name = this.#copy(key, depth) as PropertyKey;
      Object.defineProperty(copy, name, { value: this.#copy(read(value, key), depth), enumerable: true, writable: true, configurable: true });
    }
  }

  #filled<Copy extends object>(value: object, copy: Copy, fill: (copy: Copy) => void): Copy {
    this.#copies.set(value, copy);
    fill(copy);
    return copy;
  }

  #bytesIn(value: object, bytes: Uint8Array): object {
    const redacted = this.#bytes(bytes);
    return redacted === bytes ? value : redacted;
  }

  /** What is no text stays as it is where its text holds no secret. */
  #unlessSaid(value: unknown, text: string): unknown {
    const redacted = this.#text(text);
    return redacted === text ? value : this.#changed(value, redacted);
  }

  #changed(value: unknown, copy: unknown): unknown {
    if (copy !== value) this.#changes += 1;
    return copy;
  }
}

function keysOf(value: object): readonly PropertyKey[] {
  return attempt(() => Reflect.ownKeys(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key))) ?? [];
}

function read(value: object, key: PropertyKey): unknown {
  return attempt(() => (value as Readonly<Record<PropertyKey, unknown>>)[key]);
}

/** What cannot be read is nothing that could be told. */
function attempt<Value>(reading: () => Value): Value | undefined {
  try {
    return reading();
  } catch {
    return undefined;
  }
}
