import { catalogued, type StructumError } from '../../errors/index.js';
import { positionAt } from './text.js';

/** Something in a text that is not as it must be. */
export interface Problem {
  readonly at: number;
  /** As it reads after the place, or after the key: `holds more than one document`. */
  readonly problem: string;
}

/** How deep values may lie in each other. */
export const DEEPEST = 100;

/** A file in which everything is wrong need not be told in full. */
const MOST_PROBLEMS = 10;

/** The error that tells them, in the order of the text. */
export function invalidFile(file: string, text: string, problems: readonly Problem[]): StructumError {
  const first = [...problems].sort((one, other) => one.at - other.at).slice(0, MOST_PROBLEMS);
  return catalogued('CONFIG_FILE_INVALID', { file, problems: first.map(({ at, problem }) => ({ ...positionAt(text, at), problem })) });
}

/** What is wrong with the name of a setting: some would reach into what every object has. */
export function keyProblem(key: string): string | undefined {
  return FORBIDDEN.has(key) ? `must not use the name ${key}` : undefined;
}

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** What is wrong with an integer, or a word that may be one: as JavaScript holds it, it would be another. */
export function integerProblem(text: string): string | undefined {
  if (text.length < SHORTEST_UNSAFE || !INTEGER.test(text) || Number.isSafeInteger(Number(text))) return undefined;
  return 'holds a number that is too large to be exact: write it as a text';
}

const INTEGER = /^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+)$/;
/** The length of the shortest text of an integer that a number does not hold. */
const SHORTEST_UNSAFE = 16;
