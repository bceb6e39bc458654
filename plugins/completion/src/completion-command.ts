import { Argument, Command, Option, type Output } from '@structum/core';
import { SHELLS, completionScript, type Shell } from './completion-script.js';

/** What `structum completion` takes. */
export class CompletionInput {
  @Argument({ description: 'The shell to write a script for', type: 'string', enum: SHELLS })
  shell!: Shell;

  @Option('--program', {
    description: 'The name of the command to complete, for programs built on Structum',
    placeholder: 'name',
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
  })
  program = 'structum';
}

/** A script, and what it is for. */
export interface CompletionResult {
  readonly shell: Shell;
  readonly program: string;
  readonly script: string;
}

/** Prints the script that a shell reads at its start. */
@Command({
  path: 'completion',
  description: 'Print a script that lets a shell complete commands',
  details:
    'The script asks the program at every press of Tab, so that what it offers is what is installed.\n\n' +
    'bash: add to ~/.bashrc\n' +
    '  source <(structum completion bash)\n\n' +
    'zsh: add to ~/.zshrc, after compinit\n' +
    '  source <(structum completion zsh)\n\n' +
    'fish: write a file once\n' +
    '  structum completion fish > ~/.config/fish/completions/structum.fish',
  examples: [
    { command: 'source <(structum completion bash)', description: 'Complete in this shell, until it ends' },
    { command: 'structum completion fish > ~/.config/fish/completions/structum.fish', description: 'Complete in every fish from now on' },
  ],
  input: CompletionInput,
})
export class CompletionCommand {
  execute({ shell, program }: CompletionInput): CompletionResult {
    return { shell, program, script: completionScript(shell, program) };
  }

  render({ script }: CompletionResult, out: Output): void | Promise<void> {
    return out.write(script);
  }
}
