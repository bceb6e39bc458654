import { resolve } from 'node:path';
import { ReplacedFile, type WriteOptions } from './replaced-file.js';

/** A text, bytes, or pieces of them. */
export type WrittenContent = string | Uint8Array | readonly Uint8Array[];

/** What replaces files in the place of this process. */
export type ReplaceFile = (file: string, options: WriteOptions | undefined) => Promise<Pick<ReplacedFile, 'write' | 'commit' | 'discard'>>;

/**
 * Gives a file a new content in one step: whoever reads it meanwhile, and whoever starts after this process was killed,
 * sees the old content or the new one, never a part.
 *
 * A file that is there keeps its permissions and, where the process may give it away, its owner. A link stays one: what
 * it leads to is written. Rejects with what the file system says; then everything is as it was.
 *
 * While a command of an isolated plugin is at work, this is `context.replaceFile()` of that command: what its process may
 * not write itself, the host writes, where the user named it.
 */
export async function writeAtomically(file: string, content: WrittenContent, options?: WriteOptions): Promise<void> {
  const path = resolve(file);
  const replaced = await (otherwise() ?? ReplacedFile.open)(path, options);
  try {
    for (const piece of piecesOf(content)) await replaced.write(piece);
    await replaced.commit();
  } finally {
    await replaced.discard();
  }
}

let otherwise: () => ReplaceFile | undefined = () => undefined;

/** @param find - Gives what replaces files right now, where it is not this process as it stands. */
export function replaceFilesThrough(find: () => ReplaceFile | undefined): void {
  otherwise = find;
}

function piecesOf(content: WrittenContent): Iterable<Uint8Array> {
  if (typeof content === 'string') return [Buffer.from(content)];
  return content instanceof Uint8Array ? [content] : content;
}
