import { join } from 'node:path';
import { expect } from 'chai';
import { ELSEWHERE } from '../conformance/executors.js';
import { isMissing } from '../conformance/conformance.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';
import { runNode } from '../../../support/run.js';

const HOST = import.meta.resolve('../conformance/probe-host.js');

for (const executor of ELSEWHERE) {
  describe(`a guest that waits for calls: ${executor.name}`, () => {
    before(async function () {
      if (await isMissing(executor)) this.skip();
    });

    it('does not keep the program of its host running', async () => {
      const folder = temporaryFolder();
      writeFiles(folder, {
        'main.mjs': `
          const { ProbeHost } = await import(${JSON.stringify(HOST)});
          const host = await ProbeHost.create(${JSON.stringify(executor)});
          await host.run('probe prints', { lines: 1 });
          process.on('exit', () => { process.stdout.write(String(host.structum.registry.plugin('probe').owned.length)); });
        `,
      });
      const { stdout, code } = await runNode([join(folder, 'main.mjs')]);
      expect([stdout.split('\n').at(-1), code]).to.deep.equal(['1', 0]);
    });
  });
}
