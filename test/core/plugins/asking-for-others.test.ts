import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createLogger, Structum } from '@structum/core';
import { expect } from 'chai';
import { CliInstallation } from '../../support/cli-installation.js';
import { failure } from '../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

const TOKEN = 'tok-0815-4711-abc';
const CONFIG = `plugins:\n  demo:\n    token: ${TOKEN}\n    times: 1\n`;
const SERVICES = ['structum.config', 'structum.policy', 'structum.registry'];

/** A plugin whose command runs any other one, and which also tells what that gives. */
const relay = (name: string, services: readonly string[]): string => `
  const { defineCommand, definePlugin } = require('@structum/core');
  const execute = async ({ command, input }, context) => {
    const result = await context.run(command, JSON.parse(input));
    context.logger.warn('It gave ' + JSON.stringify(result));
    return result;
  };
  const text = (description) => ({ description, type: 'string' });
  exports.default = definePlugin({
    name: '${name}', version: '1.0.0', description: 'Runs others', permissions: { services: ${JSON.stringify(services)} },
    commands: [defineCommand({ path: '${name}', description: 'Runs another', options: { command: text('Which'), input: text('With what, as JSON') }, execute })],
  });`;

/** Holds the services for as long as it is up, and offers one that reads settings by itself. */
const KEEPER = `
  const { ConfigService, PolicyService, RegistryService, defineCommand, definePlugin, defineService } = require('@structum/core');
  let held;
  const Reading = defineService('keeper.reading');
  const command = (path, execute) => defineCommand({ path, description: path, execute });
  exports.default = definePlugin({
    name: 'keeper', version: '1.0.0', description: 'Holds services', permissions: { services: ${JSON.stringify(SERVICES)} },
    provides: [Reading], providers: [{ provide: Reading, useFactory: () => ({ read: async () => (await held.config.get('plugins.demo.times')).value }) }],
    commands: [
      command('keeper read', async () => (await held.config.get('plugins.demo.times')).value),
      command('keeper reveal', async () => (await held.config.get('plugins.demo.token', { reveal: true })).value),
      command('keeper set', () => held.config.set('plugins.demo.times', 2, { scope: 'global' })),
      command('keeper disable', () => held.policies.setEnabled('demo', false, 'user')),
      command('keeper names', () => held.registry.plugins.map(({ name }) => name)),
    ],
    onActivate: (context) => { held = { config: context.service(ConfigService), policies: context.service(PolicyService), registry: context.service(RegistryService) }; },
  });`;

const CLIENT = `
  const { defineCommand, definePlugin, defineService, Inject } = require('@structum/core');
  const Reading = defineService('keeper.reading');
  let reading;
  exports.default = definePlugin({
    name: 'client', version: '1.0.0', description: 'Uses the keeper', requires: { keeper: '^1.0.0' },
    commands: [defineCommand({ path: 'client', description: 'Reads', execute: () => reading.read() })],
    onActivate: (context) => { reading = context.service(Reading); },
  });`;

const DEMO = `
  const { definePlugin, defineSettings } = require('@structum/core');
  exports.default = definePlugin({ name: 'demo', version: '1.0.0', description: 'Has settings', settings: defineSettings({
    token: { description: 'Token', secret: true }, times: { description: 'Times', type: 'integer', default: 1 } }) });`;

/** Those that do not belong to the host. */
const STRANGERS: ReadonlySet<string> = new Set(['structum-plugin-stranger', 'structum-plugin-curious']);

