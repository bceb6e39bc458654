/** The beginning of a list, and how many items more it has. */
export interface Beginning<Item> {
  readonly first: readonly Item[];
  readonly more: number;
}

/** What is told of a list: nobody reads all of a long one, and what somebody else wrote may hold any number. */
export function firstOf<Item>(items: readonly Item[], most = MOST_TOLD): Beginning<Item> {
  return { first: items.slice(0, most), more: Math.max(0, items.length - most) };
}

const MOST_TOLD = 20;
