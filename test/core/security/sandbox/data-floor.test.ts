import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../../support/folder.js';
import { runNode } from '../../../support/run.js';

const DATA_FLOOR = JSON.stringify(import.meta.resolve('#internal/core/security/sandbox/data-floor.js'));
const MEBIBYTE = 1024 * 1024;

/** What a process of its own finds, since each finds it out once. */
async function found(cacheFolder: string): Promise<number> {
  const { stdout } = await runNode(['--input-type=module', '-e', `const { dataFloor } = await import(${DATA_FLOOR}); process.stdout.write(String(await dataFloor(${JSON.stringify(cacheFolder)})));`]);
  return Number(stdout);
}

describe('the data that Node takes to start', () => {
  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  it('is found out once, and remembered, also where no such folder is there yet', async () => {
    const folder = join(temporaryFolder(), 'none/yet');
    const file = join(folder, 'sandbox.json');
    const floor = await found(folder);
    expect(floor).to.be.within(16 * MEBIBYTE, 4096 * MEBIBYTE);
    expect(JSON.parse(readFileSync(file, 'utf8'))).to.deep.include({ dataFloor: floor });
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), dataFloor: 7 }));
    expect(await found(folder)).to.equal(7);
  });

  it('is found out anew for another Node, and where what is remembered makes no sense', async () => {
    const folder = temporaryFolder();
    for (const content of ['{', 'null', '{"node":"other","dataFloor":7}']) {
      writeFileSync(join(folder, 'sandbox.json'), content);
      expect(await found(folder)).to.be.greaterThan(16 * MEBIBYTE);
    }
  });
});
