import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { ELSEWHERE } from '../conformance/executors.js';
import { isMissing } from '../conformance/conformance.js';

const HOST = import.meta.resolve('../conformance/probe-host.js');
const EXECUTORS = import.meta.resolve('../conformance/executors.js');

const LINES = 5000;

for (const executor of ELSEWHERE) {
  describe(`what a plugin prints: ${executor.name}`, () => {
    before(async function () {
      if (await isMissing(executor)) this.skip();
    });

    it('arrives as a whole, also when its host ends at once', async () => {
      const program = `
        const { ProbeHost } = await import(${JSON.stringify(HOST)});
        const { ELSEWHERE } = await import(${JSON.stringify(EXECUTORS)});
        const host = await ProbeHost.create(ELSEWHERE.find(({ name }) => name === ${JSON.stringify(executor.name)}));
        await host.run('probe prints', { lines: ${String(LINES)} });
        await host.structum.dispose();
      `;
      const host = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
      const lines = (await text(host.stdout)).trimEnd().split('\n');
      expect(lines).to.have.lengthOf(LINES);
      expect(lines.at(-1)).to.match(new RegExp(`^${String(LINES - 1)} x{1000}$`));
    });
  });
}
