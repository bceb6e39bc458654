import { PLUGINS_SECTION } from './core-sections.js';
import type { LayerProblem } from './layer-flaw.js';
import type { ConfigLayer } from './layers/config-layer.js';
import { isMapping } from './section.js';

/** What is wrong with the shape of what a layer says for plugins: what is no mapping would take away all that weaker layers say. */
export function pluginSectionProblems(layer: ConfigLayer): readonly LayerProblem[] {
  if (layer.isWellShaped === true || !layer.sections.includes(PLUGINS_SECTION)) return [];
  const plugins = layer.valueAt([PLUGINS_SECTION]);
  if (plugins === null) return [];
  if (!isMapping(plugins)) return [{ path: [PLUGINS_SECTION], problem: 'must hold the settings of plugins, by their names', rule: 'type' }];
  return Object.entries(plugins).filter(([, section]) => !isSection(section)).map(([name]) => ({ path: [PLUGINS_SECTION, name], problem: 'must hold settings, as "name: value"', rule: 'type' }));
}

/** Whether a value can be the section of a plugin: `null` takes away what weaker layers say. */
export function isSection(value: unknown): boolean {
  return value === null || isMapping(value);
}
