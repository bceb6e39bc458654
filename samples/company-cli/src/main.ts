#!/usr/bin/env node
import { Structum, StructumError, type OutputTarget } from '@structum/core';
import TreePlugin from '@structum/plugin-tree';
import { AuditPlugin } from './audit/audit-plugin.js';
import { commandHelp, overview } from './help.js';
import { inputFromWords } from './input-from-words.js';

const output: OutputTarget = {
  write: (chunk) => { process.stdout.write(chunk); },
  isTerminal: process.stdout.isTTY,
  columns: process.stdout.columns,
};

process.exitCode = await main(process.argv.slice(2));

/** Runs one command line and gives its exit code. */
async function main(words: readonly string[]): Promise<number> {
  await using structum = await Structum.create({ plugins: [AuditPlugin, TreePlugin], cwd: process.cwd(), reservedFlags: ['--help'] });
  try {
    return await runLine(structum, words);
  } catch (error) {
    return report(error);
  }
}

async function runLine(structum: Structum, words: readonly string[]): Promise<number> {
  const { registry } = structum;
  if (words.length === 0 || words[0] === '--help') return print(overview(registry));
  const route = registry.route(words);
  if (route === undefined) throw unknownCommand(structum, words[0] ?? '');
  const { path, manifest } = route.command;
  const rest = words.slice(route.length);
  if (rest.includes('--help')) return print(commandHelp(manifest));
  const execution = structum.start(path, inputFromWords(manifest, rest), { output });
  process.once('SIGINT', () => { execution.cancel('interrupted'); });
  await execution.result;
  return execution.exitCode;
}

function unknownCommand({ registry }: Structum, word: string): StructumError {
  const [nearest] = registry.suggest(word);
  return new StructumError({
    code: 'COMMAND_UNKNOWN',
    message: `There is no command "${word}".`,
    hint: nearest === undefined ? undefined : `Did you mean "${nearest}"?`,
    exitCode: 2,
  });
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** A user's mistake is a message and a hint; anything else is a bug, with its stack. */
function report(error: unknown): number {
  if (!StructumError.is(error)) throw error;
  process.stderr.write(`acme: ${error.message}\n${error.hint === undefined ? '' : `  ${error.hint}\n`}`);
  return error.exitCode;
}
