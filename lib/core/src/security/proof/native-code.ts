import { tmpdir } from 'node:os';
import { findProgram } from '../../platform/find-program.js';
import type { Backend } from '../sandbox/backends/backend.js';
import { prepareProgram } from '../sandbox/prepare-launch.js';
import { isFiltered } from '../sandbox/seccomp/filter.js';
import { SystemCalls, type SystemCallNumber } from '../sandbox/seccomp/system-calls.js';
import { BEGUN } from './attacks.js';
import { achievedBy } from './attempt.js';

const { mounts: { unshare, mount, setns }, otherProcesses: { ptrace }, kernel: { bpf, userfaultfd, keyctl }, queues: { io_uring_setup } } = SystemCalls;

/** Of all that is denied, what harms nobody where it is not. */
const CALLS: Readonly<Record<string, SystemCallNumber>> = { unshare, mount, setns, ptrace, bpf, userfaultfd, keyctl, io_uring_setup };

/** Anything but "not permitted" and "no such call" comes from the call itself. */
const SCRIPT = `
  $| = 1;
  print "${BEGUN}";
  print "may change settings of the kernel" if sysopen(my $file, "/proc/sys/fs/aio-max-nr", 1);
  for (@ARGV) {
    my ($name, $number) = split /:/;
    print "makes the system call $name " if syscall($number + 0, 0, 0, 0, 0, 0, 0) != -1 || $! != 1 && $! != 38;
  }`;

export async function isPerlThere(): Promise<boolean> {
  return (await findProgram('perl')) !== undefined;
}

/** What a program achieves that runs for a plugin, and that can make any system call; `undefined` where that was denied, or none is run. */
export async function attemptNatively(backend: Backend): Promise<string | undefined> {
  const perl = await findProgram('perl');
  if (perl === undefined) return undefined;
  const launch = prepareProgram(backend, perl, ['-e', SCRIPT, ...calls()], { read: [], write: [], cwd: tmpdir(), env: {}, limits: {} }, undefined);
  return launch === undefined ? undefined : achievedBy(launch);
}

function calls(): readonly string[] {
  const { arch } = process;
  return !isFiltered(arch) ? [] : Object.entries(CALLS).map(([name, call]) => `${name}:${String(typeof call === 'number' ? call : call[arch] ?? '')}`);
}
