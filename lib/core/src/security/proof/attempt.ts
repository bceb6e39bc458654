import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { spawnAlone } from '../../platform/spawn-alone.js';
import type { Backend } from '../sandbox/backends/backend.js';
import { dataFloor } from '../sandbox/data-floor.js';
import { withHanded } from '../sandbox/handed-descriptors.js';
import type { Launch } from '../sandbox/index.js';
import { prepareLaunch } from '../sandbox/prepare-launch.js';
import { attackModule, BEGUN, type Attack } from './attacks.js';
import { Bait } from './bait.js';

/** More than any attack takes, in milliseconds. */
const DEADLINE = 20_000;

/** How the attacks are made. */
export interface Assault {
  readonly backend: Backend;
  /** False leaves Node's own checks out, to see what the system does alone. */
  readonly isCheckedByNode: boolean;
  /** Folders of the host, for bait. */
  readonly places?: readonly string[];
}

/**
 * Makes an attack in a confined process, and says what it achieved; `undefined` where it was denied.
 *
 * @param leftOpen - A file that this process was started with, and that the confined one is not to have.
 */
export async function attempt(attack: Attack, { backend, isCheckedByNode, places }: Assault, leftOpen?: number): Promise<string | undefined> {
  await using bait = await Bait.lay(places, leftOpen);
  const { limits = {} } = attack;
  const dataLimit = limits.memory === undefined ? undefined : limits.memory + ((await dataFloor(undefined)) ?? 0);
  const confinement = { read: [bait.readable], write: [], cwd: bait.readable, env: { BAIT: JSON.stringify(bait.data) }, limits };
  const launch = prepareLaunch(backend, ['--input-type=module', '-e', attackModule(attack)], confinement, { dataLimit, isCheckedByNode });
  return (await achievedBy(launch)) ?? (bait.isTouched ? 'changed files' : undefined);
}

/** What a process wrote that it achieved. What ends before the attack began shows nothing. */
export async function achievedBy(launch: Launch): Promise<string | undefined> {
  const output = await outputOf(launch);
  if (!output.startsWith(BEGUN)) return 'could not be attempted: the confined process did not start';
  return output.slice(BEGUN.length) || undefined;
}

async function outputOf(launch: Launch): Promise<string> {
  try {
    const child = spawnAlone(launch.program, launch.args, {
      cwd: launch.cwd, env: launch.env, detached: true, windowsHide: true, stdio: withHanded(['ignore', 'pipe', 'ignore'], launch.stdio),
    });
    launch.release();
    const deadline = setTimeout(() => { endGroup(child); }, DEADLINE);
    const [output] = await Promise.all([child.stdout === null ? '' : text(child.stdout), once(child, 'close')]);
    clearTimeout(deadline);
    return output;
  } finally {
    launch.release();
    launch.dispose();
  }
}

/** Ends a process and all that it started. */
function endGroup(child: ChildProcess): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
