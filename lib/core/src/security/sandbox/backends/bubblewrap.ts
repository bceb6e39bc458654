import { realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { isWithin } from '../../../platform/real-path.js';
import type { Confinement, ControlState, ProcessEnd } from '../confinement.js';
import type { GrantedPaths } from '../granted-paths.js';
import { FIRST_HANDED } from '../handed-descriptors.js';
import { handedFile } from '../handed-file.js';
import { isFiltered, seccompFilter } from '../seccomp/filter.js';
import type { Backend, Enclosure } from './backend.js';
import { enclosureWithFolder } from './own-folder.js';

const TEMPORARY_FOLDER = '/tmp';

/** bubblewrap itself, and the first process of the namespace. */
const CONFINERS = 2;

/** Linux: namespaces of its own for everything, with a file system that holds nothing but what was granted. */
export function bubblewrapBackend(program: string): Backend {
  const filtered = isFiltered(process.arch) ? process.arch : undefined;
  const enclosure = (startsProcesses: boolean, confinement: Confinement, granted: GrantedPaths): Enclosure => {
    const wordsFor = (mounted: GrantedPaths): string[] =>
      [program, ...namespaces(), ...fileSystem(confinement, mounted), ...(filtered === undefined ? [] : ['--seccomp', String(FIRST_HANDED)]), '--'];
    const descriptors = filtered === undefined ? [] : [handedFile(seccompFilter(filtered, { protectMetadata: false, ownProcesses: true, startsProcesses }))];
    // Who was granted the temporary folder of all sees that one, and needs another of its own.
    const own = isShared(granted)
      ? enclosureWithFolder((folder) => wordsFor({ ...granted, write: [...granted.write, realpathSync(folder)] }), descriptors)
      : { words: wordsFor(granted), descriptors, temporaryFolder: TEMPORARY_FOLDER, leftovers: [] };
    return { ...own, confiners: CONFINERS, endOf: startsProcesses ? endOfProgram : endOf };
  };
  return {
    name: 'bubblewrap',
    controls: controls(filtered !== undefined),
    prepare: (confinement, granted) => enclosure(false, confinement, granted),
    ...(filtered === undefined ? {} : { prepareProgram: (confinement, granted) => enclosure(true, confinement, granted) }),
  };
}

function isShared({ read, write }: GrantedPaths): boolean {
  return [...read, ...write].some((path) => isWithin(TEMPORARY_FOLDER, path));
}

function namespaces(): string[] {
  return ['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'];
}

/** What lies over something else comes after it. */
function fileSystem({ cwd, limits, empty = [] }: Confinement, granted: GrantedPaths): string[] {
  const { read, write, links, folder } = granted;
  const isRootGranted = [...read, ...write].includes('/');
  const size = limits.memory === undefined ? [] : ['--size', String(limits.memory)];
  const seen = [...empty, folder];
  const bare = seen.filter((path) => liesInTemporaryFolder(path) && ![...read, ...write].some((other) => isWithin(path, other)));
  return [
    ...(isRootGranted ? [write.includes('/') ? '--bind' : '--ro-bind', '/', '/'] : []),
    '--proc', '/proc', '--dev', '/dev', ...(isShared(granted) ? [] : [...size, '--tmpfs', TEMPORARY_FOLDER]),
    ...links.flatMap(({ path, target }) => ['--symlink', target, path]),
    ...mounts(read, write, bare).filter(({ path }) => path !== '/').flatMap(({ words }) => words),
    ...seen.flatMap((path) => ['--dir', path]), '--chdir', cwd,
    // Otherwise what is written there would be lost with the temporary folder, and nobody told.
    ...bare.flatMap((path) => ['--remount-ro', path]),
    // What bubblewrap made to hold all of this lies in memory that nobody counts.
    '--remount-ro', '/dev',
    // Where the host runs as root, the settings of the kernel itself could be written there.
    '--remount-ro', '/proc', ...(isRootGranted ? [] : ['--remount-ro', '/']),
  ];
}

/** The temporary folder of a process is its own, whatever lies there for all others. */
function liesInTemporaryFolder(path: string): boolean {
  return path !== TEMPORARY_FOLDER && isWithin(path, TEMPORARY_FOLDER);
}

/** The shorter paths first; of the same path, the one for writing last. */
function mounts(read: readonly string[], write: readonly string[], bare: readonly string[]): readonly { readonly path: string; readonly words: readonly string[] }[] {
  const all = [
    // It is there, and nobody is told that nothing would be in it.
    ...bare.map((path) => ({ path, words: ['--perms', '0111', '--tmpfs', path] })),
    ...read.map((path) => ({ path, words: ['--ro-bind', path, path] })),
    ...write.map((path) => ({ path, words: ['--bind', path, path] })),
  ];
  return all.sort((one, other) => one.path.length - other.path.length);
}

function controls(isSeccompThere: boolean): ControlState[] {
  const filtered = (control: ControlState['control'], otherwise: ControlState): ControlState =>
    isSeccompThere ? { control, by: 'kernel', means: 'seccomp' } : otherwise;
  return [
    { control: 'files', by: 'kernel', means: 'bubblewrap' },
    { control: 'file-metadata', by: 'kernel', means: 'bubblewrap' },
    { control: 'existence', by: 'kernel', means: 'bubblewrap' },
    { control: 'network', by: 'kernel', means: 'bubblewrap' },
    filtered('processes', { control: 'processes', by: 'node', means: 'permission-flags', detail: `there is no filter for ${process.arch}` }),
    { control: 'signals', by: 'kernel', means: 'bubblewrap' },
    filtered('kernel-interfaces', { control: 'kernel-interfaces', by: 'none', detail: `there is no filter for ${process.arch}` }),
    { control: 'memory', by: 'kernel', means: 'rlimit' },
    { control: 'cpu-time', by: 'kernel', means: 'rlimit' },
    { control: 'environment', by: 'kernel', means: 'bubblewrap' },
    { control: 'descriptors', by: 'kernel', means: 'close-on-exec' },
    { control: 'death-with-host', by: 'kernel', means: 'bubblewrap' },
  ];
}

/** bubblewrap ends with 128 and the number of the signal that ended what it ran. */
function endOf(code: number | null, signal: NodeJS.Signals | null): ProcessEnd {
  const ended = Object.entries(constants.signals).find(([, number]) => code === 128 + number)?.[0];
  return ended === undefined ? { code, signal } : { code: null, signal: ended as NodeJS.Signals };
}

/** Programs end with such codes by themselves too, as shells and git do: only what ends those that do wrong or take too much is a signal. */
function endOfProgram(code: number | null, signal: NodeJS.Signals | null): ProcessEnd {
  const end = endOf(code, signal);
  return end.signal === null || FAULTS.has(end.signal) ? end : { code, signal };
}

const FAULTS: ReadonlySet<NodeJS.Signals> = new Set(['SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGKILL', 'SIGSEGV', 'SIGXCPU', 'SIGXFSZ', 'SIGSYS']);
