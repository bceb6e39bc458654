import { join } from 'node:path';
import type { ProjectTrust, TrustCandidate, TrustPredicate, TrustTier } from '../../contract/index.js';
import { isTrustedByHost, isTrustedProject } from '../../config/trusted-projects.js';
import { isWithin } from '../../platform/real-path.js';
import { foldersOf, type SearchRoot } from './roots.js';

/**
 * How far what was discovered is trusted: the one place where that is decided. What nothing speaks for is merely found,
 * and none of it is ever loaded.
 *
 * Where a package was found counts, not where a link leads from there: who can put a link into a folder can put code there.
 */
export const trustTierOf: TrustPredicate = ({ origin, isBesideHost, isProjectTrusted }) => {
  switch (origin) {
    case 'host':
      return isBesideHost ? 'host' : 'found';
    case 'linked':
    case 'user':
    case 'configured':
      return 'installed';
    case 'project':
      if (isBesideHost) return 'host';
      return isProjectTrusted ? 'installed' : 'found';
    default:
      return 'found';
  }
};

/** What `predicate` says; `found` where that is no tier, and where it throws. */
export function judgeTrust(candidate: TrustCandidate, predicate: TrustPredicate = trustTierOf): TrustTier {
  try {
    const tier: unknown = predicate(candidate);
    return tier === 'host' || tier === 'installed' ? tier : 'found';
  } catch {
    return 'found';
  }
}

/** The folders of a project that the host itself trusts. */
export async function trustedFolders(project: string | undefined, trust: ProjectTrust | undefined): Promise<readonly string[]> {
  if (trust === undefined) return [];
  const folders = foldersOf(project).map(async (folder) => ((await isTrustedByHost(folder, trust)) ? [folder] : []));
  return (await Promise.all(folders)).flat();
}

/** Judges packages by the folders that they were found in. */
export class TrustJudge {
  readonly #hostTrees: readonly string[];
  readonly #trustedProjects: readonly string[];
  readonly #predicate: TrustPredicate | undefined;
  readonly #facts = new Map<SearchRoot, Omit<TrustCandidate, 'folder'>>();

  /**
   * @param hostTrees - The `node_modules` folders that the host itself is installed in.
   * @param trustedProjects - Folders of projects that the user trusts.
   */
  constructor(hostTrees: readonly string[], trustedProjects: readonly string[], predicate: TrustPredicate | undefined) {
    this.#hostTrees = hostTrees;
    this.#trustedProjects = trustedProjects;
    this.#predicate = predicate;
  }

  tierOf(root: SearchRoot, folder: string): TrustTier {
    let facts = this.#facts.get(root);
    if (facts === undefined) {
      facts = this.#factsOf(root);
      this.#facts.set(root, facts);
    }
    return judgeTrust({ ...facts, folder }, this.#predicate);
  }

  #factsOf({ origin, folder, project }: SearchRoot): Omit<TrustCandidate, 'folder'> {
    // A link from a project to what the host is installed in makes nothing of that project the host's.
    const place = project === undefined ? folder : join(project, 'node_modules');
    return {
      origin,
      root: folder,
      isBesideHost: this.#hostTrees.some((tree) => isWithin(place, tree)),
      isProjectTrusted: project !== undefined && isTrustedProject(project, this.#trustedProjects),
    };
  }
}
