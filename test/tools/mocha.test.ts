import { expect } from 'chai';
import { root } from '../support/folder.js';
import { runNode } from '../support/run.js';

describe('the settings of the tests', () => {
  it('fail a run in which no test ran', async () => {
    const mocha = 'node_modules/mocha/bin/mocha.js';
    const { code, stdout } = await runNode([mocha, '--grep', 'a name that no test has', 'test/build/tools/lock.test.js'], { cwd: root });
    expect(stdout).to.include('0 passing');
    expect(code).to.equal(1);
  });
});
