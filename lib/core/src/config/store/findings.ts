import type { ConfigFinding } from '../../contract/index.js';
import { firstOf } from '../../errors/first-of.js';
import { similar } from '../../errors/similar.js';
import { coreProblems } from '../core-settings.js';
import { PLUGINS_SECTION, SECTIONS } from '../core-sections.js';
import { formatKeyPath } from '../key-path.js';
import type { ConfigLayer } from '../layers/config-layer.js';
import { pluginsIn } from '../layers/plugin-names.js';
import { saidAlone } from '../layers/merge.js';
import type { LoadedConfiguration } from '../load-configuration.js';
import { POLICY_SECTION, readPolicy } from '../plugin-policy.js';
import { pluginSectionProblems } from '../plugin-sections.js';
import { checkSection, unresolvedPart } from '../secrets/check-section.js';
import { forbiddenPrograms } from '../secrets/programs.js';
import { unknownSetting } from '../unknown-settings.js';
import type { LayerProblem } from '../layer-flaw.js';
import { isMapping, keysTo, type KeyPath } from '../section.js';
import { ignoredFindings } from './ignored-findings.js';
import { noticeFindings } from './notice-findings.js';
import { placedProblem, type ProblemSource } from './placed-problem.js';
import { placeOf, type SchemaSource } from './schemas.js';

/** Everything that is wrong in a configuration: in each layer for itself, and in what they are together. */
export async function findingsIn({ configuration, files, notices }: LoadedConfiguration, schemas: SchemaSource): Promise<readonly ConfigFinding[]> {
  const ofUnknown = configuration.unknownKeys === 'strict' ? 'error' : 'warning';
  const layers = await Promise.all(configuration.layers.map((layer) => findingsOfLayer(layer, schemas, ofUnknown)));
  const missing = await Promise.all(schemas.names().map((plugin) => missingOf(plugin, configuration, schemas)));
  // What is wrong with settings is found in their layer.
  const others = notices.filter(({ code, details = {} }) => !OF_SETTINGS.has(code) && !isOfSettings(details));
  const wrong = layers.flat();
  // Trusting a project would not mend what is wrong in it.
  const ignored = (await ignoredFindings(configuration, notices, schemas)).filter(({ file, key }) => !wrong.some((finding) => finding.severity === 'error' && finding.file === file && finding.key === key));
  return [...others.flatMap((notice) => noticeFindings(notice, files)), ...wrong, ...ignored, ...missing.flat()];
}

const OF_SETTINGS: ReadonlySet<string> = new Set(['CONFIG_INVALID', 'CONFIG_KEY_UNKNOWN', 'CONFIG_IGNORED']);

/** Only then do problems of a file name settings: what cannot be parsed has none. */
function isOfSettings({ problems }: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(problems) && (problems as readonly { readonly path?: string }[]).some(({ path }) => path !== undefined);
}

type Severity = ConfigFinding['severity'];

/** Something that is wrong at a place, before that is looked up. */
interface Flaw extends LayerProblem {
  readonly severity: Severity;
}

/** @param ofUnknown - How bad it is that nothing knows a setting. */
async function findingsOfLayer(layer: ConfigLayer, schemas: SchemaSource, ofUnknown: Severity): Promise<readonly ConfigFinding[]> {
  const { first, more } = firstOf(flawsOf(layer, schemas, ofUnknown), MOST_FINDINGS);
  const findings = await Promise.all(first.map((flaw) => {
    const { section, schema } = placeOf(keysTo(flaw.path), schemas);
    return findingOf(flaw, { layer, section: layer.valueAt(section, schema) }, schemas);
  }));
  return more === 0 ? findings : [...findings, { layer: layer.name, ...(layer.file === undefined ? {} : { file: layer.file }), severity: 'warning', problem: `${String(more)} more problems are not told` }];
}

async function findingOf({ severity, ...problem }: Flaw, source: ProblemSource, schemas: SchemaSource): Promise<ConfigFinding> {
  const { origin, ...placed } = await placedProblem(problem, source, schemas);
  return { ...origin, severity, ...placed };
}

/** Of one layer: what somebody else wrote may hold any number. */
const MOST_FINDINGS = 100;

