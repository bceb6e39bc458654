import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { processUsage, usageInTable, usageInTaskList, type ProcessUsage } from '#internal/core/platform/process-usage.js';
import { UsageWatch, type UsageLimits } from '#internal/core/platform/usage-watch.js';

describe('what a process has', () => {
  it('is what it and those that it started have together', async function () {
    if (process.platform === 'win32') this.skip();
    const child = spawn(process.execPath, ['-e', `
      const other = require('node:child_process').spawn(process.execPath, ['-e', 'console.log("up"); setInterval(() => 0, 1000)'], { stdio: ['ignore', 'pipe', 'inherit'] });
      other.stdout.once('data', () => console.log('both'));`], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    const { pid = 0 } = child;
    try {
      await once(child.stdout, 'data');
      const usage = await processUsage(pid);
      expect(usage).to.have.property('processes', 2);
      expect(usage?.memory).to.be.within(2 ** 22, 2 ** 30);
    } finally {
      process.kill(-pid, 'SIGKILL');
      await once(child, 'close');
    }
    expect(await processUsage(pid)).to.equal(undefined);
  });

  it('is read from the table of ps', () => {
    const table = '    1     0   1000\n   10     1   2000\n   12    11     30\n   11    10    200\n  100     1  50000\n';
    expect(usageInTable(10, table)).to.deep.equal({ processes: 3, memory: 2230 * 1024 });
    expect(usageInTable(13, table)).to.equal(undefined);
  });

  it('is read from the list of Windows, in any language', () => {
    expect(usageInTaskList('"node.exe","4242","Console","1","45,120 K"\r\n')).to.deep.equal({ processes: 1, memory: 45_120 * 1024 });
    expect(usageInTaskList('"node.exe","4242","Console","1","1.045.120 K"\r\n')).to.deep.equal({ processes: 1, memory: 1_045_120 * 1024 });
    expect(usageInTaskList('INFO: No tasks are running which match the specified criteria.\r\n')).to.equal(undefined);
  });
});

describe('a watch over what a process has', () => {
  /** What a watch says that gets to see those usages, one after the other. */
  function said(limits: UsageLimits, usages: readonly (ProcessUsage | undefined)[]): Promise<string> {
    return new Promise((resolve) => {
      let looks = 0;
      const keeping = setInterval(() => undefined, 1000);
      const end = (what: string): void => {
        clearInterval(keeping);
        resolve(what);
      };
      const watch = new UsageWatch(limits, end, () => {
        looks += 1;
        if (looks === usages.length + 1) {
          watch.stop();
          end('nothing');
        }
        return Promise.resolve(usages[looks - 1]);
      }, 1);
      watch.start(1);
    });
  }

  it('says what there is more of than may be', async () => {
    expect(await said({ memory: 100 }, [{ processes: 1, memory: 100 }, undefined, { processes: 9, memory: 101 }])).to.equal('memory');
    expect(await said({ processes: 2 }, [{ processes: 2, memory: 100 }, { processes: 3, memory: 101 }])).to.equal('processes');
  });

  it('says nothing where there is not, and of one that has ended', async () => {
    expect(await said({ memory: 100, processes: 2 }, [{ processes: 2, memory: 100 }, undefined])).to.equal('nothing');
  });

  it('goes on for as long as it has to, and nobody is warned', async () => {
    const warnings: Error[] = [];
    const warned = (warning: Error): void => { warnings.push(warning); };
    process.on('warning', warned);
    try {
      expect(await said({ memory: 100 }, Array.from({ length: 30 }, () => ({ processes: 1, memory: 1 })))).to.equal('nothing');
    } finally {
      process.off('warning', warned);
    }
    expect(warnings).to.deep.equal([]);
  });

  it('does not look where nothing is limited', () => {
    let looks = 0;
    const watch = new UsageWatch({ memory: undefined }, () => undefined, () => { looks += 1; return Promise.resolve(undefined); });
    watch.start(1);
    watch.stop();
    expect(looks).to.equal(0);
  });
});
