import { join } from 'node:path';
import { expect } from 'chai';
import { linkCore, temporaryFolder, writeFiles } from '../../../support/folder.js';
import { runNode } from '../../../support/run.js';

describe('what the kernel does not enforce on a machine', () => {
  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  it('is told once when a plugin is isolated, and not again to those who follow', async function () {
    this.timeout(30_000);
    const folder = temporaryFolder();
    linkCore(folder);
    writeFiles(folder, {
      'plugin.cjs': `
        const { defineCommand, definePlugin } = require('@structum/core');
        exports.default = definePlugin({ name: 'apart', version: '1.0.0', description: 'Apart', module: __filename, executor: 'process',
          commands: [defineCommand({ path: 'apart', description: 'a', execute: () => 'here' })] });`,
      'program.mjs': `
        import { createLogger, Structum } from '@structum/core';
        import plugin from './plugin.cjs';
        const told = [], logged = [];
        const structum = await Structum.create({
          plugins: [plugin], cwd: import.meta.dirname, discover: { host: false, cache: ${JSON.stringify(join(folder, 'cache'))} },
          on: { warning: ({ error }) => { told.push(error.code); } },
          logger: createLogger({ level: 'warn', write: ({ fields }) => { logged.push(fields.code); } }),
        });
        const answers = [await structum.run('apart'), await structum.run('apart')];
        await structum.dispose();
        process.stdout.write(JSON.stringify({ answers, told, logged }));`,
    });
    // Nothing that confines is found.
    const run = async (): Promise<unknown> => JSON.parse((await runNode(['program.mjs'], { cwd: folder, env: { PATH: '/none' } })).stdout);
    expect([await run(), await run()]).to.deep.equal([
      { answers: ['here', 'here'], told: ['SANDBOX_DEGRADED'], logged: ['SANDBOX_DEGRADED'] },
      { answers: ['here', 'here'], told: ['SANDBOX_DEGRADED'], logged: [] },
    ]);
  });
});
