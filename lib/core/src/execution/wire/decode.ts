import { messageOf } from '../../errors/index.js';
import { ProtocolViolation } from './protocol-violation.js';
import { list, natural, record, text, type Content } from './tag-content.js';
import { CONSTANTS, DATA_LIMITS, ERRORS, TAG, VIEWS, type DecodeLimits, type ViewType } from './tags.js';
import { hide, traceless } from './traceless.js';

/**
 * Makes data again of what `encode()` made and JSON carried; `value` is used up. Whoever sent it is not trusted: what comes
 * out is data as `structuredClone()` gives it, takes no more memory than was sent, and pollutes no prototype.
 * @throws ProtocolViolation and nothing else
 */
export function decode(value: unknown, body: Uint8Array, limits: DecodeLimits = DATA_LIMITS): unknown {
  try {
    const decoder = new Decoder(body, limits);
    const data = decoder.value(value, 0);
    decoder.end();
    return data;
  } catch (error) {
    throw error instanceof ProtocolViolation ? error : new ProtocolViolation(`data that cannot be made: ${messageOf(error)}`, error);
  }
}

/** An object that is being made: nothing can refer to it yet. */
const PENDING = Symbol('pending');

interface Reader {
  readonly length: number;
  readonly read: (content: Content, depth: number) => unknown;
}

