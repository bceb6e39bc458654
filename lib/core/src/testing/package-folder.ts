import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of a package that a test names by its path, or by a `file:` URL: `new URL('..', import.meta.url)`. */
export function packageFolder(location: string | URL): string {
  return resolve(location instanceof URL || location.startsWith('file:') ? fileURLToPath(location) : location);
}
