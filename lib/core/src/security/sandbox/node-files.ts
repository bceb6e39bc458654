import { isAbsolute } from 'node:path';
import { followedPaths, grantedPaths, type GrantedPaths } from './granted-paths.js';

/** What Node reads before it runs anything, beside its own program. */
const SYSTEM_FILES = ['/etc/ld.so.cache', '/etc/ssl/openssl.cnf'];

let libraries: readonly string[] | undefined;
let known: GrantedPaths | undefined;

/** The files that Node needs to start on Linux: its program and the libraries that this very process was linked with. */
export function nodeFiles(): GrantedPaths {
  return (known ??= grantedPaths({ read: [], write: [], found: followedPaths([process.execPath, ...sharedLibraries(), ...SYSTEM_FILES]), cwd: '/' }));
}

/** By the paths at which the loader looked for them. Addons of the host are none of them. */
export function sharedLibraries(): readonly string[] {
  return (libraries ??= process.platform === 'win32' ? [] : loadedLibraries());
}

/** Takes it from earlier processes, or finds out anew: to ask Node costs some milliseconds. */
export function knowLibraries(remembered: readonly string[] | undefined): void {
  libraries = remembered;
  known = undefined;
}

function loadedLibraries(): readonly string[] {
  // Node 20 does not know of it.
  const report: typeof process.report & { excludeNetwork?: boolean } = process.report;
  const { excludeNetwork = false } = report;
  // Else it asks for the names of all that this process is connected to, which may take seconds.
  report.excludeNetwork = true;
  try {
    const { sharedObjects } = report.getReport() as { readonly sharedObjects: readonly string[] };
    return sharedObjects.filter((file) => isAbsolute(file) && !file.endsWith('.node'));
  } finally {
    report.excludeNetwork = excludeNetwork;
  }
}
