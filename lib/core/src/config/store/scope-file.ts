import type { ConfigScope } from '../../contract/index.js';
import { catalogued } from '../../errors/index.js';
import { fileOfLayer } from '../files/locate.js';
import type { LayerName } from '../layers/config-layer.js';
import type { ConfigurationParts } from '../load-configuration.js';

/**
 * The file of a scope, which need not be there.
 * @throws `CONFIG_SCOPE_UNAVAILABLE`, `CONFIG_AMBIGUOUS`, `CONFIG_UNREADABLE`.
 */
export function fileOfScope({ sources = {} }: ConfigurationParts, scope: ConfigScope, environment: string | undefined): string {
  const file = fileOfLayer(layerOfScope(scope, environment), { ...sources, environment: environment ?? sources.environment });
  if (file === undefined) throw catalogued('CONFIG_SCOPE_UNAVAILABLE', { scope, ...(environment === undefined ? {} : { environment }) });
  return file;
}

/** The layer of a scope; what is not shared has none for an environment. */
export function layerOfScope(scope: ConfigScope, environment: string | undefined): LayerName | undefined {
  if (environment === undefined) return scope;
  return scope === 'local' ? undefined : `${scope}-environment`;
}
