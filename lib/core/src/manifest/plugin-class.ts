import { pluginOptionsOf, type PluginClass } from '../contract/index.js';
import { catalogued } from '../errors/index.js';

/**
 * The plugin class in what was given or imported: the value itself, or its default export, also where an ES module
 * wraps a CommonJS one.
 *
 * @throws `PLUGIN_NOT_DESCRIBED`.
 */
export function pluginClassIn(value: unknown, subject: string): PluginClass {
  let candidate = value;
  for (let depth = 0; depth < 3; depth++) {
    if (typeof candidate === 'function' && pluginOptionsOf(candidate) !== undefined) return candidate as PluginClass;
    if (candidate === null || (typeof candidate !== 'object' && typeof candidate !== 'function')) break;
    candidate = (candidate as { default?: unknown }).default;
  }
  throw catalogued('PLUGIN_NOT_DESCRIBED', { subject });
}
