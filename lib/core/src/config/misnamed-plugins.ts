import { catalogued, type StructumError } from '../errors/index.js';
import { firstOf } from '../errors/first-of.js';
import { similar } from '../errors/similar.js';
import type { Configuration } from './configuration.js';
import { PLUGINS_SECTION } from './core-sections.js';
import { formatKeyPath } from './key-path.js';
import { layerFlaw } from './layer-flaw.js';
import type { ConfigLayer, LayerName } from './layers/config-layer.js';
import { pluginsMeant } from './layers/plugin-names.js';
import { variableName, variableOf } from './layers/variable-name.js';
import { POLICY_SECTION } from './plugin-policy.js';
import { keysOf, type KeyPath } from './section.js';
import { SECURITY_SECTION } from './security-section.js';

/** Whose names sections of plugins have. */
export interface PluginNames {
  isNamed(name: string): boolean;
  /** Only asked for where a name is not known. */
  readonly names: ReadonlySet<string>;
}

/** What a layer says for plugins that are not there. */
export interface Misnamed {
  readonly name: LayerName;
  readonly error: StructumError;
  /** Whether it only costs a warning. */
  readonly isNotice: boolean;
}

/**
 * Settings of plugins that are not there. Where that only costs a warning, it is told of what looks like the name of one
 * that is: a user's files are for all folders, and a plugin may be there in some of them only. What the host gives may be
 * for plugins that it has yet to register.
 */
export async function misnamedPlugins({ layers, unknownKeys }: Configuration, plugins: PluginNames): Promise<readonly Misnamed[]> {
  const found: Misnamed[] = [];
  const known = askedOnce(plugins);
  for (const layer of layers) {
    const { first: absent } = firstOf(layer.name === 'host' ? [] : namedIn(layer).filter(({ name }) => !isThere(name, layer, known)));
    if (absent.length === 0) continue;
    const problems = absent.map(({ place, name }) => ({ path: [...place, name], problem: 'is for no plugin that is there', similarNames: similarNames(name, layer, known) }));
    if (unknownKeys === 'strict') {
      const error = await layerFlaw(layer, problems.map(({ similarNames: names, ...problem }) => ({ ...problem, suggestions: suggestedPaths(problem.path, names) })));
      found.push({ name: layer.name, error, isNotice: false });
    } else {
      const told = problems.filter((problem) => layer.name === 'command-line' || problem.similarNames.length > 0);
      found.push(...told.map(({ path, similarNames: names }) => ({ name: layer.name, error: noticeOf(layer, path, names), isNotice: true })));
    }
  }
  return found;
}

/** Where something is said for a plugin, beside its own section. */
const PLACES: readonly KeyPath[] = [[SECURITY_SECTION, 'plugins'], [POLICY_SECTION, 'executor']];

/** The plugins for which a layer says something, and where. Of variables, only their own sections tell names apart from what is in them. */
function namedIn(layer: ConfigLayer): readonly { readonly place: KeyPath; readonly name: string }[] {
  const elsewhere = layer.name === 'variable' ? [] : PLACES.flatMap((place) => keysOf(layer.valueAt(place)).map((name) => ({ place, name })));
  return [...layer.plugins.map((name) => ({ place: [PLUGINS_SECTION], name })), ...elsewhere];
}

/** The same place, for others. */
function suggestedPaths(path: readonly string[], names: readonly string[]): readonly string[] {
  return names.map((name) => formatKeyPath([...path.slice(0, -1), name]));
}

/** Gathers all names once, where one of them is not known: there may be thousands. */
function askedOnce(plugins: PluginNames): PluginNames {
  let all: ReadonlySet<string> | undefined;
  const names = (): ReadonlySet<string> => all ??= plugins.names;
  return { isNamed: (name) => (all === undefined ? plugins.isNamed(name) || names().has(name) : all.has(name)), get names() { return names(); } };
}

function isThere(name: string, layer: ConfigLayer, known: PluginNames): boolean {
  if (known.isNamed(name)) return true;
  return layer.name === 'variable' && pluginsMeant(name, layer, known.names).length > 0;
}

function similarNames(name: string, { name: layer }: ConfigLayer, { names }: PluginNames): readonly string[] {
  if (layer !== 'variable') return similar(name, names);
  return similar(variableName(name), [...names].map(variableName)).map((found) => found.toLowerCase());
}

function noticeOf(layer: ConfigLayer, path: readonly string[], names: readonly string[]): StructumError {
  const { file } = layer;
  const variable = layer.name === 'variable' ? layer.sourceOf?.(path)?.replace(/^\$/, '') : undefined;
  if (variable === undefined) {
    return catalogued('CONFIG_KEY_UNKNOWN', { path: formatKeyPath(path), suggestions: suggestedPaths(path, names), ...(file === undefined ? {} : { file }) });
  }
  return catalogued('CONFIG_VARIABLE_UNKNOWN', { variable, suggestions: names.map((name) => variable.replace(variableOf(path), () => variableOf([PLUGINS_SECTION, name]))) });
}
