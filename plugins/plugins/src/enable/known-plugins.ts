import type { PolicyScope, PolicyStore, Registry } from '@structum/core';
import { pluginNotThere } from '../plugin-unknown.js';

/**
 * Refuses names that mean nothing. What is not installed any more may still be in a policy, and can be taken care of.
 *
 * @throws `PLUGIN_UNKNOWN`.
 */
export async function requireKnown(names: readonly string[], scope: PolicyScope, registry: Registry, policies: PolicyStore): Promise<void> {
  const unknown = names.find((name) => registry.plugin(name) === undefined);
  if (unknown === undefined) return;
  const { policy: { enabled = {} } } = await policies.read(scope);
  const stranger = names.find((name) => registry.plugin(name) === undefined && !Object.hasOwn(enabled, name));
  if (stranger === undefined) return;
  throw pluginNotThere(stranger, registry, [...registry.plugins.map(({ name }) => name), ...Object.keys(enabled)]);
}
