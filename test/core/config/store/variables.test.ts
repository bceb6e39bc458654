import { ConfigService, definePlugin, defineSettings, Structum, type ConfigStore } from '@structum/core';
import { expect } from 'chai';
import { temporaryFolder } from '../../../support/folder.js';

const plugin = definePlugin({
  name: 'my-plug', version: '1.0.0', description: 'Has a hyphen in its name',
  settings: defineSettings({ n: { description: 'A number', type: 'integer' } }),
});

/** Asks a host with these variables for its configuration. */
async function ask<Answer>(variables: Readonly<Record<string, string>>, question: (config: ConfigStore) => Promise<Answer>): Promise<Answer> {
  let store: ConfigStore | undefined;
  const asking = definePlugin({ name: 'asking', version: '1.0.0', description: 'Asks', permissions: { services: ['structum.config'] }, onActivate: (context) => { store = context.service(ConfigService); } });
  await using structum = await Structum.create({ plugins: [plugin, asking], configSources: { global: temporaryFolder(), variables }, configProblems: 'warn' });
  await structum.activate('asking');
  if (store === undefined) throw new Error('There is none');
  return await question(store);
}

const validated = (variables: Readonly<Record<string, string>>): Promise<unknown> =>
  ask(variables, async (config) => (await config.validate()).map(({ key, severity, source, rule }) => ({ key, severity, source, rule })));

describe('variables for a plugin whose name they cannot spell', () => {
  const number = 'STRUCTUM_PLUGINS__MY_PLUG__N';

  it('are nothing wrong', async () => {
    expect(await validated({ [number]: '2' })).to.deep.equal([]);
    expect(await validated({ [number]: '2', STRUCTUM_CONFIG__UNKNOWN_KEYS: 'strict' })).to.deep.equal([]);
  });

  it('are held against its schema', async () => {
    expect(await validated({ [number]: 'two' })).to.deep.equal([{ key: 'plugins.my-plug.n', severity: 'error', source: `$${number}`, rule: 'type' }]);
    expect(await validated({ STRUCTUM_PLUGINS__MY_PLUG: '{"n":"two"}' })).to.deep.equal([{ key: 'plugins.my-plug.n', severity: 'error', source: '$STRUCTUM_PLUGINS__MY_PLUG', rule: 'type' }]);
    expect(await validated({ STRUCTUM_PLUGINS__MY_PLUG__NN: '2' })).to.deep.equal([{ key: 'plugins.my-plug.nn', severity: 'warning', source: '$STRUCTUM_PLUGINS__MY_PLUG__NN', rule: 'additionalProperties' }]);
  });

  it('are listed once, by its name', async () => {
    const listed = await ask({ [number]: '2' }, (config) => config.list({ prefix: 'plugins' }));
    expect(listed.map(({ key, value }) => [key, value])).to.deep.equal([['plugins.my-plug.n', 2]]);
  });

  it('are of no plugin where none is called so', async () => {
    const findings = await ask({ STRUCTUM_PLUGINS__MY_PLUGS__N: '2' }, (config) => config.validate());
    expect(findings.map(({ key, severity }) => [key, severity])).to.deep.equal([['plugins.my_plugs', 'warning']]);
  });
});
