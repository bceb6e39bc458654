import { defineCommand, definePlugin, defineSecretProvider, Structum, StructumError, type PluginClass, type PluginDefinition, type SecretProvider, type StructumOptions } from '@structum/core';
import { expect } from 'chai';
import { CliInstallation } from '../../support/cli-installation.js';
import { failure } from '../../support/errors.js';

/** A plugin that resolves `${vault:…}`. */
function vault(provider: SecretProvider, options: Partial<PluginDefinition> = {}): PluginClass {
  const service = defineSecretProvider('vault');
  return definePlugin({ name: 'vault', version: '1.0.0', description: 'Keeps secrets', provides: [service], providers: [{ provide: service, useValue: provider }], ...options });
}

/** A plugin that tells the token that it was given. */
function asking(name: string, tokens: unknown[] = [], options: Partial<PluginDefinition> = {}): PluginClass {
  return definePlugin({ name, version: '1.0.0', description: 'Asks', onActivate: ({ config }) => { tokens.push(config['token']); }, ...options });
}

/** A host whose plugins "mail" and "news" have tokens that refer to one secret. */
function hostWith(plugins: readonly PluginClass[], options: StructumOptions = {}, token = '${vault:team/token}'): Promise<Structum> {
  return Structum.create({ plugins, config: { plugins: { mail: { token }, news: { token } } }, ...options });
}

const never = (): Promise<never> => new Promise(() => undefined);

