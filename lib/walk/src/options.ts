import type { WalkError } from './walk-error.js';

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
