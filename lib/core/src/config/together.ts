import { catalogued, type StructumError } from '../errors/index.js';

/** All that keeps a configuration from being used, as one error: `CONFIG_UNUSABLE`, or the only one itself; `undefined` where there is none. */
export function together(errors: readonly StructumError[]): StructumError | undefined {
  if (errors.length < 2) return errors[0];
  return catalogued('CONFIG_UNUSABLE', { problems: errors.map(({ code, message, hint }) => ({ code, message, ...(hint === undefined ? {} : { hint }) })) });
}
