import { dirname } from 'node:path';
import type { IndexRecord } from '@structum/core';
import type { Finding } from './finding.js';

/** What is wrong with the indexes of a host's plugins; what was made anew meanwhile is only told. */
export function indexFindings(indexes: readonly IndexRecord[]): readonly Finding[] {
  return indexes.flatMap((index) => findingOf(index) ?? []);
}

function findingOf({ file, state, reason = 'unknown' }: IndexRecord): Finding | undefined {
  if (file === undefined) return undefined;
  const subject = file;
  if (state === 'damaged') return { severity: 'info', code: 'INDEX_DAMAGED', subject, message: `The index of plugins ${file} was damaged (${reason}), and was made anew.` };
  if (state === 'stale') return { severity: 'info', code: 'INDEX_STALE', subject, message: `The index of plugins ${file} said something else than what is installed, and was made anew.` };
  if (state !== 'unwritable') return undefined;
  return {
    severity: 'warning', code: 'INDEX_UNWRITABLE', subject,
    message: `The index of plugins ${file} cannot be kept (${reason}): each start looks at all plugins again.`,
    fix: `Make ${dirname(file)} writable, or set STRUCTUM_CACHE_HOME to another folder.`,
  };
}
