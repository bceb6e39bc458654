import { catalogued } from '../errors/index.js';
import { DescriptionKey, record, recordedOn, refuseStandardDecorator } from './description.js';
import type { JsonValue, PathAccess, ValueSchema } from './json.js';
import type { Class } from './token.js';

/** What an argument and an option have in common: what JSON Schema can say of a value. */
export interface FieldOptions extends Omit<ValueSchema, 'description' | 'deprecated' | 'default' | 'required'> {
  /** One line for the help. */
  readonly description: string;
  /** The value when none is given; the initializer of the property says the same. A constant. */
  readonly default?: JsonValue;
  /** Grants the command this path, for this call: to read it, or to write it. */
  readonly path?: PathAccess;
  /** Whether a value must be given. Arguments: unless they have a default. Options: no. */
  readonly required?: boolean;
}

/** See {@link Argument}. An argument of type `array` takes all words that are left, and stands last. */
export type ArgumentOptions = FieldOptions;

/** See {@link Option}. */
export interface OptionOptions extends FieldOptions {
  /** Counts how often the flag is given: `-vvv` is 3. */
  readonly count?: boolean;
  /** Splits one value into the items of an array, besides repeating the option: `,` in `--ext ts,js`. */
  readonly separator?: string;
  /** The environment variable that gives the value when the flag does not. */
  readonly env?: string;
  /** The key of the plugin's setting that gives the value when neither the flag nor the variable does. */
  readonly setting?: string;
  /** Left out of the help and of completion. */
  readonly hidden?: boolean;
  /** Why it goes away, or what to use instead; said whenever the option is given. */
  readonly deprecated?: string;
  /** What stands for the value in the help: `file` in `--output <file>`. */
  readonly placeholder?: string;
}

/** One field of an input class, as recorded. */
export type RecordedField =
  | { readonly kind: 'argument'; readonly name: string; readonly options: ArgumentOptions }
  | { readonly kind: 'option'; readonly name: string; readonly flags: string; readonly options: OptionOptions };

/**
 * A property of a command's input that is given by position: `@Argument({ description: 'Who to greet' }) name!: string`.
 *
 * Arguments take their positions in the order in which they are declared.
 */
export function Argument(options: ArgumentOptions): PropertyDecorator {
  return (prototype, name, ...rest: unknown[]) => {
    refuseStandardDecorator('Argument', name);
    refuseMethod('Argument', rest[0]);
    addField(prototype, { kind: 'argument', name: String(name), options });
  };
}

/**
 * A property of a command's input that is given by a flag: `@Option('-n,--times', { description: 'How often' }) times = 1`.
 *
 * Its type is that of the initializer, or `type`. A boolean also gets `--no-<name>`.
 * @param flags - Short and long forms, separated by commas: `-n,--times`. At least one long form.
 */
export function Option(flags: string, options: OptionOptions): PropertyDecorator {
  return (prototype, name, ...rest: unknown[]) => {
    refuseStandardDecorator('Option', name);
    refuseMethod('Option', rest[0]);
    addField(prototype, { kind: 'option', name: String(name), flags, options });
  };
}

/** The fields recorded on an input class, those of its parents first; one that is described anew keeps its place. */
export function fieldsOf(input: Class): readonly RecordedField[] {
  const parent: unknown = Object.getPrototypeOf(input);
  const inherited = typeof parent === 'function' && parent !== Function.prototype ? fieldsOf(parent as Class) : [];
  const own = recordedOn<readonly RecordedField[]>(input, DescriptionKey.input) ?? [];
  const known = new Set(inherited.map(({ name }) => name));
  const redefined = (field: RecordedField): readonly RecordedField[] => {
    const anew = own.filter(({ name }) => name === field.name);
    return anew.length > 0 ? anew : [field];
  };
  return [...inherited.flatMap(redefined), ...own.filter(({ name }) => !known.has(name))];
}

/** Decorators of properties are applied to methods too, with the method's descriptor. */
function refuseMethod(decorator: string, descriptor: unknown): void {
  if (typeof (descriptor as PropertyDescriptor | undefined)?.value === 'function') throw catalogued('DECORATOR_MISPLACED', { decorator, where: 'on a method' });
}

function addField(prototype: object, field: RecordedField): void {
  const owner: unknown = prototype.constructor;
  if (typeof owner !== 'function' || owner === Function) {
    throw catalogued('DECORATOR_MISPLACED', { decorator: field.kind === 'argument' ? 'Argument' : 'Option', where: 'on a static property' });
  }
  recordFields(owner as Class, [...(recordedOn<readonly RecordedField[]>(owner, DescriptionKey.input) ?? []), field]);
}

/** Records the fields of an input class in one go, as {@link defineCommand} does. */
export function recordFields(input: Class, fields: readonly RecordedField[]): void {
  record(input, DescriptionKey.input, fields);
}
