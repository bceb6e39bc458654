/** Why a file, link or folder is listed in an archive without its content. */
export type SkipReason =
  /** Its bytes are no text. */
  | 'binary'
  /** Links are not followed: what they point to is archived where it lies, if it does. */
  | 'symlink'
  /** It is an archive itself: what is in it lies elsewhere. */
  | 'archive'
  /** A pipe, socket or device. */
  | 'special'
  /** A repository inside the repository. */
  | 'repository'
  /** It could not be read. */
  | 'unreadable'
  /** It changed while it was being copied: the archive has its beginning and says so. */
  | 'changed';

/** Something that is listed in an archive without its content. */
export interface Skipped {
  /** Relative to the archived folder, with `/`; a folder ends with one. */
  readonly path: string;
  readonly reason: SkipReason;
  /** The reason in words, where there is more to say: `permission denied`. */
  readonly detail?: string;
}

/** One file that was written. */
export interface ArchiveFile {
  /** Absolute, or `-` for the command's output. */
  readonly path: string;
  /** How many texts are in it. */
  readonly files: number;
  /** Its own size. */
  readonly bytes: number;
}

/** What `archive` did. */
export interface ArchiveResult {
  readonly outputs: readonly ArchiveFile[];
  /** How many texts were archived, in all outputs. */
  readonly files: number;
  /** The size of all outputs. */
  readonly bytes: number;
  readonly skipped: readonly Skipped[];
}

/** What went wrong, as opposed to what does not belong into an archive. */
export function isFailure({ reason }: Skipped): boolean {
  return reason === 'unreadable' || reason === 'changed';
}
