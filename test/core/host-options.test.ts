import { definePlugin, defineCommand, Structum } from '@structum/core';
import { contractChecks, expectNoLeaks, testHost } from '@structum/core/testing';
import { expect } from 'chai';
import { failure } from '../support/errors.js';
import { temporaryFolder } from '../support/folder.js';

const plugin = definePlugin({ name: 'plain', version: '1.0.0', description: 'Plain', commands: [defineCommand({ path: 'plain', description: 'Plain', execute: () => 1 })] });

/** What plain JavaScript may pass. */
const options = (given: unknown): object => given as object;

describe('options of a host', () => {
  let structum: Structum;

  beforeEach(async () => {
    structum = await Structum.create({ plugins: [plugin] });
  });

  afterEach(() => structum.dispose());

  const refused: readonly (readonly [call: string, given: unknown, option: string, work: (given: object) => unknown])[] = [
    ['create()', { plugin: [] }, 'plugin', (given) => Structum.create(given)],
    ['create()', null, '', (given) => Structum.create(given)],
    ['create()', { plugins: plugin }, 'plugins', (given) => Structum.create(given)],
    ['create()', { activateOnStart: 'zap' }, 'activateOnStart', (given) => Structum.create(given)],
    ['create()', { discover: { hosts: true } }, 'discover.hosts', (given) => Structum.create(given)],
    ['create()', { configSources: { set: 'a=b' } }, 'configSources.set', (given) => Structum.create(given)],
    ['create()', { limits: { load: -1 } }, 'limits.load', (given) => Structum.create(given)],
    ['create()', { logger: { info: () => undefined } }, 'logger', (given) => Structum.create(given)],
    ['create()', { clock: { now: () => new Date(0) } }, 'clock', (given) => Structum.create(given)],
    ['create()', { on: { warning: true } }, 'on.warning', (given) => Structum.create(given)],
    ['create()', { env: { PORT: 25 } }, 'env.PORT', (given) => Structum.create(given)],
    ['create()', { secretProviders: { vault: {} } }, 'secretProviders.vault', (given) => Structum.create(given)],
    ['watch()', { debounce: -1 }, 'debounce', (given) => structum.watch(given)],
    ['watch()', { debounce: Infinity }, 'debounce', (given) => structum.watch(given)],
    ['watch()', { plugin: 'plain' }, 'plugin', (given) => structum.watch(given)],
    ['reload()', { settings: 'dark' }, 'settings', (given) => structum.reload('plain', given)],
    ['activate()', { retyr: true }, 'retyr', (given) => structum.activate('plain', given)],
    ['deactivate()', { dependents: 'zap' }, 'dependents', (given) => structum.deactivate('plain', given)],
    ['unregister()', { dependents: 'first' }, 'dependents', (given) => structum.unregister('plain', given)],
    ['run()', { cwd: 5 }, 'cwd', (given) => structum.run('plain', {}, given)],
    ['run()', { signal: 'now' }, 'signal', (given) => structum.start('plain', {}, given).result],
    ['testHost()', { fake: [] }, 'fake', (given) => testHost(plugin, given)],
    ['testHost()', { answers: true }, 'answers', (given) => testHost(plugin, given)],
    ['contractChecks()', { sample: {} }, 'sample', (given) => contractChecks(temporaryFolder(), given)],
    ['expectNoLeaks()', { patience: 'long' }, 'patience', async (given) => expectNoLeaks(await testHost(plugin), given)],
    ['capture()', { color: 'red' }, 'color', async (given) => (await testHost(plugin)).capture('plain', {}, given)],
  ];

  for (const [call, given, option, work] of refused) {
    it(`of ${call} are refused where they make no sense: ${JSON.stringify(given)}`, async () => {
      const error = await failure('OPTION_INVALID', async () => { await work(options(given)); });
      expect(error.details).to.include({ call, option });
      expect(error.message).to.include(call).and.include(option);
    });
  }

  it('that are mistyped are told with what was meant, others with all that there are', async () => {
    expect((await failure('OPTION_INVALID', structum.activate('plain', options({ retyr: true })))).hint).to.equal('Did you mean "retry"?');
    expect((await failure('OPTION_INVALID', structum.deactivate('plain', options({ dependants: 'first' })))).hint).to.equal('Did you mean "dependents"?');
    expect((await failure('OPTION_INVALID', structum.deactivate('plain', options({ now: true })))).hint).to.equal('There are dependents.');
  });

  it('that lack methods are told with those', async () => {
    const { message } = await failure('OPTION_INVALID', Structum.create(options({ logger: { info: () => undefined, warn: () => undefined, error: () => undefined } })));
    expect(message).to.match(/and lacks debug\(\), trace\(\), isEnabled\(\), child\(\)/);
  });

  it('that are undefined are as good as left out', async () => {
    await structum.activate('plain', options({ retry: undefined }));
    expect(await structum.run('plain', {}, options({ cwd: undefined }))).to.equal(1);
    structum.watch(options({ debounce: undefined, plugins: [] }))[Symbol.dispose]();
  });
});
