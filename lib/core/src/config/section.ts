/** A mapping of a configuration. */
export type Section = Readonly<Record<string, unknown>>;

/** Keys that lead to a value. */
export type KeyPath = readonly string[];

/** Whether a value of a configuration holds settings by name. */
export function isMapping(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
