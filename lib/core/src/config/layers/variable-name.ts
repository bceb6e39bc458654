/** What the names of environment variables begin with that set something. */
export const PREFIX = 'STRUCTUM_';

/** What stands between keys in them. */
export const SEPARATOR = '__';

/** A key as variables have it, whatever its case. */
export function variableName(key: string): string {
  return key.replaceAll(/[-/.]/g, '_').toUpperCase();
}

/** The variable that sets what the keys lead to. */
export function variableOf(path: readonly string[]): string {
  return PREFIX + path.map(variableName).join(SEPARATOR);
}
