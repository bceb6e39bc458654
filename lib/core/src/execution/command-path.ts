import { commandOptionsOf } from '../contract/index.js';

/** The path of a command that is named by it, or by its class; plain JavaScript may pass anything. */
export function commandPathOf(command: unknown): string {
  if (typeof command !== 'function') return String(command);
  return commandOptionsOf(command)?.path ?? command.name;
}
