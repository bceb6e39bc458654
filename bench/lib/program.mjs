/** Running one program and taking its time or its memory. */

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { quietEnvironment } from './environment.mjs';

/**
 * @typedef {object} Command
 * @property {string} program
 * @property {readonly string[]} [args]
 * @property {string} [cwd]
 * @property {Readonly<Record<string, string>>} [env] besides what is there
 */

const MAX_OUTPUT = 256 * 1024 * 1024;

const TIME_PROGRAM = '/usr/bin/time';

/**
 * Runs a program to its end.
 * @param {Command} command
 * @returns {{ milliseconds: number, output: string }}
 * @throws {Error} with what it wrote to stderr, when it fails
 */
export function run({ program, args = [], cwd, env = {} }) {
  const start = performance.now();
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    // As in a script, the output goes to a pipe.
    cwd, env: { ...quietEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: MAX_OUTPUT,
  });
  const milliseconds = performance.now() - start;
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${String(status)}\n${stderr.toString()}`);
  return { milliseconds, output: stdout.toString() };
}

/**
 * Runs a program to its end, and gives the most memory that it, or one process that it waited for, had resident.
 *
 * The process that starts it must be a small one: on Linux a child's peak counts from before its `exec`.
 * @param {Command} command
 * @returns {number | undefined} bytes; undefined where the system has no such clock
 */
export function peakMemory({ program, args = [], cwd, env = {} }) {
  const clock = memoryClock();
  if (clock === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'structum-bench-'));
  try {
    const file = join(folder, 'time.txt');
    run({ program: TIME_PROGRAM, args: [...clock.flags, '-o', file, program, ...args], env, ...(cwd === undefined ? {} : { cwd }) });
    return clock.read(readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** How `time` of this system tells memory. */
function memoryClock() {
  if (!existsSync(TIME_PROGRAM)) return undefined;
  if (process.platform === 'darwin') return { flags: ['-l'], read: (/** @type {string} */ text) => Number.parseInt(text.match(/(\d+)\s+maximum resident/)?.[1] ?? '', 10) };
  const isGnu = spawnSync(TIME_PROGRAM, ['-f', '%M', 'true']).status === 0;
  return isGnu ? { flags: ['-f', '%M'], read: (/** @type {string} */ text) => Number.parseInt(text, 10) * 1024 } : undefined;
}

/**
 * Whether a program is on the PATH.
 * @param {string} program
 */
export function isInstalled(program) {
  const names = process.platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program];
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => names.some((name) => isExecutable(join(folder, name))));
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
