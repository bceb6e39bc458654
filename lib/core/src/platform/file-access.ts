import { promises as fs, type Stats } from 'node:fs';
import { codeOf } from './error-code.js';

/**
 * Takes over whose the file is that is going to be replaced, and who may use it.
 *
 * @param handle - Of `file`, which is empty yet.
 * @param target - What is going to be replaced by it.
 */
export async function inheritAccess(handle: fs.FileHandle, file: string, target: string, before: Stats): Promise<void> {
  const { uid, gid } = await handle.stat();
  if (uid !== before.uid || gid !== before.gid) await handle.chown(before.uid, before.gid).catch(() => undefined);
  const mode = before.mode & 0o7777;
  try {
    await handle.chmod(mode);
  } catch (error) {
    // Where Node checks what may be used, it has no way to do this but by the path.
    if (codeOf(error) !== 'ERR_ACCESS_DENIED') throw error;
    await changeMode(handle, file, target, mode);
  }
}

async function changeMode(handle: fs.FileHandle, file: string, target: string, mode: number): Promise<void> {
  try {
    await fs.chmod(file, mode);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') throw error;
    // Where the system lets nobody change modes by paths, a copy still gets that of what it is made of.
    await fs.copyFile(target, file);
    await handle.truncate();
  }
}
