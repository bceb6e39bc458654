import { StructumError } from '@structum/core';

/** A plugin that puts things right again is to be disabled: `PLUGIN_ESSENTIAL`. */
export function pluginEssential(plugin: string): StructumError {
  return new StructumError({
    code: 'PLUGIN_ESSENTIAL',
    message: `Plugin ${JSON.stringify(plugin)} is needed to find out what is wrong, and to put it right.`,
    hint: 'Add --force to disable it all the same; the file that this changes brings it back.',
    details: { plugin },
  });
}
