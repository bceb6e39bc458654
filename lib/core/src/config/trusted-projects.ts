import { realpathSync } from 'node:fs';
import { relative, isAbsolute, sep } from 'node:path';

/** Whether the user trusts what is in `folder`: it is one of the trusted folders, or within one, links followed. */
export function isTrustedProject(folder: string, trusted: readonly string[]): boolean {
  if (trusted.length === 0) return false;
  const real = realPathOf(folder);
  return real !== undefined && trusted.some((candidate) => {
    const root = realPathOf(candidate);
    return root !== undefined && isWithin(real, root);
  });
}

function isWithin(folder: string, root: string): boolean {
  const path = relative(root, folder);
  return path === '' || (path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path));
}

/** As the system itself writes it, also where it does not tell upper case from lower. */
function realPathOf(folder: string): string | undefined {
  try {
    return realpathSync.native(folder);
  } catch {
    return undefined;
  }
}
