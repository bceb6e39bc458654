import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What a process and all that it started have by now. */
export interface ProcessUsage {
  readonly processes: number;
  /** Bytes that are resident, together: on Linux without those of files, which the kernel takes back when it needs them. */
  readonly memory: number;
}

/** Tells what a process has; `undefined` where it is gone, or the system does not say. */
export type UsageOf = (pid: number) => Promise<ProcessUsage | undefined>;

/** As the system says it. Windows does not say what a process started: there it is the process alone. */
export const processUsage: UsageOf = async (pid) => {
  try {
    if (process.platform === 'linux') return await usageByKernel(pid);
    return process.platform === 'win32' ? usageInTaskList(await outputOf('tasklist', ['/fi', `pid eq ${String(pid)}`, '/fo', 'csv', '/nh'])) : usageInTable(pid, await outputOf('ps', ['-A', '-o', 'pid=,ppid=,rss=']));
  } catch {
    return undefined;
  }
};

const KIBIBYTE = 1024;

async function usageByKernel(pid: number): Promise<ProcessUsage | undefined> {
  let usage: ProcessUsage | undefined;
  const found = [pid];
  // What is added to it while it is walked is walked too.
  for (const each of found) {
    const memory = await residentSize(each);
    if (memory === undefined) continue;
    usage = { processes: (usage?.processes ?? 0) + 1, memory: (usage?.memory ?? 0) + memory };
    found.push(...(await childrenOf(each)));
  }
  return usage;
}

/** One that has ended, and that nobody waited for, has none: it is not there any more. */
async function residentSize(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  const sizeOf = (name: string): number => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1]) * KIBIBYTE;
  const all = sizeOf('VmRSS');
  if (Number.isNaN(all)) return undefined;
  const withoutFiles = sizeOf('RssAnon') + sizeOf('RssShmem');
  return Number.isNaN(withoutFiles) ? all : withoutFiles;
}

/** Each thread has those that it started. */
async function childrenOf(pid: number): Promise<readonly number[]> {
  const threads = `/proc/${String(pid)}/task`;
  const lists = (await readdir(threads).catch(() => [])).map((thread) => readFile(`${threads}/${thread}/children`, 'utf8').catch(() => ''));
  return (await Promise.all(lists)).flatMap((list) => list.split(' ').filter((word) => word !== '').map(Number));
}

/** @param table - Lines of a process, the one that started it, and its resident size in KiB. */
export function usageInTable(pid: number, table: string): ProcessUsage | undefined {
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const own = new Set(rows.some(([id]) => id === pid) ? [pid] : []);
  // What is added to a set while it is walked is walked too.
  for (const each of own) for (const [id, parent] of rows) if (id !== undefined && parent === each) own.add(id);
  const memory = rows.reduce((sum, [id, , size = 0]) => (id !== undefined && own.has(id) ? sum + size * KIBIBYTE : sum), 0);
  return own.size === 0 ? undefined : { processes: own.size, memory };
}

/** @param list - What `tasklist` says of one process, its size last: `"12,345 K"`, written as the user's language does. */
export function usageInTaskList(list: string): ProcessUsage | undefined {
  const [, size] = /"([^"]*)"\s*$/.exec(list.trim().split('\n').at(-1) ?? '') ?? [];
  return size === undefined ? undefined : { processes: 1, memory: Number(size.replaceAll(/\D/g, '')) * KIBIBYTE };
}

async function outputOf(program: string, args: readonly string[]): Promise<string> {
  return (await promisify(execFile)(program, [...args], { windowsHide: true, maxBuffer: MOST_BYTES })).stdout;
}

/** Bytes: of very many processes. */
const MOST_BYTES = 64 * 1024 * 1024;
