import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeAtomically } from '../../platform/write-atomically.js';

const FILE = 'sandbox.json';
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
  if (cacheFolder === undefined) return measuredFloor();
  const file = join(cacheFolder, FILE);
  const { mtimeMs, size } = await stat(process.execPath);
  const node = [process.execPath, process.version, mtimeMs, size].join(' ');
  const remembered = await contentOf(file);
  if (remembered?.node === node && typeof remembered.dataFloor === 'number') return remembered.dataFloor;
  const floor = await measuredFloor();
  // What cannot be remembered is found out again.
  if (floor !== undefined) await writeAtomically(file, JSON.stringify({ node, dataFloor: floor })).catch(() => undefined);
  return floor;
}

async function contentOf(file: string): Promise<{ readonly node?: unknown; readonly dataFloor?: unknown } | undefined> {
  try {
    return Object(JSON.parse(await readFile(file, 'utf8'))) as object;
  } catch {
    return undefined;
  }
}

async function measuredFloor(): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', SAY_DATA_SIZE], { env: {} });
    return Number(stdout) * KIBIBYTE;
  } catch {
    return undefined;
  }
}
