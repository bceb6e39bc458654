import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ExitCode, messageOf, StructumError, type CommandManifest, type InputProperty } from '@structum/core';
import { valueFromText } from '@structum/core/manifest';

/**
 * The words after a command as its input. Types are taken from the schema; the host checks the rest of it.
 * @throws `USAGE` for an unknown option or a word too many.
 */
export function inputFromWords(command: CommandManifest, words: readonly string[]): Record<string, unknown> {
  const { values, positionals } = parsed(command, words);
  const properties = Object.entries(command.input.properties);
  return {
    ...Object.fromEntries(properties.map(([name, property]) => [name, optionValue(property, values[name])])),
    ...argumentValues(properties, positionals),
  };
}

/** The option's name for people: without its dashes. */
export function longName({ 'x-structum': binding }: InputProperty): string | undefined {
  return binding.kind === 'option' ? binding.flags.find((flag) => flag.startsWith('--'))?.slice(2) : undefined;
}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

function parsed(command: CommandManifest, words: readonly string[]): { values: Values; positionals: string[] } {
  const names = new Map<string, string>();
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, property] of Object.entries(command.input.properties)) {
    const binding = property['x-structum'];
    const long = longName(property);
    if (binding.kind !== 'option' || long === undefined) continue;
    const short = binding.flags.find((flag) => !flag.startsWith('--'))?.slice(1);
    names.set(long, name);
    options[long] = {
      type: property.type === 'boolean' ? 'boolean' : 'string',
      multiple: property.type === 'array',
      ...(short === undefined ? {} : { short }),
    };
  }
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true, allowNegative: true });
    return { values: Object.fromEntries(Object.entries(values).map(([long, value]) => [names.get(long) ?? long, value])), positionals };
  } catch (cause) {
    throw usage(messageOf(cause), cause);
  }
}

function optionValue(property: InputProperty, value: Values[string]): unknown {
  if (typeof value === 'string') return valueFromText(property, value);
  if (Array.isArray(value)) return value.flatMap((text) => valueFromText(property, String(text)));
  return value;
}

function argumentValues(properties: readonly [string, InputProperty][], words: readonly string[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  let taken = 0;
  for (const [name, property] of properties) {
    const binding = property['x-structum'];
    if (binding.kind !== 'argument' || taken >= words.length) continue;
    if (binding.variadic === true) {
      values[name] = words.slice(taken);
      taken = words.length;
    } else {
      values[name] = valueFromText(property, words[taken] ?? '');
      taken += 1;
    }
  }
  if (taken < words.length) throw usage(`"${words[taken] ?? ''}" is one word too many.`);
  return values;
}

function usage(message: string, cause?: unknown): StructumError {
  return new StructumError({ code: 'USAGE', message, exitCode: ExitCode.usage, cause });
}
