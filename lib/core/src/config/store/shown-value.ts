import { REDACTED } from '../../monitoring/index.js';
import { isMapping, type KeyPath } from '../section.js';
import { placeOf, settingAt, type SchemaSource } from './schemas.js';

/** Whether the value at `path` is a secret, or a part of one. */
export function isSecretAt(path: KeyPath, schemas: SchemaSource): boolean {
  return settingAt(placeOf(path, schemas))?.['x-structum'].secret === true;
}

/** The value at `path` as it may be shown: secrets are hidden, also those within it. */
export function shownValue(value: unknown, path: KeyPath, schemas: SchemaSource): unknown {
  if (value === undefined || value === null) return value;
  if (isSecretAt(path, schemas)) return REDACTED;
  // Within a setting there is none: it is one as a whole or not at all.
  if (!isMapping(value) || settingAt(placeOf(path, schemas)) !== undefined) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shownValue(item, [...path, key], schemas)]));
}
