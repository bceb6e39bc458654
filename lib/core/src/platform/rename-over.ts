import { promises as fs } from 'node:fs';
import { codeOf } from './error-code.js';
import { sleep } from './sleep.js';

/**
 * Renames a file over another one. On Windows that fails as long as somebody reads the other one, a virus scanner for
 * example: it is tried again for about two seconds.
 */
export async function renameOver(from: string, to: string, { platform = process.platform, renameFile = fs.rename }: RenameOptions = {}): Promise<void> {
  for (let delay = 10; ; delay *= 2) {
    try {
      await renameFile(from, to);
      return;
    } catch (error) {
      if (platform !== 'win32' || !BUSY.has(codeOf(error)) || delay > LONGEST_DELAY) throw error;
      await sleep(delay);
    }
  }
}

const BUSY: ReadonlySet<string | undefined> = new Set(['EPERM', 'EACCES', 'EBUSY']);
const LONGEST_DELAY = 1000;

/** How a rename is done, for tests. */
interface RenameOptions {
  readonly platform?: NodeJS.Platform;
  readonly renameFile?: (from: string, to: string) => Promise<void>;
}
