import type { ConfigFinding } from '../../contract/index.js';
import { StructumError } from '../../errors/index.js';
import type { ValueProblem } from '../../manifest/check-value.js';
import type { Configuration } from '../configuration.js';
import { PLUGINS_SECTION } from '../core-sections.js';
import { formatKeyPath } from '../key-path.js';
import { keysTo } from '../section.js';
import type { StoreHost } from './config-store.js';
import { placedProblem } from './placed-problem.js';

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

  async function located({ path, message, rule }: ValueProblem): Promise<ConfigFinding> {
    const keys = keysTo(path);
    const layer = keys.length === 0 ? undefined : source.layerOf(keys);
    const { origin, ...placed } = await placedProblem({ path: [PLUGINS_SECTION, plugin, ...path], problem: message, rule }, { layer, section }, schemas);
    return { ...origin, severity: 'error', ...placed };
  }
}
