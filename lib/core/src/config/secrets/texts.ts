/** The texts that a value holds, and the numbers as texts. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  // Who knows a number of few digits knows nothing.
  if (typeof value === 'number') return String(value).length < 4 ? [] : [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
