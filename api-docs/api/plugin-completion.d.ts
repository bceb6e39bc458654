import { Output } from '@structum/core';

/** `structum completion`: scripts that teach shells a program's commands and options. */
declare class CompletionPlugin {
}
declare module "@structum/core" {
  interface CommandMap {
    completion: {
      input: Pick<CompletionInput, "shell"> & Partial<CompletionInput>;
      result: CompletionResult;
    };
  }
}
/** Prints the script that a shell reads at its start. */
export declare class CompletionCommand {
  execute({ shell, program }: CompletionInput): CompletionResult;
  render({ script }: CompletionResult, out: Output): void | Promise<void>;
}
/** What `structum completion` takes. */
export declare class CompletionInput {
  shell: Shell;
  program: string;
}
/** The shells that there is a script for. */
export declare const SHELLS: readonly [
  "bash",
  "zsh",
  "fish"
];
/**
 * A script that completes `program` by asking it: `program __complete <words>`, the last word being the one at the
 * cursor, prints a line that says whether names of files or folders fit (`none`, `files`, `folders`), and then a
 * line for each candidate, with its description after a tab.
 *
 * The program is called by its name, never by what stands on the line: pressing Tab after `./structum` must not
 * run a file of a folder that somebody else wrote.
 */
export declare function completionScript(shell: Shell, program: string): string;
/** A script, and what it is for. */
export interface CompletionResult {
  readonly shell: Shell;
  readonly program: string;
  readonly script: string;
}
export type Shell = (typeof SHELLS)[number];

export {
  CompletionPlugin as default,
};

export {};
