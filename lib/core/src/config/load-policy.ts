import { dirname } from 'node:path';
import type { PluginPolicy } from '../contract/index.js';
import { catalogued, StructumError } from '../errors/index.js';
import { PolicyCache } from './policy-cache.js';
import { policyIn, readPolicyFile } from './policy-file.js';
import { ignoredSettings, mergePolicies, type PolicyInForce } from './policy-layers.js';
import { isTrustedProject } from './trusted-projects.js';
import type { Section } from './section.js';

/** Where what is decided about plugins comes from. */
export interface PolicySources {
  /** Files; each need not exist. */
  readonly files?: { readonly user?: string; readonly project?: string } | undefined;
  /** The configuration that the host is given. */
  readonly given?: Section | undefined;
  /** A folder where what files said is remembered. */
  readonly cache?: string | undefined;
  /** The user's home, for `~/`. */
  readonly home?: string | undefined;
  /** What a file does that cannot be used: it is an error, which is the usual, or costs a notice, and counts for nothing. */
  readonly problems?: 'throw' | 'warn' | undefined;
}

/** A policy, and what of a project's was not heeded. */
export interface LoadedPolicy extends PolicyInForce {
  /** `POLICY_IGNORED`, and whatever is wrong with files that are gone on without. */
  readonly notices: readonly StructumError[];
}

/**
 * Brings together what is decided about plugins.
 *
 * A user's file that cannot be read, and that of a trusted project, is an error: it may disable what must not run. That
 * of another project only costs a notice: a folder that somebody else wrote takes no command down.
 * @throws `CONFIG_UNREADABLE`, `CONFIG_FILE_INVALID`, `CONFIG_INVALID`.
 */
export async function loadPolicy({ files = {}, given = {}, cache, home, problems = 'throw' }: PolicySources): Promise<LoadedPolicy> {
  const known = cache === undefined ? undefined : new PolicyCache(cache);
  const notices: StructumError[] = [];
  const givenPolicy = policyIn(given);
  const user = files.user === undefined ? undefined : await tolerant(problems === 'warn', readPolicyFile(files.user, home, known));
  const trusted = [...(givenPolicy.trusted_projects ?? []), ...(user?.trusted_projects ?? [])];
  const isProjectTrusted = files.project !== undefined && isTrustedProject(dirname(files.project), trusted);
  const project = files.project === undefined ? undefined : await tolerant(problems === 'warn' || !isProjectTrusted, readProject(files.project));
  return { ...mergePolicies({ user, project, isProjectTrusted, given: givenPolicy, files }), notices };

  async function readProject(file: string): Promise<PluginPolicy | undefined> {
    const policy = await readPolicyFile(file, home, known);
    const settings = policy === undefined ? [] : ignoredSettings(policy, isProjectTrusted, user);
    if (settings.length > 0) notices.push(catalogued('POLICY_IGNORED', { file, settings, project: dirname(file), isTrusted: isProjectTrusted }));
    return policy;
  }

  async function tolerant(isTolerated: boolean, reading: Promise<PluginPolicy | undefined>): Promise<PluginPolicy | undefined> {
    try {
      return await reading;
    } catch (error) {
      if (!isTolerated || !StructumError.is(error)) throw error;
      notices.push(error);
      return undefined;
    }
  }
}
