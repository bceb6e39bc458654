import { catalogued } from '../../errors/index.js';
import { similar } from '../../errors/similar.js';
import type { Configuration } from '../configuration.js';
import { PLUGINS_SECTION, SECTIONS } from '../core-sections.js';
import { formatKeyPath } from '../key-path.js';
import type { SectionSchema } from '../layers/config-layer.js';
import { schemaAt, similarPaths } from '../schema-at.js';
import type { ValuePath } from '../../manifest/check-value.js';
import { valueAt } from '../section.js';
import { placeOf, type Placed, type SchemaSource } from './schemas.js';

/** Whether a plugin that is there, or the core itself, reads what is at a place. */
export function isKnownKey({ plugin, section: [name = ''], rest, schema }: Placed, schemas: SchemaSource): boolean {
  const isKnownSection = plugin === undefined ? SECTIONS.includes(name) : schemas.names().includes(plugin);
  if (!isKnownSection) return false;
  // A plugin that describes no settings takes any.
  return rest.length === 0 || (plugin !== undefined && schema === undefined) || isDescribed(schema, rest);
}

/**
 * Refuses to tell of what nothing knows and nobody sets.
 * @throws `CONFIG_KEY_UNKNOWN`
 */
export function refuseUnknown(path: ValuePath, configuration: Configuration, schemas: SchemaSource): void {
  const placed = placeOf(path, schemas);
  if (isKnownKey(placed, schemas)) return;
  if (configuration.layers.some((layer) => valueAt(layer.valueAt(placed.section, placed.schema), placed.rest) !== undefined)) return;
  throw catalogued('CONFIG_KEY_UNKNOWN', { path: formatKeyPath(path), suggestions: suggestionsFor(path, placed, schemas), isSet: false });
}

/** What a key that nothing knows may have been meant as, best first. */
export function suggestionsFor(path: ValuePath, { section, rest, plugin, schema }: Placed, schemas: SchemaSource): readonly string[] {
  const [first = ''] = path;
  const depth = rest.findIndex((_, index) => !isDescribed(schema, rest.slice(0, index + 1)));
  if (schema !== undefined && depth !== -1) return similarPaths(schema, rest.slice(0, depth + 1)).map((known) => formatKeyPath([...section, ...known]));
  if (plugin !== undefined) return similar(plugin, schemas.names()).map((known) => formatKeyPath([PLUGINS_SECTION, known, ...rest]));
  const meant = similar(String(first), SECTIONS).map((known) => [known, ...path.slice(1)]);
  return meant.filter((known) => isKnownKey(placeOf(known, schemas), schemas)).map(formatKeyPath);
}

/** Whether a section's schema says what is at these keys, or leaves it open. */
function isDescribed(schema: SectionSchema | undefined, keys: ValuePath): boolean {
  if (schemaAt(schema, keys) !== undefined) return true;
  const around = keys.slice(0, -1);
  if (around.length === 0) return false;
  const found = schemaAt(schema, around);
  if (found === undefined) return isDescribed(schema, around);
  if (typeof keys.at(-1) === 'number') return found.items === undefined && (found.type === undefined || found.type === 'array');
  return found.items === undefined && (found.type === undefined || found.type === 'object') && (found.additionalProperties ?? true) === true;
}
