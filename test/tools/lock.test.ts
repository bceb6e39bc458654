import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

const lock = new URL('../../../tools/lib/lock.mjs', import.meta.url).href;

describe('the lock of the build', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'structum-lock-'));
    await writeFile(join(folder, 'journal'), '');
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('lets one process at a time do its work', async () => {
    const workers = [start('a'), start('b'), start('c')];
    await Promise.all(workers.map((worker) => once(worker, 'exit')));
    const journal = (await readFile(join(folder, 'journal'), 'utf8')).trim().split('\n');
    expect(journal).to.have.length(6);
    for (let at = 0; at < journal.length; at += 2) {
      expect(journal[at + 1]).to.equal(journal[at]?.replace('begins', 'ends'));
    }
  });

  it('is taken over from a process that was killed', async () => {
    const killed = start('killed', 'setInterval(() => {}, 1000); return new Promise(() => {});');
    await begun('killed');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const [status] = (await once(start('next'), 'exit')) as [number];
    expect(status).to.equal(0);
    expect(await readFile(join(folder, 'journal'), 'utf8')).to.equal('killed begins\nnext begins\nnext ends\n');
  });

  it('is taken over when the file holds no process', async () => {
    await writeFile(join(folder, 'lock'), String(spawnSync(process.execPath, ['-e', '']).pid));
    await once(start('next'), 'exit');
    expect(await readFile(join(folder, 'journal'), 'utf8')).to.equal('next begins\nnext ends\n');
  });

  function start(name: string, work = 'await new Promise((resolve) => setTimeout(resolve, 50));'): ChildProcess {
    const script = `
      import { appendFileSync } from 'node:fs';
      import { withLock } from '${lock}';
      await withLock('lock', async () => {
        appendFileSync('journal', '${name} begins\\n');
        ${work}
        appendFileSync('journal', '${name} ends\\n');
      });`;
    return spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  }

  async function begun(name: string): Promise<void> {
    while (!(await readFile(join(folder, 'journal'), 'utf8')).includes(`${name} begins`)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});
