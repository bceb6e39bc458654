import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** Gives `file` a new content in one step: whoever reads it meanwhile sees the old or the new one, never a part. */
export function replaceFile(file: string, text: string): void {
  const temporary = `${file}.${String(process.pid)}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
