import type { Output, PolicyScope, PolicyStore } from '@structum/core';

/** What became of a plugin that was to be enabled or disabled. */
export interface EnabledPlugin {
  readonly plugin: string;
  readonly enabled: boolean;
  readonly scope: PolicyScope;
  /** The policy's file, as an absolute path. */
  readonly file: string;
  /** Whether the file had to be changed. */
  readonly changed: boolean;
  /** Why the plugin may still be used, or not be used; absent when nothing speaks against it. */
  readonly notes?: readonly string[];
}

/** Enables or disables one plugin in the policy of that scope. */
export async function setEnabled(policies: PolicyStore, plugin: string, enabled: boolean, scope: PolicyScope, notes: readonly string[]): Promise<EnabledPlugin> {
  const { file, changed } = await policies.setEnabled(plugin, enabled, scope);
  const all = [...notes, ...(await overruling(policies, plugin, enabled, scope))];
  return { plugin, enabled, scope, file, changed, ...(all.length === 0 ? {} : { notes: all }) };
}

/** One line for each plugin, and those that it should be read with. */
export async function renderEnabled(plugins: readonly EnabledPlugin[], out: Output): Promise<void> {
  for (const { plugin, enabled, file, changed, notes = [] } of plugins) {
    const state = enabled ? 'enabled' : 'disabled';
    await out.line(changed ? `${enabled ? 'Enabled' : 'Disabled'} "${plugin}" in ${file}` : `"${plugin}" is ${state} already; ${file} was left alone`);
    for (const note of notes) await out.line(`  ${note}`);
  }
}

/** What the other file says against it. */
async function overruling(policies: PolicyStore, plugin: string, enabled: boolean, scope: PolicyScope): Promise<readonly string[]> {
  const other = scope === 'user' ? 'project' : 'user';
  const said = await saidBy(policies, other, plugin);
  if (said === undefined || said.enabled === enabled) return [];
  if (other === 'project') return [enabled ? `${said.file} disables it for its project.` : `${said.file} enables it for its project, if you trust that.`];
  return enabled ? [`${said.file} disables it; this project's word counts only if you trust it.`] : [];
}

async function saidBy(policies: PolicyStore, scope: PolicyScope, plugin: string): Promise<{ file: string; enabled: boolean } | undefined> {
  try {
    const { file, policy: { enabled = {} } } = await policies.read(scope);
    const value = Object.hasOwn(enabled, plugin) ? enabled[plugin] : undefined;
    return value === undefined ? undefined : { file, enabled: value };
  } catch {
    // A host may keep no such file; one that is wrong is told at the next start.
    return undefined;
  }
}
