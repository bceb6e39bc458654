/** Orders what has a name by that: in the same way wherever it runs. */
export function byName({ name: one }: { readonly name: string }, { name: other }: { readonly name: string }): number {
  return compareText(one, other);
}

export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
