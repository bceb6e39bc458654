import type { Logger, Question } from './contract/index.js';
import type { PluginInput } from './plugins/admission.js';

/** Milliseconds that a phase of a plugin's life may take. */
export interface PhaseLimits {
  /** Importing the plugin's module; 10,000 when left out. */
  readonly load?: number;
  /** `onActivate`; 10,000 when left out. */
  readonly activate?: number;
  /** `onDeactivate` and the end of each owned resource; 5,000 when left out. */
  readonly deactivate?: number;
  /** Waiting for running commands before they are aborted; 5,000 when left out. */
  readonly drain?: number;
}

/**
 * What a host wants. With none of it, {@link Structum.create} reads no file, environment variable or folder, starts no
 * timer and prints nothing; only a plugin class that names its module has its manifest read, from beside that module.
 */
export interface StructumOptions {
  /** Plugins of the host itself. One that is described wrongly makes `create()` fail. */
  readonly plugins?: readonly PluginInput[];
  /** The modules (`import.meta.url`, or a path) from which plugins named by string, and discovered ones, are found. */
  readonly from?: string | URL | readonly (string | URL)[];
  /** Looks for packages with a manifest in the `node_modules` folders that `from` sees. */
  readonly discover?: boolean;
  /** Settings: `{ plugins: { tree: { theme: 'ascii' } } }`. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** The folder that relative paths are relative to; the process's when left out. */
  readonly cwd?: string;
  /** The environment variables that commands see and that options may come from; none when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Gets the log lines of the host and its plugins; silent when left out. */
  readonly logger?: Logger;
  /** Answers commands' questions. */
  readonly confirm?: (question: Question, signal: AbortSignal) => boolean | Promise<boolean>;
  /** Long and short flags that the host keeps for itself: `--json`, `-q`. Commands that use one are refused. */
  readonly reservedFlags?: readonly string[];
  readonly limits?: PhaseLimits;
}
