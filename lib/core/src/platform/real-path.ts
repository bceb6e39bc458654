import { realpathSync } from 'node:fs';
import { sep } from 'node:path';

/** `path` with links resolved, and written as the file system has it; `undefined` where it is not there. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

/** Whether `path` is `folder` or lies in it; both absolute, with links resolved. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
