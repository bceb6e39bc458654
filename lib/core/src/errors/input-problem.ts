import { shown } from './shown.js';

/** One problem with one field of a command's input. */
export interface InputProblem {
  /** The field, or a path into it: `times`, `tags[2]`. Empty for the input as a whole. */
  readonly field: string;
  /** The rule that was broken, named as in JSON Schema or class-validator: `minimum`, `isEmail`. */
  readonly rule: string;
  /** What is expected, as it reads after the field: `must be at least 1`. */
  readonly message: string;
  /** The value received. */
  readonly received?: unknown;
  /** Where the value came from, when that was not the caller: an environment variable's name. */
  readonly origin?: string;
}

/** The problem with the field that has it, for people. */
export function describeInput({ field, message, received, origin }: InputProblem): string {
  const subject = field === '' ? 'it' : field;
  const from = origin === undefined ? '' : ` (from ${origin})`;
  const value = received === undefined ? '' : `, got ${shown(received)}`;
  return `${subject}${from} ${message}${value}`;
}
