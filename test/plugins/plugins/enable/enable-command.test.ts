import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation, type Finished } from '../../../support/cli-installation.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';
import { writePackage } from '../../../support/plugin-package.js';

const plugin = (name: string, more = ''): string => `
  const { defineCommand, definePlugin } = require('@structum/core');
  exports.default = definePlugin({ name: '${name}', description: '${name}', ${more}
    commands: [defineCommand({ path: '${name}', description: '${name}', execute: () => '${name} ran' })] });`;

describe('structum plugins enable and disable', () => {
  let cli: CliInstallation;
  let home: string;
  let project: string;
  let file: string;

  before(async () => {
    cli = new CliInstallation().link('plugins');
    await cli.add('base', plugin('base'));
    await cli.add('user', plugin('user', `requires: { base: '*' },`));
    await cli.add('top', plugin('top', `requires: { user: '*' },`));
    await cli.add('fan', plugin('fan', `optional: { base: '*' },`));
  });

  beforeEach(() => {
    home = temporaryFolder();
    project = temporaryFolder();
    file = join(home, 'config.yaml');
    mkdirSync(join(project, '.git'));
  });

  const run = (...args: string[]): Promise<Finished> => cli.run(args, { cwd: project, env: { STRUCTUM_CONFIG_HOME: home, STRUCTUM_CACHE_HOME: join(home, 'cache'), STRUCTUM_DATA_HOME: join(home, 'data') } });
  const states = async (): Promise<Record<string, string>> => {
    const { stdout } = await run('plugins', 'list', '--json');
    return Object.fromEntries((JSON.parse(stdout) as { name: string; state: string }[]).map(({ name, state }) => [name, state]));
  };

  it('leave a plugin out and take it up again, from the next start on, and say which file says so', async () => {
    expect(await run('plugins', 'disable', 'fan')).to.include({ code: 0, stdout: `Disabled "fan" in ${file}\n`, stderr: '' });
    expect(readFileSync(file, 'utf8')).to.equal('plugin_policy:\n  enabled:\n    fan: false\n');
    expect((await states()).fan).to.equal('disabled');
    const refused = await run('fan');
    expect(refused.code).to.equal(3);
    expect(refused.stderr).to.contain(`disabled by the user's configuration, ${file}.`).and.contain('"structum plugins enable fan"');
    expect((await run('--help')).stdout).not.to.match(/^\s+fan\b/m);
    expect(await run('plugins', 'disable', 'fan')).to.include({ code: 0, stdout: `"fan" is disabled already; ${file} was left alone\n` });
    expect(await run('plugins', 'enable', 'fan')).to.include({ code: 0, stdout: `Enabled "fan" in ${file}\n` });
    expect((await run('fan')).stdout).to.equal('fan ran\n');
  });

  it('give what they did as data', async () => {
    const { stdout } = await run('plugins', 'disable', 'base', 'user', 'top', 'base', '--json');
    expect(JSON.parse(stdout)).to.deep.equal(['base', 'user', 'top'].map((name) => ({ plugin: name, enabled: false, scope: 'user', file, changed: true, inForce: true })));
    expect(await states()).to.include({ base: 'disabled', user: 'disabled', top: 'disabled' });
    const [enabled] = JSON.parse((await run('plugins', 'enable', 'user', '--json')).stdout) as { inForce: boolean; notes: string[] }[];
    expect(enabled?.inForce).to.equal(true);
    expect(enabled?.notes).to.have.length(1);
    expect(enabled?.notes[0]).to.contain('requires "base"').and.contain('structum plugins enable base');
  });

  it('do not break a plugin that requires another, unless forced; one that can do without is no obstacle', async () => {
    const refused = await run('plugins', 'disable', 'base');
    expect(refused).to.include({ code: 1, stdout: '' });
    expect(refused.stderr).to.contain('Plugin "base" is required by "top", "user".').and.contain('(structum plugins disable base top user)');
    expect((await run('plugins', 'disable', 'fan', 'base', '--scope', 'project')).stderr).to.contain('(structum plugins disable fan base top user --scope project)');
    expect(existsSync(file)).to.equal(false);
    expect((await run('plugins', 'disable', 'base', '--force')).stdout).to.equal(`Disabled "base" in ${file}\n  "top" requires it, and cannot be used any more.\n  "user" requires it, and cannot be used any more.\n`);
    expect(await states()).to.include({ base: 'disabled', user: 'rejected', top: 'rejected', fan: 'resolved' });
  });

  it('do not disable what puts things right, unless forced', async () => {
    expect(await run('plugins', 'disable', 'fan', 'plugins')).to.include({ code: 1, stdout: '' });
    expect(existsSync(file)).to.equal(false);
    expect((await run('plugins', 'disable', 'plugins', '--force')).code).to.equal(0);
    expect((await run('plugins', 'list')).code).to.equal(3);
  });

  it('disable a plugin of somebody else\'s that is only called like one of those', async () => {
    writePackage(join(home, 'data/plugins/node_modules/health'), 'health');
    expect(await run('plugins', 'disable', 'health')).to.include({ code: 0, stdout: `Disabled "health" in ${file}\n` });
  });

  it('know names that are mistyped, and those of plugins that are gone', async () => {
    const unknown = await run('plugins', 'disable', 'bsae');
    expect(unknown.code).to.equal(2);
    expect(unknown.stderr).to.contain('There is no plugin "bsae".').and.contain('Did you mean "base"?');
    expect((await run('plugins', 'enable')).code).to.equal(2);
    writeFileSync(file, 'plugin_policy: { enabled: { gone: false } }\n');
    expect((await run('plugins', 'enable', 'gone')).stdout).to.equal(`Enabled "gone" in ${file}\n`);
  });

  it('change the project\'s file as asked, and say what the other one says', async () => {
    const projectFile = join(project, '.structum.yaml');
    expect((await run('plugins', 'disable', 'fan', '--scope', 'project')).stdout).to.equal(`Disabled "fan" in ${projectFile}\n`);
    expect((await states()).fan).to.equal('disabled');
    expect((await run('fan')).stderr).to.contain(`disabled by the project's configuration, ${projectFile}.`).and.contain('"structum plugins enable fan --scope project"');
    const enabled = await run('plugins', 'enable', 'fan');
    expect(enabled).to.include({ code: 0 });
    expect(enabled.stdout).to.contain(`${file} does not disable "fan", and was left alone\n`).and.contain(projectFile).and.contain('structum plugins enable fan --scope project');
    expect((await run('plugins', 'disable', 'fan', '--scope', 'everybody')).code).to.equal(2);
  });

  it('change nothing where a scope has two files: neither counts', async () => {
    for (const [scope, folder, names] of [['user', home, ['config.yaml', 'config.toml']], ['project', project, ['.structum.yaml', '.structum.json']]] as const) {
      writeFiles(folder, Object.fromEntries(names.map((name) => [name, ''])));
      for (const command of ['enable', 'disable']) {
        const refused = await run('plugins', command, 'fan', '--scope', scope);
        expect(refused).to.include({ code: 2, stdout: '' });
        for (const name of names) expect(refused.stderr).to.contain(join(folder, name));
      }
    }
  });

  it('say so where the word of the other file counts more', async () => {
    const projectFile = join(project, '.structum.yaml');
    const config = (enabled: string): void => { writeFileSync(file, `plugin_policy: { trusted_projects: [${JSON.stringify(project)}], enabled: ${enabled} }\n`); };
    config('{}');
    writeFileSync(projectFile, 'plugin_policy: { enabled: { fan: true } }\n');
    const disabled = JSON.parse((await run('plugins', 'disable', 'fan', '--json')).stdout) as unknown;
    expect(disabled).to.deep.equal([{ plugin: 'fan', enabled: false, scope: 'user', file, changed: true, inForce: false, notes: [`${projectFile} enables it for its project, which you trust.`] }]);
    expect((await states()).fan).to.equal('resolved');
    expect((await run('plugins', 'disable', 'fan', '--scope', 'project')).stdout).to.equal(`Disabled "fan" in ${projectFile}\n`);
    config('{ fan: false }');
    expect((await run('plugins', 'enable', 'fan', '--scope', 'project')).stdout).to.equal(`Enabled "fan" in ${projectFile}\n`);
    writeFileSync(file, 'plugin_policy: { enabled: { fan: false } }\n');
    expect((await run('plugins', 'enable', 'fan', '--scope', 'project')).stdout).to.contain(file).and.contain('structum plugins enable fan"');
  });

  describe('where something else than these files has the last word', () => {
    const env = { STRUCTUM_PLUGIN_POLICY__ENABLED__FAN: 'false' };
    const runWith = (variables: Readonly<Record<string, string>>, ...args: string[]): Promise<Finished> =>
      cli.run(args, { cwd: project, env: { STRUCTUM_CONFIG_HOME: home, STRUCTUM_CACHE_HOME: join(home, 'cache'), STRUCTUM_DATA_HOME: join(home, 'data'), ...variables } });

    it('name the file that is not shared, which no command changes', async () => {
      const local = join(project, '.structum.local.yaml');
      writeFiles(project, { '.structum.local.yaml': 'plugin_policy: { enabled: { fan: false } }' });
      const refused = await run('fan');
      expect(refused.code).to.equal(3);
      expect(refused.stderr).to.contain(`Change plugin_policy.enabled.fan in ${local}.`).and.not.contain('plugins enable');
      expect((await run('plugins', 'enable', 'fan', '--scope', 'project')).stdout).to.contain(`Change plugin_policy.enabled.fan in ${local}.`);
    });

    it('name the environment variable', async () => {
      const refused = await runWith(env, 'fan');
      expect(refused.code).to.equal(3);
      expect(refused.stderr).to.contain('environment variable STRUCTUM_PLUGIN_POLICY__ENABLED__FAN').and.contain('Unset STRUCTUM_PLUGIN_POLICY__ENABLED__FAN');
      expect((await runWith(env, 'plugins', 'enable', 'fan')).stdout).to.contain('Unset STRUCTUM_PLUGIN_POLICY__ENABLED__FAN');
      const [disabled] = JSON.parse((await runWith({ STRUCTUM_PLUGIN_POLICY__ENABLED__FAN: 'true' }, 'plugins', 'disable', 'fan', '--json')).stdout) as { inForce: boolean; notes: string[] }[];
      expect(disabled).to.deep.include({ inForce: false, notes: ['The environment variable STRUCTUM_PLUGIN_POLICY__ENABLED__FAN enables it.'] });
    });

    it('name what is set on the command line', async () => {
      const refused = await run('fan', '--set', 'plugin_policy.enabled.fan=false');
      expect(refused.code).to.equal(3);
      expect(refused.stderr).to.contain('--set on the command line').and.contain('Leave --set plugin_policy.enabled.fan out.');
    });

    it('name the file for an environment', async () => {
      const file = join(home, 'config.test.yaml');
      writeFiles(home, { 'config.test.yaml': 'plugin_policy: { enabled: { fan: true } }' });
      const [disabled] = JSON.parse((await run('plugins', 'disable', 'fan', '--json', '--env', 'test')).stdout) as { inForce: boolean; notes: string[] }[];
      expect(disabled).to.deep.include({ inForce: false, notes: [`${file} enables it.`] });
    });
  });

  it('let a project that is not trusted disable nothing of the core', async () => {
    writeFiles(project, { '.structum.yaml': 'plugin_policy: { enabled: { plugins: false, fan: false } }' });
    expect(await states()).to.include({ plugins: 'active', fan: 'disabled' });
  });
});

