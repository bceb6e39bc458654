import { writeAtomically } from '@structum/core';
import { manifestUnwritable } from './errors.js';

/**
 * Writes the text of a manifest.
 * @throws `MANIFEST_UNWRITABLE`.
 */
export async function writeManifest(file: string, text: string): Promise<void> {
  try {
    await writeAtomically(file, text, { durable: false });
  } catch (error) {
    throw manifestUnwritable(file, error);
  }
}
