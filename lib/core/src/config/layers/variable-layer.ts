import type { StructumError } from '../../errors/index.js';
import { OverrideLayer, type Override } from './override-layer.js';
import { isNoSetting, setsSomething, unknownVariable } from './unknown-variable.js';
import { PREFIX, SEPARATOR, variableName } from './variable-name.js';

/** The settings among environment variables, and what is wrong with their names. */
export interface VariableLayer {
  readonly layer: OverrideLayer;
  /** `CONFIG_VARIABLE_UNKNOWN`. */
  readonly notices: readonly StructumError[];
}

/**
 * What environment variables set: `STRUCTUM_PLUGINS__TREE__MAX_DEPTH` is `plugins.tree.max_depth`. Between keys stand two
 * underlines; in keys, one stands for `-`, `/` and `.` too. Those with more keys count more.
 *
 * @param others - Names of the host's own variables, which set nothing.
 */
export function variableLayer(env: Readonly<Record<string, string | undefined>>, others: readonly string[] = []): VariableLayer {
  const notices: StructumError[] = [];
  const overrides: Override[] = [];
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith(PREFIX) || text === undefined || isNoSetting(name) || others.includes(name)) continue;
    const path = name.slice(PREFIX.length).split(SEPARATOR).map((key) => key.toLowerCase());
    if (setsSomething(path, text)) overrides.push({ path, text, origin: `$${name}` });
    else notices.push(unknownVariable(name, path, text));
  }
  return { layer: new OverrideLayer('variable', bySpecificity(overrides), { normalize: variableName }), notices };
}

/** What says more of where it belongs counts more, whatever the order in which a system hands out variables. */
function bySpecificity(overrides: readonly Override[]): readonly Override[] {
  return [...overrides].sort((one, other) => one.path.length - other.path.length || (one.origin < other.origin ? -1 : 1));
}
