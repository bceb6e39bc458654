import { firstOf, type Beginning } from '../errors/first-of.js';
import { similar } from '../errors/similar.js';
import { checkValue, isOfUnknown } from '../manifest/check-value.js';
import type { Configuration } from './configuration.js';
import { CONFIG_SECTION, CORE_SECTIONS, SCHEMA_KEY, SECRETS_SECTION, SECTIONS } from './core-sections.js';
import { formatKeyPath } from './key-path.js';
import type { LayerProblem } from './layer-flaw.js';
import type { ConfigLayer } from './layers/config-layer.js';
import { saidAlone } from './layers/merge.js';
import { POLICY_SECTION } from './plugin-policy.js';
import { schemaAt, similarPaths } from './schema-at.js';
import { isMapping, valueAt, type KeyPath } from './section.js';
import { SECURITY_SCHEMA, SECURITY_SECTION } from './security-section.js';

/** What is wrong with what a layer says in the core's own sections; that of the policy is read, and judged, by itself. */
export function coreProblems(layer: ConfigLayer): readonly LayerProblem[] {
  return Object.entries(CORE_SECTIONS).flatMap(([name, { schema, problems: others }]) => {
    const section = name === POLICY_SECTION ? undefined : layer.valueAt([name], schema);
    if (section === undefined || section === null) return [];
    const said = isMapping(section) ? saidAlone(section) : section;
    const problems = checkValue(schema, said).map((problem): LayerProblem => ({
      path: [name, ...problem.path], problem: problem.message, rule: problem.rule,
      suggestions: isOfUnknown(problem) ? similarPaths(schema, problem.path).map((path) => formatKeyPath([name, ...path])) : [],
    }));
    return problems.length === 0 && isMapping(said) ? others?.(said) ?? [] : problems;
  });
}

/** The settings of the core's own by which a layer would make less strict what is in force, if it were heeded. */
export function looserSettings(layer: ConfigLayer, configuration: Configuration): readonly string[] {
  return [
    ...(configuration.unknownKeys === 'strict' && isIgnored(CONFIG_SECTION, 'unknown_keys') ? ['config.unknown_keys'] : []),
    ...(isIgnored(SECRETS_SECTION, 'allow_exec') ? ['secrets.allow_exec'] : []),
    ...leavesOf(layer.valueAt([SECURITY_SECTION], SECURITY_SCHEMA)).filter((path) => isIgnored(SECURITY_SECTION, ...path)).map((path) => formatKeyPath([SECURITY_SECTION, ...path])),
  ];

  function isIgnored(name: string, ...path: KeyPath): boolean {
    const section = [name];
    const { schema } = CORE_SECTIONS[name] ?? {};
    const value = layer.valueAt(section, schema);
    const said = valueAt(value, path);
    // What it cannot be is told as that.
    if (said === undefined || (said !== null && checkValue(schemaAt(schema, path) ?? {}, said).length > 0)) return false;
    return valueAt(configuration.heeded(layer, value, { section, schema: undefined }), path) === undefined;
  }
}

/** The keys that lead to each value in a mapping that is none itself. */
function leavesOf(value: unknown, path: KeyPath = []): readonly KeyPath[] {
  return isMapping(value) ? Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key])) : value === undefined ? [] : [path];
}

/** The sections of a layer that nothing knows, as far as they are told. */
export function unknownSections(layer: ConfigLayer): Beginning<LayerProblem> {
  const { first, more } = firstOf(layer.sections.filter((name) => !SECTIONS.includes(name) && name !== SCHEMA_KEY));
  return { first: first.map((name) => ({ path: [name], problem: 'is not known', suggestions: similar(name, SECTIONS) })), more };
}
