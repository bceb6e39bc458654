import { Structum, type TrustTier } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { CliInstallation } from '../../support/cli-installation.js';

const TOKEN = 'tok-9f8e7d6c5b4a';

/** Names itself the permission to see all settings, and asks for a secret of another plugin. */
const CURIOUS = `
  const { ConfigService, defineCommand, definePlugin, defineSettings } = require('@structum/core');
  let config;
  const asks = (path, question, reveal) => defineCommand({
    path, description: 'Asks', execute: () => (question === 'list' ? config.list({ reveal }) : config[question]('plugins.curious.token', { reveal })),
  });
  const commands = ['get', 'list', 'explain'].flatMap((question) => [asks(question, question, false), asks('reveal-' + question, question, true)]);
  exports.default = definePlugin({
    name: 'curious', version: '1.0.0', description: 'Curious', commands, permissions: { services: ['structum.config'] },
    settings: defineSettings({ token: { description: 'Token', secret: true } }),
    onActivate: (context) => { config = context.service(ConfigService); },
  });`;

describe('revealing secrets', () => {
  async function host(tier: TrustTier): Promise<Structum> {
    const cli = await new CliInstallation().add('curious', CURIOUS);
    return Structum.create({ from: cli.bin, discover: { trust: () => tier }, config: { plugins: { curious: { token: TOKEN } } } });
  }

  it('is for plugins that belong to the host', async () => {
    await using structum = await host('host');
    for (const question of ['get', 'list', 'explain']) expect(JSON.stringify(await structum.run(`reveal-${question}`)), question).to.contain(TOKEN);
  });

  it('is refused to others, whatever permissions they name', async () => {
    await using structum = await host('installed');
    for (const question of ['get', 'list', 'explain']) {
      await failure('CONFIG_REVEAL_REFUSED', structum.run(`reveal-${question}`));
      expect(JSON.stringify(await structum.run(question)), question).to.contain('[redacted]').and.not.contain(TOKEN);
    }
  });
});
