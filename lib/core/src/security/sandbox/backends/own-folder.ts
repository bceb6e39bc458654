import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Enclosure } from './backend.js';

/** An enclosure in the file system that all see: its temporary folder is made for it, and removed after it. */
export function enclosureWithFolder(wordsFor: (temporaryFolder: string) => readonly string[], descriptors: readonly number[] = []): Enclosure {
  const temporaryFolder = mkdtempSync(join(tmpdir(), 'structum-'));
  return {
    words: wordsFor(temporaryFolder), confiners: 0, descriptors, temporaryFolder, leftovers: [temporaryFolder],
    endOf: (code, signal) => ({ code, signal }),
  };
}
