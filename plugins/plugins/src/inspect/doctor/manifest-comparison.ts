import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { MANIFEST_FILE } from '@structum/core';
import type { ManifestCheck } from './manifest-findings.js';

/** How a manifest and the code of its plugin compare. */
export type Comparison =
  | { readonly outcome: 'same' }
  /** `isRefused`: the host does not load the plugin, or not the command. */
  | { readonly outcome: 'different'; readonly differences: readonly string[]; readonly isRefused: boolean }
  | { readonly outcome: 'failed'; readonly code: string; readonly message: string; readonly hint?: string }
  | { readonly outcome: 'late' }
  /** The process was gone before it answered; `how`: `exit code 3`, `SIGSEGV`. */
  | { readonly outcome: 'ended'; readonly how: string };

/** Compares the manifest of the package in `folder` with its code, which is imported by another process. */
export async function compareManifest(folder: string, { core, limit, signal, cwd, env }: Omit<ManifestCheck, 'progress'>): Promise<Comparison> {
  signal.throwIfAborted();
  const library = createRequire(core).resolve('@structum/core/manifest');
  const child = spawn(process.execPath, ['-e', SCRIPT, library, folder, join(folder, MANIFEST_FILE)], {
    cwd, env: forChild(env), stdio: ['ignore', 'ignore', 'ignore', 'ipc'], windowsHide: true,
  });
  const kill = (): void => { child.kill('SIGKILL'); };
  let isLate = false;
  const timer = setTimeout(() => { isLate = true; kill(); }, limit);
  signal.addEventListener('abort', kill);
  try {
    const comparison = await new Promise<Comparison>((resolve, reject) => {
      let answer: Comparison | undefined;
      child.once('error', reject);
      child.on('message', (message) => { if (isAnswer(message)) answer ??= message.comparison; });
      child.once('close', (code, killedBy) => {
        resolve(answer ?? (isLate ? { outcome: 'late' } : { outcome: 'ended', how: killedBy ?? `exit code ${String(code)}` }));
      });
    });
    signal.throwIfAborted();
    return comparison;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', kill);
  }
}

/** Runs in the other process, by itself: nothing of this package need be found there. */
const SCRIPT = `
const [library, folder, file] = process.argv.slice(1);
const { send, exit } = process;
const answer = (comparison) => send.call(process, { isComparison: true, comparison }, () => exit.call(process, 0));
process.once('disconnect', () => exit.call(process, 1));
const { generateManifest, manifestDifferences, readManifest } = require(library);
(async () => {
  const found = readManifest(file);
  const { manifest } = await generateManifest({ folder });
  const hashes = ({ hash, commands }) => JSON.stringify([hash, commands.map((command) => [command.path, command.hash]).sort()]);
  const isRefused = hashes(found) !== hashes(manifest);
  const differences = manifestDifferences(found, manifest);
  if (differences.length === 0 && !isRefused) return { outcome: 'same' };
  return { outcome: 'different', differences: differences.length === 0 ? ['hash'] : differences, isRefused };
})().catch((error) => {
  const { code = 'UNKNOWN', hint } = Object(error);
  return { outcome: 'failed', code: String(code), message: String(Object(error).message ?? error), hint };
}).then(answer);
`;

interface Answer {
  readonly comparison: Comparison;
}

/** The plugin may send messages of its own. */
function isAnswer(message: unknown): message is Answer {
  return typeof message === 'object' && message !== null && 'isComparison' in message && 'comparison' in message;
}

/** What configures this process's Node is no business of one that only imports a plugin, and certificates take long to load. */
function forChild(env: ManifestCheck['env']): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'NODE_OPTIONS' && name !== 'NODE_EXTRA_CA_CERTS'));
}
