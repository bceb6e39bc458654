import type { ProjectTrust } from '../contract/index.js';
import { isWithin, realPath } from '../platform/real-path.js';

/** Whether the user trusts what is in `folder`: it is one of the trusted folders, or within one, links followed. */
export function isTrustedProject(folder: string, trusted: readonly string[]): boolean {
  if (trusted.length === 0) return false;
  const real = realPath(folder);
  return real !== undefined && trusted.some((candidate) => {
    const root = realPath(candidate);
    return root !== undefined && isWithin(real, root);
  });
}

/** Whether the host trusts what is in `folder`: it says so itself, in so many words. */
export async function isTrustedByHost(folder: string, trust: ProjectTrust | undefined): Promise<boolean> {
  const real = trust === undefined ? undefined : realPath(folder);
  if (trust === undefined || real === undefined) return false;
  try {
    const answer: unknown = await trust(real);
    return answer === true;
  } catch {
    return false;
  }
}
