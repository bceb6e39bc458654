import { ReplacedFile, type WriteOptions } from './replaced-file.js';

/** A text, bytes, or pieces of them. */
export type WrittenContent = string | Uint8Array | readonly Uint8Array[];

/**
 * Gives a file a new content in one step: whoever reads it meanwhile, and whoever starts after this process was killed,
 * sees the old content or the new one, never a part.
 *
 * A file that is there keeps its permissions and, where the process may give it away, its owner. A link stays one: what
 * it leads to is written. Rejects with what the file system says; then everything is as it was.
 */
export async function writeAtomically(file: string, content: WrittenContent, options?: WriteOptions): Promise<void> {
  const replaced = await ReplacedFile.open(file, options);
  try {
    for (const piece of piecesOf(content)) await replaced.write(piece);
    await replaced.commit();
  } finally {
    await replaced.discard();
  }
}

function piecesOf(content: WrittenContent): Iterable<Uint8Array> {
  if (typeof content === 'string') return [Buffer.from(content)];
  return content instanceof Uint8Array ? [content] : content;
}
