import { StructumError, type PolicyScope } from '@structum/core';

/**
 * A plugin that others need is to be disabled: `PLUGIN_NEEDED`.
 *
 * @param all - What has to be disabled for it: what is wanted, and everybody who needs any of that.
 */
export function pluginNeeded(plugin: string, dependents: readonly string[], all: readonly string[], scope: PolicyScope): StructumError {
  const names = dependents.map((name) => JSON.stringify(name)).join(', ');
  return new StructumError({
    code: 'PLUGIN_NEEDED',
    message: `Plugin ${JSON.stringify(plugin)} is required by ${names}.`,
    hint: `Disable them too (structum plugins disable ${all.join(' ')}${scope === 'user' ? '' : ` --scope ${scope}`}), or add --force: then they cannot be used either.`,
    details: { plugin, dependents },
  });
}

/** A plugin that puts things right again is to be disabled: `PLUGIN_ESSENTIAL`. */
export function pluginEssential(plugin: string): StructumError {
  return new StructumError({
    code: 'PLUGIN_ESSENTIAL',
    message: `Plugin ${JSON.stringify(plugin)} is needed to find out what is wrong, and to put it right.`,
    hint: 'Add --force to disable it all the same; the file that this changes brings it back.',
    details: { plugin },
  });
}
