import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation, type CliRunOptions } from '../../support/cli-installation.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

describe('A command line with a configuration', () => {
  let cli: CliInstallation;
  let project: string;
  let home: string;

  before(async () => {
    cli = new CliInstallation();
    await cli.add('greet', `
      const { defineCommand, definePlugin, defineSettings } = require('@structum/core');
      exports.default = definePlugin({ name: 'greet', description: 'Greets',
        settings: defineSettings({ salutation: { description: 'How to begin', default: 'Hello' }, times: { description: 'How often', default: 1, minimum: 1 } }),
        commands: [defineCommand({ path: 'greet', description: 'Greets', execute: (_input, { config }) => Array(config.times).fill(config.salutation).join(' ') })] });`);
  });

  beforeEach(() => {
    project = temporaryFolder();
    home = temporaryFolder();
    writeFiles(project, { '.git/HEAD': '', 'src/x': '' });
  });

  const run = async (args: readonly string[], { env = {}, ...options }: CliRunOptions = {}): Promise<readonly [string, number | null, string]> => {
    const { stdout, code, stderr } = await cli.run(args, { cwd: project, ...options, env: { STRUCTUM_CONFIG_HOME: home, STRUCTUM_CACHE_HOME: join(home, 'cache'), ...env } });
    return [stdout.trim(), code, stderr];
  };
  const yaml = (text: string): string => `plugins: { greet: { ${text} } }\n`;

  it('heeds files of its user and of the project, of an environment, and one more', async () => {
    expect(await run(['greet'])).to.deep.equal(['Hello', 0, '']);
    writeFiles(home, { 'config.yaml': yaml('salutation: Hi'), 'config.production.yaml': yaml('times: 2') });
    writeFiles(project, { '.structum.json': '{ "plugins": { "greet": { "salutation": "Ahoy" } } }', 'extra.yaml': yaml('times: 3') });
    for (const round of ['cold', 'warm']) expect(await run(['greet'], { cwd: join(project, 'src') }), round).to.deep.equal(['Ahoy', 0, '']);
    expect(await run(['--env', 'production', 'greet'])).to.deep.equal(['Ahoy Ahoy', 0, '']);
    expect(await run(['greet', '--env=production', '--config', 'extra.yaml'])).to.deep.equal(['Ahoy Ahoy Ahoy', 0, '']);
    expect(await run(['greet'], { env: { STRUCTUM_ENV: 'production' } })).to.deep.equal(['Ahoy Ahoy', 0, '']);
  });

  it('heeds environment variables, and above all what it is told', async () => {
    const env = { STRUCTUM_PLUGINS__GREET__TIMES: '2', STRUCTUM_PLUGINS__GREET__SALUTATION: '5' };
    expect(await run(['greet'], { env })).to.deep.equal(['5 5', 0, '']);
    expect(await run(['greet', '--set', 'plugins.greet.times=1', '--set', 'plugins.greet.salutation=Moin'], { env })).to.deep.equal(['Moin', 0, '']);
  });

  it('resolves references to secrets for the plugin that needs them, and shows what they stand for to nobody', async () => {
    await cli.add('mail', `
      const { defineCommand, definePlugin } = require('@structum/core');
      exports.default = definePlugin({ name: 'mail', description: 'Sends', commands: [defineCommand({ path: 'mail', description: 'Sends', execute: (_input, { config }) => Object.values(config).map((value) => value + ' has ' + value.length) })] });`);
    await cli.add('vault', `
      const { definePlugin, defineSecretProvider } = require('@structum/core');
      const service = defineSecretProvider('vault');
      exports.default = definePlugin({ name: 'vault', description: 'Keeps', provides: [service], providers: [{ provide: service, useValue: { resolve: (name) => 'vault-' + name } }] });`);
    const program = JSON.stringify(`\${exec:"${process.execPath}" -p 15+4700}`);
    writeFiles(home, { 'config.yaml': `plugins: { mail: { a: "\${env:A}", b: "\${file:b.txt}", c: "\${vault:cc}", d: ${program} } }\nsecrets: { allow_exec: true }\n`, 'b.txt': 'from-file\n' });
    expect(await run(['greet'])).to.deep.equal(['Hello', 0, '']);
    expect(await run(['mail', '--json'], { env: { A: 'variable' } })).to.deep.equal(['["[redacted] has 8","[redacted] has 9","[redacted] has 8","[redacted] has 4"]', 0, '']);
    const [, code, stderr] = await run(['mail']);
    expect([code, stderr]).to.deep.equal([2, `error: Secrets could not be resolved: \${env:A} of plugins.mail.a (${join(home, 'config.yaml')}:1:20): the environment variable A is not set.\nhint: Provide them, or change these settings; nothing that needs them runs until then.\n`]);
    writeFiles(project, { '.structum.yaml': `plugins: { mail: { d: ${program} } }\n` });
    expect((await run(['mail', '--set', `plugin_policy.trusted_projects=${JSON.stringify([project])}`], { env: { A: 'variable' } })).slice(1)).to.satisfy(([refused, why]: [number, string]) => refused === 3 && why.includes('no project may have programs run'));
  });

  it('says what is wrong in a line, and how to mend it', async () => {
    expect(await run(['greet', '--set', 'plugins.greet.times=0', '--set', 'plugins.greet.salutation=["a"]'])).to.deep.equal(['', 2,
      'error: The configuration is not valid: --set: plugins.greet.times must be at least 1, got 0.\nhint: Correct these settings; nothing that needs them runs until then. "structum config validate" finds all that is wrong.\n']);
    expect((await run(['greet', '--set', 'nothing']))[2]).to.match(/^error: "nothing" sets nothing\.\n/);
    expect((await run(['greet', '--config', 'none.yaml']))[1]).to.equal(2);
    expect((await run(['greet', '--env', '../x']))[1]).to.equal(2);
    expect((await run(['greet', '--set', 'plugins.greet.salutatoin=x']))).to.deep.equal(['Hello', 0,
      'warn Nothing knows the setting plugins.greet.salutatoin: it has no effect.  Did you mean "plugins.greet.salutation"?\n']);
    expect((await run(['greet'], { env: { STRUCTUM_PLUGIN__GREET__TIMES: '2' } }))[2]).to.match(/^warn The environment variable STRUCTUM_PLUGIN__GREET__TIMES sets nothing that is known\. {2}Did you mean "STRUCTUM_PLUGINS__GREET__TIMES"/);
  });
});
