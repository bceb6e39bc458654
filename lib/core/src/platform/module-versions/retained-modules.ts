import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What replaced versions leave behind: Node never frees an ES module. */
export interface RetainedModules {
  readonly modules: number;
  /** Of their sources; in memory they keep one to three times as much. */
  readonly bytes: number;
}

/** The ES modules of replaced versions in this process. Those of the first version are not among them: every run has them. */
export function retainedModules(): RetainedModules {
  return { ...retained };
}

/** Begins to count what is loaded of a version. */
export function countVersion(version: number): void {
  loaded.set(version, new Map());
}

/** Counts a module of a version that was not replaced yet. */
export function countLoaded(url: string): void {
  const [mark = '', version] = MARK.exec(url) ?? [];
  const modules = loaded.get(Number(version));
  if (modules !== undefined && !modules.has(url)) modules.set(url, sizeOf(url.slice(0, -mark.length)));
}

/** What was loaded of a version is of no use any more. */
export function countReplaced(version: number): void {
  const modules = loaded.get(version);
  loaded.delete(version);
  for (const bytes of modules?.values() ?? []) {
    retained.modules += 1;
    retained.bytes += bytes;
  }
}

const MARK = /(?:[?&]|%3F)structum=(\d+)$/;

const loaded = new Map<number, Map<string, number>>();
const retained = { modules: 0, bytes: 0 };

function sizeOf(url: string): number {
  try {
    return statSync(fileURLToPath(url)).size;
  } catch {
    return 0; // It is gone already.
  }
}
