/** Something that a walk could not read. */
export declare class WalkError extends Error {
  /** Relative to the root, with `/`; `.` for the root itself. An absolute path for files outside of it. */
  readonly path: string;
  /** The system's code (`EACCES`, `ENOENT`, …), or `INVALID_NAME` for a name that is not valid UTF-8. */
  readonly code: string;
  constructor(path: string, code: string, message: string, cause?: unknown);
  /** Wraps what a call of `node:fs` threw. */
  static from(path: string, thrown: unknown): WalkError;
}
/**
 * `text` with everything that could drive a terminal, break a line or change the direction of writing shown as
 * an escape: `\n`, `\x1b`, `\u202e`. A backslash becomes two, so that no two names look the same.
 */
export declare function visibleText(text: string): string;
/**
 * Lists what is in the folder `root` and below it, depth first, a folder before its content, and the entries of
 * a folder sorted by name (by UTF-16 code units), so that the order is the same on every platform.
 *
 * Symbolic links are listed and never followed; `root` itself may be one. Memory holds the folders between the
 * root and the entry at hand, and no more.
 *
 * With `gitignore` (the default), what git ignores is left out, by git's own rules: the `.gitignore` of `root`,
 * of every folder below it, and of its parents up to the top of the repository; `info/exclude`; the user's
 * `core.excludesFile`; `core.ignoreCase`. Besides:
 * - `.git` is never listed.
 * - A folder that is ignored is not looked into, so nothing in it can be brought back. The root is looked into
 *   even so: it was asked for.
 * - The index is not consulted: a file that is tracked although it matches a pattern is left out.
 * - A repository inside a repository (a submodule, a clone) is listed as one folder, as `git ls-files --others`
 *   does. When `root` lies in no repository, those below it are looked into, each with its own rules.
 * - Outside of repositories, `.gitignore` files count from the root down.
 *
 * What has a name that is not valid UTF-8 cannot be opened by a string: it is reported, listed with its name
 * escaped, and not looked into.
 * @throws {@link WalkError} when `root` itself cannot be read.
 */
export declare function walk(root: string, options?: WalkOptions): Generator<WalkEntry, void, undefined>;
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
/** What {@link walk} leaves out, and whom it tells what. */
export interface WalkOptions {
  /**
   * Whether to leave out what git ignores; true when left out. See {@link walk} for the rules.
   */
  readonly gitignore?: boolean;
  /** More patterns in the syntax of `.gitignore`, relative to the root. They come before all files: `!dist` brings `dist` back. */
  readonly ignore?: readonly string[];
  /** Keeps only files with one of these extensions: `ts` or `.ts`, `d.ts`; upper and lower case are the same. Folders stay. All files when empty. */
  readonly extensions?: readonly string[];
  /** Whether to list names that begin with a dot; false when left out. */
  readonly hidden?: boolean;
  /** How deep to look: 1 for what lies in the root itself. */
  readonly maxDepth?: number;
  /** Told what could not be read; the walk goes on. */
  readonly onError?: (error: WalkError) => void;
  /** Ends the walk: the next step throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Where `HOME`, `XDG_CONFIG_HOME` and `GIT_CONFIG_*` are looked up to find git's own settings; `process.env` when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}
/** What an entry is. A symbolic link is never anything else, whatever it points to; sockets, pipes and devices are `other`. */
export type EntryKind = "file" | "directory" | "symlink" | "other";

export {};
