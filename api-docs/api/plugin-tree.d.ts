import { CommandContext, Output } from '@structum/core';

/** `structum tree`, and trees for other plugins. */
declare class TreePlugin {
}
declare module "@structum/core" {
  interface CommandMap {
    tree: {
      input: Partial<TreeInput>;
      result: TreeResult;
    };
  }
}
/** Draws a folder as a tree. */
export declare class TreeCommand {
  private input;
  execute(input: TreeInput, context: CommandContext): Promise<TreeResult>;
  render(tree: TreeResult, out: Output): Promise<void>;
}
/** The input of `structum tree`. */
export declare class TreeInput {
  directory: string;
  ext: string[];
  ignore: string[];
  depth?: number;
  theme?: Theme;
  stats: boolean;
  hidden: boolean;
  empty: boolean;
  gitignore: boolean;
}
/** What `structum tree` does where its options do not say. */
export declare class TreeSettings {
  theme?: Theme;
  ignore: string[];
  hidden: boolean;
  gitignore: boolean;
}
/** The looks that a tree can have. */
export declare const THEMES: readonly [
  "unicode",
  "ascii",
  "emoji",
  "nerd",
  "none"
];
export declare const TreeService: import("@structum/core").ServiceToken<TreeService>;
/** How {@link TreeService.draw} draws. */
export interface DrawOptions {
  /** What stands at the top; no such line when left out. */
  readonly rootLabel?: string;
  /** `unicode` when left out, whatever the terminal. */
  readonly theme?: Theme;
}
/** Something in the tree. */
export interface TreeEntry {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly kind: "file" | "directory" | "symlink" | "other";
  /** Where a symbolic link points to. */
  readonly target?: string;
  /** Why nothing more is known of this: it cannot be read, or it is a repository inside the repository. */
  readonly closed?: "unreadable" | "repository";
  /** Whether the name is not valid UTF-8; in {@link path}, its bytes are then written as `\xff`. */
  readonly hasInvalidName?: true;
}
/** Something that could not be read. */
export interface TreeError {
  /** Relative to the root, with `/`. */
  readonly path: string;
  /** The system's code, `EACCES` for instance, or `INVALID_NAME`. */
  readonly code: string;
  readonly message: string;
}
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
/** Draws trees for other plugins. */
export interface TreeService {
  /**
   * Draws the tree that `paths` make, for people: one line after the other, without line feeds.
   *
   * The same paths in any order give the same lines. Control characters in names are escaped. Lines are drawn
   * when they are taken, so that a large tree need not be held as text; paths in the order of a walk are not copied.
   * @param paths - Of files, relative, with `/`. One that ends with `/` is a folder; the folders that files lie in need not be named.
   */
  draw(paths: readonly string[], options?: DrawOptions): Iterable<string>;
}
/** How many there are of what. */
export interface TreeStats {
  readonly folders: number;
  readonly files: number;
  readonly symlinks: number;
  /** Sockets, pipes, devices. */
  readonly others: number;
}
/**
 * The look of a tree: lines drawn with box characters or in ASCII; the same with icons, as emoji or from a
 * "Nerd Font"; or no lines at all, only indentation.
 */
export type Theme = (typeof THEMES)[number];

export {
  TreePlugin as default,
};

export {};