function flawsOf(layer: ConfigLayer, schemas: SchemaSource, ofUnknown: Severity): readonly Flaw[] {
  const data = layer.valueAt([]);
  if (!isMapping(data)) return [];
  const core = coreProblems(layer).map((problem): Flaw => ({ ...problem, suggestions: problem.suggestions ?? [], severity: 'error' }));
  return [...core, ...Object.entries(data).flatMap(([key, value]): readonly Flaw[] => {
    if (value === null) return [];
    if (key === POLICY_SECTION) return readPolicy({ [key]: layer.valueAt([key], placeOf([key], schemas).schema) }, (folder) => folder).problems.map((problem) => ({ ...problem, severity: 'error' }));
    if (key !== PLUGINS_SECTION) return SECTIONS.includes(key) ? [] : [unknown([key], similar(key, SECTIONS), ofUnknown)];
    const misshapen = pluginSectionProblems(layer).map((problem): Flaw => ({ ...problem, suggestions: [], severity: 'error' }));
    return isMapping(value) ? [...misshapen, ...pluginsIn(layer, schemas.names()).flatMap((plugin) => flawsOfPlugin(plugin, layer, schemas, ofUnknown))] : misshapen;
  })];
}

function flawsOfPlugin(plugin: string, layer: ConfigLayer, schemas: SchemaSource, ofUnknown: Severity): readonly Flaw[] {
  const section = [PLUGINS_SECTION, plugin];
  const schema = schemas.schemaOf(plugin);
  const names = schemas.names();
  const value = layer.valueAt(section, schema);
  if (!isMapping(value)) return [];
  if (!names.includes(plugin)) {
    const suggestions = similar(plugin, names).map((name) => formatKeyPath([PLUGINS_SECTION, name]));
    return [{ path: section, problem: 'is for no plugin that is there', rule: 'additionalProperties', severity: ofUnknown, suggestions }];
  }
  const programs = forbiddenPrograms(unresolvedPart(schema, saidAlone(value)), layer.name, section).map(({ path, message, rule }): Flaw => ({ path, problem: message, rule, severity: 'error' }));
  if (schema === undefined) return programs;
  const { problems, unknown: paths } = checkSection(schema, saidAlone(value));
  // What nothing knows is that also where it is taken away.
  const takenAway = Object.keys(value).filter((key) => value[key] === null && !Object.hasOwn(schema.properties, key)).map((key) => [key]);
  return [
    ...programs,
    // What is required may be said by any layer.
    ...problems.filter(({ rule }) => rule !== 'required').map(({ path, message, rule }): Flaw => ({ path: [...section, ...path], problem: message, rule, severity: 'error' })),
    ...[...paths, ...takenAway].map((path): Flaw => ({ ...unknownSetting(plugin, path, schema), severity: ofUnknown })),
    ...Object.entries(schema.properties).flatMap(([key, { 'x-structum': { deprecated } }]): readonly Flaw[] =>
      (deprecated !== undefined && Object.hasOwn(value, key) ? [{ path: [...section, key], problem: `is deprecated: ${deprecated}`, rule: 'deprecated', severity: 'warning' }] : [])),
  ];
}

function unknown(path: KeyPath, suggestions: readonly string[], severity: Severity): Flaw {
  return { path, problem: 'is not known', severity, rule: 'additionalProperties', suggestions: suggestions.map((key) => formatKeyPath([...path.slice(0, -1), key])) };
}

/** What no layer says that is required. */
async function missingOf(plugin: string, configuration: LoadedConfiguration['configuration'], schemas: SchemaSource): Promise<readonly ConfigFinding[]> {
  const schema = schemas.schemaOf(plugin);
  if (schema === undefined) return [];
  const { section } = configuration.pluginSection(plugin, schema);
  const source = configuration.sourceOf(plugin, schema);
  const missing = checkSection(schema, section).problems.filter(({ rule }) => rule === 'required');
  return Promise.all(missing.map(({ path, message, rule }) => {
    const around = keysTo(path).slice(0, -1);
    const layer = around.length === 0 ? undefined : source.layerOf(around);
    return findingOf({ path: [PLUGINS_SECTION, plugin, ...path], problem: message, rule, severity: 'error' }, { layer, section }, schemas);
  }));
}
