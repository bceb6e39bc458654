import { closeSync, rmSync } from 'node:fs';
import type { Backend } from './backends/backend.js';
import type { Confinement, Launch } from './confinement.js';
import { environmentOf } from './environment.js';
import { grantedPaths, mergedPaths } from './granted-paths.js';
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
  const { words, descriptors, temporaryFolder, leftovers } = enclosure;
  const flags = !isCheckedByNode ? [] : nodeFlags({
    read: [...confinement.read, ...granted.read],
    write: [...confinement.write, ...granted.write, temporaryFolder],
    limits: confinement.limits,
  });
  const [program, ...args] = [...limits(confinement, dataLimit), ...words, process.execPath, ...flags, ...nodeArgs];
  return {
    program: program ?? process.execPath, args, env: environmentOf(confinement, temporaryFolder), cwd: confinement.cwd, stdio: descriptors, controls: backend.controls,
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
