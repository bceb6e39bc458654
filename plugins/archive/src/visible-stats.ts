import { statSync, type Stats } from 'node:fs';

/** What is at a path; `undefined` where nothing is, and where this process is confined and is not to know. */
export function visibleStats(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_ACCESS_DENIED') return undefined;
    throw error;
  }
}
