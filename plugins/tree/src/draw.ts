import { visibleText } from '@structum/walk';
import type { Look } from './theme.js';
import type { TreeEntry } from './tree-result.js';

/** Puts colour around a name; `entry` says what it is the name of. */
export type Painter = (text: string, entry: TreeEntry) => string;

/** Draws `entries`, which come depth first and are gone through twice: a line for each, without line feeds. */
export function* drawEntries(entries: Iterable<TreeEntry>, look: Look, paint: Painter = (text) => text): Generator<string, void, undefined> {
  const isLast = lastOfTheirFolders(depthsOf(entries));
  const indents = ['']; // by depth
  let index = 0;
  for (const entry of entries) {
    const depth = depthOf(entry);
    const indent = indents[depth] ?? '';
    const last = isLast[index++] === 1;
    if (entry.kind === 'directory') indents[depth + 1] = indent + (last ? look.gap : look.trunk);
    yield indent + (last ? look.corner : look.branch) + look.icon(entry) + label(entry, look, paint);
  }
}

function depthsOf(entries: Iterable<TreeEntry>): number[] {
  const depths: number[] = [];
  for (const entry of entries) depths.push(depthOf(entry));
  return depths;
}

/** 0 for what lies in the root itself. */
function depthOf({ path }: TreeEntry): number {
  let depth = 0;
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) depth += 1;
  return depth;
}

/** 1 for each entry that none of the same folder follows. */
function lastOfTheirFolders(depths: readonly number[]): Uint8Array {
  const isLast = new Uint8Array(depths.length);
  let followed: boolean[] = []; // by depth: whether an entry of this folder comes later
  for (let index = depths.length - 1; index >= 0; index -= 1) {
    const depth = depths[index] ?? 0;
    isLast[index] = followed[depth] === true ? 0 : 1;
    if (followed.length > depth + 1) followed = followed.slice(0, depth + 1);
    followed[depth] = true;
  }
  return isLast;
}

function label(entry: TreeEntry, look: Look, paint: Painter): string {
  const name = shownName(entry);
  const text = paint(entry.kind === 'directory' ? `${name}/` : name, entry);
  if (entry.target !== undefined) return `${text} ${look.arrow} ${visibleText(entry.target)}`;
  return entry.closed === undefined ? text : `${text} [${entry.closed}]`;
}

function shownName({ path, hasInvalidName }: TreeEntry): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return hasInvalidName ? name : visibleText(name);
}
