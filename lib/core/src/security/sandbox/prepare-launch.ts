import { closeSync, rmSync } from 'node:fs';
import type { Backend } from './backends/backend.js';
import type { Confinement, Launch } from './confinement.js';
import { environmentOf } from './environment.js';
import { grantedPaths, mergedPaths } from './granted-paths.js';
import { nodeFiles } from './node-files.js';
import { nodeFlags } from './node-flags.js';
import { limitingWords } from './resource-limits.js';

/** Everything for starting Node in a backend; `dataLimit` is in bytes. */
export function prepareLaunch(backend: Backend, nodeArgs: readonly string[], confinement: Confinement, dataLimit: number | undefined): Launch {
  const granted = grantedPaths(confinement);
  const enclosure = backend.prepare(confinement, mergedPaths(granted, nodeFiles()));
  const { words, descriptors, temporaryFolder, leftovers } = enclosure;
  const flags = nodeFlags({
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
