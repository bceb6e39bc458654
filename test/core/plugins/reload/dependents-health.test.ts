import { setTimeout as sleep } from 'node:timers/promises';
import { Structum } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../../support/errors.js';
import { PluginFolder } from './plugin-folder.js';
import { codesOf, shared, told } from './told-plugin.js';

/** A plugin that provides `text`, and one that is as that says. */
const PROVIDER = (text: string): string => told('base', text, {
  imports: `const Text = defineService('test.text');`,
  description: `provides: [Text], providers: [{ provide: Text, useValue: { text: '${text}' } }],`,
});
const USER = (health: string, activate = ''): string => told('user', 'one', {
  imports: `const Text = defineService('test.text');\nconst bound = [];`,
  description: `requires: { base: '*' },`,
  activate: `const { text } = context.service(Text); bound.push(text); context.own(() => bound.splice(bound.indexOf(text), 1), 'text'); ${activate}`,
  health,
});

describe('the plugins that use one that is reloaded', () => {
  let folder: PluginFolder;

  beforeEach(() => {
    folder = new PluginFolder();
    shared.log = [];
    shared.alive = 0;
  });

  async function host(user: string): Promise<Structum> {
    folder.write('base', { 'index.js': PROVIDER('one') });
    folder.write('user', { 'index.js': user });
    const structum = await Structum.create({ from: folder.from, plugins: ['base', 'user'] });
    await structum.run('user');
    return structum;
  }

  for (const [what, user, code] of [
    ['says that it is down with the new version', USER(`{ status: bound.at(-1) === 'bad' ? 'DOWN' : 'OK' }`), 'RELOAD_UNHEALTHY'],
    ['cannot come up with the new version', USER(`{ status: 'OK' }`, `if (text === 'bad') throw new Error('bad');`), 'PLUGIN_ACTIVATE_FAILED'],
  ] as const) {
    it(`go on with the old one where one of them ${what}`, async () => {
      await using structum = await host(user);
      folder.write('base', { 'index.js': PROVIDER('bad') });
      const error = await failure('RELOAD_FAILED', structum.reload('base'));
      expect(codesOf(error)).to.include(code);
      expect(error.message).to.include('"user"');
      expect(await structum.run('base')).to.equal('one');
      expect(await structum.checkHealth('user')).to.include({ status: 'OK' });
      expect(shared.alive).to.equal(2);
      folder.write('base', { 'index.js': PROVIDER('good') });
      await structum.reload('base');
      expect(await structum.run('base')).to.equal('good');
      await sleep(5);
      expect(shared.alive).to.equal(2);
    });
  }

  it('hold up no reload where they were down before', async () => {
    await using structum = await host(USER(`{ status: 'DOWN', reason: bound.at(-1) }`));
    folder.write('base', { 'index.js': PROVIDER('two') });
    await structum.reload('base');
    expect(await structum.run('base')).to.equal('two');
    expect(structum.registry.plugin('user')?.health).to.deep.equal({ status: 'DOWN', reason: 'two' });
  });

  it('are known to be as they are with the new version', async () => {
    await using structum = await host(USER(`{ status: bound.at(-1) === 'one' ? 'DEGRADED' : 'OK', reason: bound.at(-1) }`));
    await structum.checkHealth('user');
    expect(structum.registry.plugin('user')?.health).to.include({ status: 'DEGRADED' });
    folder.write('base', { 'index.js': PROVIDER('two') });
    await structum.reload('base');
    expect(structum.registry.plugin('user')?.health).to.deep.equal({ status: 'OK', reason: 'two' });
  });
});
