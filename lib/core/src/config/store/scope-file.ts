import type { ConfigScope } from '../../contract/index.js';
import { catalogued } from '../../errors/index.js';
import { locateFiles } from '../files/locate.js';
import type { ConfigurationParts } from '../load-configuration.js';

/**
 * The file of a scope, which need not be there.
 * @throws `CONFIG_SCOPE_UNAVAILABLE`.
 */
export function fileOfScope({ sources = {} }: ConfigurationParts, scope: ConfigScope, environment: string | undefined): string {
  const { global, project } = sources;
  const layer = environment === undefined ? scope : `${scope}-environment`;
  const located = locateFiles({ global, project, environment }).find((file) => file.layer === layer);
  if (located === undefined) throw catalogued('CONFIG_SCOPE_UNAVAILABLE', { scope, ...(environment === undefined ? {} : { environment }) });
  return located.file;
}
