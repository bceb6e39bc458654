import { Plugin } from '@structum/core';
import { CompletionCommand, type CompletionInput, type CompletionResult } from './completion-command.js';

declare module '@structum/core' {
  interface CommandMap {
    completion: { input: Pick<CompletionInput, 'shell'> & Partial<CompletionInput>; result: CompletionResult };
  }
}

/** `structum completion`: scripts that teach shells a program's commands and options. */
@Plugin({
  name: 'completion',
  category: 'utility',
  description: 'Shell completion for bash, zsh and fish',
  engine: '^2.0.0',
  commands: [CompletionCommand],
  module: import.meta.url,
})
export default class CompletionPlugin {}

export { CompletionCommand, CompletionInput, type CompletionResult } from './completion-command.js';
export { SHELLS, completionScript, type Shell } from './completion-script.js';
