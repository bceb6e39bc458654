import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uniqueName } from '../../platform/unique.js';

/** A descriptor of a nameless file with this content, to be read from its start. */
export function handedFile(content: Uint8Array): number {
  const path = join(tmpdir(), `structum-${uniqueName()}`);
  const descriptor = openSync(path, 'wx+', 0o600);
  try {
    unlinkSync(path);
    // At a position, so that who gets the descriptor starts at the beginning.
    writeSync(descriptor, content, 0, content.byteLength, 0);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}
