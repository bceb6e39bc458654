import { spawn, type ChildProcess } from 'node:child_process';

/** Ends a process that leads a group, spawned with `detached`, and all that is in that group, at once. */
export function killProcessGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true }).once('error', () => undefined);
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // There is none of it left.
  }
}
