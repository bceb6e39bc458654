import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../platform/make-folder.js';
import { writeAtomically } from '../../platform/write-atomically.js';

/** What was found out about this machine: true of this Node only, and as far as whoever reads it can tell. */
export interface MachineFacts {
  /** Bytes of data that Node has taken once it runs. */
  readonly dataFloor?: unknown;
  /** The name of the backend that works, with what that may depend on, and what Node needs to start in it. */
  readonly backend?: unknown;
  readonly surroundings?: unknown;
  readonly libraries?: unknown;
}

const FILE = 'sandbox.json';

/** What earlier processes found out; nothing without a folder that keeps it. */
export async function recalledFacts(cacheFolder: string | undefined): Promise<MachineFacts> {
  if (cacheFolder === undefined) return {};
  const content = await contentOf(join(cacheFolder, FILE));
  return content['node'] === (await thisNode()) ? content : {};
}

let writing: Promise<void> = Promise.resolve();

/** Keeps facts beside those that there are. What cannot be kept is found out again. */
export function rememberFacts(cacheFolder: string | undefined, facts: MachineFacts): Promise<void> {
  if (cacheFolder === undefined) return Promise.resolve();
  return (writing = writing.then(async () => {
    const content = { ...(await recalledFacts(cacheFolder)), ...facts, node: await thisNode() };
    makeFolder(cacheFolder);
    await writeAtomically(join(cacheFolder, FILE), JSON.stringify(content));
  }).catch(() => undefined));
}

async function thisNode(): Promise<string> {
  const { mtimeMs, size } = await stat(process.execPath);
  return [process.execPath, process.version, mtimeMs, size].join(' ');
}

async function contentOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return Object(JSON.parse(await readFile(file, 'utf8'))) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
