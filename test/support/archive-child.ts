/** A process that archives, as a command line would: `node archive-child.js <cwd> <input as JSON>`. */

import { Structum, type Logger } from '@structum/core';
import ArchivePlugin from '@structum/plugin-archive';
import TreePlugin from '@structum/plugin-tree';

const [, , cwd = '.', input = '{}'] = process.argv;
const warnings: string[] = [];
const interruption = new AbortController();
process.once('SIGINT', () => {
  interruption.abort(new Error('interrupted'));
});

const structum = await Structum.create({ plugins: [TreePlugin, ArchivePlugin], cwd, logger: collecting(warnings) });
let text = '';
const output = { write: (chunk: string | Uint8Array): void => void (text += String(chunk)) };
const execution = structum.start('archive', JSON.parse(input) as object, { signal: interruption.signal, output });
const outcome = await execution.result.then((result) => ({ result }), (error: unknown) => ({ error: (error as { code?: string }).code ?? String(error) }));
process.stdout.write(JSON.stringify({ ...outcome, warnings, text, exitCode: execution.exitCode, memory: process.resourceUsage().maxRSS * 1024 }));
await structum.dispose();

function collecting(lines: string[]): Logger {
  const ignore = (): void => undefined;
  const logger: Logger = {
    error: ignore,
    warn: (message) => {
      lines.push(message);
    },
    info: ignore,
    debug: ignore,
    trace: ignore,
    isEnabled: () => true,
    child: () => logger,
  };
  return logger;
}
