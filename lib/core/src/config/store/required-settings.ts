import { catalogued, type SettingProblem } from '../../errors/index.js';
import type { Configuration } from '../configuration.js';
import { changed } from '../formats/plan.js';
import { formatKeyPath } from '../key-path.js';
import { byStrength, type ConfigLayer, type LayerName } from '../layers/config-layer.js';
import { DataLayer } from '../layers/data-layer.js';
import { mergeValues } from '../layers/merge.js';
import type { ValuePath } from '../../manifest/check-value.js';
import { checkSection } from '../secrets/check-section.js';
import { isMapping } from '../section.js';
import type { SchemaSource, Placed } from './schemas.js';

/** A value that is taken away, or that takes away what weaker layers say. */
export interface Removal {
  readonly placed: Placed<string>;
  /** Who is not to say it any more. */
  readonly layer: LayerName;
  /** What it is to say in its place: nothing, or `null`. */
  readonly value: undefined | null;
}

/**
 * Refuses to take away what a plugin cannot be without, and what nobody else says. What is missing anyway is no reason.
 * @throws `CONFIG_INVALID`
 */
export function refuseMissing(configuration: Configuration, removal: Removal, schemas: SchemaSource): void {
  const problems = missingWithout(configuration, removal, schemas).map((path): SettingProblem => ({ path, problem: 'is required' }));
  if (problems.length > 0) throw catalogued('CONFIG_INVALID', { problems });
}

/** The keys of what a plugin would be without, and has now. */
export function missingWithout(configuration: Configuration, removal: Removal, schemas: SchemaSource): readonly string[] {
  const { section } = removal.placed;
  const before = new Set(missingFrom(configuration, removal.placed, schemas).map((path) => formatKeyPath([...section, ...path])));
  return missingFrom(configuration, removal.placed, schemas, removal).map((path) => formatKeyPath([...section, ...path])).filter((key) => !before.has(key));
}

/** The settings that a plugin requires and nobody says, as they are or would be. */
function missingFrom(configuration: Configuration, placed: Placed, schemas: SchemaSource, removal?: Removal): readonly ValuePath[] {
  const schema = placed.plugin === undefined ? undefined : schemas.schemaOf(placed.plugin);
  if (schema === undefined) return [];
  const { layers } = configuration;
  // Its file need not be there yet.
  const all: readonly ConfigLayer[] = removal === undefined || layers.some(({ name }) => name === removal.layer) ? layers : byStrength([...layers, new DataLayer(removal.layer, {})]);
  const merged = mergeValues(all.map((layer) => {
    const said = layer.valueAt(placed.section, schema);
    return configuration.heeded(layer, layer.name === removal?.layer ? withoutValue(said, removal) : said, placed);
  }));
  return checkSection(schema, isMapping(merged) ? merged : {}).problems.filter(({ rule }) => rule === 'required').map(({ path }) => path);
}

function withoutValue(section: unknown, { placed: { rest }, value }: Removal): unknown {
  if (rest.length === 0) return value;
  return changed(isMapping(section) ? section : {}, { path: rest, value });
}
