import type { ConfigFinding, ConfigOrigin } from '../../contract/index.js';
import type { StructumError } from '../../errors/index.js';
import type { LocatedFile } from '../files/locate.js';

/**
 * What a notice says that is of no setting: a file that cannot be used, which says itself what is wrong in it, or a variable
 * that sets nothing.
 *
 * @param files - Those that were looked for.
 */
export function noticeFindings(notice: StructumError, files: readonly LocatedFile[]): readonly ConfigFinding[] {
  const { code, message } = notice;
  const { file, variable, problems, suggestions } = (notice.details ?? {}) as NoticeDetails;
  if (variable !== undefined) return [{ layer: 'variable', source: `$${variable}`, severity: 'warning', problem: message, ...(suggestions === undefined ? {} : { suggestions }) }];
  const located = files.find((candidate) => candidate.problem === notice || candidate.file === file);
  const origin: ConfigOrigin = located === undefined ? { layer: 'file', ...(file === undefined ? {} : { file }) } : { layer: located.layer, file: located.file };
  if (code !== 'CONFIG_FILE_INVALID' || problems === undefined) return [{ ...origin, severity: 'error', problem: message }];
  return problems.map(({ line, column, path, problem }) => ({ ...origin, line, ...(column === undefined ? {} : { column }), severity: 'error', ...(path === undefined ? {} : { key: path }), problem }));
}

interface NoticeDetails {
  readonly file?: string;
  readonly variable?: string;
  readonly problems?: readonly { readonly line: number; readonly column?: number; readonly path?: string; readonly problem: string }[];
  readonly suggestions?: readonly string[];
}
