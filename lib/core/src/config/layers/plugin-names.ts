import type { ConfigLayer } from './config-layer.js';
import { variableName } from './variable-name.js';

/** The plugins that a layer says something for, by the names that those have which are there. */
export function pluginsIn(layer: ConfigLayer, names: readonly string[]): readonly string[] {
  return [...new Set(layer.plugins.flatMap((given) => {
    const meant = pluginsMeant(given, layer, names);
    return meant.length === 0 ? [given] : meant;
  }))];
}

/** Those that a layer means by a name: variables cannot have each letter of one, and set what is called so of all of them. */
export function pluginsMeant(given: string, { name: layer }: Pick<ConfigLayer, 'name'>, names: Iterable<string>): readonly string[] {
  const isMeant = layer === 'variable' ? (name: string): boolean => variableName(name) === variableName(given) : (name: string): boolean => name === given;
  return [...names].filter(isMeant);
}
