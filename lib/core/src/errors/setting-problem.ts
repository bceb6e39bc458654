import type { DecisionOrigin } from './decision-text.js';
import { shown } from './shown.js';

/** One problem with one setting of a configuration. */
export interface SettingProblem {
  /** The keys that lead to it, with dots between: `plugins.tree.depth`. */
  readonly path: string;
  /** As it reads after the path: `must be an integer`. */
  readonly problem: string;
  /** What a key that is not known may have been meant as, best first. */
  readonly suggestions?: readonly string[];
  /** The rule that is broken, named as in JSON Schema or class-validator: `minimum`, `isEmail`. */
  readonly rule?: string;
  /** What is there; hidden where it is a secret, absent where it may be one. */
  readonly value?: unknown;
  /** Who says it; absent where nobody does, or the host itself. */
  readonly origin?: SettingOrigin;
}

/** Where a setting stands. */
export interface SettingOrigin extends DecisionOrigin {
  /** From 1, where a file says it. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** The problem with where it is, for people. */
export function describeSetting({ path, problem, value, origin }: SettingProblem): string {
  const place = origin === undefined ? undefined : placeOf(origin);
  return `${place === undefined ? '' : `${place}: `}${path} ${problem}${value === undefined ? '' : `, got ${shown(value)}`}`;
}

/** Undefined where there is nothing to look at. */
function placeOf({ file, line, column, source }: SettingOrigin): string | undefined {
  return file === undefined ? source : [file, line, column].filter((part) => part !== undefined).join(':');
}
