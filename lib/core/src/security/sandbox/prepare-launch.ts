import { closeSync, rmSync } from 'node:fs';
import type { Backend, Enclosure } from './backends/backend.js';
import type { Confinement, ControlState, Launch } from './confinement.js';
import { environmentOf } from './environment.js';
import { followedPaths, grantedPaths, mergedPaths, unmovedPaths } from './granted-paths.js';
import { nodeFiles } from './node-files.js';
import { nodeFlags } from './node-flags.js';
import { limitingWords } from './resource-limits.js';

/** What differs between launches for plugins and those that prove what holds. */
export interface LaunchOptions {
  /** Bytes, in all. */
  readonly dataLimit?: number | undefined;
  /** False leaves out what Node itself denies, so that only the system is left to do so. */
  readonly isCheckedByNode?: boolean;
  /** The process that is to start it; this one when left out, and 0 where it is not known yet. */
  readonly parent?: number;
}

/** Everything for starting Node in a backend. */
export function prepareLaunch(backend: Backend, nodeArgs: readonly string[], confinement: Confinement, options: LaunchOptions = {}): Launch {
  const { dataLimit, isCheckedByNode = true, parent = process.pid } = options;
  const granted = grantedPaths(confinement);
  const enclosure = backend.prepare(confinement, mergedPaths(granted, nodeFiles()), parent);
  const { words, temporaryFolder } = enclosure;
  const flags = !isCheckedByNode ? [] : nodeFlags({
    read: [...(confinement.found ?? []).filter(({ path }) => granted.read.includes(path)).map(({ given }) => given), ...granted.read],
    // Also what is not there yet.
    write: [...unmovedPaths(confinement.write), temporaryFolder],
    limits: confinement.limits,
    isNetworkDenied: backend.controls.some(({ control, by }) => control === 'network' && by === 'kernel'),
  });
  return launchIn(enclosure, controlsOf(backend, confinement, dataLimit), confinement, [...limits(confinement, dataLimit), ...words, process.execPath, ...flags, ...nodeArgs]);
}

/** The same for any program, an absolute path; `undefined` where the backend confines none. */
export function prepareProgram(backend: Backend, program: string, args: readonly string[], confinement: Confinement, dataLimit: number | undefined): Launch | undefined {
  const installed = grantedPaths({ read: [], write: [], found: followedPaths([program, ...PROGRAM_FOLDERS]), cwd: '/' });
  const enclosure = backend.prepareProgram?.(confinement, mergedPaths(grantedPaths(confinement), installed));
  return enclosure === undefined ? undefined : launchIn(enclosure, controlsOf(backend, confinement, dataLimit), confinement, [...limits(confinement, dataLimit), ...enclosure.words, program, ...args]);
}

/** Where systems keep programs, and what these need to start: nobody's data. */
const PROGRAM_FOLDERS = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/etc/ld.so.cache', '/etc/alternatives', '/etc/ssl/openssl.cnf', '/nix/store'];

/** What keeps a process from what, as it is started: no memory is limited where nobody knows what Node itself takes. */
export function controlsOf({ controls }: Backend, { limits: { memory } }: Confinement, dataLimit: number | undefined): readonly ControlState[] {
  if (memory === undefined || dataLimit !== undefined) return controls;
  return controls.map((state) => (state.control === 'memory' && state.by === 'kernel' ? { control: 'memory', by: 'none', detail: 'what Node itself takes could not be found out' } : state));
}

function launchIn(enclosure: Enclosure, controls: readonly ControlState[], confinement: Confinement, [program = '', ...args]: readonly string[]): Launch {
  const { descriptors, temporaryFolder, leftovers, confiners } = enclosure;
  return {
    program, args, env: environmentOf(confinement, temporaryFolder), cwd: confinement.cwd, stdio: descriptors, controls, confiners,
    endOf: (code, signal) => enclosure.endOf(code, signal),
    release: once(() => { descriptors.forEach((descriptor) => { closeSync(descriptor); }); }),
    dispose: once(() => { leftovers.forEach((folder) => { rmSync(folder, { recursive: true, force: true }); }); }),
  };
}

function limits(confinement: Confinement, dataLimit: number | undefined): string[] {
  return process.platform === 'win32' ? [] : limitingWords(confinement.limits, dataLimit);
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    action();
  };
}
