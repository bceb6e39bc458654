import { firstOf, type Beginning } from '../errors/first-of.js';
import { similar } from '../errors/similar.js';
import { checkValue, isOfUnknown } from '../manifest/check-value.js';
import type { Configuration } from './configuration.js';
import { CONFIG_SECTION, CORE_SECTIONS, SCHEMA_KEY, SECRETS_SECTION, SECTIONS } from './core-sections.js';
import { formatKeyPath } from './key-path.js';
import type { LayerProblem } from './layer-flaw.js';
import type { ConfigLayer } from './layers/config-layer.js';
import { POLICY_SECTION } from './plugin-policy.js';
import { schemaAt, similarPaths } from './schema-at.js';
import { isMapping, valueAt } from './section.js';

/** What is wrong with what a layer says in the core's own sections; that of the policy is read, and judged, by itself. */
export function coreProblems(layer: ConfigLayer): readonly LayerProblem[] {
  return Object.entries(CORE_SECTIONS).flatMap(([name, { schema }]) => {
    const section = name === POLICY_SECTION ? undefined : layer.valueAt([name], schema);
    if (section === undefined || section === null) return [];
    const said = isMapping(section) ? Object.fromEntries(Object.entries(section).filter(([, value]) => value !== null)) : section;
    return checkValue(schema, said).map((problem): LayerProblem => ({
      path: [name, ...problem.path], problem: problem.message, rule: problem.rule,
      suggestions: isOfUnknown(problem) ? similarPaths(schema, problem.path).map((path) => formatKeyPath([name, ...path])) : [],
    }));
  });
}

/** The settings of the core's own by which a layer would make less strict what is in force, if it were heeded. */
export function looserSettings(layer: ConfigLayer, configuration: Configuration): readonly string[] {
  return [
    ...(configuration.unknownKeys === 'strict' && isIgnored(CONFIG_SECTION, 'unknown_keys') ? ['config.unknown_keys'] : []),
    ...(isIgnored(SECRETS_SECTION, 'allow_exec') ? ['secrets.allow_exec'] : []),
  ];

  function isIgnored(name: string, key: string): boolean {
    const section = [name];
    const { schema } = CORE_SECTIONS[name] ?? {};
    const value = layer.valueAt(section, schema);
    const said = valueAt(value, [key]);
    // What it cannot be is told as that.
    if (said === undefined || (said !== null && checkValue(schemaAt(schema, [key]) ?? {}, said).length > 0)) return false;
    return valueAt(configuration.heeded(layer, value, { section, schema: undefined }), [key]) === undefined;
  }
}

/** The sections of a layer that nothing knows, as far as they are told. */
export function unknownSections(layer: ConfigLayer): Beginning<LayerProblem> {
  const { first, more } = firstOf(layer.sections.filter((name) => !SECTIONS.includes(name) && name !== SCHEMA_KEY));
  return { first: first.map((name) => ({ path: [name], problem: 'is not known', suggestions: similar(name, SECTIONS) })), more };
}
