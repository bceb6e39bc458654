import type { Control, ControlState } from '../confinement.js';
import type { GrantedPaths } from '../granted-paths.js';
import { FIRST_HANDED } from '../handed-descriptors.js';
import { handedFile } from '../handed-file.js';
import { nodeFiles } from '../node-files.js';
import { OWN_PROCESS, seccompFilter } from '../seccomp/filter.js';
import type { FilteredArchitecture } from '../seccomp/system-calls.js';
import type { Backend } from './backend.js';
import { LANDLOCK_LAUNCHER } from './landlock-launcher.js';
import { enclosureWithFolder } from './own-folder.js';

/** Of `struct landlock_path_beneath_attr`: running, reading and listing, and all of writing but sockets and devices. */
const Rights = { run: 0x1, read: 0xc, write: 0x75be } as const;

const SystemCall: Readonly<Record<FilteredArchitecture, { readonly prctl: number; readonly capset: number }>> = {
  x64: { prctl: 157, capset: 126 },
  arm64: { prctl: 167, capset: 91 },
};

/** Linux without namespaces: the kernel checks each path and each system call, in the file system that all see. */
export function landlockBackend(perl: string, architecture: FilteredArchitecture): Backend {
  const filter = seccompFilter(architecture, { protectMetadata: true, ownProcesses: false });
  const { prctl, capset } = SystemCall[architecture];
  return {
    name: 'landlock',
    controls: CONTROLS,
    prepare: (_confinement, granted, parent) => {
      const numbers = [parent, prctl, capset, FIRST_HANDED, OWN_PROCESS].map(String);
      const words = (folder: string): string[] => [perl, '-e', LANDLOCK_LAUNCHER, '--', ...numbers, ...grants(granted, folder), '--'];
      return enclosureWithFolder(words, [handedFile(filter)]);
    },
  };
}

function grants({ read, write }: GrantedPaths, temporaryFolder: string): string[] {
  const own = nodeFiles().read;
  return [
    ...read.map((path) => `${String(own.includes(path) ? Rights.read | Rights.run : Rights.read)}:${path}`),
    ...[...write, temporaryFolder].map((path) => `${String(Rights.read | Rights.write)}:${path}`),
    `${String(Rights.read | 0x2)}:/dev/null`,
    ...['/dev/urandom', '/dev/zero', '/proc/self', '/proc/meminfo', '/proc/cpuinfo'].map((path) => `${String(Rights.read)}:${path}`),
  ];
}

const byKernel = (control: Control, means: NonNullable<ControlState['means']>): ControlState => ({ control, by: 'kernel', means });

const CONTROLS: readonly ControlState[] = [
  byKernel('files', 'landlock'),
  { control: 'file-metadata', by: 'node', means: 'permission-flags', detail: 'only Node keeps the modes and times of open files that may be read; by their path, those of no file can be changed' },
  { control: 'existence', by: 'none', detail: 'whether a file is there, its size and its times can be asked for' },
  byKernel('network', 'seccomp'),
  byKernel('processes', 'seccomp'),
  byKernel('signals', 'seccomp'),
  byKernel('kernel-interfaces', 'seccomp'),
  byKernel('memory', 'rlimit'),
  byKernel('cpu-time', 'rlimit'),
  byKernel('environment', 'landlock'),
  byKernel('descriptors', 'close-on-exec'),
  byKernel('death-with-host', 'death-signal'),
];
