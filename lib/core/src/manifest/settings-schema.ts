import { settingsOf, type Class, type RecordedSetting, type SettingProperty, type SettingsSchema } from '../contract/index.js';
import { usesClassValidator } from './class-rules.js';
import { describeValue, initialValues } from './value-schema.js';

/** A plugin's settings class as a schema, or what is wrong with it. */
export interface DescribedSettings {
  readonly schema: SettingsSchema;
  readonly problems: readonly string[];
}

/** Describes a settings class: each setting with its key, its type, rules and default. */
export function describeSettings(type: Class): DescribedSettings {
  const problems: string[] = [];
  const initial = initialValues(type, 'settings', problems);
  const properties: Record<string, SettingProperty> = {};
  const required: string[] = [];
  for (const setting of settingsOf(type)) {
    const key = keyOf(setting);
    if (Object.hasOwn(properties, key)) problems.push(`the setting "${key}" is described twice`);
    const property = propertyOf(setting, initial.get(setting.name), problems);
    properties[key] = property;
    if (setting.options.required === true && property.default === undefined) required.push(key);
  }
  const rules = usesClassValidator(type) ? { 'x-structum': { rules: 'class-validator' } as const } : {};
  return { schema: { ...rules, type: 'object', properties, required, additionalProperties: false }, problems };
}

function propertyOf({ name, options }: RecordedSetting, initial: unknown, problems: string[]): SettingProperty {
  const { key: _key, secret, trusted, deprecated, required: _required, ...rules } = options;
  return {
    ...describeValue(name, rules, options.default ?? initial, problems),
    ...(deprecated === undefined ? {} : { deprecated: true }),
    'x-structum': {
      property: name,
      ...(secret === true ? { secret } : {}),
      ...(trusted === true ? { trusted } : {}),
      ...(deprecated === undefined ? {} : { deprecated }),
    },
  };
}

/** `color_theme` of `colorTheme`, `http_port` of `HTTPPort`. */
function keyOf({ name, options }: RecordedSetting): string {
  return options.key ?? name.replaceAll(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3_$2').toLowerCase();
}
