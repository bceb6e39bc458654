import { isAbsolute } from 'node:path';
import { grantedPaths, type GrantedPaths } from './granted-paths.js';

/** What Node reads before it runs anything, beside its own program. */
const SYSTEM_FILES = ['/etc/ld.so.cache', '/etc/ssl/openssl.cnf'];

let known: GrantedPaths | undefined;

/** The files that Node needs to start on Linux: its program and the libraries that this very process was linked with. */
export function nodeFiles(): GrantedPaths {
  return (known ??= grantedPaths({ read: [process.execPath, ...sharedLibraries(), ...SYSTEM_FILES], write: [], cwd: '/' }));
}

/** By the paths at which the loader looked for them. Addons of the host are none of them. */
function sharedLibraries(): string[] {
  const { sharedObjects } = process.report.getReport() as { readonly sharedObjects: readonly string[] };
  return sharedObjects.filter((file) => isAbsolute(file) && !file.endsWith('.node'));
}
