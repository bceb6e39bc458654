import { mkdirSync, statSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, posix, win32 } from 'node:path';

/** Part of `node:module` from Node 22.1 on; before, there is no such cache. */
interface CompileCache {
  readonly enableCompileCache?: (folder: string) => unknown;
}

/**
 * Lets Node keep what it compiled of the modules that are loaded from here on, which saves a start a few milliseconds.
 * Node holds the kept code against the sources by itself; where the folder cannot be made or written, or others may
 * write it, nothing is kept.
 */
export function enableCompileCache(): void {
  const { enableCompileCache: enable } = module as CompileCache;
  if (enable === undefined) return;
  const cache = cacheFolder(process.platform, process.env);
  if (cache === undefined) return;
  const folder = join(cache, 'compiled');
  if (makeFolder(folder) && isOwn(folder)) enable(folder);
}

/**
 * Where caches go: what `userFolders(env, platform).cache` of the core says, which is not loaded yet when its compiled
 * code is looked for.
 */
export function cacheFolder(platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const rules = platform === 'win32' ? win32 : posix;
  const absolute = (path: string | undefined): string | undefined => (path !== undefined && rules.isAbsolute(path) ? path : undefined);
  const below = (folder: string | undefined, ...names: readonly string[]): string | undefined => (folder === undefined ? undefined : rules.join(folder, ...names));
  const asked = absolute(env.STRUCTUM_CACHE_HOME) ?? below(absolute(env.XDG_CACHE_HOME), 'structum');
  if (asked !== undefined) return asked;
  const home = absolute(env[platform === 'win32' ? 'USERPROFILE' : 'HOME'] ?? homeFolder());
  if (platform === 'win32') return below(absolute(env.LOCALAPPDATA) ?? below(home, 'AppData', 'Local'), 'structum', 'Cache');
  return platform === 'darwin' ? below(home, 'Library', 'Caches', 'structum') : below(home, '.cache', 'structum');
}

/** Whether nobody else can put code there, which would run as this program's own. Windows has no such numbers: there, the folder around says it. */
function isOwn(folder: string): boolean {
  const user = process.getuid?.();
  if (user === undefined) return true;
  try {
    const { uid, mode } = statSync(folder);
    return (uid === user || uid === 0) && (mode & WRITABLE_BY_OTHERS) === 0;
  } catch {
    return false;
  }
}

const WRITABLE_BY_OTHERS = 0o022;

/** A user may have none: in a container that runs with any number as its user. */
function homeFolder(): string | undefined {
  try {
    return homedir();
  } catch {
    return undefined;
  }
}

/**
 * Whether the folder is there, or could be made, for the user alone. Node's own recursive `mkdir` spins for ever where
 * nothing can be made although the parent is there, as in `/proc`.
 */
function makeFolder(folder: string): boolean {
  if (makeOne(folder)) return true;
  const parent = dirname(folder);
  return parent !== folder && makeFolder(parent) && makeOne(folder);
}

function makeOne(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST';
  }
}
