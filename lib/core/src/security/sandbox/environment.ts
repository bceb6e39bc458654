import { readlinkSync } from 'node:fs';
import type { Confinement } from './confinement.js';

/** Changes what the launcher, the loader or Node itself does, whoever grants it. */
export const UNWANTED_VARIABLE = /^(?:NODE_.*|LD_.*|DYLD_.*|GLIBC_.*|UV_.*|OPENSSL_.*|SSL_CERT_.*|PERL.*|ENV|BASH_ENV|IFS|SHELLOPTS|BASHOPTS|PS4)$/i;

/** The environment of a confined process: what it was granted, and folders of its own. */
export function environmentOf({ env }: Confinement, temporaryFolder: string): Record<string, string> {
  return {
    ...timeZone(),
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !UNWANTED_VARIABLE.test(name))),
    ...ownFolders(temporaryFolder),
    // Where this Node finds its libraries only so, the confined one does too.
    ...(process.env.LD_LIBRARY_PATH === undefined ? {} : { LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH }),
  };
}

function ownFolders(folder: string): Record<string, string> {
  if (process.platform !== 'win32') return { HOME: folder, TMPDIR: folder };
  // Without the last, no program finds what Windows itself brings.
  return { USERPROFILE: folder, TEMP: folder, TMP: folder, ...(process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] }) };
}

/** The machine's zone, which cannot be seen from inside. */
function timeZone(): { readonly TZ?: string } {
  if (process.env.TZ !== undefined) return { TZ: process.env.TZ };
  try {
    const zone = readlinkSync('/etc/localtime').split('/zoneinfo/')[1];
    return zone === undefined ? {} : { TZ: zone };
  } catch {
    return {};
  }
}