describe('a configuration file that is wrong', () => {
  it('lets no command run but those that help to mend it, and help be read; a stranger\'s costs a warning', async () => {
    const cli = await new CliInstallation().link('plugins').add('base', plugin('base'));
    const home = temporaryFolder();
    const cwd = temporaryFolder();
    const run = (...args: string[]): Promise<Finished> => cli.run(args, { cwd, env: { STRUCTUM_CONFIG_HOME: home, STRUCTUM_CACHE_HOME: home, STRUCTUM_DATA_HOME: home } });
    writeFiles(cwd, { '.structum.yaml': '<<<<<<< ours' });
    const warned = await run('base');
    expect(warned).to.include({ code: 0, stdout: 'base ran\n' });
    expect(warned.stderr.match(/\.structum\.yaml:1/g)).to.have.length(1);
    expect(await run('base', '--quiet')).to.include({ code: 0, stderr: '' });
    expect(await run('base', '--help')).to.include({ code: 0, stderr: '' });
    writeFiles(home, { 'config.yaml': 'plugin_policy:\n  enabled: { base: nope }\n' });
    const refused = await run('base');
    expect(refused.code).to.equal(2);
    expect(refused.stderr).to.contain(`${join(home, 'config.yaml')}:2:14: plugin_policy.enabled.base must be true or false`);
    expect(await run('--help')).to.include({ code: 0 });
    expect(await run('base', '--help')).to.include({ code: 0 });
    expect(await run('--version')).to.include({ code: 0 });
    const listed = await run('plugins', 'list', '--json');
    expect(JSON.parse(listed.stdout)).to.have.length(2);
    expect(listed.stderr).to.contain('config.yaml:2');
    const { code, stdout } = await run('plugins', 'doctor', '--json');
    expect(code).to.equal(1);
    expect((JSON.parse(stdout) as { findings: { code: string; subject: string }[] }).findings.map((finding) => [finding.code, finding.subject])).to.have.deep.members([
      ['CONFIG_FILE_INVALID', join(cwd, '.structum.yaml')], ['CONFIG_FILE_INVALID', join(home, 'config.yaml')], ['MANIFESTS_UNCHECKED', 'plugin_policy'],
    ]);
    expect((await run('plugins', 'enable', 'base')).code).to.equal(2);
  });

  it('takes up no plugin that asks for the start, as it may be disabled', async () => {
    const cli = await new CliInstallation().link('plugins').add('early', plugin('early', `activation: ['onStart'], onActivate() { process.stderr.write('early is up'); },`));
    writeFiles(cli.folder, { 'home/config/config.yaml': 'plugin_policy: { enabled: { early: nope } }' });
    for (const args of [['early'], ['--help'], ['plugins', 'list']]) expect((await cli.run(args)).stderr, args.join(' ')).to.not.contain('early is up');
  });
});
