import { similar, type StructumError } from '@structum/core';
import { usageErrors } from '../errors.js';
import { isNegatable, isNumeric, isSwitch, placeholderOf, type Fields, type OptionField } from './fields.js';
import { GLOBAL_OPTIONS, RESERVED_FLAGS, negationOf, type GlobalValues } from './global-options.js';
import { looksLikeOption, splitBound, takeGlobal } from './leading.js';

/** One option as given: `--depth 2`, `-d2` and `--depth=2` are the same. */
export interface GivenOption {
  readonly field: OptionField;
  /** As written: `-d`, `--no-toc`. */
  readonly flag: string;
  /** The text of the value, or for a switch whether it is on. */
  readonly value: string | boolean;
}

/** What stands after the words that name the command. */
export interface Tail {
  readonly options: readonly GivenOption[];
  readonly words: readonly string[];
  /** What is wrong with it; kept, because `--help` may stand behind it. */
  readonly problem: StructumError | undefined;
}

/** Reads what follows a command; global options go to `globals`. */
export function readTail(args: readonly string[], fields: Fields, globals: GlobalValues): Tail {
  const flags = flagsOf(fields.options);
  const options: GivenOption[] = [];
  const words: string[] = [];
  let problem: StructumError | undefined;
  const rest = [...args].reverse();
  for (let token = rest.pop(); token !== undefined; token = rest.pop()) {
    if (token === '--') {
      words.push(...rest.reverse());
      break;
    }
    if (!looksLikeOption(token) || isNegativeNumber(token, flags)) {
      words.push(token);
      continue;
    }
    try {
      const taken = takeGlobal([token, ...rest.slice(-1)], 0, globals);
      if (taken === 0) takeOption(token, rest, flags, options);
      if (taken === 2) rest.pop();
    } catch (error) {
      problem ??= error as StructumError;
    }
  }
  return { options, words, problem };
}

/** Every flag that a command understands, and the field behind it. */
type Flags = ReadonlyMap<string, { readonly field: OptionField; readonly isNegated: boolean }>;

function flagsOf(fields: readonly OptionField[]): Flags {
  const flags = new Map<string, { readonly field: OptionField; readonly isNegated: boolean }>();
  for (const field of fields) {
    for (const flag of field.binding.flags) {
      flags.set(flag, { field, isNegated: false });
      const negation = negationOf(flag);
      const canNegate = isNegatable(field) && flag.startsWith('--') && !flag.startsWith('--no-');
      if (canNegate && !flags.has(negation)) flags.set(negation, { field, isNegated: true });
    }
  }
  return flags;
}

/** `-1` is a word, unless the command has an option `-1`. */
function isNegativeNumber(token: string, flags: Flags): boolean {
  return /^-\.?\d/.test(token) && !flags.has(token.slice(0, 2));
}

/** Takes one token with options, and from `rest`, whose end comes first, the value that belongs to it. */
function takeOption(token: string, rest: string[], flags: Flags, options: GivenOption[]): void {
  if (token.startsWith('--')) {
    const [flag, value] = splitBound(token);
    options.push(given(flag, value, rest, flags));
  } else takeShortOptions(token.slice(1), rest, flags, options);
}

/** `-d2`, `-d=2` and `-d 2`; `-abc` for `-a -b -c`, of which the last may take a value. */
function takeShortOptions(letters: string, rest: string[], flags: Flags, options: GivenOption[]): void {
  for (let index = 0; index < letters.length; index += 1) {
    const flag = `-${letters.charAt(index)}`;
    const attached = letters.slice(index + 1);
    const known = flags.get(flag);
    if (known === undefined && isReservedSwitch(flag)) {
      rest.push(flag);
      if (attached !== '') rest.push(`-${attached}`);
      return;
    }
    const takesValue = known !== undefined && !isSwitch(known.field);
    if (takesValue || attached.startsWith('=')) {
      options.push(given(flag, attached === '' ? undefined : attached.replace(/^=/, ''), rest, flags));
      return;
    }
    if (known === undefined) throw unknownOption(index === 0 ? `-${letters}` : flag, flags);
    options.push(given(flag, undefined, rest, flags));
  }
}

function given(flag: string, bound: string | undefined, rest: string[], flags: Flags): GivenOption {
  const known = flags.get(flag);
  if (known === undefined) throw unknownOption(flag, flags);
  const { field, isNegated } = known;
  if (isSwitch(field)) {
    if (bound !== undefined) throw usageErrors.optionWithValue(flag, bound);
    return { field, flag, value: !isNegated };
  }
  const value = bound ?? nextValue(field, rest);
  if (value === undefined) throw usageErrors.optionWithoutValue(flag, placeholderOf(field));
  return { field, flag, value };
}

function nextValue({ schema }: OptionField, rest: string[]): string | undefined {
  const next = rest.at(-1);
  if (next === undefined) return undefined;
  const isValue = !looksLikeOption(next) || (isNumeric(schema) && /^-\.?\d/.test(next));
  return isValue ? rest.pop() : undefined;
}

function isReservedSwitch(flag: string): boolean {
  return GLOBAL_OPTIONS.some(({ flags, placeholder }) => placeholder === undefined && flags.includes(flag));
}

function unknownOption(flag: string, flags: Flags): StructumError {
  const visible = [...flags].filter(([, { field }]) => field.binding.hidden !== true).map(([known]) => known);
  return usageErrors.optionUnknown(flag, similar(flag, [...visible, ...RESERVED_FLAGS]));
}