describe('commands that plugins run', () => {
  let cli: CliInstallation;
  let home: string;
  let structum: Structum;
  let told: string;

  before(async () => {
    cli = new CliInstallation().link('config').link('plugins');
    // The first may do nothing, the second names all permissions; the third belongs to the host and names none.
    for (const [name, services] of [['stranger', []], ['curious', SERVICES], ['modest', []], ['wrapper', SERVICES]] as const) await cli.add(name, relay(name, services));
    await cli.add('keeper', KEEPER);
    await cli.add('client', CLIENT);
    await cli.add('demo', DEMO);
  });

  beforeEach(async () => {
    home = temporaryFolder();
    told = '';
    writeFiles(home, { 'config.yaml': CONFIG });
    structum = await Structum.create({
      from: cli.bin, configSources: { global: home },
      discover: { trust: ({ folder }) => (STRANGERS.has(basename(folder)) ? 'installed' : 'host') },
      logger: createLogger({ write: ({ message }) => { told += message; } }),
    });
  });
  afterEach(() => structum.dispose());

  /** Runs the last of `commands` through the others, which are relays. */
  const through = (commands: readonly string[], input: object = {}): Promise<unknown> => {
    const [outermost = '', ...inner] = commands;
    return inner.length === 0 ? structum.run(outermost, input) : structum.run(outermost, nested(inner, input));
  };
  const nested = ([command, ...inner]: readonly string[], input: object): object => ({ command, input: JSON.stringify(inner.length === 0 ? input : nested(inner, input)) });
  const reveal = { key: 'plugins.demo.token', reveal: true };
  const untouched = (): void => { expect(readFileSync(join(home, 'config.yaml'), 'utf8')).to.equal(CONFIG); };

  for (const chain of [['stranger'], ['modest'], ['wrapper', 'stranger'], ['stranger', 'wrapper'], ['wrapper', 'modest', 'wrapper']]) {
    it(`get to no core service that one of those who run them was not granted: ${chain.join(' > ')}`, async () => {
      for (const [command, input] of [
        ['config get', reveal], ['config list', { reveal: true }], ['config get', { key: 'plugins.demo.times' }],
        ['config set', { key: 'secrets.allow_exec', value: 'true' }], ['config set', { key: 'plugins.demo.times', value: '3' }],
        ['config unset', { key: 'plugins.demo.times' }], ['plugins list', {}], ['plugins disable', { names: ['demo'] }],
      ] as const) {
        const { details } = await failure('SERVICE_NOT_GRANTED', through([...chain, command], input));
        expect(details, command).to.include({ plugin: chain.includes('stranger') ? 'stranger' : 'modest' });
      }
      untouched();
    });
  }

  for (const chain of [['curious'], ['wrapper', 'curious'], ['curious', 'wrapper']]) {
    it(`read for a plugin that is no part of the host, and neither reveal nor change anything: ${chain.join(' > ')}`, async () => {
      expect(await through([...chain, 'config get'], { key: 'plugins.demo.times' })).to.include({ value: 1 });
      expect(await through([...chain, 'config get'], { key: 'plugins.demo.token' })).to.include({ value: '[redacted]' });
      expect((await failure('CONFIG_REVEAL_REFUSED', through([...chain, 'config get'], reveal))).details).to.include({ plugin: 'curious' });
      await failure('CONFIG_REVEAL_REFUSED', through([...chain, 'config list'], { reveal: true }));
      for (const key of ['secrets.allow_exec', 'plugin_policy.enabled.demo', 'plugins.demo.times']) {
        await failure('CONFIG_CHANGE_REFUSED', through([...chain, 'config set'], { key, value: key.endsWith('times') ? '3' : 'true' }));
      }
      await failure('CONFIG_CHANGE_REFUSED', through([...chain, 'config unset'], { key: 'plugins.demo.times' }));
      await failure('CONFIG_CHANGE_REFUSED', through([...chain, 'plugins disable'], { names: ['demo'] }));
      untouched();
    });
  }

  it('do for plugins of the host that name the permission what they do for the user', async () => {
    expect(await through(['wrapper', 'wrapper', 'config set'], { key: 'plugins.demo.times', value: '3' })).to.include({ changed: true });
    expect(await through(['wrapper', 'config get'], { key: 'plugins.demo.times' })).to.include({ value: 3 });
    await through(['wrapper', 'plugins disable'], { names: ['demo'] });
    expect(readFileSync(join(home, 'config.yaml'), 'utf8')).to.contain('demo: false');
  });

  it('reveal secrets to those, and not to what they log, also before the plugin of the secret is up', async () => {
    expect(await through(['wrapper', 'config get'], reveal)).to.include({ value: TOKEN });
    expect(told).to.contain('[redacted]').and.not.contain(TOKEN);
  });

  it('are held to that also where their plugin keeps the services for itself', async () => {
    for (const command of ['keeper read', 'keeper reveal', 'keeper set', 'keeper disable', 'keeper names']) {
      await structum.activate('keeper');
      await failure('SERVICE_NOT_GRANTED', through(['stranger', command]));
    }
    expect(await through(['curious', 'keeper read'])).to.equal(1);
    expect(await through(['curious', 'keeper names'])).to.include('demo');
    await failure('CONFIG_REVEAL_REFUSED', through(['curious', 'keeper reveal']));
    await failure('CONFIG_CHANGE_REFUSED', through(['curious', 'keeper set']));
    await failure('CONFIG_CHANGE_REFUSED', through(['curious', 'keeper disable']));
    untouched();
    // Who asks next is nobody else than the host.
    expect(await through(['keeper reveal'])).to.equal(TOKEN);
  });

  it('do not ask for those who run them where a service of another plugin does it by itself', async () => {
    expect(await through(['modest', 'client'])).to.equal(1);
  });

  it('have services of other plugins ask for them where they are confined: these are confined with them', async () => {
    const { details } = await failure('SERVICE_NOT_GRANTED', through(['stranger', 'client']));
    expect(details).to.include({ service: 'structum.config', plugin: 'stranger', through: 'client' });
  });
});
