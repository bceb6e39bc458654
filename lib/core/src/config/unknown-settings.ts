import { catalogued, type StructumError } from '../errors/index.js';
import type { Beginning } from '../errors/first-of.js';

/** `CONFIG_KEY_UNKNOWN` for each of the settings that nothing knows; the last one tells how many more there are. */
export function unknownSettings({ first, more }: Beginning<{ readonly path: string; readonly suggestions: readonly string[] }>, file?: string): readonly StructumError[] {
  return first.map((found, index) => catalogued('CONFIG_KEY_UNKNOWN', {
    ...found,
    ...(file === undefined ? {} : { file }),
    ...(more > 0 && index === first.length - 1 ? { more } : {}),
  }));
}
