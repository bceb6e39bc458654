/** A piece of output. */
export type Chunk = string | Uint8Array;

/** A chunk in parts that are no longer than `longest`, but for a character that is never divided. Of bytes they are views. */
export function cut(chunk: Chunk, longest: number): readonly Chunk[] {
  const parts: Chunk[] = [];
  for (let start = 0; start < chunk.length;) {
    const end = endOf(chunk, start, longest);
    parts.push(typeof chunk === 'string' ? chunk.slice(start, end) : chunk.subarray(start, end));
    start = end;
  }
  return parts;
}

function endOf(chunk: Chunk, start: number, longest: number): number {
  const end = start + longest;
  if (typeof chunk !== 'string' || !isHighSurrogate(chunk, end - 1)) return end;
  return longest > 1 ? end - 1 : end + 1;
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdbff;
}