class Decoder {
  readonly #body: Uint8Array;
  readonly #limits: DecodeLimits;
  /** Each object by its number: in the order in which they are met. */
  readonly #objects: (object | typeof PENDING)[] = [];
  #nodes = 0;
  /** Where in the body the next buffer begins. */
  #position = 0;
  /** What each tag says after its name, and how that is read. */
  readonly #readers = new Map<string, Reader>([
    ['ref', { length: 1, read: (content) => this.#reference(content) }],
    ['bigint', { length: 1, read: (content) => bigIntOf(text(content, 1)) }],
    ['Date', { length: 1, read: (content) => this.#made(dateOf(content)) }],
    ['RegExp', { length: 2, read: (content) => this.#made(new RegExp(text(content, 1), text(content, 2))) }],
    ['Boxed', { length: 1, read: (content, depth) => this.#boxed(content, depth) }],
    ['Map', { length: 1, read: (content, depth) => this.#map(content, depth) }],
    ['Set', { length: 1, read: (content, depth) => this.#set(content, depth) }],
    ['Object', { length: 1, read: (content, depth) => this.#plain(record(content, 1), depth) }],
    ['Array', { length: 2, read: (content, depth) => this.#sparse(content, depth) }],
    ['Error', { length: 4, read: (content, depth) => this.#error(content, depth) }],
    ['ArrayBuffer', { length: 1, read: (content) => this.#buffer(content) }],
    ...[...VIEWS].map(([name, type]) => [name, { length: 3, read: (content: Content, depth: number) => this.#view(type, content, depth) }] as const),
  ]);

  constructor(body: Uint8Array, limits: DecodeLimits) {
    this.#body = body;
    this.#limits = limits;
  }

  value(value: unknown, depth: number): unknown {
    this.#count(1);
    if (typeof value === 'object') return value === null ? null : this.#object(value, depth);
    if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
    throw new ProtocolViolation(`a ${typeof value}, which JSON does not know`);
  }

  end(): void {
    if (this.#position !== this.#body.byteLength) throw new ProtocolViolation('bytes that belong to nothing');
  }

  #object(value: object, depth: number): unknown {
    const isTag = Object.hasOwn(value, TAG) && !Array.isArray(value);
    // A tag may stand for what is no object, and not count.
    if (depth >= this.#limits.depth + (isTag ? 1 : 0)) throw new ProtocolViolation(`data deeper than ${String(this.#limits.depth)}`);
    if (Array.isArray(value)) return this.#list(this.#made(value as unknown[]), depth);
    if (!isTag) return this.#plain(value as Record<string, unknown>, depth);
    if (Object.keys(value).length !== 1) throw new ProtocolViolation('a tag with something beside it');
    return this.#tagged((value as Record<string, unknown>)[TAG], depth);
  }

  #tagged(content: unknown, depth: number): unknown {
    if (typeof content === 'string' && CONSTANTS.has(content)) return CONSTANTS.get(content);
    if (!Array.isArray(content) || typeof content[0] !== 'string') throw new ProtocolViolation('a tag without a name');
    const [name] = content as [string, ...unknown[]];
    const reader = this.#readers.get(name);
    if (reader?.length !== content.length - 1) throw new ProtocolViolation(`an unknown tag ${JSON.stringify(name.slice(0, 80))}`);
    return reader.read(content, depth);
  }

  #list(list: unknown[], depth: number): unknown[] {
    for (let index = 0; index < list.length; index += 1) {
      const item = list[index];
      const value = this.value(item, depth + 1);
      if (value !== item) list[index] = value;
    }
    return list;
  }

  #plain(data: Record<string, unknown>, depth: number): object {
    this.#made(data);
    if (Object.getPrototypeOf(data) !== Object.prototype) Object.setPrototypeOf(data, Object.prototype);
    for (const key of Object.keys(data)) {
      if (key === '__proto__') throw new ProtocolViolation('a key "__proto__"');
      const item = data[key];
      const value = this.value(item, depth + 1);
      if (value !== item) data[key] = value;
    }
    return data;
  }

  #sparse(content: Content, depth: number): unknown[] {
    const list: unknown[] = this.#made([]);
    const length = natural(content, 1);
    const properties = record(content, 2);
    this.#count(length);
    list.length = length;
    for (const key of Object.keys(properties)) {
      if (key === '__proto__' || key === 'length') throw new ProtocolViolation(`a key "${key}" in a list`);
      (list as unknown as Record<string, unknown>)[key] = this.value(properties[key], depth + 1);
    }
    if (list.length !== length) throw new ProtocolViolation('a list that is longer than it says');
    return list;
  }

  #map(content: Content, depth: number): unknown {
    const map = this.#made(new Map<unknown, unknown>());
    const items = this.#list([...list(content, 1)], depth);
    if (items.length % 2 !== 0) throw new ProtocolViolation('a key of a map without a value');
    for (let index = 0; index < items.length; index += 2) map.set(items[index], items[index + 1]);
    if (map.size * 2 !== items.length) throw new ProtocolViolation('a key of a map that is there twice');
    return map;
  }

  #set(content: Content, depth: number): unknown {
    const set = this.#made(new Set<unknown>());
    for (const item of list(content, 1)) set.add(this.value(item, depth + 1));
    return set;
  }

  #boxed(content: Content, depth: number): unknown {
    const number = this.#reserve();
    const primitive = this.value(content[1], depth + 1);
    if (primitive === null || primitive === undefined || typeof primitive === 'object') throw new ProtocolViolation('a boxed value that is no primitive');
    return this.#make(number, Object(primitive) as object);
  }

  #error(content: Content, depth: number): unknown {
    const type = ERRORS.get(text(content, 1));
    if (type === undefined) throw new ProtocolViolation('an unknown kind of error');
    const [, , message, stack] = content;
    const causes = list(content, 4);
    const make = (): Error => new type(message === null ? undefined : text(content, 2));
    const error = this.#made(traceless(make, stack === null ? undefined : text(content, 3)));
    if (causes.length > 0) hide(error, 'cause', this.value(causes[0], depth + 1));
    return error;
  }

  #buffer(content: Content): ArrayBuffer {
    const end = this.#position + natural(content, 1);
    if (end > this.#body.byteLength) throw new ProtocolViolation('more bytes than there are');
    const { buffer } = new Uint8Array(this.#body.subarray(this.#position, end));
    this.#position = end;
    return this.#made(buffer);
  }

  #view(type: ViewType, content: Content, depth: number): unknown {
    const number = this.#reserve();
    const buffer = this.#object(record(content, 1), depth);
    if (!(buffer instanceof ArrayBuffer)) throw new ProtocolViolation('a view of what is no buffer');
    return this.#make(number, new type(buffer, natural(content, 2), natural(content, 3)));
  }

  #reference(content: Content): object {
    const object = this.#objects[natural(content, 1)];
    if (object === undefined || object === PENDING) throw new ProtocolViolation('a reference to nothing');
    return object;
  }

  /** Takes a number for an object that is made when what it consists of is. */
  #reserve(): number {
    return this.#objects.push(PENDING) - 1;
  }

  #make<Made extends object>(number: number, object: Made): Made {
    this.#objects[number] = object;
    return object;
  }

  #made<Made extends object>(object: Made): Made {
    this.#objects.push(object);
    return object;
  }

  #count(nodes: number): void {
    this.#nodes += nodes;
    if (this.#nodes > this.#limits.nodes) throw new ProtocolViolation(`more than ${String(this.#limits.nodes)} values`);
  }
}

function dateOf(content: Content): Date {
  const [, time] = content;
  if (time !== null && typeof time !== 'number') throw new ProtocolViolation('a date without a time');
  return new Date(time ?? NaN);
}

/** In base 16, which takes no longer than the text is long. */
function bigIntOf(digits: string): bigint {
  if (!/^-?[0-9a-f]+$/.test(digits)) throw new ProtocolViolation('a big integer that is none');
  return digits.startsWith('-') ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`);
}
