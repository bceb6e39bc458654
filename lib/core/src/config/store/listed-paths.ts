import type { ValueSchema } from '../../contract/index.js';
import type { Configuration } from '../configuration.js';
import { formatKeyPath } from '../key-path.js';
import type { ConfigLayer } from '../layers/config-layer.js';
import { pluginsIn } from '../layers/plugin-names.js';
import { isMapping, type KeyPath } from '../section.js';
import { CORE_SECTIONS, PLUGINS_SECTION } from '../core-sections.js';
import { placeOf, type SchemaSource } from './schemas.js';

/** The paths of all settings that somebody describes, or sets, in order. */
export function listedPaths(configuration: Configuration, schemas: SchemaSource): readonly KeyPath[] {
  const paths = new Map<string, KeyPath>();
  const add = (path: KeyPath): void => { paths.set(formatKeyPath(path), path); };
  const described = new Set(schemas.names());
  for (const plugin of described) for (const key of Object.keys(schemas.schemaOf(plugin)?.properties ?? {})) add([PLUGINS_SECTION, plugin, key]);
  for (const [name, { schema }] of Object.entries(CORE_SECTIONS)) for (const key of defaulted(schema)) add([name, key]);
  for (const layer of configuration.layers) {
    for (const path of pathsOf(layer, schemas)) add(path);
  }
  return [...paths].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, path]) => path);
}

/** The settings that have a value also where nobody sets them. */
function defaulted({ properties = {} }: ValueSchema): readonly string[] {
  return Object.keys(properties).filter((key) => properties[key]?.default !== undefined);
}

/** What a layer sets, by the names that are described: variables cannot have each letter of a name. */
function pathsOf(layer: ConfigLayer, schemas: SchemaSource): readonly KeyPath[] {
  return layer.sections.flatMap((section) => {
    const said = layer.valueAt([section]);
    if (section !== PLUGINS_SECTION || !isMapping(said)) return pathsIn(said, [section], schemas);
    return pluginsIn(layer, schemas.names()).flatMap((plugin) => {
      const path = [section, plugin];
      return pathsIn(layer.valueAt(path, schemas.schemaOf(plugin)), path, schemas);
    });
  });
}

/** Down to what is no mapping, or what one setting of a plugin is as a whole. */
function pathsIn(value: unknown, path: KeyPath, schemas: SchemaSource): readonly KeyPath[] {
  const { plugin, rest, schema } = placeOf(path, schemas);
  const isWhole = plugin !== undefined && rest.length === 1 && schema !== undefined;
  if (isWhole || !isMapping(value)) return [path];
  return Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path, key], schemas));
}
