import { PluginInput, StructumOptions } from '@structum/core';

/**
 * Runs one command line, from its words to its exit code: `process.exitCode = await runCli({ from: __filename })`.
 *
 * Results go to standard output, everything else to standard error. Never rejects: whatever goes wrong is told.
 */
export declare function runCli(options?: CliOptions): Promise<number>;
/** What a command line is made of. */
export interface CliOptions {
  /** What people type to run it; `structum` when left out. */
  readonly name?: string;
  /** What `--version` prints; that of `@structum/cli` when left out. */
  readonly version?: string;
  /** One line for the help. */
  readonly description?: string;
  /** The words after the program's name; those of the process when left out. */
  readonly argv?: readonly string[];
  /** Where plugins are looked for: `import.meta.url` or `__filename` of the program. */
  readonly from?: StructumOptions["from"];
  /**
   * Whether packages with a manifest are found by themselves, beside the program, in the user's folders and in the
   * project, and what the user and the project decided about them counts; true when left out.
   */
  readonly discover?: boolean;
  /** Plugins that are there in any case. */
  readonly plugins?: readonly PluginInput[];
  /** Settings, as `Structum.create()` takes them. */
  readonly config?: StructumOptions["config"];
  /** The environment variables; those of the process when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export {};
