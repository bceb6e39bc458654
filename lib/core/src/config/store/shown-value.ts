import { REDACTED } from '../../monitoring/index.js';
import { PLUGINS_SECTION, SECTIONS } from '../core-sections.js';
import { holdsReferences, parseTemplate } from '../secrets/template.js';
import type { ValuePath } from '../../manifest/check-value.js';
import { isMapping } from '../section.js';
import { placeOf, settingAt, type SchemaSource } from './schemas.js';

/** Whether the value at `path` is a secret, or a part of one. */
export function isSecretAt(path: ValuePath, schemas: SchemaSource): boolean {
  return settingAt(placeOf(path, schemas))?.['x-structum'].secret === true;
}

/** The value at `path` as it may be shown: secrets, and what may be one, are hidden, also within it, and references to them are told. */
export function shownValue(value: unknown, path: ValuePath, schemas: SchemaSource): unknown {
  if (value === undefined || value === null) return value;
  if (isSecretAt(path, schemas)) return shownSecret(value);
  if (isUnknownAt(path, schemas)) return shownUnknown(value);
  // Within a setting there is none: it is one as a whole or not at all.
  if (!isMapping(value) || settingAt(placeOf(path, schemas)) !== undefined) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shownValue(item, [...path, key], schemas)]));
}

/** What {@link shownValue} hides of a value, references left out. */
export function hiddenIn(value: unknown, path: ValuePath, schemas: SchemaSource): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (isSecretAt(path, schemas) || isUnknownAt(path, schemas)) return holdsReferences(value) ? [] : [value];
  if (!isMapping(value) || settingAt(placeOf(path, schemas)) !== undefined) return [];
  return Object.entries(value).flatMap(([key, item]) => hiddenIn(item, [...path, key], schemas));
}

/** Whether nothing knows what is at `path`, so that it may be a secret whose name is mistyped. */
function isUnknownAt([section, plugin, key]: ValuePath, schemas: SchemaSource): boolean {
  if (section === undefined) return false;
  if (section !== PLUGINS_SECTION) return !SECTIONS.includes(String(section));
  if (typeof plugin !== 'string') return false;
  const schema = schemas.schemaOf(plugin);
  if (schema === undefined) return !schemas.names().includes(plugin);
  const { properties } = schema;
  return key !== undefined && !Object.hasOwn(properties, key) && Object.values(properties).some((property) => property['x-structum'].secret === true);
}

/** Its keys are told. */
function shownUnknown(value: unknown): unknown {
  return isMapping(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, item === null ? item : shownUnknown(item)])) : shownSecret(value);
}

/** A reference is no secret; what stands beside it may be. */
function shownSecret(value: unknown): unknown {
  if (!holdsReferences(value)) return REDACTED;
  if (typeof value === 'string') return shownTemplate(value);
  if (Array.isArray(value)) return value.map(shownSecret);
  return isMapping(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shownSecret(item)])) : REDACTED;
}

function shownTemplate(text: string): string {
  const { parts, problem } = parseTemplate(text);
  if (problem !== undefined) return REDACTED;
  const shown = parts.map((part) => (typeof part === 'string' ? REDACTED : part.text));
  return shown.filter((part, index) => part !== REDACTED || shown[index - 1] !== REDACTED).join('');
}
