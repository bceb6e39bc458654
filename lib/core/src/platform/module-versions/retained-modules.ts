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
  takeCount();
  return { ...retained };
}

/** From now on, `taken` is asked for the URLs of modules that were loaded since. */
export function countFrom(taken: () => readonly string[]): void {
  source = taken;
}

/** Counts what was loaded since it was last called, while its files are there. */
export function takeCount(): void {
  for (const url of source()) countLoaded(url);
}

/** Begins to count what is loaded of a version. */
export function countVersion(version: number): void {
  versions.set(version, { urls: new Set(), bytes: 0, isReplaced: false });
}

/** Counts a module. A version that is replaced may go on loading some: these stay too. */
export function countLoaded(url: string): void {
  const [mark = '', number] = MARK.exec(url) ?? [];
  const version = versions.get(Number(number));
  if (version === undefined || version.urls.has(url)) return;
  version.urls.add(url);
  const bytes = sizeOf(url.slice(0, -mark.length));
  version.bytes += bytes;
  if (version.isReplaced) retain(1, bytes);
}

/** Whether ES modules of a version may be there, which are for ever. Of the first, nobody knows. */
export function hasModules(number: number): boolean {
  takeCount();
  const version = versions.get(number);
  return version === undefined || version.urls.size > 0;
}

/** What was loaded of a version is of no use any more. */
export function countReplaced(number: number): void {
  const version = versions.get(number);
  if (version === undefined || version.isReplaced) return;
  version.isReplaced = true;
  retain(version.urls.size, version.bytes);
}

const MARK = /(?:[?&]|%3F)structum=(\d+)$/;

interface Version {
  readonly urls: Set<string>;
  bytes: number;
  isReplaced: boolean;
}

/** Kept as long as what they count. */
const versions = new Map<number, Version>();
let source: () => readonly string[] = () => [];
const retained = { modules: 0, bytes: 0 };

function retain(modules: number, bytes: number): void {
  retained.modules += modules;
  retained.bytes += bytes;
}

function sizeOf(url: string): number {
  try {
    return statSync(fileURLToPath(url)).size;
  } catch {
    return 0; // It is gone already.
  }
}
