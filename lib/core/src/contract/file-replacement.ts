/** How {@link FileReplacer.replaceFile} replaces a file. */
export interface ReplaceOptions {
  /** Whether the new content survives a power failure once it is committed; true when left out. What can be made again does without. */
  readonly durable?: boolean;
  /** The permissions of a file that is new, before the process's mask; `0o666` when left out. */
  readonly mode?: number;
}

/** A new content for a file, made beside it. All that is asked of it is done one after the other. */
export interface FileReplacement {
  /**
   * Adds to the new content, a text as UTF-8. Await it: it waits while the disk is slow, and bytes must not change before.
   * What went wrong with a piece may be told with what is asked for next, at the latest with the commit.
   * @throws what `node:fs` throws, and `LIMIT_EXCEEDED` for an isolated plugin that writes more than `limits.output`
   */
  write(content: string | Uint8Array): Promise<void>;
  /** Says that no more is written: whoever makes many files before he commits them keeps none of them open. */
  finish(): Promise<void>;
  /** Puts the new content in the file's place, in one step. */
  commit(): Promise<void>;
  /** Leaves the file as it was. Does nothing after `commit`. */
  discard(): Promise<void>;
}

/** Replaces files: the same wherever the plugin runs. */
export interface FileReplacer {
  /**
   * Begins a new content for a file, which then takes its place in one step: whoever reads the file meanwhile, and whoever
   * looks after the host was killed, finds the old content or the new one, never a part. What is not committed when the
   * command ends is discarded.
   *
   * An isolated plugin may replace what its permission `write` names, and the files that its user names for arguments and
   * options with `path: 'write'`: those the host writes for it, where the plugin itself sees no more than that file.
   *
   * A file that is there keeps its permissions and its owner; a link stays one, and what it leads to is replaced.
   *
   * @param path - Relative to `cwd`.
   * @throws what `node:fs` throws: `EISDIR` for a folder, `ENOENT` where there is none to put it in; and `PERMISSION_DENIED`,
   * `LIMIT_EXCEEDED` for more than 64 at once that are not finished.
   */
  replaceFile(path: string, options?: ReplaceOptions): Promise<FileReplacement>;
}
