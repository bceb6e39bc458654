import type { ConfigFinding, SettingsSchema } from '../../contract/index.js';
import { firstOf } from '../../errors/first-of.js';
import type { InputProblem, StructumError } from '../../errors/index.js';
import { similar } from '../../errors/similar.js';
import { checkSettings } from '../../manifest/check-settings.js';
import { coreProblems } from '../core-settings.js';
import { PLUGINS_SECTION, SECTIONS } from '../core-sections.js';
import { formatKeyPath } from '../key-path.js';
import type { ConfigLayer } from '../layers/config-layer.js';
import type { LoadedConfiguration } from '../load-configuration.js';
import { POLICY_SECTION, readPolicy } from '../plugin-policy.js';
import { pluginSectionProblems } from '../plugin-sections.js';
import { checkSection } from '../secrets/check-section.js';
import { isMapping, valueAt, type KeyPath } from '../section.js';
import { placeOf, schemaAt, type SchemaSource } from './schemas.js';
import { shownValue } from './shown-value.js';
import { originOf } from './voices.js';

/** Everything that is wrong in a configuration: in each layer for itself, and in what they are together. */
export async function findingsIn({ configuration, notices }: LoadedConfiguration, schemas: SchemaSource): Promise<readonly ConfigFinding[]> {
  const ofUnknown = configuration.unknownKeys === 'strict' ? 'error' : 'warning';
  const layers = await Promise.all(configuration.layers.map((layer) => findingsOfLayer(layer, schemas, ofUnknown)));
  const missing = schemas.names().flatMap((plugin) => missingOf(plugin, schemas.schemaOf(plugin), configuration));
  // What is wrong with settings is found in their layer.
  const others = notices.filter(({ code, details = {} }) => !OF_SETTINGS.has(code) && !isOfSettings(details));
  return [...others.flatMap(findingsOfNotice), ...layers.flat(), ...missing];
}

const OF_SETTINGS: ReadonlySet<string> = new Set(['CONFIG_INVALID', 'CONFIG_KEY_UNKNOWN']);

/** Only then do problems of a file name settings: what cannot be parsed has none. */
function isOfSettings({ problems }: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(problems) && (problems as readonly { readonly path?: string }[]).some(({ path }) => path !== undefined);
}

type Severity = ConfigFinding['severity'];

/** Something that is wrong at a place, before that is looked up. */
interface Flaw {
  readonly path: KeyPath;
  readonly problem: string;
  readonly severity: Severity;
  readonly rule?: string;
  readonly suggestions?: readonly string[];
}

/** @param ofUnknown - How bad it is that nothing knows a setting. */
async function findingsOfLayer(layer: ConfigLayer, schemas: SchemaSource, ofUnknown: Severity): Promise<readonly ConfigFinding[]> {
  const { first, more } = firstOf(flawsOf(layer, schemas, ofUnknown), MOST_FINDINGS);
  const findings = await Promise.all(first.map(async ({ path, ...flaw }): Promise<ConfigFinding> => {
    const { section, rest, schema } = placeOf(path, schemas);
    // What nobody knows may be a secret whose name is mistyped.
    const value = schemaAt(schema, rest) === undefined ? undefined : valueAt(layer.valueAt(section, schema), rest);
    return { ...(await originOf({ layer }, path)), key: formatKeyPath(path), ...flaw, ...(value === undefined ? {} : { value: shownValue(value, path, schemas) }) };
  }));
  return more === 0 ? findings : [...findings, { layer: layer.name, ...(layer.file === undefined ? {} : { file: layer.file }), severity: 'warning', problem: `${String(more)} more problems are not told` }];
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
    return isMapping(value) ? [...misshapen, ...Object.keys(value).flatMap((plugin) => flawsOfPlugin(plugin, layer, schemas, ofUnknown))] : misshapen;
  })];
}

function flawsOfPlugin(plugin: string, layer: ConfigLayer, schemas: SchemaSource, ofUnknown: Severity): readonly Flaw[] {
  const section = [PLUGINS_SECTION, plugin];
  const schema = schemas.schemaOf(plugin);
  const names = schemas.names();
  const value = layer.valueAt(section, schema);
  if (!isMapping(value)) return [];
  if (!names.includes(plugin)) return [{ path: section, problem: 'is for no plugin that is there', severity: ofUnknown, suggestions: similar(plugin, names).map((name) => formatKeyPath([PLUGINS_SECTION, name])) }];
  if (schema === undefined) return [];
  const { problems, unknown: keys } = checkSection({ ...schema, required: [] }, value);
  return [
    ...problems.map((problem) => ({ ...flawOf(problem, section), severity: 'error' as const })),
    ...keys.map((key) => unknown([...section, key], similar(key, Object.keys(schema.properties)), ofUnknown)),
    ...Object.entries(schema.properties).flatMap(([key, { 'x-structum': { deprecated } }]): readonly Flaw[] =>
      (deprecated !== undefined && Object.hasOwn(value, key) ? [{ path: [...section, key], problem: `is deprecated: ${deprecated}`, severity: 'warning' }] : [])),
  ];
}

function unknown(path: KeyPath, suggestions: readonly string[], severity: Severity): Flaw {
  return { path, problem: 'is not known', severity, rule: 'additionalProperties', suggestions: suggestions.map((key) => formatKeyPath([...path.slice(0, -1), key])) };
}

/** Problems name their fields as `hosts[1]` and `colors.folder`. */
function flawOf({ field, message, rule }: InputProblem, section: KeyPath): Omit<Flaw, 'severity'> {
  return { path: [...section, ...field.split(/[.[]/).map((part) => part.replace(/\]$/, ''))], problem: message, rule };
}

/** What is required may be said by any layer. */
function missingOf(plugin: string, schema: SettingsSchema | undefined, configuration: LoadedConfiguration['configuration']): readonly ConfigFinding[] {
  if (schema === undefined || schema.required.length === 0) return [];
  const { section } = configuration.pluginSection(plugin, schema);
  return checkSettings(schema, section).problems.filter(({ rule }) => rule === 'required')
    .map(({ field, message, rule }) => ({ layer: 'default', severity: 'error', key: formatKeyPath([PLUGINS_SECTION, plugin, field]), problem: message, rule }));
}

/** A file that cannot be used says itself what is wrong in it. */
function findingsOfNotice({ code, message, details = {} }: StructumError): readonly ConfigFinding[] {
  const { file, variable, problems, suggestions } = details as { file?: string; variable?: string; problems?: readonly { line: number; column?: number; path?: string; problem: string }[]; suggestions?: readonly string[] };
  if (code === 'CONFIG_FILE_INVALID' && file !== undefined && problems !== undefined) {
    return problems.map(({ line, column, path, problem }) => ({ layer: 'file', file, line, ...(column === undefined ? {} : { column }), severity: 'error', ...(path === undefined ? {} : { key: path }), problem }));
  }
  const isWarning = variable !== undefined;
  return [{ layer: isWarning ? 'variable' : 'file', ...(file === undefined ? {} : { file }), ...(variable === undefined ? {} : { source: `$${variable}` }), severity: isWarning ? 'warning' : 'error', problem: message, ...(suggestions === undefined ? {} : { suggestions }) }];
}
