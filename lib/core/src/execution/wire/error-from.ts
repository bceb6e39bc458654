import { StructumError, thrownBy } from '../../errors/index.js';
import { fieldsOf, isRecord, MOST_CAUSES, MOST_ERRORS, NODE_FACTS, sourceOf } from './error-fields.js';
import { hide, traceless } from './traceless.js';

/** Errors that are made again as what they were. */
const TYPES: ReadonlyMap<string, new (message: string) => Error> = new Map(
  [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map((type) => [type.name, type]),
);

/** What `errorData()` was made from, made again: an error, or data. Whoever sent it is not trusted; what is not as it should be is left out. */
export function errorFrom(data: unknown): unknown {
  return new Maker().make(data, 0);
}

/** Beside those that are told, there are some that say what is left out, and those that the others follow from. */
const DEEPEST = MOST_CAUSES + 3;
const MOST_MADE = 2 * MOST_ERRORS;

class Maker {
  #errors = 0;

  make(data: unknown, depth: number): unknown {
    this.#errors += 1;
    if (!isRecord(data)) return new Error('Something was thrown, and it was not told what.');
    if (data['type'] === 'value') return data['value'];
    const { name, stack, ...fields } = fieldsOf(data);
    const error = this.#errorOf(data, stack, depth);
    if (name !== undefined && name !== error.name) hide(error, 'name', name);
    // Those of the other kinds follow from what they are made of.
    const isPlain = !StructumError.is(error) && !(error instanceof DOMException);
    for (const key of NODE_FACTS) {
      if (fields[key] !== undefined && isPlain) Object.assign(error, { [key]: fields[key] });
    }
    return error;
  }

  #errorOf(data: Readonly<Record<string, unknown>>, stack: string | undefined, depth: number): Error {
    const [cause] = this.#made(data['causes'], 1, depth);
    if (data['type'] === 'structum-error') return this.#structumErrorOf(data, stack, cause);
    const { name = 'Error', message = '' } = fieldsOf(data);
    const errors = Array.isArray(data['errors']) ? this.#made(data['errors'], MOST_MADE, depth) : undefined;
    const make = (): Error => {
      if (data['type'] === 'dom-exception') return new DOMException(message, name);
      return errors === undefined ? new (TYPES.get(name) ?? Error)(message) : new AggregateError(errors, message);
    };
    const error = traceless(make, stack ?? `${name}: ${message}`);
    if (cause !== undefined) hide(error, 'cause', cause);
    return error;
  }

  #structumErrorOf(data: Readonly<Record<string, unknown>>, stack: string | undefined, cause: unknown): Error {
    const { name = 'StructumError', message = '', code = 'UNKNOWN', hint, exitCode } = fieldsOf(data);
    const { details } = data;
    const make = (): Error => new StructumError({ code: String(code), message, hint, exitCode, cause, details: isRecord(details) ? details : undefined });
    const error = traceless(make, stack ?? `${name}: ${message}`);
    const source = sourceOf(data['source']);
    return source === undefined ? error : thrownBy(source, error);
  }

  #made(list: unknown, most: number, depth: number): unknown[] {
    if (!Array.isArray(list) || depth >= DEEPEST) return [];
    const made: unknown[] = [];
    for (const data of list.slice(0, most) as unknown[]) {
      if (this.#errors < MOST_MADE) made.push(this.make(data, depth + 1));
    }
    return made;
  }
}
