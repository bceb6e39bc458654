import { catalogued } from '../errors/index.js';
import { DescriptionKey, record, recordedOn, refuseStandardDecorator } from './description.js';
import type { FieldOptions } from './input.js';
import type { Class } from './token.js';

/** See {@link Setting}. A setting of type `object` may say which `properties` it has, or what its `values` are. */
export interface SettingOptions extends Omit<FieldOptions, 'path'> {
  /** Its key in configurations, in snake_case; that of the property when left out: `color_theme` of `colorTheme`. */
  readonly key?: string;
  /** Its value is shown to nobody. */
  readonly secret?: boolean;
  /** A project that its user does not trust cannot set it: for programs to run, modules to load, hosts to connect to. */
  readonly trusted?: boolean;
  /** Why it goes away, or what to use instead; said where it is set. */
  readonly deprecated?: string;
}

/** One setting of a plugin, as recorded. */
export interface RecordedSetting {
  readonly name: string;
  readonly options: SettingOptions;
}

/**
 * A property of a plugin's settings: `@Setting({ description: 'How trees are drawn', enum: ['unicode', 'ascii'] }) theme = 'unicode'`.
 *
 * Configurations set it at `plugins.<plugin>.<key>`. Its type is that of the initializer, or `type`.
 */
export function Setting(options: SettingOptions): PropertyDecorator {
  return (prototype, name, ...rest: unknown[]) => {
    refuseStandardDecorator('Setting', name);
    if (typeof (rest[0] as PropertyDescriptor | undefined)?.value === 'function') throw catalogued('DECORATOR_MISPLACED', { decorator: 'Setting', where: 'on a method' });
    const owner: unknown = prototype.constructor;
    if (typeof owner !== 'function' || owner === Function) throw catalogued('DECORATOR_MISPLACED', { decorator: 'Setting', where: 'on a static property' });
    record(owner, DescriptionKey.settings, [...ownSettings(owner as Class), { name: String(name), options }]);
  };
}

/** The data of settings that were described with {@link defineSettings}. */
export type DefinedSettings<Fields extends Readonly<Record<string, SettingOptions>>> = {
  readonly [Name in keyof Fields]: ValueOf<Fields[Name]> | (Fields[Name] extends { readonly required: true } | { readonly default: unknown } ? never : undefined);
};

/** The type that a setting's description gives its value. */
type ValueOf<Options> =
  Options extends { readonly enum: readonly (infer Choice)[] } ? Choice
  : Options extends { readonly type: 'string' } ? string
  : Options extends { readonly type: 'integer' | 'number' } ? number
  : Options extends { readonly type: 'boolean' } ? boolean
  : Options extends { readonly type: 'array'; readonly items: infer Items } ? readonly ValueOf<Items>[]
  : Options extends { readonly type: 'array' } ? readonly unknown[]
  : Options extends { readonly type: 'object' } ? Readonly<Record<string, unknown>>
  : Options extends { readonly default: infer Default } ? Widened<Default>
  : string;

type Widened<Value> = Value extends string ? string : Value extends number ? number : Value extends boolean ? boolean : Value;

/** Describes a plugin's settings without decorators; the result is what a plugin's `settings` takes. */
export function defineSettings<const Fields extends Readonly<Record<string, SettingOptions>>>(fields: Fields): Class<DefinedSettings<Fields>> {
  class Settings {}
  record(Settings, DescriptionKey.settings, Object.entries(fields).map(([name, options]) => ({ name, options })));
  return Settings as Class<DefinedSettings<Fields>>;
}

/** The settings recorded on a class, those of its parents first; one that is described anew keeps its place. */
export function settingsOf(type: Class): readonly RecordedSetting[] {
  const parent: unknown = Object.getPrototypeOf(type);
  const inherited = typeof parent === 'function' && parent !== Function.prototype ? settingsOf(parent as Class) : [];
  const own = ownSettings(type);
  const anew = new Map(own.map((setting) => [setting.name, setting]));
  const known = new Set(inherited.map(({ name }) => name));
  return [...inherited.map((setting) => anew.get(setting.name) ?? setting), ...own.filter(({ name }) => !known.has(name))];
}

function ownSettings(type: Class): readonly RecordedSetting[] {
  return recordedOn<readonly RecordedSetting[]>(type, DescriptionKey.settings) ?? [];
}
