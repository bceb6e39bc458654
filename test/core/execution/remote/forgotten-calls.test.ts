import { join } from 'node:path';
import { expect } from 'chai';
import { ELSEWHERE, INLINE } from '../conformance/executors.js';
import { isMissing } from '../conformance/conformance.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';
import { runNode } from '../../../support/run.js';

const HOST = import.meta.resolve('../conformance/probe-host.js');

for (const executor of [INLINE, ...ELSEWHERE]) {
  describe(`a call that is over: ${executor.name}`, () => {
    before(async function () {
      if (await isMissing(executor)) this.skip();
    });

    it('is held by nothing in its host', async () => {
      const folder = temporaryFolder();
      writeFiles(folder, {
        'main.mjs': `
          import { setTimeout } from 'node:timers/promises';
          const { ProbeHost } = await import(${JSON.stringify(HOST)});
          const host = await ProbeHost.create(${JSON.stringify(executor)});
          async function runs() {
            const output = { write() {} };
            await host.run('probe writes', { how: 'split' }, { output });
            return new WeakRef(output);
          }
          const output = await runs();
          for (let turn = 0; turn < 100 && output.deref() !== undefined; turn += 1) { await setTimeout(10); gc(); }
          console.log(output.deref() === undefined);
          await host.structum.dispose();
        `,
      });
      const { stdout, stderr } = await runNode(['--expose-gc', join(folder, 'main.mjs')]);
      expect(stdout, stderr).to.equal('true\n');
    });
  });
}
