/** Plain data as JSON has it. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** The part of JSON Schema (2020-12) that options, arguments and settings are described with. */
export interface ValueSchema {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  readonly description?: string;
  readonly default?: JsonValue;
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** A regular expression that a string must match somewhere, with the `u` flag. */
  readonly pattern?: string;
  readonly items?: ValueSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  /** What an object may hold, by name. Of settings only: no command line can give an object. */
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  /** Those of its properties that an object must have. */
  readonly required?: readonly string[];
  /** What the other properties of an object are; `false` where it has none. Any when left out. */
  readonly additionalProperties?: boolean | ValueSchema;
  readonly deprecated?: boolean;
}

/** How a property of the input is given on a command line; JSON Schema validators ignore it. */
export type FieldBinding =
  | {
      readonly kind: 'argument';
      /** 0 for the first word after the command. */
      readonly position: number;
      /** Takes all words that are left. */
      readonly variadic?: true;
      readonly path?: PathAccess;
    }
  | {
      readonly kind: 'option';
      /** As written: `-n`, `--times`. */
      readonly flags: readonly string[];
      /** Counts how often the flag is given (`-vvv` is 3). */
      readonly count?: true;
      /** Splits a value into several: `--ext ts,js`. */
      readonly separator?: string;
      /** The environment variable that gives the value when the flag does not. */
      readonly env?: string;
      /** The key of the plugin's setting that gives the value when neither the flag nor the variable does. */
      readonly setting?: string;
      readonly hidden?: true;
      /** Why the option goes away, or what replaces it. */
      readonly deprecated?: string;
      readonly path?: PathAccess;
      /** What stands for the value in the help: `file` in `--output <file>`. */
      readonly placeholder?: string;
    };

/** What a setting is beside its value; JSON Schema validators ignore it. */
export interface SettingBinding {
  /** The property of the plugin's settings that holds it. */
  readonly property: string;
  /** Its value is shown to nobody. */
  readonly secret?: true;
  /** A project that its user does not trust cannot set it. */
  readonly trusted?: true;
  /** Why it goes away, or what replaces it. */
  readonly deprecated?: string;
}

/** A setting of a plugin: its schema, and what it is beside that. */
export interface SettingProperty extends ValueSchema {
  readonly 'x-structum': SettingBinding;
}

/** A plugin's settings as JSON Schema, by their keys in configurations. */
export interface SettingsSchema {
  /** Says that the plugin's code holds them against more rules than JSON Schema can say, and by which library. */
  readonly 'x-structum'?: { readonly rules: 'class-validator' };
  readonly type: 'object';
  readonly properties: Readonly<Record<string, SettingProperty>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

/** What a command may do with a path that its user names: exactly that path, for that call. */
export type PathAccess = 'read' | 'write';

/** A property of a command's input: its schema and its place on a command line. */
export interface InputProperty extends ValueSchema {
  readonly 'x-structum': FieldBinding;
}

/** A command's input as JSON Schema. */
export interface InputSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, InputProperty>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}
