import { basename } from 'node:path';
import { Structum } from '@structum/core';
import { expect } from 'chai';
import { CliInstallation } from '../../support/cli-installation.js';

const plugin = (name: string, activation: readonly string[]): string => `
  const { defineCommand, definePlugin } = require('@structum/core');
  exports.default = definePlugin({
    name: '${name}', version: '1.0.0', description: 'Is there', activation: ${JSON.stringify(activation)},
    commands: [defineCommand({ path: '${name}', description: 'Runs', execute: () => 'ran' })],
  });`;

describe('commands that mend a host', () => {
  it('wait for no plugin that is not of the host, which other commands do', async () => {
    const cli = new CliInstallation().link('plugins');
    const asked = ['onStart', 'onCommand:plugins list', 'onCommand:plain'];
    await cli.add('stranger', plugin('stranger', asked));
    await cli.add('friend', plugin('friend', asked));
    await cli.add('plain', plugin('plain', []));
    const structum = await Structum.create({
      from: cli.bin, activateOnStart: 'before-first-command',
      discover: { trust: ({ folder }) => (basename(folder) === 'structum-plugin-stranger' ? 'installed' : 'host') },
    });
    const states = (): unknown => ['stranger', 'friend'].map((name) => structum.registry.plugin(name)?.state);
    try {
      await structum.run('plugins list', {});
      expect(states()).to.deep.equal(['resolved', 'active']);
      await structum.run('plain', {});
      expect(states()).to.deep.equal(['active', 'active']);
    } finally {
      await structum.dispose();
    }
  });
});
