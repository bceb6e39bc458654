import { types } from 'node:util';
import { BufferSpans } from './buffer-spans.js';
import { DATA_LIMITS, ERRORS, TAG, VIEWS } from './tags.js';

/** Data, as it travels. */
export interface Encoded {
  /** What `JSON.stringify()` can write. Shares with the data what needs no change. */
  readonly value: unknown;
  /** What comes one after the other in the body: views of the data's own buffers. */
  readonly bytes: readonly Uint8Array[];
}

/**
 * Makes JSON, and bytes apart from it, of what `structuredClone()` gives. Nothing that it refers to may change until it is written.
 *
 * Of a buffer travels what the data's views show of it, once; all where the buffer itself is named. Resizable ones arrive with
 * the length that they have.
 * @throws DOMException named `DataCloneError` for what is no data: functions, symbols, shared memory, instances of classes, a key `__proto__`, what is deeper than 1,000 or holds more than 5,000,000 values
 */
export function encode(data: unknown): Encoded {
  const encoder = new Encoder();
  const value = encoder.value(data, 0);
  return { value, bytes: encoder.spans.settle() };
}

class Encoder {
  readonly spans = new BufferSpans();
  /** Each object's number, in the order in which they are met. */
  readonly #numbers = new Map<object, number>();
  #nodes = 0;

  value(data: unknown, depth: number): unknown {
    this.#count(1);
    if (typeof data === 'object') return data === null ? null : this.#object(data, depth);
    if (typeof data === 'string' || typeof data === 'boolean') return data;
    if (typeof data === 'number') return Number.isFinite(data) && !Object.is(data, -0) ? data : tagged(constantName(data));
    if (data === undefined) return tagged('undefined');
    if (typeof data === 'bigint') return tagged(['bigint', data.toString(16)]);
    throw refused(`a ${typeof data}`);
  }

  #object(data: object, depth: number): unknown {
    const known = this.#numbers.get(data);
    if (known !== undefined) {
      if (types.isArrayBuffer(data)) this.spans.whole(data);
      return reference(known);
    }
    if (depth >= DATA_LIMITS.depth) throw refused(`something deeper than ${String(DATA_LIMITS.depth)}`);
    this.#numbers.set(data, this.#numbers.size);
    if (Array.isArray(data)) return this.#list(data, depth);
    const prototype: unknown = Object.getPrototypeOf(data);
    if (prototype === null || prototype === Object.prototype) return this.#plain(data as Record<string, unknown>, depth);
    return tagged(this.#special(data, depth));
  }

  #list(data: readonly unknown[], depth: number): unknown {
    const keys = Object.keys(data).length;
    if (keys !== data.length || !isDense(data)) {
      this.#count(data.length);
      const properties: Record<string, unknown> = {};
      return tagged(['Array', data.length, this.#properties(Object.assign(properties, data), depth)]);
    }
    let changed: unknown[] | undefined;
    for (let index = 0; index < data.length; index += 1) {
      const item = data[index];
      const value = this.value(item, depth + 1);
      if (value !== item) changed ??= data.slice(0, index);
      changed?.push(value);
    }
    return changed ?? data;
  }

  #plain(data: Readonly<Record<string, unknown>>, depth: number): unknown {
    const value = this.#properties(data, depth);
    return Object.hasOwn(data, TAG) ? tagged(['Object', value]) : value;
  }

  /** The same object where nothing in it changes. */
  #properties(data: Readonly<Record<string, unknown>>, depth: number): Readonly<Record<string, unknown>> {
    let changed: Record<string, unknown> | undefined;
    for (const key of Object.keys(data)) {
      if (key === '__proto__') throw refused('a key "__proto__"');
      const item = data[key];
      const value = this.value(item, depth + 1);
      if (value === item) continue;
      changed ??= { ...data };
      changed[key] = value;
    }
    return changed ?? data;
  }

  #special(data: object, depth: number): readonly unknown[] {
    if (types.isDate(data)) return ['Date', Number.isNaN(data.getTime()) ? null : data.getTime()];
    if (types.isRegExp(data)) return ['RegExp', data.source, data.flags];
    if (types.isMap(data)) return ['Map', [...data].flat().map((item) => this.value(item, depth + 1))];
    if (types.isSet(data)) return ['Set', [...data].map((item) => this.value(item, depth + 1))];
    if (ArrayBuffer.isView(data)) return this.#view(data);
    if (types.isArrayBuffer(data)) return this.spans.whole(data);
    if (types.isNativeError(data)) return this.#error(data, depth);
    if (types.isBoxedPrimitive(data) && !types.isSymbolObject(data)) return ['Boxed', this.value(data.valueOf(), depth + 1)];
    throw refused(`a ${Object.prototype.toString.call(data).slice(8, -1)}`);
  }

  #view(data: ArrayBufferView): readonly unknown[] {
    const { buffer } = data;
    const name = Object.prototype.toString.call(data).slice(8, -1);
    const type = VIEWS.get(name);
    if (!types.isArrayBuffer(buffer) || type === undefined) throw refused(type === undefined ? `a ${name}` : 'shared memory');
    const known = this.#numbers.get(buffer);
    if (known === undefined) this.#numbers.set(buffer, this.#numbers.size);
    return this.spans.view(name, type, data as ArrayBufferView<ArrayBuffer>, known === undefined ? undefined : reference(known));
  }

  #error(data: Error, depth: number): readonly unknown[] {
    const causes = Object.hasOwn(data, 'cause') ? [this.value(data.cause, depth + 1)] : [];
    return ['Error', ERRORS.has(data.name) ? data.name : 'Error', ownText(data, 'message'), ownText(data, 'stack'), causes];
  }

  #count(nodes: number): void {
    this.#nodes += nodes;
    if (this.#nodes > DATA_LIMITS.nodes) throw refused(`more than ${String(DATA_LIMITS.nodes)} values`);
  }
}

function tagged(content: unknown): unknown {
  return { [TAG]: content };
}

function reference(number: number): unknown {
  return tagged(['ref', number]);
}

/** The name of a number that JSON does not have. */
function constantName(data: number): string {
  return Object.is(data, -0) ? '-0' : String(data);
}

function isDense(list: readonly unknown[]): boolean {
  for (let index = 0; index < list.length; index += 1) {
    if (!(index in list)) return false;
  }
  return true;
}

/** JSON knows no `undefined`. */
function ownText(data: Error, key: 'message' | 'stack'): string | null {
  const text = Object.hasOwn(data, key) ? data[key] : undefined;
  return typeof text === 'string' ? text : null;
}

function refused(what: string): DOMException {
  return new DOMException(`${what} is no data that can travel.`, 'DataCloneError');
}
