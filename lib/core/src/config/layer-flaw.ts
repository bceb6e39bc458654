import { catalogued, type SettingProblem, type StructumError } from '../errors/index.js';
import type { FileLayer } from './files/file-layer.js';
import { formatKeyPath } from './key-path.js';
import type { ConfigLayer } from './layers/config-layer.js';
import type { ValuePath } from '../manifest/check-value.js';
import { keysTo } from './section.js';

/** Something in a configuration that is not as it must be. */
export interface LayerProblem {
  readonly path: ValuePath;
  /** As it reads after the path: `must be true or false`. */
  readonly problem: string;
  /** The rule that is broken, named as in JSON Schema. */
  readonly rule?: string;
  /** Keys that it may have been meant as, best first. */
  readonly suggestions?: readonly string[];
}

/** What is wrong in a layer, as one error: `CONFIG_FILE_INVALID` with places for a file, `CONFIG_INVALID` for anything else. */
export async function layerFlaw(layer: ConfigLayer, problems: readonly LayerProblem[]): Promise<StructumError> {
  const told = problems.slice(0, MOST_PROBLEMS).map(({ path, problem, suggestions = [] }) => ({ path, key: formatKeyPath(path), problem, ...(suggestions.length === 0 ? {} : { suggestions }) }));
  if (!isFile(layer)) return catalogued('CONFIG_INVALID', { problems: told.map(({ key, path, ...problem }) => ({ path: key, ...problem, ...sourceIn(layer, path) })) });
  const placed = await Promise.all(told.map(async ({ path, key, ...problem }) => ({ ...(await layer.positionOf(path)), path: key, ...problem })));
  return catalogued('CONFIG_FILE_INVALID', { file: layer.file, problems: placed });
}

/** What the host gives needs none. */
function sourceIn(layer: ConfigLayer, path: ValuePath): Pick<SettingProblem, 'origin'> {
  const source = layer.sourceOf?.(keysTo(path));
  return source === undefined ? {} : { origin: { layer: layer.name, source } };
}

/** A file in which everything is wrong need not be told in full. */
const MOST_PROBLEMS = 10;

/** Nothing else that says something is one: asking its class would load what reads files. */
function isFile(layer: ConfigLayer): layer is FileLayer {
  return layer.file !== undefined;
}
