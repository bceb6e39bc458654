import type { ConfigOrigin } from '../../contract/index.js';
import type { LayerProblem } from '../layer-flaw.js';
import type { ConfigLayer } from '../layers/config-layer.js';
import { formatKeyPath } from '../key-path.js';
import { schemaAt } from '../schema-at.js';
import { keysTo, valueAt } from '../section.js';
import { placeOf, type SchemaSource } from './schemas.js';
import { shownValue } from './shown-value.js';
import { originOf } from './voices.js';

/** A problem, where it stands, and what is there as far as that may be shown. */
export interface PlacedProblem extends Omit<LayerProblem, 'path'> {
  readonly key: string;
  readonly value?: unknown;
  readonly origin: ConfigOrigin;
}

/** Whose word it is, as far as it is any layer's; and what is said in the section that it is in. */
export interface ProblemSource {
  readonly layer: ConfigLayer | undefined;
  readonly section: unknown;
}

/** Looks up where a problem stands, and what is there. */
export async function placedProblem({ path, ...problem }: LayerProblem, { layer, section }: ProblemSource, schemas: SchemaSource): Promise<PlacedProblem> {
  return {
    key: formatKeyPath(path), ...problem, ...valueOfProblem({ path }, section, schemas),
    origin: layer === undefined ? { layer: 'default' } : await originOf({ layer }, path),
  };
}

/** What is there, as far as that may be shown. */
export function valueOfProblem({ path }: Pick<LayerProblem, 'path'>, section: unknown, schemas: SchemaSource): { readonly value?: unknown } {
  const keys = keysTo(path);
  const placed = placeOf(keys, schemas);
  const within = path.slice(placed.section.length);
  // What nobody knows may be a secret whose name is mistyped; of a section, its settings are told.
  const value = within.length === 0 || schemaAt(placed.schema, within) === undefined ? undefined : valueAt(section, within);
  return value === undefined ? {} : { value: shownValue(value, keys, schemas) };
}
