/** A folder as `structum tree` found it. */
export interface TreeResult {
  /** The folder, as the user named it. */
  readonly root: string;
  /** Depth first, a folder before its content, sorted by name in each folder. */
  readonly entries: readonly TreeEntry[];
  readonly stats: TreeStats;
  /** What could not be read. */
  readonly errors: readonly TreeError[];
}

/** Something in the tree. */
export interface TreeEntry {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  /** Where a symbolic link points to. */
  readonly target?: string;
  /** Why nothing more is known of this: it cannot be read, or it is a repository inside the repository. */
  readonly closed?: 'unreadable' | 'repository';
  /** Whether the name is not valid UTF-8; in {@link path}, its bytes are then written as `\xff`. */
  readonly hasInvalidName?: true;
}

/** How many there are of what. */
export interface TreeStats {
  readonly folders: number;
  readonly files: number;
  readonly symlinks: number;
  /** Sockets, pipes, devices. */
  readonly others: number;
}

/** Something that could not be read. */
export interface TreeError {
  /** Relative to the root, with `/`. */
  readonly path: string;
  /** The system's code, `EACCES` for instance, or `INVALID_NAME`. */
  readonly code: string;
  readonly message: string;
}
