import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The program of guests, absolute: beside the bundle, or among the compiled sources. */
export function guestFile(): string {
  const here = fileURLToPath(import.meta.url);
  return here.endsWith('.cjs') ? resolve(here, '..', 'guest.cjs') : resolve(here, '..', '..', '..', 'guest', 'index.js');
}
