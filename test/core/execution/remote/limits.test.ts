import { expect } from 'chai';
import { ELSEWHERE, type PlacedExecutor } from '../conformance/executors.js';
import { isMissing } from '../conformance/conformance.js';
import { ProbeHost, Text } from '../conformance/probe-host.js';
import { failure } from '../../../support/errors.js';

/** The executor of that name, whose guests have these limits. */
function limited(name: string, limits: Readonly<Record<string, number>>): PlacedExecutor {
  const config = ELSEWHERE.find((each) => each.name === name)?.config;
  return { name, config: { ...config, security: { ...(config?.['security'] as object | undefined), limits } } };
}

for (const name of ['worker', 'process']) {
  describe(`the limits of a plugin elsewhere: ${name}`, () => {
    before(async function () {
      for (const executor of ELSEWHERE) if (executor.name === name && (await isMissing(executor))) this.skip();
    });

    it('end what takes more memory', async () => {
      const allowed = 128 * 2 ** 20;
      await using host = await ProbeHost.create(limited(name, { memory: allowed }));
      const error = await failure('LIMIT_EXCEEDED', host.run('probe hoards'));
      expect(error.details).to.deep.include({ limit: 'memory' });
      expect(await host.run('probe echo', { word: 'again' })).to.include({ word: 'again' });
    }).timeout(30_000);

    it('end what writes more than it may', async () => {
      await using host = await ProbeHost.create(limited(name, { output: 1000 }));
      const written = await failure('LIMIT_EXCEEDED', host.run('probe writes', { how: 'much' }, { output: new Text() }));
      expect(written.details).to.deep.include({ limit: 'output', allowed: 1000 });
    });
  });
}

describe('the limits of a process', () => {
  before(async function () {
    for (const executor of ELSEWHERE) if (executor.name === 'process' && (await isMissing(executor))) this.skip();
  });

  it('end what prints more past its host than it may, also where it answers all the same', async () => {
    await using host = await ProbeHost.create(limited('process', { output: 1000 }));
    const error = await failure('LIMIT_EXCEEDED', host.run('probe prints', { lines: 2000 }));
    expect(error.details).to.deep.include({ limit: 'output', allowed: 1000 });
  });

  it('count the items of a call as its output, and those of no other call', async () => {
    await using host = await ProbeHost.create(limited('process', { output: 10_000 }));
    for (let call = 0; call < 20; call += 1) expect(await host.run('probe counts', { to: 10 })).to.have.lengthOf(10);
    expect(await failure('LIMIT_EXCEEDED', host.run('probe counts', { to: 2000 }))).to.deep.include({ details: { plugin: 'probe', command: 'probe counts', limit: 'output', allowed: 10_000 } });
  });
});
