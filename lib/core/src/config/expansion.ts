/** The most values that a configuration may hold when each alias is followed. */
const MOST_VALUES = 5_000_000;

/**
 * Why data read from a file must not be worked with: an alias leads into itself, or a few lines mean billions of
 * values. Also `__proto__`, which would change what has nothing to do with the file.
 */
export function expansionProblem(data: unknown): string | undefined {
  try {
    return sizeOf(data, new Map()) > MOST_VALUES ? 'means too many values when its aliases are followed' : undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

class Refusal extends Error {}

/** How many values there are, each object counted once for each time that it is named; its own size is known after the first. */
function sizeOf(value: unknown, known: Map<object, number | undefined>): number {
  if (typeof value !== 'object' || value === null) return 1;
  if (known.has(value)) {
    const size = known.get(value);
    if (size === undefined) throw new Refusal('holds an alias that leads into itself');
    return size;
  }
  known.set(value, undefined);
  let size = 1;
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__') throw new Refusal('must not use the name __proto__');
    size += sizeOf(item, known);
  }
  known.set(value, size);
  return size;
}
