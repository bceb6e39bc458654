/**
 * An id for every entry: `file--src-index-ts`.
 *
 * Ids are in lower case and without punctuation, since GitHub finds no others, and so need no escaping anywhere.
 * Renderers give headings ids too, made of their text: no path begins like these. Paths that would share
 * an id are numbered.
 *
 * Nearly all ids follow from their path alone. Only those that had to be numbered are kept, so that a million
 * entries need few bytes each.
 */
export class Anchors {
  private readonly numbered = new Map<number, string>();

  constructor(private readonly paths: readonly string[]) {
    const hashes = Uint32Array.from(paths, (path) => hashOf(slugOf(path)));
    const sorted = hashes.slice().sort();
    const shared = sharedValues(sorted);
    const taken = new Set<string>();
    const next = new Map<string, number>();
    const isFree = (slug: string): boolean => !taken.has(slug) && !includes(sorted, hashOf(slug));
    for (const [index, path] of shared.size === 0 ? [] : paths.entries()) {
      if (!shared.has(hashes[index] ?? 0)) continue;
      const slug = slugOf(path);
      if (taken.has(slug)) this.numbered.set(index, numbered(slug, next, isFree));
      taken.add(this.numbered.get(index) ?? slug);
    }
  }

  /** The id of the path at `index`. */
  at(index: number): string {
    return `file--${this.numbered.get(index) ?? slugOf(this.paths[index] ?? '')}`;
  }
}

function numbered(slug: string, next: Map<string, number>, isFree: (slug: string) => boolean): string {
  let number = next.get(slug) ?? 2;
  while (!isFree(`${slug}-${String(number)}`)) number++;
  next.set(slug, number + 1);
  return `${slug}-${String(number)}`;
}

function slugOf(path: string): string {
  const lower = path.toLowerCase();
  return ASCII.test(lower) ? lower.replace(/[^a-z0-9_]+/g, '-') : lower.replace(/[^\p{L}\p{N}_]+/gu, '-');
}

const ASCII = /^[\x20-\x7e]*$/;

/** FNV-1a over UTF-16 code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** What is in `sorted` more than once. */
function sharedValues(sorted: Uint32Array): Set<number> {
  const shared = new Set<number>();
  for (let index = 1; index < sorted.length; index++) {
    const value = sorted[index] ?? 0;
    if (value === sorted[index - 1]) shared.add(value);
  }
  return shared;
}

function includes(sorted: Uint32Array, value: number): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}
