import { spawn } from 'node:child_process';

/** How a process ended. */
export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** Runs a program to its end. Its environment is this one's, but for what sets colours (`CI` too) and additional certificates. */
export async function run(program: string, args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}): Promise<Finished> {
  const { NODE_EXTRA_CA_CERTS: _certificates, FORCE_COLOR: _color, CI: _ci, ...inherited } = process.env;
  const child = spawn(program, args, { cwd: options.cwd, env: { ...inherited, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) child[stream].setEncoding('utf8').on('data', (text: string) => { output[stream] += text; });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => { resolve({ ...output, code }); });
  });
}

/** Runs a module in a Node of its own. */
export function runNode(args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}): Promise<Finished> {
  return run(process.execPath, args, options);
}
