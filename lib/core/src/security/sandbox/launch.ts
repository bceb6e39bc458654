import { catalogued } from '../../errors/index.js';
import { availableBackend } from './available-backend.js';
import type { Confinement, ConfinementOptions, Launch, ProcessLimits } from './confinement.js';
import { dataFloor } from './data-floor.js';
import { prepareLaunch } from './prepare-launch.js';

/**
 * How to start Node confined on this machine: `nodeArgs` are a script and its arguments; Node's own flags are added.
 * The script, and all it loads, has to be among what may be read.
 *
 * @throws SANDBOX_UNAVAILABLE in `strict`, where the kernel does not enforce everything.
 */
export async function launchOf(nodeArgs: readonly string[], confinement: Confinement, options: ConfinementOptions): Promise<Launch> {
  // At once: both start Node, the first time.
  const [backend, limit] = await Promise.all([availableBackend(), dataLimit(confinement.limits, options.cacheFolder)]);
  const missing = backend.controls.filter(({ by }) => by !== 'kernel');
  if (options.mode === 'strict' && missing.length > 0) {
    throw catalogued('SANDBOX_UNAVAILABLE', { missing: missing.map(({ control }) => control), platform: process.platform });
  }
  return prepareLaunch(backend, nodeArgs, confinement, { dataLimit: limit });
}

async function dataLimit({ memory }: ProcessLimits, cacheFolder: string | undefined): Promise<number | undefined> {
  if (memory === undefined) return undefined;
  const floor = await dataFloor(cacheFolder);
  return floor === undefined ? undefined : floor + memory;
}
