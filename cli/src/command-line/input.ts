import type { CliBuilder } from 'clipanion/lib/core.js';
import { valueFromText } from '@structum/core';
import { usageErrors } from '../errors.js';
import { choicesOf, isSwitch, type ArgumentField, type Fields, type OptionField } from './fields.js';
import type { GivenOption, Tail } from './tail.js';

/** A command's input as plain data, to be checked by the core. */
export type CommandLineInput = Readonly<Record<string, unknown>>;

/**
 * Turns what stands after a command into its input: clipanion, which has just this one command registered, and
 * of its options those that are given, decides what belongs where.
 *
 * @throws `ARGUMENT_MISSING`, `ARGUMENT_UNEXPECTED`
 */
export async function inputOf(tail: Tail, fields: Fields): Promise<CommandLineInput> {
  const given = new Set(tail.options.map(({ field }) => field));
  if (given.size === 0 && tail.words.length === 0 && !fields.arguments.some(({ required }) => required)) return {};
  const names = new Map([...given].map((field, index) => [field, safeName(field, index)]));
  const fieldByName = new Map([...names].map(([field, name]) => [name, field]));
  const state = await parse(tail, fields, names);
  const input: Record<string, unknown> = {};
  for (const { name, value } of state.options) {
    const field = fieldByName.get(name);
    if (field !== undefined) addOption(input, field, value as string | boolean);
  }
  assignArguments(input, fields.arguments, state.positionals.map(({ value }) => value));
  return input;
}

type State = ReturnType<ReturnType<CliBuilder<null>['compile']>['process']>;

async function parse(tail: Tail, fields: Fields, names: ReadonlyMap<OptionField, string>): Promise<State> {
  // Only its parser: the class Cli opens all three standard streams while it is imported.
  const { CliBuilder } = await import('clipanion/lib/core.js');
  const builder = new CliBuilder<null>();
  const command = builder.command();
  for (const [field, name] of names) command.addOption({ names: [name], arity: isSwitch(field) ? 0 : 1 });
  for (const { name, binding, required } of fields.arguments) {
    if (binding.variadic === true) command.addRest({ name, required: required ? 1 : 0 });
    else command.addPositional({ name, required });
  }
  // It insists on a context, and does nothing with it.
  command.setContext(null);
  try {
    return builder.compile().process([...tail.options.map((option) => tokenOf(option, names)), '--', ...tail.words]);
  } catch (error) {
    throw explained(tail.words, fields.arguments) ?? error;
  }
}

/** Clipanion takes names of letters only, in options with `=`: `--utf8` needs another one. */
function safeName({ binding }: OptionField, index: number): string {
  const isSafe = (flag: string): boolean => /^--[a-z]+(?:-[a-z]+)*$/.test(flag) && !flag.startsWith('--no-');
  return binding.flags.find(isSafe) ?? `--option-${String(index).replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)))}`;
}

function tokenOf({ field, value }: GivenOption, names: ReadonlyMap<OptionField, string>): string {
  const name = names.get(field) ?? '';
  if (typeof value === 'string') return `${name}=${value}`;
  return value ? name : `--no-${name.slice('--'.length)}`;
}

/** What clipanion means by "not enough" and "extraneous", by name. */
function explained(words: readonly string[], fields: readonly ArgumentField[]): Error | undefined {
  const required = fields.filter((field) => field.required);
  const missing = required[words.length];
  if (missing !== undefined) return usageErrors.argumentMissing(missing.name, choicesOf(missing.schema));
  const surplus = words[fields.length];
  return surplus === undefined ? undefined : usageErrors.argumentUnexpected(surplus);
}

function addOption(input: Record<string, unknown>, { name, schema, binding }: OptionField, value: string | boolean): void {
  if (binding.count === true) input[name] = value === true ? Number(input[name] ?? 0) + 1 : 0;
  else if (typeof value === 'boolean') input[name] = value;
  else if (schema.type === 'array') input[name] = [...((input[name] as unknown[] | undefined) ?? []), ...(valueFromText(schema, value) as readonly unknown[])];
  else input[name] = valueFromText(schema, value);
}

/** Required arguments get their words first; what is left goes to the optional ones, in order. */
function assignArguments(input: Record<string, unknown>, fields: readonly ArgumentField[], words: readonly string[]): void {
  const left = [...words];
  fields.forEach((field, index) => {
    const neededLater = fields.slice(index + 1).filter((later) => later.required).length;
    if (field.binding.variadic === true) {
      const taken = left.splice(0, left.length - neededLater);
      if (taken.length > 0) input[field.name] = taken.map((word) => valueFromText(field.schema.items ?? {}, word));
    } else if (left.length > (field.required ? 0 : neededLater)) {
      input[field.name] = valueFromText(field.schema, left.shift() ?? '');
    }
  });
}
