import { catalogued } from '../../errors/index.js';
import { availableBackend } from './available-backend.js';
import type { Confinement, ConfinementOptions, Launch, ProcessLimits } from './confinement.js';
import { dataFloor } from './data-floor.js';
import { controlsOf, prepareLaunch, prepareProgram } from './prepare-launch.js';

/**
 * How to start Node confined on this machine: `nodeArgs` are a script and its arguments; Node's own flags are added.
 * The script, and all it loads, has to be among what may be read.
 *
 * @throws SANDBOX_UNAVAILABLE in `strict`, where the kernel does not enforce everything.
 */
export async function launchOf(nodeArgs: readonly string[], confinement: Confinement, options: ConfinementOptions): Promise<Launch> {
  // At once: both start Node, the first time.
  const [backend, limit] = await Promise.all([availableBackend(), dataLimit(confinement.limits, options.cacheFolder)]);
  const missing = controlsOf(backend, confinement, limit).filter(({ by }) => by !== 'kernel');
  if (options.mode === 'strict' && missing.length > 0) {
    throw catalogued('SANDBOX_UNAVAILABLE', { missing: missing.map(({ control }) => control), platform: process.platform });
  }
  return prepareLaunch(backend, nodeArgs, confinement, { dataLimit: limit });
}

/**
 * How to start any program confined as its plugin is: `program` is an absolute path. It may start others, which are confined
 * with it. Beside what may be read, it sees where systems keep programs. `undefined` where this machine cannot do that.
 */
export async function programLaunchOf(program: string, args: readonly string[], confinement: Confinement, cacheFolder: string | undefined): Promise<Launch | undefined> {
  const [backend, limit] = await Promise.all([availableBackend(), dataLimit(confinement.limits, cacheFolder)]);
  return prepareProgram(backend, program, args, confinement, limit);
}

async function dataLimit({ memory }: ProcessLimits, cacheFolder: string | undefined): Promise<number | undefined> {
  if (memory === undefined) return undefined;
  const floor = await dataFloor(cacheFolder);
  return floor === undefined ? undefined : floor + memory;
}
