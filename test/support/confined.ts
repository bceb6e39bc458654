import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '#internal/core/platform/find-program.js';
import type { Backend } from '#internal/core/security/sandbox/backends/backend.js';
import { bubblewrapBackend } from '#internal/core/security/sandbox/backends/bubblewrap.js';
import { landlockBackend } from '#internal/core/security/sandbox/backends/landlock.js';
import { followedPaths, withHanded, type Confinement, type Launch, type ProcessEnd } from '#internal/core/security/sandbox/index.js';
import { dataFloor } from '#internal/core/security/sandbox/data-floor.js';
import { prepareLaunch } from '#internal/core/security/sandbox/prepare-launch.js';
import { isFiltered } from '#internal/core/security/sandbox/seccomp/filter.js';
import { temporaryFolder, writeFiles } from './folder.js';

/** What a confined process said, and how it ended. */
export interface ConfinedRun extends ProcessEnd {
  readonly stdout: string;
  readonly stderr: string;
}

const programs = { bubblewrap: await findProgram('bwrap'), landlock: await findProgram('perl') };

/** The backend of that name where this machine has it, and lets it work. */
export function backendHere(name: 'bubblewrap' | 'landlock'): Backend | undefined {
  const program = process.platform === 'linux' ? programs[name] : undefined;
  if (program === undefined || !isFiltered(process.arch)) return undefined;
  if (name === 'landlock') return spawnSync(program, ['-e', 'exit(syscall(444, 0, 0, 1) < 3)']).status === 0 ? landlockBackend(program, process.arch) : undefined;
  return spawnSync(program, ['--unshare-all', '--ro-bind', '/', '/', 'true']).status === 0 ? bubblewrapBackend(program) : undefined;
}

/** Runs the source of a module in a confined process, which may read nothing but the module and what is given. */
export async function runConfined(backend: Backend, source: string, given: Partial<Confinement> = {}): Promise<ConfinedRun> {
  const folder = temporaryFolder();
  writeFiles(folder, { 'main.mjs': source });
  const confinement = { write: [], cwd: folder, env: {}, limits: {}, ...given, read: [folder, ...(given.read ?? [])] };
  const { memory } = confinement.limits;
  const dataLimit = memory === undefined ? undefined : memory + ((await dataFloor(undefined)) ?? 0);
  return runLaunch(prepareLaunch(backend, [join(folder, 'main.mjs')], confinement, { dataLimit }));
}

/** Runs Perl in the place of Node: it can make any system call. */
export async function runConfinedPerl(backend: Backend, script: string, args: readonly string[]): Promise<ConfinedRun> {
  const perl = programs.landlock ?? 'perl';
  const read = [perl, '/lib', '/lib64', '/usr/lib', '/usr/share/perl'];
  const launch = prepareLaunch(backend, [], { read: [], write: [], found: followedPaths(read), cwd: '/', env: {}, limits: {} }, { isCheckedByNode: false });
  return runLaunch({ ...launch, args: [...launch.args.slice(0, -1), perl, '-e', script, ...args] });
}

/** Starts a launch as hosts do, and waits for its end. */
async function runLaunch(launch: Launch): Promise<ConfinedRun> {
  const child = spawn(launch.program, launch.args, {
    env: launch.env, cwd: launch.cwd, detached: true, stdio: withHanded(['ignore', 'pipe', 'pipe', 'pipe', 'pipe'], launch.stdio),
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
export async function confinedResult(backend: Backend, expression: string, given: Partial<Confinement> = {}): Promise<unknown> {
  const source = `
    import fs from 'node:fs'; import net from 'node:net'; import dgram from 'node:dgram'; import dns from 'node:dns/promises'; import os from 'node:os';
    import { execFileSync, fork } from 'node:child_process'; import { Worker } from 'node:worker_threads'; import { promisify } from 'node:util'; import zlib from 'node:zlib'; import crypto from 'node:crypto';
    const settled = (emitter, event) => new Promise((resolve, reject) => { emitter.on('error', reject).on(event, () => resolve(event)); });
    // Where Node itself denies to listen, it throws where nobody catches it.
    process.on('uncaughtException', (error) => { fs.writeSync(1, JSON.stringify({ denied: error.code ?? error.message })); process.exit(); });
    const answer = await (async () => (${expression}))().catch((error) => ({ denied: error.cause?.code ?? error.code ?? error.message }));
    fs.writeSync(1, JSON.stringify(answer) ?? 'null');
    process.exit();
  `;
  const { stdout, stderr, code, signal } = await runConfined(backend, source, given);
  return stdout === '' ? { stderr, code, signal } : JSON.parse(stdout);
}

/** A PATH that leads to Perl, and not to bubblewrap, which lies in the same folder. */
export function pathWithoutBubblewrap(): string {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const perl = programs.landlock;
  if (perl !== undefined) symlinkSync(perl, join(folder, 'perl'));
  return folder;
}

/** A bubblewrap that does what it is told to, and what these words say. */
export function leakyBubblewrap(...words: readonly string[]): string {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const file = join(folder, 'bwrap');
  writeFiles(folder, { bwrap: `#!/bin/sh\nexec ${programs.bubblewrap ?? 'bwrap'} ${words.join(' ')} "$@"\n` });
  chmodSync(file, 0o755);
  return file;
}
