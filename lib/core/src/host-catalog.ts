import { thisCore, type PluginPolicy } from './contract/index.js';
import { guardedLogger, silentLogger } from './monitoring/index.js';
import type { StructumOptions } from './options.js';
import { toFilePath } from './platform/index.js';
import { emptyCatalog, type PluginCatalog } from './plugins/catalog.js';
import { trustedFolders } from './plugins/discovery/trust.js';
import { openCatalog } from './plugins/plugin-index/index.js';

/** The plugins that a host can discover: what they are is found out when they are looked up. */
export async function catalogFor({ discover = false, from, logger = silentLogger, trustProject }: StructumOptions, policy: PluginPolicy): Promise<PluginCatalog> {
  if (discover === false) return emptyCatalog;
  const wanted = discover === true ? {} : discover;
  return openCatalog({
    locations: locationsOf(from),
    discover: { ...wanted, folders: [...(wanted.folders ?? []), ...(policy.folders ?? [])] },
    trustedProjects: [...(policy.trusted_projects ?? []), ...(await trustedFolders(wanted.project, trustProject))],
    coreVersion: thisCore.version,
    logger: guardedLogger(logger),
  });
}

/** The modules from which packages of a host are found, absolute. */
export function locationsOf(from: StructumOptions['from']): readonly string[] {
  if (from === undefined) return [];
  const locations = typeof from === 'string' || from instanceof URL ? [from] : from;
  return locations.map(toFilePath);
}
