import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { recalledFacts, rememberFacts } from './machine-memory.js';

const KIBIBYTE = 1024;
const SAY_DATA_SIZE = `process.stdout.write(fs.readFileSync('/proc/self/status', 'utf8').match(/^VmData:\\s*(\\d+)/m)[1])`;

let known: Promise<number | undefined> | undefined;

/**
 * Bytes of data that this Node has taken once it runs, which differ by hundreds of mebibytes between versions: a limit has to
 * come on top. `undefined` where the system does not say. Found out by starting Node, once per version and cache folder.
 */
export function dataFloor(cacheFolder: string | undefined): Promise<number | undefined> {
  return (known ??= process.platform === 'linux' ? rememberedFloor(cacheFolder) : Promise.resolve(undefined));
}

async function rememberedFloor(cacheFolder: string | undefined): Promise<number | undefined> {
  const remembered = await recalledFacts(cacheFolder);
  if (typeof remembered.dataFloor === 'number') return remembered.dataFloor;
  const floor = await measuredFloor();
  if (floor !== undefined) await rememberFacts(cacheFolder, { dataFloor: floor });
  return floor;
}

async function measuredFloor(): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', SAY_DATA_SIZE], { env: {} });
    return Number(stdout) * KIBIBYTE;
  } catch {
    return undefined;
  }
}
