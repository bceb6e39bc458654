import { definePlugin, Structum, type HealthReport, type PluginClass } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

const plugin = (checkHealth?: () => unknown): PluginClass =>
  definePlugin({ name: 'x', description: 'x', ...(checkHealth === undefined ? {} : { checkHealth: checkHealth as () => HealthReport }) });

async function healthOf(checkHealth?: () => unknown): Promise<HealthReport> {
  const structum = await Structum.create({ plugins: [plugin(checkHealth)], limits: { health: 20 } });
  await structum.activate('x');
  const report = await structum.checkHealth('x');
  expect(structum.registry.plugin('x')?.health).to.deep.equal(report);
  await structum.dispose();
  return report;
}

describe('Structum#checkHealth', () => {
  it('asks the plugin, and keeps the answer', async () => {
    const report = { status: 'DEGRADED', reason: 'slow disk', details: { free: 5 } } as const;
    expect(await healthOf(() => report)).to.deep.equal(report);
    expect(await healthOf(() => Promise.resolve({ status: 'OK', more: 1 }))).to.deep.equal({ status: 'OK' });
  });

  it('takes a plugin that is up and says nothing for well', async () => {
    expect(await healthOf()).to.deep.equal({ status: 'OK' });
  });

  it('takes a check that throws, answers nonsense, or does not answer for bad', async () => {
    expect(await healthOf(() => { throw new Error('no disk'); })).to.deep.equal({ status: 'DOWN', reason: 'no disk' });
    expect(await healthOf(() => Promise.reject(new Error('no disk')))).to.deep.equal({ status: 'DOWN', reason: 'no disk' });
    for (const nonsense of [undefined, null, 'OK', 5, {}, { status: 'FINE' }, { status: { toString: null } }]) expect((await healthOf(() => nonsense)).status).to.equal('DOWN');
    const overdue = await healthOf(() => new Promise(() => undefined));
    expect(overdue).to.deep.equal({ status: 'DOWN', reason: 'Plugin "x" did not say how it is within 20 ms.' });
  });

  it('takes nothing up', async () => {
    const structum = await Structum.create({ plugins: [plugin(() => ({ status: 'OK' }))] });
    expect((await structum.checkHealth('x')).status).to.equal('UNKNOWN');
    expect(structum.registry.plugin('x')?.state).to.equal('resolved');
    await structum.activate('x');
    await structum.deactivate('x');
    expect((await structum.checkHealth('x')).status).to.equal('UNKNOWN');
    await failure('PLUGIN_UNKNOWN', structum.checkHealth('nobody'));
  });

  it('says of a plugin that failed why it did', async () => {
    const structum = await Structum.create({ plugins: [definePlugin({ name: 'x', description: 'x', onActivate: () => { throw new Error('no database'); } })] });
    await failure('PLUGIN_ACTIVATE_FAILED', structum.activate('x'));
    const report = await structum.checkHealth('x');
    expect(report.status).to.equal('DOWN');
    expect(report.reason).to.contain('no database');
  });
});
