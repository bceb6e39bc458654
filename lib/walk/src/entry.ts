/** What an entry is. A symbolic link is never anything else, whatever it points to; sockets, pipes and devices are `other`. */
export type EntryKind = 'file' | 'directory' | 'symlink' | 'other';

/** Something below the root of a walk. */
export interface WalkEntry {
  /** Relative to the root, with `/` on every platform. */
  readonly path: string;
  /** The last part of {@link path}. */
  readonly name: string;
  readonly kind: EntryKind;
  /** 1 for what lies in the root itself. */
  readonly depth: number;
  /** Where a symbolic link points to, as it is written in the link (with `/`). Absent when it could not be read. */
  readonly linkTarget?: string;
  /** Whether this folder is a repository inside a repository: it is listed, and nothing below it is. */
  readonly isNestedRepository?: true;
  /** Whether this cannot be read: a folder that was refused, or anything whose name is not valid UTF-8. `onError` was told why. */
  readonly isUnreadable?: true;
  /**
   * Whether the name is not valid UTF-8. Then {@link name} is for people: the bytes that are no characters are
   * written as `\xff`, the rest as by `visibleText`. No file can be opened by it.
   */
  readonly hasInvalidName?: true;
}
