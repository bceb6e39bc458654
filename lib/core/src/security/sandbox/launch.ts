import { catalogued } from '../../errors/index.js';
import { availableBackend, provenBackend } from './available-backend.js';
import type { Backend } from './backends/backend.js';
import type { Confinement, ConfinementOptions, Control, Launch, ProcessLimits } from './confinement.js';
import { dataFloor } from './data-floor.js';
import { controlsOf, prepareLaunch, prepareProgram } from './prepare-launch.js';

/**
 * How to start Node confined on this machine: `nodeArgs` are a script and its arguments; Node's own flags are added.
 * The script, and all it loads, has to be among what may be read.
 *
 * @throws SANDBOX_UNAVAILABLE in `strict`, where the kernel does not enforce everything.
 */
export async function launchOf(nodeArgs: readonly string[], confinement: Confinement, options: ConfinementOptions): Promise<Launch> {
  const { mode, cacheFolder } = options;
  // At once: both start Node, the first time.
  const [available, limit] = await Promise.all([availableBackend(cacheFolder), dataLimit(confinement.limits, cacheFolder)]);
  const isLess = mode === 'strict' && missingIn(available, confinement, limit).length > 0;
  const backend = isLess ? await provenBackend(cacheFolder) : available;
  const missing = mode === 'strict' ? missingIn(backend, confinement, limit) : [];
  if (missing.length > 0) throw catalogued('SANDBOX_UNAVAILABLE', { missing, platform: process.platform });
  const launch = prepareLaunch(backend, nodeArgs, confinement, { dataLimit: limit });
  backends.set(launch, backend);
  return launch;
}

/** What was used for launches. */
const backends = new WeakMap<Launch, Backend>();

/**
 * Whether a launch whose process did not come up was made for what does not work on this machine: it was only remembered that
 * it does. The next launch is another one.
 */
export async function isOutdated(launch: Launch, cacheFolder: string | undefined): Promise<boolean> {
  return backends.get(launch) !== (await provenBackend(cacheFolder));
}

/** What the kernel does not enforce. */
function missingIn(backend: Backend, confinement: Confinement, limit: number | undefined): readonly Control[] {
  return controlsOf(backend, confinement, limit).filter(({ by }) => by !== 'kernel').map(({ control }) => control);
}

/**
 * How to start any program confined as its plugin is: `program` is an absolute path. It may start others, which are confined
 * with it. Beside what may be read, it sees where systems keep programs. `undefined` where this machine cannot do that.
 */
export async function programLaunchOf(program: string, args: readonly string[], confinement: Confinement, cacheFolder: string | undefined): Promise<Launch | undefined> {
  const [backend, limit] = await Promise.all([availableBackend(cacheFolder), dataLimit(confinement.limits, cacheFolder)]);
  return prepareProgram(backend, program, args, confinement, limit);
}

async function dataLimit({ memory }: ProcessLimits, cacheFolder: string | undefined): Promise<number | undefined> {
  if (memory === undefined) return undefined;
  const floor = await dataFloor(cacheFolder);
  return floor === undefined ? undefined : floor + memory;
}
