import { closeSync, openSync, readdirSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../../platform/index.js';

/**
 * Puts an index in place in one step: who reads it meanwhile sees the earlier one or this one. It need not survive a
 * power failure: what is damaged is made anew.
 *
 * Throws what the file system says; then nothing is left behind.
 */
export function writeIndex(file: string, content: Buffer, platform = process.platform): void {
  const folder = dirname(file);
  makeFolder(folder);
  tidy(folder, file);
  const temporary = join(folder, `.${basename(file)}.${String(process.pid)}.${nonce()}.tmp`);
  try {
    writeNew(temporary, content);
    renameOver(temporary, file, platform);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Unlike any other: no two indexes are made by one process at one time. */
export function nonce(): string {
  return `${process.hrtime.bigint().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
}

function writeNew(file: string, content: Buffer): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    for (let written = 0; written < content.length;) written += writeSync(descriptor, content, written);
  } finally {
    closeSync(descriptor);
  }
}

/** On Windows a file cannot be replaced while somebody has it open, if only for a moment. */
function renameOver(from: string, to: string, platform: NodeJS.Platform): void {
  for (let delay = 5; ; delay *= 2) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (platform !== 'win32' || !BUSY.has(code) || delay > LONGEST_DELAY) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delay);
    }
  }
}

const BUSY: ReadonlySet<string | undefined> = new Set(['EPERM', 'EACCES', 'EBUSY']);
/** Milliseconds: waiting longer than an index saves would be no gain. */
const LONGEST_DELAY = 40;

/** Removes what writers left behind when they were killed, and the oldest indexes where there are very many. */
function tidy(folder: string, current: string): void {
  const names = readdirSync(folder);
  for (const name of names) {
    const writer = TEMPORARY.exec(name)?.[1];
    if (writer !== undefined && isAbandoned(join(folder, name), Number(writer))) remove(join(folder, name));
  }
  const indexes = names.filter((name) => name.endsWith('.index') && name !== basename(current));
  if (indexes.length < MOST_INDEXES) return;
  const byAge = indexes.map((name) => ({ file: join(folder, name), since: sinceOf(join(folder, name)) })).sort((a, b) => a.since - b.since);
  for (const { file } of byAge.slice(0, MOST_INDEXES / 2)) remove(file);
}

const TEMPORARY = /^\..+\.index\.(\d+)\.[0-9a-z]+\.tmp$/;

/** One for the host, and one for each project with a `node_modules` that it ever worked in. */
const MOST_INDEXES = 512;

/** A process of the same number may live on another machine, or in another container, that shares the folder. */
function isAbandoned(file: string, writer: number): boolean {
  return !isAlive(writer) || Date.now() - sinceOf(file) > 60_000;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** When a file was written, in milliseconds since 1970; of one that is gone, now. */
function sinceOf(file: string): number {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return Date.now();
  }
}

/** Whatever keeps it from being removed: the next one who writes tries again. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It stays.
  }
}
