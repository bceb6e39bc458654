import { statSync } from 'node:fs';
import { isWithin } from '../../platform/real-path.js';
import type { ProcessLimits } from './confinement.js';

/** What Node itself is told to check. */
export interface NodeChecks {
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly limits: ProcessLimits;
  /** Whether the system denies the network: Node need not, and would not let the guest read from the pipe to its host. */
  readonly isNetworkDenied: boolean;
}

const MEBIBYTE = 1024 * 1024;

/** The flags by which this version of Node denies what its permission model knows of: a second layer, never the boundary. */
export function nodeFlags({ read, write, limits, isNetworkDenied }: NodeChecks): string[] {
  const known = process.allowedNodeEnvironmentFlags;
  return [
    known.has('--permission') ? '--permission' : '--experimental-permission',
    // That permissions are experimental in this version is nothing to tell users with each command.
    ...(known.has('--disable-warning') ? ['--disable-warning=ExperimentalWarning'] : []),
    // Opens files past all checks.
    ...(known.has('--experimental-sqlite') ? ['--no-experimental-sqlite'] : []),
    ...(known.has('--disable-sigusr1') ? ['--disable-sigusr1'] : []),
    ...(isNetworkDenied && known.has('--allow-net') ? ['--allow-net'] : []),
    '--no-addons',
    ...(limits.memory === undefined ? [] : [`--max-old-space-size=${String(heapOf(limits.memory))}`]),
    ...spelledOut([...read, ...write]).map((path) => `--allow-fs-read=${path}`),
    ...spelledOut(write).map((path) => `--allow-fs-write=${path}`),
  ];
}

/**
 * In MiB: a quarter, and no more than 128, is left for what else V8 needs, so that it gives up before the system gives no more.
 * It says why then; what finds no memory crashes as for any other reason.
 */
function heapOf(memory: number): number {
  return Math.ceil((memory - Math.min(memory / 4, 128 * MEBIBYTE)) / MEBIBYTE);
}

/**
 * Node keeps paths in a tree of letters that loses a folder when another path begins with the same letters: what lies in
 * a granted folder is left out, and what begins as a folder does is granted by that beginning.
 */
function spelledOut(paths: readonly string[]): string[] {
  const kept: { readonly path: string; isBeginning: boolean }[] = [];
  for (const path of [...new Set(paths)].sort()) {
    const shorter = kept.find((other) => path.startsWith(other.path) && isFolder(other.path));
    if (shorter === undefined) kept.push({ path, isBeginning: false });
    else if (!isWithin(path, shorter.path)) shorter.isBeginning = true;
  }
  return kept.map(({ path, isBeginning }) => (isBeginning ? `${path}*` : path));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
