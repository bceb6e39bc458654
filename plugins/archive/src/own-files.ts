import { closeSync, lstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, parse, relative, sep } from 'node:path';
import { isTemporaryName } from '@structum/core';
import { isSameFile, standardOutputFile } from './descriptors.js';
import { beginsAsArchive, READ_REGULAR } from './file-reader.js';
import { linkTarget } from './link-target.js';
import { MARKER } from './markdown.js';

/**
 * A test for what must not be in an archive of `root` that is written to `output`: the archive itself and its
 * parts, as they are from an earlier run, and what an interrupted run left over.
 *
 * A file that is only named like a part (`archive-notes.md`) is told from one by its first line.
 * @param root - Absolute, and there.
 * @param output - Absolute; its folder is there.
 * @returns a function of a path relative to `root`, with `/`.
 */
export function ownFiles(root: string, output: string): (path: string) => boolean {
  const realRoot = realPath(root);
  const places = placesOf(output)
    .map((place) => placeWithin(realRoot, place))
    .filter((place) => place !== undefined);
  return (path) => places.some((place) => isOwn(realRoot, path, place));
}

/**
 * A test for the file that the standard output of this process goes to, whoever writes there: it grows while
 * it is read.
 *
 * Only names are known of what a walk lists, so each file is looked up; where the output is no file, none is.
 * @param root - Absolute, and there.
 * @returns a function of a path relative to `root`, with `/`.
 */
export function standardOutput(root: string): (path: string) => boolean {
  const file = standardOutputFile();
  if (file === undefined) return () => false;
  return (path) => isSameFile(file, lstatSync(`${root}/${path}`, { bigint: true, throwIfNoEntry: false }));
}

/** Whether the file at `path` begins as archives do. */
export function isArchive(path: string): boolean {
  try {
    const head = Buffer.alloc(MARKER.length);
    const descriptor = openSync(path, READ_REGULAR);
    try {
      return readSync(descriptor, head, 0, head.length, 0) === head.length && beginsAsArchive(head);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Whether it can be read, or written, is found out and reported when it is its turn.
    return false;
  }
}

/** A folder below the root, and the archive's name in it. */
interface Place {
  /** Relative to the root, with `/` at its end; empty for the root itself. */
  readonly prefix: string;
  readonly name: string;
}

/** The system's own, because it also knows how names are written where upper and lower case are the same. */
const realPath = (path: string): string => realpathSync.native(path);

/** Where the archive is written, and where that is when a link leads there. */
function placesOf(output: string): string[] {
  const place = join(realPath(dirname(output)), basename(output));
  const existing = statSync(output, { throwIfNoEntry: false });
  if (existing === undefined) return [...new Set([place, linkTarget(output)])];
  // A pipe need not have a name.
  return existing.isFile() ? [...new Set([place, realPath(output)])] : [place];
}

function placeWithin(realRoot: string, path: string): Place | undefined {
  const folder = relative(realRoot, dirname(path));
  if (folder === '..' || folder.startsWith(`..${sep}`) || isAbsolute(folder)) return undefined;
  return { prefix: folder === '' ? '' : `${folder.split(sep).join('/')}/`, name: basename(path) };
}

function isOwn(realRoot: string, path: string, { prefix, name: output }: Place): boolean {
  if (!path.startsWith(prefix)) return false;
  const name = path.slice(prefix.length);
  if (name.includes('/')) return false;
  if (name === output || isTemporaryName(name)) return true;
  if (name.toLowerCase() === output.toLowerCase()) return isSamePath(join(realRoot, path), join(realRoot, prefix, output));
  const { name: stem, ext } = parse(output);
  return name.startsWith(`${stem}-`) && name.endsWith(ext) && isArchive(join(realRoot, path));
}

/** On many systems `Archive.md` is `archive.md`. */
function isSamePath(one: string, other: string): boolean {
  const [first, second] = [one, other].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return isSameFile(first, second);
}
