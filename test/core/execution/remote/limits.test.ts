import { expect } from 'chai';
import { ELSEWHERE, type PlacedExecutor } from '../conformance/executors.js';
import { isMissing } from '../conformance/conformance.js';
import { ProbeHost } from '../conformance/probe-host.js';
import { failure } from '../../../support/errors.js';

/** The executor of that name, whose guests have these limits. */
function limited(name: string, limits: Readonly<Record<string, number>>): PlacedExecutor {
  const config = ELSEWHERE.find((each) => each.name === name)?.config;
  return { name, config: { ...config, security: { ...(config?.['security'] as object | undefined), limits } } };
}

describe('the limits of a process', () => {
  before(async function () {
    for (const executor of ELSEWHERE) if (executor.name === 'process' && (await isMissing(executor))) this.skip();
  });

  it('count the items of a call as its output, and those of no other call', async () => {
    await using host = await ProbeHost.create(limited('process', { output: 10_000 }));
    for (let call = 0; call < 20; call += 1) expect(await host.run('probe counts', { to: 10 })).to.have.lengthOf(10);
    expect(await failure('LIMIT_EXCEEDED', host.run('probe counts', { to: 2000 }))).to.deep.include({ details: { plugin: 'probe', command: 'probe counts', limit: 'output', allowed: 10_000 } });
  });
});
