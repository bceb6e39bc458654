import type { Stats } from 'node:fs';

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
