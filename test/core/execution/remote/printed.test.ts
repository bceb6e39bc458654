import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { ELSEWHERE } from '../conformance/executors.js';
import { isMissing } from '../conformance/conformance.js';
import { runNode } from '../../../support/run.js';

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

    it('counts for the call that printed it, and for no other', async () => {
      const program = `
        const { ProbeHost } = await import(${JSON.stringify(HOST)});
        const config = ${JSON.stringify({ ...executor.config, security: { ...(executor.config['security'] as object), limits: { output: 100_000 } } })};
        const host = await ProbeHost.create({ name: 'limited', config });
        const codes = [];
        for (let call = 0; call < 8; call += 1) {
          for (const lines of [120, 1]) codes.push(await host.run('probe prints', { lines }).then(() => 'done', ({ code }) => code));
        }
        console.error(codes.join(' '));
        await host.structum.dispose();
      `;
      const { stderr } = await runNode(['--input-type=module', '-e', program]);
      expect(stderr.trimEnd().split('\n').at(-1)).to.equal(Array.from({ length: 8 }, () => 'LIMIT_EXCEEDED done').join(' '));
    }).timeout(30_000);
  });
}
