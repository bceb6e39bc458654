import type { CommandManifest, FieldBinding, InputProperty, ValueSchema } from '@structum/core';

type ArgumentBinding = Extract<FieldBinding, { kind: 'argument' }>;
type OptionBinding = Extract<FieldBinding, { kind: 'option' }>;

/** A part of a command's input that is given by position. */
export interface ArgumentField {
  readonly name: string;
  readonly schema: InputProperty;
  readonly binding: ArgumentBinding;
  readonly required: boolean;
}

/** A part of a command's input that is given by a flag. */
export interface OptionField {
  readonly name: string;
  readonly schema: InputProperty;
  readonly binding: OptionBinding;
  readonly required: boolean;
}

/** The fields of a command's input, arguments in their order. */
export interface Fields {
  readonly arguments: readonly ArgumentField[];
  readonly options: readonly OptionField[];
}

/** Reads the fields off a command's manifest. */
export function fieldsOf({ input }: CommandManifest): Fields {
  const positional: ArgumentField[] = [];
  const options: OptionField[] = [];
  for (const [name, schema] of Object.entries(input.properties)) {
    const binding = schema['x-structum'];
    const required = input.required.includes(name);
    if (binding.kind === 'argument') positional.push({ name, schema, binding, required });
    else options.push({ name, schema, binding, required });
  }
  return { arguments: positional.sort((one, other) => one.binding.position - other.binding.position), options };
}

/** Whether the option stands alone: `--stats`, `-vvv`. */
export function isSwitch({ schema, binding }: OptionField): boolean {
  return binding.count === true || schema.type === 'boolean';
}

/** Whether `--no-<name>` turns the option off. */
export function isNegatable(field: OptionField): boolean {
  return isSwitch(field) && field.binding.count !== true;
}

/** Whether one value is a number: `-1` is then a value and not an option. */
export function isNumeric({ type, items }: ValueSchema): boolean {
  return type === 'integer' || type === 'number' || (type === 'array' && items !== undefined && isNumeric(items));
}

/** The values that can be chosen from, if there is a choice. */
export function choicesOf({ enum: choices, items }: ValueSchema): readonly (string | number)[] | undefined {
  return choices ?? items?.enum;
}

/** What stands for the value in help and messages: `file`. */
export function placeholderOf({ schema, binding }: OptionField): string {
  if (binding.placeholder !== undefined) return binding.placeholder;
  if (binding.path !== undefined) return 'path';
  if (isNumeric(schema)) return 'number';
  return choicesOf(schema) === undefined ? 'value' : 'choice';
}

/** An argument as usage lines name it: `[directory]`, `<file...>`. */
export function argumentLabel({ name, binding, required }: ArgumentField): string {
  const label = `${kebab(name)}${binding.variadic === true ? '...' : ''}`;
  return required ? `<${label}>` : `[${label}]`;
}

/** `maxDepth` as people write it: `max-depth`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
