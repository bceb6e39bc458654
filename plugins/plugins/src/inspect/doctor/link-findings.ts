import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_FILE } from '@structum/core';
import type { PackageLink } from '../../link/link-folder.js';
import type { Finding } from './finding.js';
import { manifestCommand } from './package-findings.js';

/** Links of the user that lead nowhere, or to no plugin. */
export function linkFindings(links: readonly PackageLink[]): readonly Finding[] {
  return links.flatMap(({ name, path, folder }): Finding[] => {
    if (folder === undefined) {
      return [{ severity: 'warning', code: 'LINK_DANGLING', subject: name, message: `The link ${path} leads to a folder that is not there any more.`, fix: `structum plugins unlink ${name}` }];
    }
    if (existsSync(join(folder, MANIFEST_FILE))) return [];
    return [{ severity: 'warning', code: 'MANIFEST_MISSING', subject: name, message: `The link ${path} leads to ${folder}, which has no ${MANIFEST_FILE}.`, fix: manifestCommand(folder) }];
  });
}
