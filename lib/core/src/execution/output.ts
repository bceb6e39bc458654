import type { Output, OutputTarget } from '../contract/index.js';
import { catalogued } from '../errors/index.js';

/** The output of one execution, over what the host gave it. */
export function createOutput(command: string, target: OutputTarget | undefined): Output {
  const write = (chunk: string | Uint8Array): void | Promise<void> => {
    if (target === undefined) throw catalogued('OUTPUT_UNAVAILABLE', { command });
    return target.write(chunk);
  };
  return {
    write,
    line: (text = '') => write(`${text}\n`),
    isAvailable: target !== undefined,
    isTerminal: target?.isTerminal ?? false,
    columns: target?.columns,
    color: target?.color ?? false,
    unicode: target?.unicode ?? true,
  };
}
