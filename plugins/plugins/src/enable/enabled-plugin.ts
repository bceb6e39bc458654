import type { ConfigOrigin, Output, PluginRecord, PolicyScope, PolicyStore, Registry } from '@structum/core';

/** What became of a plugin that was to be enabled or disabled. */
export interface EnabledPlugin {
  readonly plugin: string;
  readonly enabled: boolean;
  readonly scope: PolicyScope;
  /** The policy's file, as an absolute path. */
  readonly file: string;
  /** Whether the file had to be changed. */
  readonly changed: boolean;
  /** Whether it is so here by now: nothing else that is decided about the plugin says the opposite. */
  readonly inForce: boolean;
  /** Why the plugin may still be used, or not be used; absent when nothing speaks against it. */
  readonly notes?: readonly string[];
}

/** What enabling and disabling plugins takes. */
export interface Enabling {
  readonly registry: Registry;
  readonly policies: PolicyStore;
  readonly scope: PolicyScope;
}

/** Enables or disables plugins in the policy of a scope; `notesOn` has more to say of each, once all is done. */
export async function setEnabled(plugins: readonly string[], enabled: boolean, host: Enabling, notesOn: (plugin: string) => readonly string[]): Promise<EnabledPlugin[]> {
  const { registry, policies, scope } = host;
  const changes = new Map<string, Pick<EnabledPlugin, 'file' | 'changed'>>();
  for (const plugin of plugins) changes.set(plugin, await policies.setEnabled(plugin, enabled, scope));
  await registry.judged();
  const results: EnabledPlugin[] = [];
  for (const [plugin, { file, changed }] of changes) {
    const overruled = overruling(plugin, enabled, host);
    const notes = [...(overruled === undefined ? [] : [overruled]), ...notesOn(plugin)];
    results.push({ plugin, enabled, scope, file, changed, inForce: overruled === undefined, ...(notes.length === 0 ? {} : { notes }) });
  }
  return results;
}

/** One line for each plugin, and those that it should be read with. */
export async function renderEnabled(plugins: readonly EnabledPlugin[], out: Output): Promise<void> {
  for (const plugin of plugins) {
    await out.line(lineOf(plugin));
    for (const note of plugin.notes ?? []) await out.line(`  ${note}`);
  }
}

function lineOf({ plugin, enabled, file, changed, inForce }: EnabledPlugin): string {
  if (changed) return `${enabled ? 'Enabled' : 'Disabled'} "${plugin}" in ${file}`;
  if (enabled && !inForce) return `${file} does not disable "${plugin}", and was left alone`;
  return `"${plugin}" is ${enabled ? 'enabled' : 'disabled'} already; ${file} was left alone`;
}

/** What says the opposite, and counts more. */
function overruling(plugin: string, enabled: boolean, { registry, policies, scope }: Enabling): string | undefined {
  const record = registry.plugin(plugin);
  if (record === undefined) return undefined;
  if (enabled) return record.state === 'disabled' ? reasonText(record) : undefined;
  const word = policies.policy.enabled?.[plugin];
  // As long as its commands run, it is up.
  if (record.state === 'disabled' || word === false || record.running > 0) return undefined;
  if (scope === 'project') return `A project that you do not trust disables nothing of the category "${record.category}".`;
  const origin = policies.decidedBy(plugin);
  return origin === undefined ? 'This host does not heed that file.' : `${enablerText(origin)}.`;
}

function reasonText({ reason }: PluginRecord): string {
  return [reason?.message, reason?.hint].filter((text) => text !== undefined).join(' ');
}

function enablerText({ layer, file, source }: ConfigOrigin): string {
  if (layer === 'variable') return `The environment variable ${String(source).replace(/^\$/, '')} enables it`;
  if (source !== undefined) return `What ${source} says on the command line enables it`;
  if (file === undefined) return 'The configuration of the host itself enables it';
  return `${file} enables it${OF_PROJECT.has(layer) ? ' for its project, which you trust' : ''}`;
}

/** Nothing of a project that is not trusted enables anything. */
const OF_PROJECT: ReadonlySet<ConfigOrigin['layer']> = new Set(['project', 'project-environment', 'local']);
