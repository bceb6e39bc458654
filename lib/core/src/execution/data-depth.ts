import { DATA_LIMITS } from './wire/tags.js';

/** How many things may be in each other: in a message, they are in some more. */
const DEEPEST = DATA_LIMITS.depth - 10;

/**
 * Holds data to the depth that travels: wherever a command runs, it gives the same.
 * @param data - What `structuredClone()` gave.
 * @throws DOMException named `DataCloneError`
 */
export function checkDepth(data: unknown): void {
  visit(data, 0, new Set());
}

/** Visits each object once, where `encode()` does: what is there more than once travels once. */
function visit(data: unknown, depth: number, visited: Set<object>): void {
  if (typeof data !== 'object' || data === null || visited.has(data)) return;
  if (depth >= DEEPEST) throw new DOMException(`something deeper than ${String(DEEPEST)} is no data that can travel.`, 'DataCloneError');
  visited.add(data);
  if (ArrayBuffer.isView(data)) return;
  for (const item of contentOf(data)) visit(item, depth + 1, visited);
}

function contentOf(data: object): Iterable<unknown> {
  if (data instanceof Map) return [...(data as ReadonlyMap<unknown, unknown>)].flat();
  if (data instanceof Set) return data as ReadonlySet<unknown>;
  if (data instanceof Error) return [data.cause];
  return Object.values(data) as readonly unknown[];
}
