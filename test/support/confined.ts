import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { launchOf, type Confinement, type Launch, type ProcessEnd } from '#internal/core/security/sandbox/index.js';
import { temporaryFolder, writeFiles } from './folder.js';

/** What a confined process said, and how it ended. */
export interface ConfinedRun extends ProcessEnd {
  readonly stdout: string;
  readonly stderr: string;
}

/** Whether this machine has bubblewrap, and lets it work. */
export const hasBubblewrap = process.platform === 'linux' && spawnSync('bwrap', ['--unshare-all', '--ro-bind', '/', '/', 'true']).status === 0;

/** Runs the source of a module in a confined process, which may read nothing but the module and what is given. */
export async function runConfined(source: string, given: Partial<Confinement> = {}, mode: 'standard' | 'strict' = 'strict'): Promise<ConfinedRun> {
  const folder = temporaryFolder();
  writeFiles(folder, { 'main.mjs': source });
  const confinement = { write: [], cwd: folder, env: {}, limits: {}, ...given, read: [folder, ...(given.read ?? [])] };
  return runLaunch(await launchOf([join(folder, 'main.mjs')], confinement, { mode }));
}

/** Starts a launch as hosts do, and waits for its end. */
export async function runLaunch(launch: Launch): Promise<ConfinedRun> {
  const child = spawn(launch.program, launch.args, {
    env: launch.env, cwd: launch.cwd, detached: true, stdio: ['pipe', 'pipe', 'pipe', 'pipe', ...launch.stdio],
  });
  launch.release();
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => { output.stdout += text; });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => { output.stderr += text; });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...end) => { resolve(end); });
  });
  launch.dispose();
  return { ...output, ...launch.endOf(code, signal) };
}

/** The JSON that the last expression of a module's source gives, or the code of what it throws. */
export async function confinedResult(expression: string, given: Partial<Confinement> = {}, mode: 'standard' | 'strict' = 'strict'): Promise<unknown> {
  const source = `
    import fs from 'node:fs'; import net from 'node:net'; import dgram from 'node:dgram'; import dns from 'node:dns/promises'; import os from 'node:os';
    import { execFileSync, fork } from 'node:child_process'; import { Worker } from 'node:worker_threads'; import { promisify } from 'node:util'; import zlib from 'node:zlib'; import crypto from 'node:crypto';
    const settled = (emitter, event) => new Promise((resolve, reject) => { emitter.on('error', reject).on(event, () => resolve(event)); });
    const answer = await (async () => (${expression}))().catch((error) => ({ denied: error.cause?.code ?? error.code ?? error.message }));
    fs.writeSync(1, JSON.stringify(answer) ?? 'null');
    process.exit();
  `;
  const { stdout, stderr, code, signal } = await runConfined(source, given, mode);
  return stdout === '' ? { stderr, code, signal } : JSON.parse(stdout);
}
