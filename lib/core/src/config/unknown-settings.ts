import type { SettingsSchema } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import type { Beginning } from '../errors/first-of.js';
import type { ValuePath } from '../manifest/check-value.js';
import { PLUGINS_SECTION } from './core-sections.js';
import { formatKeyPath } from './key-path.js';
import type { LayerProblem } from './layer-flaw.js';
import { similarPaths } from './schema-at.js';

/** A setting of a plugin that nothing knows, and what it may have been meant as. */
export function unknownSetting(plugin: string, path: ValuePath, schema: SettingsSchema): LayerProblem {
  const section = [PLUGINS_SECTION, plugin];
  return { path: [...section, ...path], problem: 'is not known', rule: 'additionalProperties', suggestions: similarPaths(schema, path).map((similar) => formatKeyPath([...section, ...similar])) };
}

/** `CONFIG_KEY_UNKNOWN` for each of the settings that nothing knows; the last one tells how many more there are. */
export function unknownSettings({ first, more }: Beginning<LayerProblem>, fileOf: FileOf): readonly StructumError[] {
  return first.map(({ path, suggestions = [] }, index) => {
    const file = fileOf(path);
    return catalogued('CONFIG_KEY_UNKNOWN', {
      path: formatKeyPath(path), suggestions,
      ...(file === undefined ? {} : { file }),
      ...(more > 0 && index === first.length - 1 ? { more } : {}),
    });
  });
}

/** Which file says what is at a path; `undefined` where none does. */
export type FileOf = (path: ValuePath) => string | undefined;
