import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { PluginPolicy } from '../contract/index.js';
import type { StructumError } from '../errors/index.js';
import { layerFlaw } from './layer-flaw.js';
import type { ConfigLayer } from './layers/config-layer.js';
import { POLICY_SCHEMA, POLICY_SECTION, readPolicy } from './plugin-policy.js';

/** What folders in a policy may be relative to. */
export interface PolicyOptions {
  /** The user's, for `~/`. */
  readonly home: string | undefined;
  /** For what is given on a command line and in environment variables. */
  readonly cwd: string;
}

/** What a layer decides about plugins. */
export interface LayerPolicy {
  readonly layer: ConfigLayer;
  /** Empty where it cannot be used. */
  readonly policy: PluginPolicy;
  /** `CONFIG_FILE_INVALID` or `CONFIG_INVALID`, with all that is wrong. */
  readonly error?: StructumError;
}

/** The policy of a layer. Folders in it may begin with `~/`, or be relative to the file's; what the host gives is absolute. */
export async function policyOf(layer: ConfigLayer, options: PolicyOptions): Promise<LayerPolicy> {
  const section = layer.valueAt([POLICY_SECTION], POLICY_SCHEMA);
  if (section === undefined) return { layer, policy: {} };
  const { policy, problems } = readPolicy({ [POLICY_SECTION]: section }, pathsFrom(layer, options));
  return problems.length === 0 ? { layer, policy } : { layer, policy: {}, error: await layerFlaw(layer, problems) };
}

function pathsFrom({ name, file }: ConfigLayer, { home, cwd }: PolicyOptions): (folder: string) => string | undefined {
  return (folder) => {
    if (name === 'host') return isAbsolute(folder) ? folder : undefined;
    if (folder.trim() === '' || folder.includes('\0')) return undefined;
    if (!/^~(?:[\\/]|$)/.test(folder)) return resolve(file === undefined ? cwd : dirname(file), folder);
    return home === undefined ? undefined : join(home, folder.slice(1));
  };
}
