import type { PluginPolicy, PolicyScope } from '../contract/index.js';
import { editFile } from './files/edit-file.js';
import { POLICY_SECTION } from './plugin-policy.js';
import { policyInText, readPolicyFile } from './policy-file.js';
import type { PolicyOptions } from './policy-of-layer.js';

/** A file with a policy in it. */
export interface EditedPolicy extends PolicyOptions {
  readonly file: string;
  readonly scope: PolicyScope;
}

/** Writes into a file whether a plugin is enabled; whether that changed anything. */
export async function setEnabled(edited: EditedPolicy, plugin: string, enabled: boolean): Promise<boolean> {
  const { file, scope } = edited;
  // Before anything is locked, or a folder made, for nothing.
  if (isSo(await readPolicyFile(file, edited) ?? {}, plugin, enabled, scope)) return false;
  return editFile(file, async (text, format) => {
    const isDone = isSo(await policyInText(text, file, edited), plugin, enabled, scope);
    return isDone ? text : format.edit(text, file, { path: [POLICY_SECTION, 'enabled', plugin], value: enabled }, { isKnown: true });
  }, { isPrivate: scope === 'user' });
}

/** Whether a policy says it already. A user's need not say that a plugin is enabled; a project's may be meant against the user's. */
function isSo({ enabled = {} }: PluginPolicy, plugin: string, wanted: boolean, scope: PolicyScope): boolean {
  const said = Object.hasOwn(enabled, plugin) ? enabled[plugin] : undefined;
  return said === wanted || (said === undefined && wanted && scope === 'user');
}
