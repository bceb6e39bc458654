import type { Output } from '@structum/core';
import { visibleText } from '@structum/walk';
import { drawEntries, type Painter } from './draw.js';
import { lookOf, type Theme } from './theme.js';
import type { TreeEntry, TreeResult, TreeStats } from './tree-result.js';

/** How {@link renderTree} writes. */
export interface RenderOptions {
  /** What the output can show decides when left out. */
  readonly theme?: Theme | undefined;
  /** Whether to count what there is. */
  readonly stats?: boolean;
}

/** Writes `tree` for people. */
export async function renderTree(tree: TreeResult, out: Output, options: RenderOptions = {}): Promise<void> {
  const look = lookOf(options.theme ?? (out.unicode ? 'unicode' : 'ascii'));
  let text = `${visibleText(tree.root)}\n`;
  for (const line of drawEntries(tree.entries, look, out.color ? painted : undefined)) {
    text += `${line}\n`;
    if (text.length < CHUNK) continue;
    await out.write(text);
    text = '';
  }
  await out.write(options.stats === true ? `${text}\n${statsLine(tree.stats)}\n` : text);
}

/** How many characters are written at a time. */
const CHUNK = 65_536;

const painted: Painter = (text, { kind, closed }: TreeEntry) => {
  if (closed === 'unreadable') return `\x1b[31m${text}\x1b[39m`;
  if (kind === 'directory') return `\x1b[1;34m${text}\x1b[22;39m`;
  return kind === 'symlink' ? `\x1b[36m${text}\x1b[39m` : text;
};

/** `1 folder, 3 files, 1 symbolic link`; what there is none of is left out, but for folders and files. */
function statsLine({ folders, files, symlinks, others }: TreeStats): string {
  const parts = [counted(folders, 'folder'), counted(files, 'file')];
  if (symlinks > 0) parts.push(counted(symlinks, 'symbolic link'));
  if (others > 0) parts.push(counted(others, 'special file'));
  return parts.join(', ');
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