describe('a provider of secrets', () => {
  it('may be a plugin, which is taken up when the first of its references is needed', async () => {
    const tokens: unknown[] = [];
    const asked: string[] = [];
    await using structum = await hostWith([asking('mail', tokens), vault({ resolve: (reference) => { asked.push(reference); return Promise.resolve('hunter2'); } })]);
    expect(structum.registry.plugin('vault')?.state).to.equal('resolved');
    await structum.activate('mail');
    expect([tokens, asked]).to.deep.equal([['hunter2'], ['team/token']]);
    expect(structum.registry.plugin('vault')?.state).to.equal('active');
  });

  it('may be the host\'s own, which counts more', async () => {
    const tokens: unknown[] = [];
    await using structum = await hostWith([asking('mail', tokens), vault({ resolve: () => 'of the plugin' })], { secretProviders: { vault: { resolve: () => 'of the host' } } });
    await structum.activate('mail');
    expect(tokens).to.deep.equal(['of the host']);
    expect(structum.registry.plugin('vault')?.state).to.equal('resolved');
  });

  it('takes no scheme that every host knows, or that can be none', async () => {
    for (const scheme of ['env', 'file', 'exec', 'keyring', 'Vault', '', 'a.b', '1']) {
      await failure('SECRET_SCHEME_INVALID', () => defineSecretProvider(scheme));
      await failure('SECRET_SCHEME_INVALID', Structum.create({ secretProviders: { [scheme]: { resolve: () => '' } } }));
    }
    for (const given of [5, {}, { resolve: 5 }]) await failure('OPTION_INVALID', Structum.create({ secretProviders: { vault: given as never } }));
    expect(defineSecretProvider('vault')).to.include({ id: 'structum.secrets.vault' });
  });

  it('is suggested where its scheme is mistyped', async () => {
    await using structum = await hostWith([asking('mail'), vault({ resolve: () => '' })], {}, '${valt:x}');
    const { details } = await failure('SECRET_SCHEME_UNKNOWN', structum.activate('mail'));
    expect(details).to.deep.include({ known: ['env', 'exec', 'file', 'keyring', 'vault'], suggestions: ['vault'] });
  });

  it('that cannot be used, or does not know the secret, says why', async () => {
    const problemOf = async (plugin: PluginClass): Promise<readonly [string, string | undefined]> => {
      await using structum = await hostWith([asking('mail'), plugin]);
      const { message, hint } = await failure('SECRET_UNAVAILABLE', structum.activate('mail'));
      return [message, hint];
    };
    expect((await problemOf(vault({ resolve: () => { throw new StructumError({ code: 'VAULT_EMPTY', message: 'There is no team/token.', hint: 'Put it there.' }); } })))).to.deep.equal([
      'Secrets could not be resolved: ${vault:team/token} of plugins.mail.token (host): There is no team/token.', 'Put it there.',
    ]);
    expect((await problemOf(vault({} as never)))[0]).to.contain('no method resolve()');
    expect((await problemOf(vault({ resolve: () => undefined as never })))[0]).to.contain('gave no text');
    expect((await problemOf(vault({ resolve: () => ({ value: 'x', lifetime: -1 }) })))[0]).to.contain('lifetime');
    expect((await problemOf(vault({ resolve: () => '' }, { onActivate: () => { throw new Error('no key'); } })))[0]).to.contain('Plugin "vault" failed while it was activated: no key');
  });

  it('that is disabled, or that nobody trusts, is not used, and told of', async () => {
    const disabled = await hostWith([asking('mail'), vault({ resolve: () => '' })], { config: { plugins: { mail: { token: '${vault:x}' } }, plugin_policy: { enabled: { vault: false } } } });
    const { message, hint } = await failure('SECRET_UNAVAILABLE', disabled.activate('mail'));
    expect(message).to.contain('Plugin "vault" is disabled');
    expect(hint).to.contain('Enable it');
    await disabled.dispose();

    const cli = await new CliInstallation().add('vault', `
      const { definePlugin, defineSecretProvider } = require('@structum/core');
      globalThis.isVaultLoaded = true;
      const service = defineSecretProvider('vault');
      exports.default = definePlugin({ name: 'vault', description: 'Keeps', provides: [service], providers: [{ provide: service, useValue: { resolve: () => 'hunter2' } }] });`);
    Reflect.deleteProperty(globalThis, 'isVaultLoaded');
    const tokens: unknown[] = [];
    const found = (trust: 'host' | 'found'): StructumOptions => ({ from: cli.bin, discover: { trust: () => trust } });
    const untrusted = await hostWith([asking('mail', tokens)], found('found'));
    expect((await failure('SECRET_UNAVAILABLE', untrusted.activate('mail'))).message).to.contain('Plugin "vault" is not loaded');
    await untrusted.dispose();
    expect(globalThis).not.to.have.property('isVaultLoaded');
    await using trusted = await hostWith([asking('mail', tokens)], found('host'));
    await trusted.activate('mail');
    expect(tokens).to.deep.equal(['hunter2']);
  });

  it('has a time limit, once it is up, and is told when it is over', async () => {
    let isTold = false;
    const slow = vault({
      resolve: (_reference, { signal }) => new Promise(() => { signal.addEventListener('abort', () => { isTold = true; }); }),
    });
    await using structum = await hostWith([asking('mail'), slow], { limits: { secret: 20 } });
    const { details } = await failure('SECRET_TIMED_OUT', structum.activate('mail'));
    expect(details).to.include({ path: 'plugins.mail.token', reference: '${vault:team/token}', place: 'host' });
    expect(isTold).to.equal(true);
  });

  it('is told when the host goes down, before commands that wait for it are waited for', async () => {
    const order: string[] = [];
    let asked = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => { asked = resolve; });
    const mail = definePlugin({ name: 'mail', version: '1.0.0', description: 'Sends', commands: [defineCommand({ path: 'mail', description: 'Sends', execute: () => 1 })] });
    const structum = await Structum.create({
      plugins: [mail], limits: { drain: 2 ** 30 }, config: { plugins: { mail: { token: '${vault:a}' } } },
      secretProviders: { vault: { resolve: (_reference, { signal }) => new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => { order.push('told'); reject(new Error('gone')); });
        asked();
      }) } },
    });
    const run = structum.run('mail').catch(() => { order.push('failed'); });
    await isAsked;
    await structum.dispose();
    await run;
    expect(order).to.deep.equal(['told', 'failed']);
  });

  it('is told when the plugin that waits goes down', async () => {
    let begun = (): void => undefined;
    const beginning = new Promise<void>((resolve) => { begun = resolve; });
    let isTold = false;
    const structum = await hostWith([asking('mail'), vault({ resolve: (_reference, { signal }) => { signal.addEventListener('abort', () => { isTold = true; }); begun(); return never(); } })]);
    const activation = failure('DISPOSED', structum.activate('mail'));
    await beginning;
    await structum.dispose();
    await activation;
    expect(isTold).to.equal(true);
  });

  describe('is asked once', () => {
    /** A provider that counts how often it is asked. */
    function counting(lifetimes: { readonly provider?: number; readonly secret?: number } = {}): SecretProvider & { readonly asked: () => number } {
      let asked = 0;
      const { provider, secret } = lifetimes;
      return {
        ...(provider === undefined ? {} : { lifetime: provider }),
        asked: () => asked,
        resolve: async () => {
          asked += 1;
          const value = `secret ${String(asked)}`;
          // Whoever asks at the same time has asked by then.
          await new Promise((resolve) => { setImmediate(resolve); });
          return secret === undefined ? value : { value, lifetime: secret };
        },
      };
    }

    async function tokensOf(provider: SecretProvider, options: { readonly together: boolean }): Promise<readonly unknown[]> {
      const tokens: unknown[] = [];
      await using structum = await hostWith([asking('mail', tokens), asking('news', tokens), vault(provider)]);
      if (options.together) await Promise.all([structum.activate('mail'), structum.activate('news')]);
      else for (const name of ['mail', 'news']) await structum.activate(name);
      return tokens;
    }

    it('for all who ask at the same time, and for as long as the secret may be kept', async () => {
      expect(await tokensOf(counting({ provider: 0 }), { together: true })).to.deep.equal(['secret 1', 'secret 1']);
      expect(await tokensOf(counting(), { together: false })).to.deep.equal(['secret 1', 'secret 1']);
      expect(await tokensOf(counting({ provider: 0, secret: Infinity }), { together: false })).to.deep.equal(['secret 1', 'secret 1']);
    });

    it('and again where it may not be kept, by its own word or that of its provider', async () => {
      expect(await tokensOf(counting({ provider: 0 }), { together: false })).to.deep.equal(['secret 1', 'secret 2']);
      expect(await tokensOf(counting({ secret: 0 }), { together: false })).to.deep.equal(['secret 1', 'secret 2']);
    });

    it('and again by another host, or when a plugin is to be activated again', async () => {
      const provider = counting();
      await tokensOf(provider, { together: true });
      expect(await tokensOf(provider, { together: true })).to.deep.equal(['secret 2', 'secret 2']);
      await using structum = await hostWith([asking('mail', [], { onActivate: ({ config }) => { if (config['token'] !== 'secret 4') throw new Error('wrong'); } }), vault(provider)]);
      await failure('PLUGIN_ACTIVATE_FAILED', structum.activate('mail'));
      await structum.activate('mail', { retry: true });
    });

    it('and again once somebody asked for a reload, whatever became of that', async () => {
      const tokens: unknown[] = [];
      await using structum = await hostWith([asking('mail', tokens), vault(counting())]);
      await structum.activate('mail');
      await failure('RELOAD_FAILED', structum.reload('mail'));
      await structum.deactivate('mail');
      await structum.activate('mail');
      expect(tokens).to.deep.equal(['secret 1', 'secret 2']);
    });

    it('and goes on for others when one of those who ask goes down', async () => {
      let answer = (_value: string): void => undefined;
      let begun = (): void => undefined;
      const beginning = new Promise<void>((resolve) => { begun = resolve; });
      const tokens: unknown[] = [];
      const provider: SecretProvider = { resolve: () => new Promise((resolve) => { answer = resolve; begun(); }) };
      await using structum = await hostWith([asking('mail', tokens), asking('news', tokens), vault(provider)]);
      const both = [structum.activate('mail').catch(() => undefined), structum.activate('news')];
      await beginning;
      await structum.deactivate('mail');
      answer('hunter2');
      await Promise.all(both);
      expect(tokens).to.deep.equal(['hunter2']);
    });
  });

  it('that waits for whoever waits for it is told at once', async () => {
    const itself = await Structum.create({ plugins: [vault({ resolve: () => '' })], config: { plugins: { vault: { token: '${vault:x}' } } } });
    expect((await failure('SECRET_UNAVAILABLE', itself.activate('vault'))).message).to.contain('needs plugin "vault" itself');
    await itself.dispose();

    const required = await hostWith([asking('mail'), vault({ resolve: () => '' }, { requires: { mail: '*' } })]);
    expect((await failure('SECRET_UNAVAILABLE', required.activate('mail'))).message).to.contain('needs plugin "mail" itself');
    await required.dispose();

    const safeService = defineSecretProvider('safe');
    const safe = definePlugin({ name: 'safe', version: '1.0.0', description: 'Keeps', provides: [safeService], providers: [{ provide: safeService, useValue: { resolve: () => '' } }] });
    await using mutual = await Structum.create({ plugins: [safe, vault({ resolve: () => '' })], config: { plugins: { vault: { token: '${safe:x}' }, safe: { token: '${vault:x}' } } } });
    expect((await failure('SECRET_UNAVAILABLE', mutual.activate('vault'))).message).to.contain('needs plugin "safe" itself');
  });
});
