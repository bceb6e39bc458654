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
  return new Describer({ causes: MOST_CAUSES, errors: MOST_ERRORS }).describe(thrown, 0);
}

/** What every message has room for: the beginnings of the texts of what was thrown. Never throws either. */
export function errorInShort(thrown: unknown): ErrorData {
  return inShort(new Describer({ causes: 0, errors: 0 }).describe(thrown, 0));
}

function inShort(data: ErrorData): ErrorData {
  if (data.type === 'value') return { type: 'value', value: beginningOf(messageOf(data.value)) };
  const { type, name, message, code, hint, exitCode, causes, errors } = data;
  const kept = Object.entries({ name, message, code, hint, exitCode }).filter(([, value]) => value !== undefined);
  return {
    type, ...Object.fromEntries(kept.map(([key, value]) => [key, typeof value === 'string' ? beginningOf(value) : value])),
    causes: causes.map(inShort), ...(errors === undefined ? {} : { errors: errors.map(inShort) }),
  };
}

/** Characters. */
const SHORT = 100;

function beginningOf(text: string): string {
  return text.length > SHORT ? `${text.slice(0, SHORT - 1)}…` : text;
}

/** How many causes one under the other, and errors in all, are described before some are left out. */
interface Room {
  readonly causes: number;
  readonly errors: number;
}

class Describer {
  readonly #room: Room;
  #errors = 0;

  constructor(room: Room) {
    this.#room = room;
  }

  describe(thrown: unknown, depth: number): ErrorData {
    this.#errors += 1;
    if (!isError(thrown)) return { type: 'value', ...(dataOf(thrown) ?? { value: messageOf(thrown) }) };
    const source = sourceOf(propertyOf(thrown, 'source'));
    const details = dataOf(propertyOf(thrown, 'details'));
    const errors = this.#listed(propertyOf(thrown, 'errors'), depth);
    return {
      type: typeOf(thrown),
      ...fieldsOf(thrown),
      ...(details?.value === undefined ? {} : { details: details.value }),
      ...(source === undefined ? {} : { source }),
      causes: this.#causes(thrown, depth),
      ...(errors === undefined ? {} : { errors }),
    };
  }

  /** Where they are too many, what is between the last one that has room and the first of all is left out. */
  #causes(error: object, depth: number): ErrorData[] {
    if (!hasCause(error)) return [];
    const cause = propertyOf(error, 'cause');
    if (this.#hasRoom(depth)) return [this.describe(cause, depth + 1)];
    const { count, first } = chainOf(cause);
    if (count <= BESIDES) return [this.describe(cause, depth + 1)];
    return [first === undefined ? leftOut('More causes are') : leftOut(`${String(count - 1)} causes are`, [this.describe(first.thrown, depth + BESIDES)])];
  }

  #listed(errors: unknown, depth: number): ErrorData[] | undefined {
    if (attempt(() => Array.isArray(errors)) !== true) return undefined;
    const described: ErrorData[] = [];
    const describe = (index: number): void => { described.push(this.describe(propertyOf(errors as object, String(index)), depth + 1)); };
    const length = lengthOf(errors as object);
    while (described.length < length && this.#hasRoom(depth)) describe(described.length);
    const rest = length - described.length;
    // What says that one is left out takes no less.
    if (rest === 1 && depth < this.#room.causes) describe(described.length);
    else if (rest > 0) described.push(leftOut(rest === 1 ? '1 error is' : `${String(rest)} errors are`));
    return described;
  }

  #hasRoom(depth: number): boolean {
    return depth < this.#room.causes && this.#errors < this.#room.errors;
  }
}

/** How many causes there are where no more have room: what is left out, and the first of all. */
const BESIDES = 2;

/** What stands for errors that are left out. */
function leftOut(what: string, causes: readonly ErrorData[] = []): ErrorData {
  return { type: 'error', message: `${what} left out here.`, causes };
}

/** How many follow from each other, beginning with `thrown`, and the first of them; that of a circle, or of very many, is not known. */
function chainOf(thrown: unknown): { readonly count: number; readonly first?: { readonly thrown: unknown } } {
  let cause = thrown;
  for (let count = 1; count <= MOST_FOLLOWED; count += 1) {
    if (!isError(cause) || !hasCause(cause)) return { count, first: { thrown: cause } };
    cause = propertyOf(cause, 'cause');
  }
  return { count: Infinity };
}

const MOST_FOLLOWED = 10_000;

function isError(thrown: unknown): thrown is object {
  return attempt(() => thrown instanceof Error || StructumError.is(thrown)) ?? false;
}

function hasCause(error: object): boolean {
  return attempt(() => 'cause' in error) === true;
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
