import { catalogued, type StructumError } from '../../errors/index.js';
import { similar } from '../../errors/similar.js';
import { SECTIONS } from '../core-sections.js';
import { OverrideLayer } from './override-layer.js';

/** What the names of environment variables begin with that set something. */
const PREFIX = 'STRUCTUM_';
const SEPARATOR = '__';

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
 * underlines; in keys, one stands for `-`, `/` and `.` too.
 */
export function variableLayer(env: Readonly<Record<string, string | undefined>>): VariableLayer {
  const notices: StructumError[] = [];
  const overrides = Object.entries(env).flatMap(([name, text]) => {
    if (!name.startsWith(PREFIX) || text === undefined || OTHERS.has(name)) return [];
    const path = name.slice(PREFIX.length).split(SEPARATOR).map((key) => key.toLowerCase());
    const isKnown = path.length > 1 && !path.includes('') && SECTIONS.includes(path[0] ?? '');
    if (isKnown) return [{ path, text, origin: `$${name}` }];
    const suggestions = suggestionsFor(name, path);
    // Plugins and tools may have variables of their own: what looks like nothing that is known is theirs.
    if (path.length > 1 || suggestions.length > 0) notices.push(catalogued('CONFIG_VARIABLE_UNKNOWN', { variable: name, suggestions }));
    return [];
  });
  return { layer: new OverrideLayer('variable', overrides, { normalize: variableName }), notices };
}

/** A key as variables have it, whatever its case. */
function variableName(key: string): string {
  return key.replaceAll(/[-/.]/g, '_').toUpperCase();
}

function suggestionsFor(name: string, [section = '', ...rest]: readonly string[]): readonly string[] {
  const sections = rest.length === 0 ? [] : similar(section, SECTIONS).map((known) => PREFIX + [known, ...rest].map(variableName).join(SEPARATOR));
  return sections.length > 0 ? sections : similar(name, [...OTHERS]);
}
