import { catalogued, type StructumError } from '../../errors/index.js';
import { similar } from '../../errors/similar.js';
import { isSectionPath, PLUGINS_SECTION, SECTIONS } from '../core-sections.js';
import { OverrideLayer, type Override } from './override-layer.js';
import { holdsSettings } from './text-value.js';
import { PREFIX, SEPARATOR, variableName, variableOf } from './variable-name.js';

/** Variables of Structum that are no settings. */
const OTHERS: ReadonlySet<string> = new Set(['STRUCTUM_ENV', 'STRUCTUM_CONFIG_HOME', 'STRUCTUM_CACHE_HOME', 'STRUCTUM_DATA_HOME', 'STRUCTUM_STATE_HOME']);

/** The settings among environment variables, and what is wrong with their names. */
export interface VariableLayer {
  readonly layer: OverrideLayer;
  /** `CONFIG_VARIABLE_UNKNOWN`. */
  readonly notices: readonly StructumError[];
}

/**
 * What environment variables set: `STRUCTUM_PLUGINS__TREE__MAX_DEPTH` is `plugins.tree.max_depth`. Between keys stand two
 * underlines; in keys, one stands for `-`, `/` and `.` too. Those with more keys count more.
 */
export function variableLayer(env: Readonly<Record<string, string | undefined>>): VariableLayer {
  const notices: StructumError[] = [];
  const overrides = Object.entries(env).flatMap(([name, text]) => {
    if (!name.startsWith(PREFIX) || text === undefined || OTHERS.has(name)) return [];
    const path = name.slice(PREFIX.length).split(SEPARATOR).map((key) => key.toLowerCase());
    const isKnown = !path.includes('') && SECTIONS.includes(path[0] ?? '') && (!isSectionPath(path) || holdsSettings(text));
    if (isKnown) return [{ path, text, origin: `$${name}` }];
    const suggestions = suggestionsFor(name, path);
    // Plugins and tools may have variables of their own: what looks like nothing that is known is theirs.
    if (path.length > 1 || suggestions.length > 0 || beginsWithSection(name)) notices.push(catalogued('CONFIG_VARIABLE_UNKNOWN', { variable: name, suggestions }));
    return [];
  });
  return { layer: new OverrideLayer('variable', bySpecificity(overrides), { normalize: variableName }), notices };
}

/** What says more of where it belongs counts more, whatever the order in which a system hands out variables. */
function bySpecificity(overrides: readonly Override[]): readonly Override[] {
  return [...overrides].sort((one, other) => one.path.length - other.path.length || (one.origin < other.origin ? -1 : 1));
}

/** Whether a name looks like that of a setting, with one underline where there must be two. */
function beginsWithSection(name: string): boolean {
  return SECTIONS.some((section) => name === PREFIX + variableName(section) || name.startsWith(`${PREFIX}${variableName(section)}_`));
}

function suggestionsFor(name: string, [section = '', ...rest]: readonly string[]): readonly string[] {
  const words = rest.length === 0 ? section.split('_') : [];
  if (words.length === 3 && words[0] === PLUGINS_SECTION) return [variableOf(words)];
  const sections = rest.length === 0 ? [] : similar(section, SECTIONS).map((known) => variableOf([known, ...rest]));
  return sections.length > 0 ? sections : similar(name, [...OTHERS]);
}
