import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { FIRST_HANDED, withHanded } from '../sandbox/handed-descriptors.js';
import { prepareLaunch } from '../sandbox/prepare-launch.js';
import type { Assault } from './attempt.js';

/** More than the kernel takes to end a process, in milliseconds. */
const DEADLINE = 5000;

/** Starts what its environment says, as a host would, and stays. */
const HOST = `
  const { program, args, env, stdio } = JSON.parse(process.env.LAUNCH);
  require('node:child_process').spawn(program, args, { env, detached: true, stdio });
  setInterval(() => {}, 1000);
`;

/** Never lets go of its output, which tells whether it is there. */
const SPINNING = `fs.writeSync(1, String(process.pid)); const end = Date.now() + ${String(DEADLINE * 2)}; while (Date.now() < end);`;

/** Kills the host of a confined process, and says so when that process lives on; `undefined` where it ends. */
export async function attemptToOutlive({ backend, isCheckedByNode }: Assault): Promise<string | undefined> {
  const launch = prepareLaunch(backend, ['-e', SPINNING], { read: [], write: [], cwd: tmpdir(), env: {}, limits: {} }, { isCheckedByNode, parent: 0 });
  try {
    const { program, args, env, stdio } = launch;
    const handedOn = withHanded(['ignore', 'inherit', 'ignore'], stdio.map((_, index) => FIRST_HANDED + index));
    const host = spawn(process.execPath, ['-e', HOST], {
      env: { LAUNCH: JSON.stringify({ program, args, env, stdio: handedOn }) }, windowsHide: true, stdio: withHanded(['ignore', 'pipe', 'ignore'], stdio),
    });
    launch.release();
    if (host.stdout === null) return undefined;
    await Promise.race([once(host.stdout, 'data'), once(host, 'close')]);
    host.kill('SIGKILL');
    return await Promise.race([once(host, 'close').then(() => undefined), livesOn()]);
  } finally {
    launch.release();
    launch.dispose();
  }
}

function livesOn(): Promise<string> {
  return new Promise((resolve) => { setTimeout(() => { resolve('lives on when its host was killed'); }, DEADLINE).unref(); });
}
