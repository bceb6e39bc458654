import type { ConfigFinding } from '../../contract/index.js';
import { StructumError, type InputProblem } from '../../errors/index.js';
import type { Configuration } from '../configuration.js';
import { PLUGINS_SECTION } from '../core-sections.js';
import { formatKeyPath } from '../key-path.js';
import type { StoreHost } from './config-store.js';
import { shownValue } from './shown-value.js';
import { originOf } from './voices.js';

/** The settings of all plugins that break rules which only the plugins' code has, in what all layers say together. */
export async function ruleFindings(configuration: Configuration, host: StoreHost): Promise<readonly ConfigFinding[]> {
  const found = await Promise.all(host.schemas.names().map((plugin) => findingsOf(plugin, configuration, host)));
  return found.flat();
}

async function findingsOf(plugin: string, configuration: Configuration, { schemas, brokenRules }: StoreHost): Promise<readonly ConfigFinding[]> {
  const schema = schemas.schemaOf(plugin);
  if (schema?.['x-structum'] === undefined) return [];
  const { section } = configuration.pluginSection(plugin, schema);
  const source = configuration.sourceOf(plugin, schema);
  try {
    return await Promise.all((await brokenRules(plugin, section)).map(located));
  } catch (error) {
    if (!StructumError.is(error)) throw error;
    return [{ layer: 'default', severity: 'warning', key: formatKeyPath([PLUGINS_SECTION, plugin]), problem: `cannot be held against the rules of the plugin's code: ${error.message}` }];
  }

  async function located({ field, message, rule }: InputProblem): Promise<ConfigFinding> {
    const key = field.replace(/[.[].*$/s, '');
    const path = key === '' ? [PLUGINS_SECTION, plugin] : [PLUGINS_SECTION, plugin, key];
    const layer = key === '' ? undefined : source.layerOf([key]);
    const value = section[key];
    return {
      ...(layer === undefined ? { layer: 'default' } : await originOf({ layer }, path)), severity: 'error',
      key: `${formatKeyPath(path)}${field.slice(key.length)}`, problem: message, rule, ...(field !== key || value === undefined ? {} : { value: shownValue(value, path, schemas) }),
    };
  }
}
