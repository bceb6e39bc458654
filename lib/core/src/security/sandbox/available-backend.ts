import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findProgram } from '../../platform/find-program.js';
import { bubblewrapBackend } from './backends/bubblewrap.js';
import { landlockBackend } from './backends/landlock.js';
import { permissionFlagsBackend } from './backends/permission-flags.js';
import { seatbeltBackend } from './backends/seatbelt.js';
import type { Backend } from './backends/backend.js';
import type { Confinement, Launch } from './confinement.js';
import { withHanded } from './handed-descriptors.js';
import { recalledFacts, rememberFacts } from './machine-memory.js';
import { knowLibraries, sharedLibraries } from './node-files.js';
import { prepareLaunch } from './prepare-launch.js';
import { isFiltered } from './seccomp/filter.js';
import { surroundings } from './surroundings.js';

/** With all that a confinement may ask of what confines: an older one may not know some of it. */
const NOTHING: Confinement = { read: [], write: [], empty: ['/tmp/structum-nothing'], cwd: '/', env: {}, limits: { memory: 2 ** 30 } };

/** A backend, and whether that it works was found out by this process. */
interface Found {
  readonly backend: Backend;
  readonly isProven: boolean;
}

let found: Promise<Found> | undefined;

/**
 * The best backend that works on this machine, found out by starting Node in it, once per process; or what an earlier process
 * found out, where nothing has changed since that could matter. It may not work all the same: see {@link provenBackend}.
 */
export async function availableBackend(cacheFolder?: string): Promise<Backend> {
  return (await (found ??= recalledOrProven(cacheFolder))).backend;
}

/** The same, found out by this very process. What was remembered and does not work is forgotten. */
export async function provenBackend(cacheFolder?: string): Promise<Backend> {
  const before = found;
  const known = await before;
  // Others may have begun with it meanwhile.
  if (known?.isProven !== true && found === before) found = proven(cacheFolder, known?.backend);
  return availableBackend(cacheFolder);
}

async function recalledOrProven(cacheFolder: string | undefined): Promise<Found> {
  if (cacheFolder === undefined) return proven(cacheFolder);
  const all = await candidates();
  const [facts, now] = await Promise.all([recalledFacts(cacheFolder), surroundings(all.map(({ program }) => program))]);
  const remembered = facts.surroundings === now ? all.find(({ backend }) => backend.name === facts.backend) : undefined;
  if (remembered === undefined || !areTexts(facts.libraries)) return proven(cacheFolder);
  knowLibraries(facts.libraries);
  return { backend: remembered.backend, isProven: false };
}

/** @param remembered - Stays the very same where it turns out to be right. */
async function proven(cacheFolder: string | undefined, remembered?: Backend): Promise<Found> {
  if (remembered !== undefined) knowLibraries(undefined);
  const all = await candidates();
  for (const { backend } of all) {
    if (!(await works(backend))) continue;
    await rememberFacts(cacheFolder, { backend: backend.name, surroundings: await surroundings(all.map(({ program }) => program)), libraries: sharedLibraries() });
    return { backend: backend.name === remembered?.name ? remembered : backend, isProven: true };
  }
  // There may be more the next time.
  await rememberFacts(cacheFolder, { backend: undefined });
  return { backend: permissionFlagsBackend(), isProven: true };
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** What could confine, by the program that does it. */
interface Candidate {
  readonly program: string;
  readonly backend: Backend;
}

/** The best first. */
async function candidates(): Promise<readonly Candidate[]> {
  const seatbelt = process.platform === 'darwin' ? await findProgram('sandbox-exec') : undefined;
  if (seatbelt !== undefined) return [{ program: seatbelt, backend: seatbeltBackend(seatbelt) }];
  if (process.platform !== 'linux') return [];
  const [bubblewrap, perl] = await Promise.all([findProgram('bwrap'), findProgram('perl')]);
  return [
    ...(bubblewrap === undefined ? [] : [{ program: bubblewrap, backend: bubblewrapBackend(bubblewrap) }]),
    ...(perl === undefined || !isFiltered(process.arch) ? [] : [{ program: perl, backend: landlockBackend(perl, process.arch) }]),
  ];
}

/** Namespaces may be forbidden, and what is installed may be too old: only trying tells. */
async function works(backend: Backend): Promise<boolean> {
  let launch: Launch | undefined;
  try {
    launch = prepareLaunch(backend, ['--version'], NOTHING);
    const child = spawn(launch.program, launch.args, {
      cwd: launch.cwd, env: launch.env, detached: true, stdio: withHanded(['ignore', 'ignore', 'ignore'], launch.stdio),
    });
    launch.release();
    const [code] = (await once(child, 'exit')) as [number | null];
    return code === 0;
  } catch {
    return false;
  } finally {
    launch?.release();
    launch?.dispose();
  }
}
