import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';

const PRELOADED = import.meta.resolve('./kill-at-step.js');

/** How often each program is killed; `TEST_CRASHES` says so for long runs. */
export const CRASHES = Number(process.env['TEST_CRASHES'] ?? 12);

/** A program that changes what is in a folder. */
export interface ChangingProgram {
  /** Arguments for `node`. */
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The folder, absolute. */
  readonly folder: string;
}

/** How many steps a program takes in changing its folder. It runs to its end. */
export async function stepsOf(program: ChangingProgram): Promise<number> {
  const child = start(program, {});
  let told = '';
  child.stdio[3]?.on('data', (text: Buffer) => { told += text.toString(); });
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code, program.args.join(' ')).to.equal(0);
  return Number(told);
}

/** Runs a program that is killed at a step of its changes: the first is 1. Fails when it ends before. */
export async function killAt(step: number, program: ChangingProgram): Promise<void> {
  const [code, signal] = (await once(start(program, { STRUCTUM_KILL_AT: String(step) }), 'close')) as [number | null, string | null];
  // Windows knows no signals: a process that kills itself ends with 1.
  const killed = process.platform === 'win32' ? code === 1 : signal === 'SIGKILL';
  expect(killed, `${program.args.join(' ')} came to step ${String(step)}`).to.equal(true);
}

function start({ args, cwd, env, folder }: ChangingProgram, more: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, ['--import', PRELOADED, ...args], {
    cwd, env: { ...(env ?? process.env), ...more, STRUCTUM_KILL_IN: folder }, stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
}
