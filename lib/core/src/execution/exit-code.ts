import { catalogued } from '../errors/index.js';

/** A code that a command may set. @throws `EXIT_CODE_INVALID` */
export function checkedExitCode(command: string, code: number): number {
  if (Number.isInteger(code) && code >= 0 && code <= 255) return code;
  throw catalogued('EXIT_CODE_INVALID', { command, received: String(code) });
}
