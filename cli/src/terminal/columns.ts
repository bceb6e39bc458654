/**
 * How wide a terminal is, in columns: what it says itself, or `COLUMNS` where it does not know and says 0. `undefined`
 * where nobody knows.
 */
export function columnsOf(told: number | undefined, env: Readonly<Record<string, string | undefined>>): number | undefined {
  if (told !== undefined && told > 0) return told;
  const columns = Number(env.COLUMNS);
  return Number.isSafeInteger(columns) && columns > 0 ? columns : undefined;
}
