import { dirname } from 'node:path';
import type { PluginPolicy, PolicyScope } from '../contract/index.js';
import { catalogued, messageOf, StructumError } from '../errors/index.js';
import { withFileLock } from '../platform/file-lock.js';
import { makeFolder, removeLeftovers, targetOf, writeAtomically } from '../platform/index.js';
import { readConfigFile } from './config-file.js';
import { knownFormatOf } from './formats/index.js';
import { POLICY_SECTION } from './plugin-policy.js';
import { policyOf, readPolicyFile } from './policy-file.js';

/** A file with a policy in it. */
export interface EditedPolicy {
  readonly file: string;
  readonly scope: PolicyScope;
  readonly home: string | undefined;
}

/** Writes into a file whether a plugin is enabled; whether that changed anything. */
export async function setEnabled(edited: EditedPolicy, plugin: string, enabled: boolean): Promise<boolean> {
  const { file, scope, home } = edited;
  // Before anything is locked, or a folder made, for nothing.
  if (isSo(await readPolicyFile(file, home) ?? {}, plugin, enabled, scope)) return false;
  return writing(file, () => change(edited, plugin, enabled));
}

async function change({ file, scope, home }: EditedPolicy, plugin: string, enabled: boolean): Promise<boolean> {
  const before = readConfigFile(file) ?? '';
  const format = knownFormatOf(file);
  if (isSo(policyOf(await format.parse(before, file), home), plugin, enabled, scope)) return false;
  const after = await format.edit(before, file, { path: [POLICY_SECTION, 'enabled', plugin], value: enabled });
  await writeAtomically(file, after, { mode: scope === 'user' ? 0o600 : 0o666 });
  return true;
}

/** Whether a policy says it already. A user's need not say that a plugin is enabled; a project's may be meant against the user's. */
function isSo({ enabled = {} }: PluginPolicy, plugin: string, wanted: boolean, scope: PolicyScope): boolean {
  const said = Object.hasOwn(enabled, plugin) ? enabled[plugin] : undefined;
  return said === wanted || (said === undefined && wanted && scope === 'user');
}

/** Does `work` on a file while nobody else does, and says what goes wrong with the file itself. */
async function writing<Value>(file: string, work: () => Promise<Value>): Promise<Value> {
  try {
    const target = await targetOf(file);
    makeFolder(dirname(target));
    return await withFileLock(target, async () => {
      await removeLeftovers(target);
      return work();
    });
  } catch (error) {
    if (StructumError.is(error)) throw error;
    throw catalogued('CONFIG_UNWRITABLE', { file, reason: messageOf(error) }, error);
  }
}
