import { catalogued, type StructumError } from '../errors/index.js';
import { similar } from '../errors/similar.js';

/** What is wrong with a value that an option was given; nothing where it is right. */
export type OptionRule = (value: unknown) => OptionFlaw | undefined;

/** A rule for each option that a function takes. */
export type OptionRules<Options> = Readonly<Record<keyof Options & string, OptionRule>>;

/** One option that makes no sense. */
export interface OptionFlaw {
  /** Which one, with dots between the parts of options within others; empty for all of them as one value. */
  readonly option: string;
  /** As it reads after that: `must be true or false, and is 5`. */
  readonly problem: string;
  /** Those that there are in its place. */
  readonly known?: readonly string[];
}

/**
 * Refuses options that `call` does not know, or whose values make no sense to it. One that is `undefined` is as good as
 * left out.
 *
 * @param call - As its caller writes it: `testHost()`.
 * @throws `OPTION_INVALID`
 */
export function checkOptions<Options extends object>(call: string, given: unknown, rules: OptionRules<Options>): void {
  const error = optionError(call, given, rules);
  if (error !== undefined) throw error;
}

/** What {@link checkOptions} throws. */
export function optionError<Options extends object>(call: string, given: unknown, rules: OptionRules<Options>): StructumError | undefined {
  const flaw = given === undefined ? undefined : optionsOf(rules)(given);
  if (flaw === undefined) return undefined;
  const { option, known = [] } = flaw;
  return catalogued('OPTION_INVALID', { call, ...flaw, suggestions: similar(option.slice(option.lastIndexOf('.') + 1), known) });
}

/** Rules to put together what {@link checkOptions} takes. */
export const optionRules = {
  flag: rule('true or false', (value) => typeof value === 'boolean'),
  text: rule('a text', (value) => typeof value === 'string'),
  texts: rule('a list of texts', (value) => Array.isArray(value) && value.every((item) => typeof item === 'string')),
  list: rule('a list', Array.isArray),
  object: rule('an object', isObject),
  callback: rule('a function', (value) => typeof value === 'function'),
  milliseconds: rule('a number of milliseconds from 0 on', (value) => Number.isFinite(value) && Number(value) >= 0),
  /** A number of something, or as many as there may be. */
  limitOf: (unit: string): OptionRule => rule(`a number of ${unit} from 0 on, or Infinity`, (value) => typeof value === 'number' && value >= 0),
  oneOf: (...values: readonly string[]): OptionRule => rule(values.map(shown).join(' or '), (value) => values.some((known) => known === value)),
  /** What the first rule takes, or else the second one. */
  either: (one: OptionRule, other: OptionRule): OptionRule => (value) => (one(value) === undefined ? undefined : other(value)),
  /** Options within an option, each by its rule. */
  optionsOf,
  /** Whatever names, with values that the rule takes. */
  valuesOf: (allows: OptionRule): OptionRule => (given) => flawWithin(given, (_name, value) => allows(value)),
  /** An object with all methods of these names. */
  withMethods,
} as const;

function optionsOf<Options extends object>(rules: OptionRules<Options>): OptionRule {
  return (given) => flawWithin(given, (name, value) => flawOf(name, value, rules));
}

function flawWithin(given: unknown, flawAt: (name: string, value: unknown) => OptionFlaw | undefined): OptionFlaw | undefined {
  if (!isObject(given)) return optionRules.object(given);
  for (const [name, value] of Object.entries(given)) {
    const flaw = value === undefined ? undefined : flawAt(name, value);
    if (flaw !== undefined) return { ...flaw, option: flaw.option === '' ? name : `${name}.${flaw.option}` };
  }
  return undefined;
}

function flawOf(name: string, value: unknown, rules: Readonly<Record<string, OptionRule>>): OptionFlaw | undefined {
  const allows = Object.hasOwn(rules, name) ? rules[name] : undefined;
  return allows === undefined ? { option: '', problem: 'is not known', known: Object.keys(rules) } : allows(value);
}

function rule(expected: string, allows: (value: unknown) => boolean): OptionRule {
  return (value) => (allows(value) ? undefined : { option: '', problem: `must be ${expected}, and is ${shown(value)}` });
}

function withMethods(...methods: readonly string[]): OptionRule {
  const expected = `must be an object with the ${methods.length === 1 ? 'method' : 'methods'} ${calls(methods)}`;
  return (value) => {
    if (!isObject(value)) return { option: '', problem: `${expected}, and is ${shown(value)}` };
    const missing = methods.filter((method) => typeof (value as Readonly<Record<string, unknown>>)[method] !== 'function');
    return missing.length === 0 ? undefined : { option: '', problem: `${expected}, and lacks ${calls(missing)}` };
  };
}

function calls(methods: readonly string[]): string {
  return methods.map((method) => `${method}()`).join(', ');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'number' || value === null || typeof value === 'boolean' ? String(value) : `of type ${Array.isArray(value) ? 'array' : typeof value}`;
}
