import { promises as fs, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { catalogued } from '../errors/index.js';
import { sleep } from './sleep.js';
import { uniqueName } from './unique.js';

/** How long a lock is waited for. */
export interface LockOptions {
  /** Milliseconds; 10,000 when left out. */
  readonly limit?: number;
}

/**
 * Does `work` while no other process does any under a lock of the same file, and gives what that gives. For short work:
 * a lock is never taken from a process that lives, however long it takes.
 *
 * The lock is `<file>.lock`, made exclusively, and says who holds it. One whose process is gone is taken over; one of
 * another machine after a minute. The folder must be there.
 * @throws `LOCK_TIMEOUT`, and what the file system says where no lock can be made.
 */
export async function withFileLock<Value>(file: string, work: () => Promise<Value>, { limit = 10_000 }: LockOptions = {}): Promise<Value> {
  const lock = `${file}.lock`;
  const token = uniqueName();
  await acquire(lock, token, limit);
  try {
    return await work();
  } finally {
    await release(lock, token);
  }
}

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Of this one lock: no two are the same. */
  readonly token: string;
}

async function acquire(lock: string, token: string, limit: number): Promise<void> {
  const end = Date.now() + limit;
  for (let attempt = 0; ; attempt += 1) {
    if (await make(lock, token)) return;
    const found = await read(lock);
    if (found?.holder?.token === token) return;
    if (found !== undefined && isStale(found)) await takeAway(lock, found);
    else {
      if (Date.now() >= end) throw catalogued('LOCK_TIMEOUT', { lock, limit, ...(found?.holder === undefined ? {} : { pid: found.holder.pid, host: found.holder.host }) });
      await sleep(pause(attempt));
    }
  }
}

/** Whether the lock could be made: then this process holds it. */
async function make(lock: string, token: string): Promise<boolean> {
  try {
    await writeExclusively(lock, token);
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
  // Somebody who found it empty for long may have taken it away before it was written.
  return (await read(lock))?.holder?.token === token;
}

async function writeExclusively(file: string, token: string): Promise<void> {
  const handle = await fs.open(file, 'wx', 0o644);
  try {
    await handle.writeFile(JSON.stringify({ pid: process.pid, host: thisHost(), token } satisfies Holder));
  } catch (error) {
    await fs.rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/** On Windows, a file that is being removed cannot be made, nor opened, for a moment. */
function isTaken(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EEXIST' || (process.platform === 'win32' && (code === 'EPERM' || code === 'EACCES' || code === 'EBUSY'));
}

async function release(lock: string, token: string): Promise<void> {
  if ((await read(lock))?.holder?.token === token) await fs.rm(lock, { force: true }).catch(() => undefined);
}

/** A lock as it was found. */
interface FoundLock {
  readonly holder: Holder | undefined;
  readonly text: string;
  /** When it was written, in milliseconds since 1970. */
  readonly since: number;
}

async function read(lock: string): Promise<FoundLock | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([fs.readFile(lock, 'utf8'), fs.stat(lock)]);
    return { text, holder: holderIn(text), since: mtimeMs };
  } catch {
    return undefined;
  }
}

function holderIn(text: string): Holder | undefined {
  try {
    const { pid, host, token } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === 'number' && typeof host === 'string' && typeof token === 'string' ? { pid, host, token } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether nobody holds a lock any more: its process is gone, it was never written to its end, or it is another machine's and old. */
function isStale({ holder, since }: FoundLock): boolean {
  if (holder === undefined) return Date.now() - since > UNFINISHED_MS;
  if (holder.host !== thisHost()) return Date.now() - since > FOREIGN_MS;
  return !isAlive(holder.pid);
}

const UNFINISHED_MS = 5_000;
const FOREIGN_MS = 60_000;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Removes a stale lock, unless it is another one by now. Two processes that do so at once could remove the lock that
 * one of them has made since: each raises a flag of its own first, then looks for others, and gives way to them.
 */
async function takeAway(lock: string, stale: FoundLock): Promise<void> {
  const flag = `${lock}.${uniqueName()}`;
  await writeExclusively(flag, basename(flag));
  try {
    if (await isAlone(lock, flag)) {
      if ((await read(lock))?.text === stale.text) await fs.rm(lock, { force: true });
      return;
    }
  } finally {
    await fs.rm(flag, { force: true }).catch(() => undefined);
  }
  await sleep(pause(3));
}

/** Whether no other living process has raised its flag. Names of flags never come again, so that a dead one's can go. */
async function isAlone(lock: string, own: string): Promise<boolean> {
  const folder = dirname(lock);
  const names = await fs.readdir(folder);
  const flags = names.filter((name) => name.startsWith(`${basename(lock)}.`) && join(folder, name) !== own);
  let alone = true;
  for (const flag of flags) {
    const found = await read(join(folder, flag));
    if (found === undefined) continue;
    if (isStale(found)) await fs.rm(join(folder, flag), { force: true });
    else alone = false;
  }
  return alone;
}

/** Longer from attempt to attempt, and never the same for two. */
function pause(attempt: number): number {
  return Math.random() * Math.min(5 * 2 ** attempt, 100) + 1;
}

/** This machine; in a container with processes of its own, that container. */
function thisHost(): string {
  known ??= `${hostname()}${processNamespace()}`;
  return known;
}

let known: string | undefined;

function processNamespace(): string {
  try {
    return process.platform === 'linux' ? `/${readlinkSync('/proc/self/ns/pid')}` : '';
  } catch {
    return '';
  }
}
