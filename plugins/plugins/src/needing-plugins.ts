import type { Registry } from '@structum/core';

/** The plugins that can be used now, and not without `name`: those that require it, and those that require these; by name. */
export function needingPlugins(name: string, leaving: readonly string[], registry: Registry): readonly string[] {
  const found = new Set([name]);
  // A set hands out what is added to it while it is walked.
  for (const each of found) {
    for (const { plugin, optional } of registry.dependents(each)) {
      if (!optional && !leaving.includes(plugin) && !isUnused(plugin, registry)) found.add(plugin);
    }
  }
  found.delete(name);
  return [...found].sort();
}

/** What becomes of a plugin whose requirement is taken away, as it reads below that one. */
export function brokenText(plugin: string): string {
  return `"${plugin}" requires it, and cannot be used any more.`;
}

/** Whether nobody can use a plugin anyway. */
export function isUnused(plugin: string, registry: Registry): boolean {
  const state = registry.plugin(plugin)?.state;
  return state === undefined || state === 'disabled' || state === 'rejected';
}
