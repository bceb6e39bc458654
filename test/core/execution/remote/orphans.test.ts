import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { ELSEWHERE } from '../conformance/executors.js';
import { isMissing } from '../conformance/conformance.js';

const HOST = import.meta.resolve('../conformance/probe-host.js');
const EXECUTORS = import.meta.resolve('../conformance/executors.js');

/** What a host does when its guests are up, and one is at work: it says which they are first. */
const ENDS = {
  'is killed': 'setInterval(() => {}, 1000);',
  'calls process.exit()': 'process.exit(0);',
  'throws': 'throw new Error("late trouble");',
  'is disposed': 'await host.structum.dispose();',
  'has nothing left to do': 'cancel.abort();',
} as const;

/** Resolves when no process of that id runs any more; the test's own time limit ends the wait. */
async function gone(id: number): Promise<void> {
  while (isRunning(id)) await new Promise((resolve) => { setTimeout(resolve, 5); });
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    // One that has ended is there until somebody asks how: where its parent is gone, that may take its time.
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${String(id)}/status`, 'utf8'));
  } catch {
    return false;
  }
}

for (const executor of ELSEWHERE.filter(({ name }) => name !== 'worker')) {
  describe(`no process of a guest is left: ${executor.name}`, () => {
    before(async function () {
      if (await isMissing(executor)) this.skip();
    });

    for (const [how, source] of Object.entries(ENDS).slice(0, executor.name === 'process' ? Infinity : 1)) {
      it(`when its host ${how}`, async () => {
        const program = `
          const { ProbeHost } = await import(${JSON.stringify(HOST)});
          const { ELSEWHERE } = await import(${JSON.stringify(EXECUTORS)});
          const host = await ProbeHost.create(ELSEWHERE.find(({ name }) => name === ${JSON.stringify(executor.name)}), { limits: { drain: 10 } });
          const cancel = new AbortController();
          await host.run('probe keeps');
          void host.run('probe waits', {}, { signal: cancel.signal }).catch(() => {});
          await new Promise((resolve) => { const timer = setInterval(() => { if (host.logs.some(({ message }) => message === 'waiting')) { clearInterval(timer); resolve(); } }, 2); });
          console.log(JSON.stringify(host.structum.registry.plugin('probe').owned));
          ${source}`;
        const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'ignore'] });
        const [line] = await new Promise<string[]>((resolve) => { createInterface(child.stdout).once('line', (text) => { resolve([text]); }); });
        const guests = (JSON.parse(String(line)) as string[]).map((label) => Number(label.split(' ')[1]));
        expect(guests).to.have.length.above(0);
        if (how === 'is killed') child.kill('SIGKILL');
        await Promise.all(guests.map(gone));
      });
    }
  });
}
