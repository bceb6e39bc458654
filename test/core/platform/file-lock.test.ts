import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { withFileLock } from '#internal/core/platform/file-lock.js';
import { failure } from '../../support/errors.js';
import { temporaryFolder } from '../../support/folder.js';
import { runNode, type Finished } from '../../support/run.js';

const LOCK_MODULE = JSON.stringify(import.meta.resolve('#internal/core/platform/file-lock.js'));

describe('a lock of a file', () => {
  let folder: string;
  let file: string;
  let lock: string;

  beforeEach(() => {
    folder = temporaryFolder();
    file = join(folder, 'count');
    lock = `${file}.lock`;
  });

  it('gives what the work gives, and is gone afterwards, also when the work fails', async () => {
    expect(await withFileLock(file, () => Promise.resolve(existsSync(lock)))).to.equal(true);
    expect(existsSync(lock)).to.equal(false);
    const torn = new Error('torn');
    const thrown = await withFileLock(file, () => Promise.reject(torn)).catch((error: unknown) => error);
    expect(thrown).to.equal(torn);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('lets one work at a time, in one process and in many', async () => {
    writeFileSync(file, '0');
    const results = await Promise.all(Array.from({ length: 8 }, () => counting(file, 10)));
    expect(results.map(({ code, stderr }) => [code, stderr])).to.deep.equal(results.map(() => [0, '']));
    const count = async (): Promise<void> => {
      const before = Number(readFileSync(file, 'utf8'));
      await new Promise((resolve) => { setTimeout(resolve, 1); });
      writeFileSync(file, String(before + 1));
    };
    await Promise.all(Array.from({ length: 10 }, () => withFileLock(file, count)));
    expect(readFileSync(file, 'utf8')).to.equal('90');
    expect(readdirSync(folder)).to.deep.equal(['count']);
  });

  it('tells who holds it when it is not free in time', async () => {
    await withFileLock(file, async () => {
      const error = await failure('LOCK_TIMEOUT', withFileLock(file, () => Promise.resolve(), { limit: 50 }));
      expect(error.details).to.include({ lock, pid: process.pid });
    });
  });

  it('is taken over from processes that were killed, by one of many at a time', async () => {
    writeFileSync(file, '0');
    for (let round = 0; round < 3; round += 1) {
      await killedHolder(file);
      expect(existsSync(lock)).to.equal(true);
      const results = await Promise.all(Array.from({ length: 8 }, () => counting(file, 3)));
      expect(results.map(({ code, stderr }) => [code, stderr])).to.deep.equal(results.map(() => [0, '']));
    }
    expect(readFileSync(file, 'utf8')).to.equal('72');
    expect(readdirSync(folder)).to.deep.equal(['count']);
  });

  it('is taken over from a process that was killed while it made the lock, after a while', async () => {
    writeFileSync(lock, '');
    await failure('LOCK_TIMEOUT', withFileLock(file, () => Promise.resolve(), { limit: 50 }));
    age(lock, 6_000);
    expect(await withFileLock(file, () => Promise.resolve('done'), { limit: 50 })).to.equal('done');
  });

  it('is taken over from another machine after a minute only', async () => {
    writeFileSync(lock, JSON.stringify({ pid: 1, host: `not-${hostname()}`, token: 'abc' }));
    await failure('LOCK_TIMEOUT', withFileLock(file, () => Promise.resolve(), { limit: 50 }));
    age(lock, 61_000);
    expect(await withFileLock(file, () => Promise.resolve('done'), { limit: 50 })).to.equal('done');
  });

  it('fails at once where none can be made', async () => {
    const error = await withFileLock(join(folder, 'none/file'), () => Promise.resolve()).catch((thrown: unknown) => thrown);
    expect((error as NodeJS.ErrnoException).code).to.equal('ENOENT');
  });
});

/** A process that adds 1 to the number in `file`, `times` times, each with a pause between reading and writing. */
function counting(file: string, times: number): Promise<Finished> {
  return runNode(['--input-type=module', '--eval', `
    import { readFileSync, writeFileSync } from 'node:fs';
    const { withFileLock } = await import(${LOCK_MODULE});
    const file = ${JSON.stringify(file)};
    for (let time = 0; time < ${String(times)}; time += 1) await withFileLock(file, async () => {
      const count = Number(readFileSync(file, 'utf8'));
      await new Promise((resolve) => setTimeout(resolve, 1));
      writeFileSync(file, String(count + 1));
    }, { limit: 25_000 });`]);
}

/** Leaves a lock behind. */
async function killedHolder(file: string): Promise<void> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', `
    const { withFileLock } = await import(${LOCK_MODULE});
    await withFileLock(${JSON.stringify(file)}, async () => { console.log('held'); await new Promise((resolve) => setTimeout(resolve, 60_000)); });`],
  { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => { child.stdout.once('data', resolve); });
  child.kill('SIGKILL');
  await new Promise((resolve) => { child.once('close', resolve); });
}

function age(file: string, milliseconds: number): void {
  const then = new Date(Date.now() - milliseconds);
  utimesSync(file, then, then);
}
