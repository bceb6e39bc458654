import { catalogued } from '../errors/index.js';
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
  /**
   * The class whose `@Argument`s and `@Option`s are the input; without one the command takes none.
   *
   * With rules of class-validator on it, class-transformer makes its instances, and `@Type` and `@Transform` are
   * followed. Without such rules nothing looks at class-transformer, and values are as the schema has them.
   */
  readonly input?: Class;
  /**
   * Says that it streams, where nothing else does: an `execute` that is an async generator is recognised, one that
   * returns an async generator, or was compiled to less than ES2018, is not.
   */
  readonly streams?: boolean;
  /** Left out of help and completion. */
  readonly hidden?: boolean;
  /** Why it goes away, or what to use instead. */
  readonly deprecated?: string;
}

/** An instance of a command class. A new one is made for every execution. */
export interface CommandHandler<Input = never, Result = unknown> {
  /** Does the work and returns its data; an async generator streams items instead. */
  execute(input: Input, context: CommandContext): Result | Promise<Result> | AsyncGenerator;
  /** Writes the result as text for people; without it a text is written as it is, and other data as `util.inspect` shows it. */
  render?(result: Result, out: Output): void | Promise<void>;
  /** Writes one item of a stream as text for people; without it like {@link render}. */
  renderItem?(item: never, out: Output): void | Promise<void>;
}

/** A class that carries a `@Command` description. */
export type CommandClass = Class<CommandHandler>;

/**
 * What a caller passes to a command: what {@link defineCommand} knows to be required and the rest if need be; to a
 * class of its own any part of its input, of which the description says what is required.
 */
export type InputOf<Type extends CommandClass> = Type extends { readonly __input?: infer Given extends object }
  ? Given
  : Partial<Parameters<InstanceType<Type>['execute']>[0]>;

/** What a caller gets from a command class: its result, or the list of its items. */
export type ResultOf<Type extends CommandClass> =
  ReturnType<InstanceType<Type>['execute']> extends AsyncGenerator<infer Item> ? Item[] : Awaited<ReturnType<InstanceType<Type>['execute']>>;

/** What the items of a command class are, where it streams. */
export type ItemsOf<Type extends CommandClass> = ItemOf<ReturnType<InstanceType<Type>['execute']>>;

/** Makes a class a command. */
export function Command(options: CommandOptions): (target: CommandClass) => void {
  return (target: CommandClass, ...rest: unknown[]) => {
    refuseStandardDecorator('Command', rest[0]);
    if (commandOptionsOf(target) !== undefined) throw catalogued('DECORATOR_MISPLACED', { decorator: 'Command', where: `twice, on ${target.name}` });
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

type ItemOfField<Field> = Field extends { items: { type: 'integer' | 'number' } }
  ? number
  : Field extends { items: { type: 'boolean' } }
    ? boolean
    : Field extends { enum: readonly (infer Choice)[] } | { items: { enum: readonly (infer Choice)[] } }
      ? Choice
      : Field extends { items: unknown } | { default: readonly [] }
        ? string
        : Field extends { default: readonly (infer Item)[] }
          ? Widened<Item>
          : string;

type Widened<Value> = Value extends number ? number : Value extends boolean ? boolean : string;

type ValueOf<Field> = Field extends { type: 'integer' | 'number' } | { count: true } | { default: number }
  ? number
  : Field extends { type: 'boolean' } | { default: boolean }
    ? boolean
    : Field extends { type: 'array' } | { default: readonly unknown[] }
      ? ItemOfField<Field>[]
      : Field extends { enum: readonly (infer Choice)[] }
        ? Choice
        : string;

type Given<Field> = Field extends { default: unknown } | { required: true } ? ValueOf<Field> : ValueOf<Field> | undefined;

/** The input that {@link defineCommand} infers from its arguments and options. */
export type DefinedInput<Arguments, Options> = {
  readonly [Name in keyof Arguments]: Arguments[Name] extends { required: false } ? Given<Arguments[Name]> : ValueOf<Arguments[Name]>;
} & { readonly [Name in keyof Options]: Given<Options[Name]> };

/** The names of those fields that a caller must give; `Else` says whether one that does not say must be. */
export type RequiredNames<Fields, Else> = {
  [Name in keyof Fields]: Fields[Name] extends { default: unknown } ? never : (Fields[Name] extends { required: infer Required } ? Required : Else) extends true ? Name : never;
}[keyof Fields];

/** What a caller of a command passes that {@link defineCommand} made: what has a default may be left out. */
export type GivenInput<Arguments, Options> = {
  readonly [Name in RequiredNames<Arguments, true>]: ValueOf<Arguments[Name]>;
} & { readonly [Name in Exclude<keyof Arguments, RequiredNames<Arguments, true>>]?: ValueOf<Arguments[Name]> | undefined } & {
  readonly [Name in RequiredNames<Options, false>]: ValueOf<Options[Name]>;
} & { readonly [Name in Exclude<keyof Options, RequiredNames<Options, false>>]?: ValueOf<Options[Name]> | undefined };

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
export type DefinedCommand<Input, Returned, Given = Partial<Input>> = Class<{
  execute(input: Input, context: CommandContext): Returned;
  render?(result: never, out: Output): void | Promise<void>;
  renderItem?(item: never, out: Output): void | Promise<void>;
}> & {
  /** Only for the type checker: never present. */
  readonly __input?: Given;
};

// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- without a field there is no key, which is what is meant
type NoFields = Readonly<Record<never, never>>;

/** Describes a command without decorators; the result goes into a plugin's `commands` like a class. */
export function defineCommand<
  const Arguments extends Readonly<Record<string, ArgumentOptions>> = NoFields,
  const Options extends Readonly<Record<string, DefinedOption>> = NoFields,
  Returned = unknown,
>(definition: CommandDefinition<Arguments, Options, Returned>): DefinedCommand<DefinedInput<Arguments, Options>, Returned, GivenInput<Arguments, Options>> {
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
