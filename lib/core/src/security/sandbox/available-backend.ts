import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findProgram } from '../../platform/find-program.js';
import { bubblewrapBackend } from './backends/bubblewrap.js';
import { landlockBackend } from './backends/landlock.js';
import { permissionFlagsBackend } from './backends/permission-flags.js';
import { seatbeltBackend } from './backends/seatbelt.js';
import type { Backend } from './backends/backend.js';
import type { Confinement, Launch } from './confinement.js';
import { prepareLaunch } from './prepare-launch.js';
import { isFiltered } from './seccomp/filter.js';

const NOTHING: Confinement = { read: [], write: [], cwd: '/', env: {}, limits: {} };

let available: Promise<Backend> | undefined;

/** The best backend that works on this machine, found out by starting Node in it, once per process. */
export function availableBackend(): Promise<Backend> {
  return (available ??= firstThatWorks());
}

async function firstThatWorks(): Promise<Backend> {
  for (const backend of await candidates()) if (await works(backend)) return backend;
  return permissionFlagsBackend();
}

/** The best first. */
async function candidates(): Promise<Backend[]> {
  const seatbelt = process.platform === 'darwin' ? await findProgram('sandbox-exec') : undefined;
  if (seatbelt !== undefined) return [seatbeltBackend(seatbelt)];
  if (process.platform !== 'linux') return [];
  const [bubblewrap, perl] = await Promise.all([findProgram('bwrap'), findProgram('perl')]);
  return [
    ...(bubblewrap === undefined ? [] : [bubblewrapBackend(bubblewrap)]),
    ...(perl === undefined || !isFiltered(process.arch) ? [] : [landlockBackend(perl, process.arch)]),
  ];
}

/** Namespaces may be forbidden, and what is installed may be too old: only trying tells. */
async function works(backend: Backend): Promise<boolean> {
  let launch: Launch | undefined;
  try {
    launch = prepareLaunch(backend, ['--version'], NOTHING);
    const child = spawn(launch.program, launch.args, {
      cwd: launch.cwd, env: launch.env, detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ignore', ...launch.stdio],
    });
    launch.release();
    const [code] = (await once(child, 'exit')) as [number | null];
    return code === 0;
  } catch {
    return false;
  } finally {
    launch?.release();
    launch?.dispose();
  }
}
