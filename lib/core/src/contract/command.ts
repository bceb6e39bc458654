import { DescriptionKey, record, recordedOn, refuseStandardDecorator } from './description.js';
import { recordFields, type ArgumentOptions, type OptionOptions, type RecordedField } from './input.js';
import type { CommandContext, Output } from './context.js';
import type { Class } from './token.js';

/** An example for the help. */
export interface CommandExample {
  /** The whole line: `structum tree src --depth 2`. */
  readonly command: string;
  readonly description: string;
}

/** What `@Command` says of a class. */
export interface CommandOptions {
  /** One or more lower-case words separated by one space: `archive extract`. */
  readonly path: string;
  /** Other paths that mean the same. */
  readonly aliases?: readonly string[];
  /** One line for lists of commands. */
  readonly description: string;
  /** Paragraphs for the command's own help. */
  readonly details?: string;
  readonly examples?: readonly CommandExample[];
  /** The class whose `@Argument`s and `@Option`s are the input; without one the command takes none. */
  readonly input?: Class;
  /** Left out of help and completion. */
  readonly hidden?: boolean;
  /** Why it goes away, or what to use instead. */
  readonly deprecated?: string;
}

/** An instance of a command class. A new one is made for every execution. */
export interface CommandHandler<Input = never, Result = unknown> {
  /** Does the work and returns its data; an async generator streams items instead. */
  execute(input: Input, context: CommandContext): Result | Promise<Result> | AsyncGenerator;
  /** Writes the result as text for people; without it a text is written as it is, and other data as JSON. */
  render?(result: Result, out: Output): void | Promise<void>;
  /** Writes one item of a stream as text for people; without it like {@link render}. */
  renderItem?(item: never, out: Output): void | Promise<void>;
}

/** A class that carries a `@Command` description. */
export type CommandClass = Class<CommandHandler>;

/** What a caller passes to a command class: any part of its input; the description says what is required. */
export type InputOf<Type extends CommandClass> = Partial<Parameters<InstanceType<Type>['execute']>[0]>;

/** What a caller gets from a command class: its result, or the list of its items. */
export type ResultOf<Type extends CommandClass> =
  ReturnType<InstanceType<Type>['execute']> extends AsyncGenerator<infer Item> ? Item[] : Awaited<ReturnType<InstanceType<Type>['execute']>>;

/** What the items of a command class are, where it streams. */
export type ItemsOf<Type extends CommandClass> = ItemOf<ReturnType<InstanceType<Type>['execute']>>;

/** Makes a class a command. */
export function Command(options: CommandOptions): (target: CommandClass) => void {
  return (target: CommandClass, ...rest: unknown[]) => {
    refuseStandardDecorator('Command', rest[0]);
    record(target, DescriptionKey.command, options);
  };
}

/** What `@Command` said of `target`, or `undefined`. */
export function commandOptionsOf(target: object): CommandOptions | undefined {
  return recordedOn<CommandOptions>(target, DescriptionKey.command);
}

/** An option of {@link defineCommand}: its flags and rules. */
export interface DefinedOption extends OptionOptions {
  /** Short and long forms, separated by commas; `--<name>` when left out. */
  readonly flags?: string;
}

type ValueOf<Field> = Field extends { type: 'integer' | 'number' } | { count: true } | { default: number }
  ? number
  : Field extends { type: 'boolean' } | { default: boolean }
    ? boolean
    : Field extends { type: 'array' } | { default: readonly unknown[] }
      ? Field extends { items: { type: 'integer' | 'number' } }
        ? number[]
        : string[]
      : Field extends { enum: readonly (infer Choice)[] }
        ? Choice
        : string;

type Given<Field> = Field extends { default: unknown } | { required: true } ? ValueOf<Field> : ValueOf<Field> | undefined;

/** The input that {@link defineCommand} infers from its arguments and options. */
export type DefinedInput<Arguments, Options> = {
  readonly [Name in keyof Arguments]: Arguments[Name] extends { required: false } ? Given<Arguments[Name]> : ValueOf<Arguments[Name]>;
} & { readonly [Name in keyof Options]: Given<Options[Name]> };

/** A command without a class: see {@link defineCommand}. */
export interface CommandDefinition<
  Arguments extends Readonly<Record<string, ArgumentOptions>>,
  Options extends Readonly<Record<string, DefinedOption>>,
  Returned,
> extends Omit<CommandOptions, 'input'> {
  readonly arguments?: Arguments;
  readonly options?: Options;
  /** Does the work and returns its data; an async generator streams items instead. */
  readonly execute: (input: DefinedInput<Arguments, Options>, context: CommandContext) => Returned;
  /** Writes the result as text for people. */
  readonly render?: (result: Awaited<Returned>, out: Output) => void | Promise<void>;
  /** Writes one item of a stream as text for people. */
  readonly renderItem?: (item: ItemOf<Returned>, out: Output) => void | Promise<void>;
}

type ItemOf<Returned> = Returned extends AsyncGenerator<infer Item> ? Item : never;

/** What {@link defineCommand} gives: a command class. */
export type DefinedCommand<Input, Returned> = Class<{
  execute(input: Input, context: CommandContext): Returned;
  render?(result: never, out: Output): void | Promise<void>;
  renderItem?(item: never, out: Output): void | Promise<void>;
}>;

// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- without a field there is no key, which is what is meant
type NoFields = Readonly<Record<never, never>>;

/** Describes a command without decorators; the result goes into a plugin's `commands` like a class. */
export function defineCommand<
  const Arguments extends Readonly<Record<string, ArgumentOptions>> = NoFields,
  const Options extends Readonly<Record<string, DefinedOption>> = NoFields,
  Returned = unknown,
>(definition: CommandDefinition<Arguments, Options, Returned>): DefinedCommand<DefinedInput<Arguments, Options>, Returned> {
  const { arguments: argumentsByName = {}, options: optionsByName = {}, execute, render, renderItem, ...options } = definition;
  class Input {}
  class Defined {
    declare execute: (input: DefinedInput<Arguments, Options>, context: CommandContext) => Returned;
  }
  recordFields(Input, [...definedArguments(argumentsByName), ...definedOptions(optionsByName)]);
  record(Defined, DescriptionKey.command, { ...options, input: Input });
  Object.defineProperty(Defined, 'name', { value: `command "${definition.path}"` });
  Object.assign(Defined.prototype, { execute, ...(render === undefined ? {} : { render }), ...(renderItem === undefined ? {} : { renderItem }) });
  return Defined;
}

function definedArguments(fields: Readonly<Record<string, ArgumentOptions>>): RecordedField[] {
  return Object.entries(fields).map(([name, options]) => ({ kind: 'argument', name, options }));
}

function definedOptions(fields: Readonly<Record<string, DefinedOption>>): RecordedField[] {
  return Object.entries(fields).map(([name, { flags, ...options }]) => ({ kind: 'option', name, flags: flags ?? `--${kebab(name)}`, options }));
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
