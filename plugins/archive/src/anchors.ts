/**
 * An id for every entry, in the order of `paths`: `file--src-index-ts`.
 *
 * Ids are in lower case and without punctuation, since GitHub finds no others, and so need no escaping anywhere.
 * Renderers give headings ids too, made of their text: no path begins like these. Paths that would share
 * an id are numbered.
 */
export function anchorsOf(paths: readonly string[]): string[] {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  return paths.map((path) => {
    const wanted = `file--${slugOf(path)}`;
    let anchor = wanted;
    while (taken.has(anchor)) {
      const number = next.get(wanted) ?? 2;
      next.set(wanted, number + 1);
      anchor = `${wanted}-${String(number)}`;
    }
    taken.add(anchor);
    return anchor;
  });
}

function slugOf(path: string): string {
  const lower = path.toLowerCase();
  return ASCII.test(lower) ? lower.replace(/[^a-z0-9_]+/g, '-') : lower.replace(/[^\p{L}\p{N}_]+/gu, '-');
}

const ASCII = /^[\x20-\x7e]*$/;
