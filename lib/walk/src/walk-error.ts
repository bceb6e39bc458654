/** Something that a walk could not read. */
export class WalkError extends Error {
  /** Relative to the root, with `/`; `.` for the root itself. An absolute path for files outside of it. */
  readonly path: string;
  /** The system's code (`EACCES`, `ENOENT`, …), or `INVALID_NAME` for a name that is not valid UTF-8. */
  readonly code: string;

  constructor(path: string, code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'WalkError';
    this.path = path;
    this.code = code;
  }

  /** Wraps what a call of `node:fs` threw. */
  static from(path: string, thrown: unknown): WalkError {
    const code = codeOf(thrown);
    return new WalkError(path, code, `${path} could not be read: ${REASONS[code] ?? code}`, thrown);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ERR_ACCESS_DENIED: 'permission denied',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'not a folder',
  ENAMETOOLONG: 'its path is too long for this system',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  EIO: 'input/output error',
};

/** The `code` of an error of `node:fs`. */
function codeOf(thrown: unknown): string {
  const code: unknown = typeof thrown === 'object' && thrown !== null ? (thrown as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : 'UNKNOWN';
}
