/** One build at a time, also when two processes start one. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const POLL_MS = 100;

/**
 * Runs `action` while holding the lock file; waits for another holder, takes over from a dead one.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
export async function withLock(path, action) {
  mkdirSync(dirname(path), { recursive: true });
  for (let announced = false; !acquire(path);) {
    const holder = holderOf(path);
    if (holder !== undefined && !isRunning(holder)) {
      rmSync(path, { force: true });
      continue;
    }
    if (holder !== undefined && !announced) console.error(`waiting for another build (process ${holder})`);
    announced ||= holder !== undefined;
    await setTimeout(POLL_MS);
  }
  const release = () => { rmSync(path, { force: true }); };
  process.once('exit', release);
  try {
    return await action();
  } finally {
    process.off('exit', release);
    release();
  }
}

/** @param {string} path */
function acquire(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} path
 * @returns {number | undefined} undefined when it was just released, or not yet filled in
 */
function holderOf(path) {
  try {
    const holder = Number.parseInt(readFileSync(path, 'utf8'), 10);
    return Number.isNaN(holder) ? undefined : holder;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
