import { messageOf, StructumError, type ErrorSource } from '../../errors/index.js';
import { decode, encode } from './codec.js';
import { attempt, fieldsOf, MOST_CAUSES, MOST_ERRORS, propertyOf, sourceOf, type ErrorFields } from './error-fields.js';

export { errorFrom } from './error-from.js';

/** What somebody threw, as data: its texts, its codes, and what it follows from. */
export type ErrorData = ThrownError | ThrownValue;

/** Something that was thrown and is no error. */
export interface ThrownValue {
  readonly type: 'value';
  readonly value: unknown;
}

/** An error. What it did not have, or what is no data, is left out. */
export interface ThrownError extends ErrorFields {
  readonly type: 'error' | 'structum-error' | 'dom-exception';
  readonly details?: unknown;
  readonly source?: ErrorSource;
  /** One, or none. */
  readonly causes: readonly ErrorData[];
  /** Of an `AggregateError`. */
  readonly errors?: readonly ErrorData[];
}

/** What details may be. */
const MOST_DATA = { depth: 100, nodes: 10_000, bytes: 1024 * 1024 };

/** What was thrown, as data to be encoded. Never throws, whatever it is: getters and proxies may do what they like. */
export function errorData(thrown: unknown): ErrorData {
  return new Describer().describe(thrown, 0);
}

/** What every message has room for: the first of the texts of what was thrown. Never throws either. */
export function errorInShort(thrown: unknown): ErrorData {
  const { type, ...data } = errorData(thrown);
  if (!('causes' in data)) return { type: 'value', value: inShort(messageOf(thrown)) };
  const { name, message, code, hint, exitCode } = data;
  const kept = Object.entries({ name, message, code, hint, exitCode }).filter(([, value]) => value !== undefined);
  return { type: type as ThrownError['type'], ...Object.fromEntries(kept.map(([key, value]) => [key, typeof value === 'string' ? inShort(value) : value])), causes: [] };
}

/** Characters. */
const SHORT = 100;

function inShort(text: string): string {
  return text.length > SHORT ? `${text.slice(0, SHORT - 1)}…` : text;
}

class Describer {
  #errors = 0;

  describe(thrown: unknown, depth: number): ErrorData {
    this.#errors += 1;
    const isError = attempt(() => thrown instanceof Error || StructumError.is(thrown)) ?? false;
    if (!isError) return { type: 'value', ...(dataOf(thrown) ?? { value: messageOf(thrown) }) };
    const error = thrown as object;
    const source = sourceOf(propertyOf(error, 'source'));
    const details = dataOf(propertyOf(error, 'details'));
    const errors = this.#listed(propertyOf(error, 'errors'), depth);
    return {
      type: typeOf(error),
      ...fieldsOf(error),
      ...(details?.value === undefined ? {} : { details: details.value }),
      ...(source === undefined ? {} : { source }),
      causes: this.#causes(error, depth),
      ...(errors === undefined ? {} : { errors }),
    };
  }

  #causes(error: object, depth: number): ErrorData[] {
    if (depth >= MOST_CAUSES || this.#errors >= MOST_ERRORS || attempt(() => 'cause' in error) !== true) return [];
    return [this.describe(propertyOf(error, 'cause'), depth + 1)];
  }

  #listed(errors: unknown, depth: number): ErrorData[] | undefined {
    if (attempt(() => Array.isArray(errors)) !== true) return undefined;
    const described: ErrorData[] = [];
    const length = lengthOf(errors as object);
    for (let index = 0; index < length && depth < MOST_CAUSES && this.#errors < MOST_ERRORS; index += 1) {
      described.push(this.describe(propertyOf(errors as object, String(index)), depth + 1));
    }
    return described;
  }
}

function typeOf(error: object): ThrownError['type'] {
  if (attempt(() => StructumError.is(error)) === true) return 'structum-error';
  return attempt(() => error instanceof DOMException) === true ? 'dom-exception' : 'error';
}

/** A copy of what is data, and not too large; `undefined` for anything else. */
function dataOf(value: unknown): { readonly value: unknown } | undefined {
  return attempt(() => {
    const { value: json, bytes } = encode(structuredClone(value));
    const text = JSON.stringify(json);
    const size = bytes.reduce((sum, { byteLength }) => sum + byteLength, text.length);
    return size > MOST_DATA.bytes ? undefined : { value: decode(JSON.parse(text), Buffer.concat(bytes), MOST_DATA) };
  });
}

function lengthOf(list: object): number {
  const length = propertyOf(list, 'length');
  return typeof length === 'number' ? length : 0;
}
