/** For each of the items, which one of the old ones it is, wherever that was; `undefined` for those that are new. */
export function sameItems(old: readonly unknown[], items: readonly unknown[]): readonly (number | undefined)[] {
  const places = new Map<string, number[]>();
  for (const [index, item] of [...old.entries()].reverse()) {
    const key = JSON.stringify(item);
    const known = places.get(key);
    if (known === undefined) places.set(key, [index]);
    else known.push(index);
  }
  return items.map((item) => places.get(JSON.stringify(item))?.pop());
}
