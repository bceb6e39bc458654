import { lstatSync, readdirSync, statSync, type Dirent, type Stats } from 'node:fs';

const WITHOUT_ERROR = { throwIfNoEntry: false } as const;

/** Asks without an error for what is not there; what cannot be asked, in a loop of links or a closed folder, is not there either. */
export function look(path: string): Stats | undefined {
  try {
    return statSync(path, WITHOUT_ERROR);
  } catch {
    return undefined;
  }
}

/** As `look`, of the link itself where `path` is one. */
export function lookAtLink(path: string): Stats | undefined {
  try {
    return lstatSync(path, WITHOUT_ERROR);
  } catch {
    return undefined;
  }
}

/** What is in a folder, by name; nothing in one that may not be read, for it cannot be imported from either. */
export function list(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** What changes whenever a file's content, or a folder's list of names, does. */
export type Stamp = string;

/**
 * The stamp of a file or folder that was looked at just now; `undefined` for one that was changed so recently that a
 * further change could leave the same stamp.
 */
export function stampOf(stats: Stats, now: number): Stamp | undefined {
  const { size, mtimeMs, ctimeMs, ino } = stats;
  const changed = ctimeMs === 0 ? mtimeMs : ctimeMs;
  const tick = changed % 1000 === 0 ? COARSE_TICK : TICK;
  return changed > now - tick ? undefined : `${String(size)} ${String(mtimeMs)} ${String(ctimeMs)} ${String(ino)}`;
}

/** Milliseconds within which a file system may give two changes the same time. */
const TICK = 50;
/** For those that count whole seconds, or every other one. */
const COARSE_TICK = 2500;
