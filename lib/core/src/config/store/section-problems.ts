import type { SettingProblem } from '../../errors/index.js';
import type { LayerProblem } from '../layer-flaw.js';
import { PLUGINS_SECTION } from '../core-sections.js';
import { holdsReferences } from '../secrets/template.js';
import type { SecretiveSection } from '../secrets/secretive-section.js';
import { keysTo } from '../section.js';
import { placedProblem } from './placed-problem.js';

/** What is wrong with a plugin's section, which is of several layers: each problem with who says what is there, and where. */
export function sectionProblems(problems: readonly LayerProblem[], { section, plugin, schema, source }: SecretiveSection): Promise<readonly SettingProblem[]> {
  const schemas = { names: () => [plugin], schemaOf: () => schema };
  const start = [PLUGINS_SECTION, plugin].length;
  return Promise.all(problems.map(async (problem): Promise<SettingProblem> => {
    const keys = keysTo(problem.path).slice(start);
    // What is missing is missing from what it would be in.
    const said = problem.rule === 'required' ? keys.slice(0, -1) : keys;
    const layer = said.length === 0 ? undefined : source.layerOf(said);
    const { key, problem: text, suggestions = [], rule, value, origin } = await placedProblem(problem, { layer, section }, schemas);
    return {
      path: key, problem: text,
      ...(suggestions.length === 0 ? {} : { suggestions }), ...(rule === undefined ? {} : { rule }),
      // The problem with one tells it already.
      ...(value === undefined || holdsReferences(value) ? {} : { value }),
      ...(layer === undefined || layer.name === 'host' ? {} : { origin }),
    };
  }));
}
