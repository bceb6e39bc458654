import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, writeAtomically } from '../../platform/index.js';
import type { Control, ControlState } from './confinement.js';

const FILE = 'sandbox-degraded.json';

/** The controls that the kernel does not enforce. */
export function degradedIn(controls: readonly ControlState[]): readonly Control[] {
  return controls.filter(({ by }) => by !== 'kernel').map(({ control }) => control);
}

/**
 * Whether nobody was told yet, on this machine, that these are degraded; from now on somebody was.
 *
 * @param cacheFolder - Where that is remembered; nowhere when `undefined`.
 */
export function isNews(degraded: readonly Control[], cacheFolder: string | undefined): boolean {
  if (cacheFolder === undefined) return true;
  const file = join(cacheFolder, FILE);
  const text = JSON.stringify(degraded);
  if (contentOf(file) === text) return false;
  // What cannot be remembered is told again.
  if (makeFolder(cacheFolder)) writeAtomically(file, text, { durable: false }).catch(() => undefined);
  return true;
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
