/** Nobody mistypes a word so long, and comparing takes the product of the lengths. */
const LONGEST = 100;

/** Those of `candidates` that `word` may have been meant as, best first, at most `most`: for "did you mean". */
export function similar(word: string, candidates: Iterable<string>, most = 3): string[] {
  if (word.length > LONGEST) return [];
  const { length } = word.replace(/^-+/, '');
  // Any single letter is one replacement away from any other: only its case may have been missed.
  const limit = length === 1 ? 0 : Math.max(1, Math.floor(length / 3));
  const isBeginning = (candidate: string): boolean => length > 2 && candidate.startsWith(word);
  return [...new Set(candidates)]
    // As many letters as one has more than the other are to be inserted.
    .filter((candidate) => Math.abs(candidate.length - word.length) <= limit || isBeginning(candidate))
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= limit || isBeginning(candidate))
    .sort((one, other) => one.distance - other.distance || (one.candidate < other.candidate ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** How many letters to insert, remove, replace or swap with their neighbour (Damerau and Levenshtein, restricted). */
export function editDistance(one: string, other: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const replaced = at(previous, column - 1) + (isSame ? 0 : 1);
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const swapped = isSwap ? at(beforePrevious, column - 2) + 1 : replaced;
      current.push(Math.min(replaced, swapped, at(previous, column) + 1, at(current, column - 1) + 1));
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, other.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
