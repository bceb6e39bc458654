import type { Look } from './theme.js';
import type { TreeEntry } from './tree-result.js';
import { visibleText } from './visible-text.js';

/** Puts colour around a name; `entry` says what it is the name of. */
export type Painter = (text: string, entry: TreeEntry) => string;

/** Draws `entries`, which come depth first: a line for each, without line feeds. */
export function* drawEntries(entries: readonly TreeEntry[], look: Look, paint: Painter = (text) => text): Generator<string> {
  const isLast = lastOfTheirFolders(entries);
  const indents = ['']; // by depth
  for (const [index, entry] of entries.entries()) {
    const depth = depthOf(entry);
    const indent = indents[depth] ?? '';
    const last = isLast[index] === 1;
    if (entry.kind === 'directory') indents[depth + 1] = indent + (last ? look.gap : look.trunk);
    yield indent + (last ? look.corner : look.branch) + look.icon(entry) + label(entry, look, paint);
  }
}

/** 1 for each entry that none of the same folder follows. */
function lastOfTheirFolders(entries: readonly TreeEntry[]): Uint8Array {
  const isLast = new Uint8Array(entries.length);
  let followed: boolean[] = []; // by depth: whether an entry of this folder comes later
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry === undefined) continue;
    const depth = depthOf(entry);
    isLast[index] = followed[depth] === true ? 0 : 1;
    if (followed.length > depth + 1) followed = followed.slice(0, depth + 1);
    followed[depth] = true;
  }
  return isLast;
}

/** 0 for what lies in the root itself. */
function depthOf({ path }: TreeEntry): number {
  let depth = 0;
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) depth += 1;
  return depth;
}

function label(entry: TreeEntry, look: Look, paint: Painter): string {
  const name = visibleText(entry.path.slice(entry.path.lastIndexOf('/') + 1));
  const text = paint(entry.kind === 'directory' ? `${name}/` : name, entry);
  if (entry.target !== undefined) return `${text} ${look.arrow} ${visibleText(entry.target)}`;
  return entry.closed === undefined ? text : `${text} [${entry.closed}]`;
}
