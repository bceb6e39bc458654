import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Control, ControlState } from '../confinement.js';
import type { GrantedPaths } from '../granted-paths.js';
import type { Backend } from './backend.js';
import { enclosureWithFolder } from './own-folder.js';

/** macOS: the kernel checks what a profile says, in the file system that all see. */
export function seatbeltBackend(program: string): Backend {
  return {
    name: 'seatbelt',
    controls: CONTROLS,
    prepare: (_confinement, granted) =>
      enclosureWithFolder((folder) => [program, '-p', seatbeltProfile(granted, realpathSync(folder), process.execPath)]),
  };
}

/** A profile in the language of sandbox-exec: all is denied but what the system's libraries need, and what is granted. */
export function seatbeltProfile({ read, write, links, folder }: GrantedPaths, temporaryFolder: string, node: string): string {
  const writable = [...write, temporaryFolder];
  const passed = [...links.map(({ path }) => path), ...[...read, ...writable, folder].flatMap(waysTo)];
  return [
    '(version 1)',
    '(deny default)',
    '(import "system.sb")',
    '(deny network*)',
    '(deny process-fork)',
    `(allow process-exec (literal ${quoted(node)}))`,
    '(allow signal (target self))',
    '(allow sysctl-read)',
    `(allow file-read-metadata ${[...new Set(passed)].map((path) => `(literal ${quoted(path)})`).join(' ')})`,
    `(allow file-read* ${[...read, ...writable].map(within).join(' ')})`,
    `(allow file-write* ${writable.map(within).join(' ')})`,
  ].join('\n');
}

/** A file, or a folder and all in it. */
function within(path: string): string {
  return `(literal ${quoted(path)}) (subpath ${quoted(path)})`;
}

/** The path and the folders above it: modules are found by their real path, which looks at each. */
function waysTo(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [...waysTo(parent), path];
}

function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, String.raw`\$&`)}"`;
}

const byKernel = (control: Control, means: NonNullable<ControlState['means']> = 'seatbelt'): ControlState => ({ control, by: 'kernel', means });

const CONTROLS: readonly ControlState[] = [
  byKernel('files'),
  byKernel('file-metadata'),
  byKernel('existence'),
  byKernel('network'),
  byKernel('processes'),
  byKernel('signals'),
  { control: 'kernel-interfaces', by: 'none', detail: 'macOS lets no system calls be filtered' },
  { control: 'memory', by: 'none', detail: 'macOS limits the memory of no process' },
  byKernel('cpu-time', 'rlimit'),
  { control: 'environment', by: 'node', means: 'launcher', detail: 'that of other processes of the same user can be asked for' },
  byKernel('descriptors', 'close-on-exec'),
  { control: 'death-with-host', by: 'none', detail: 'macOS ends no process with the one that started it' },
];
