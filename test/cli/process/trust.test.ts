import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation, type Finished } from '../../support/cli-installation.js';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

const PLUGIN = `
  const { defineCommand, definePlugin } = require('@structum/core');
  require('node:fs').writeFileSync(require('node:path').join(__dirname, 'was-loaded'), '');
  exports.default = definePlugin({ name: 'theirs', description: 'Of a project', permissions: { write: ['$plugin'] },
    commands: [defineCommand({ path: 'theirs', description: 't', execute: () => 'theirs ran' })] });`;

describe('structum in a project with plugins of its own', () => {
  let cli: CliInstallation;
  let project: string;
  let home: string;

  before(async () => {
    cli = new CliInstallation();
    const maker = await new CliInstallation().add('theirs', PLUGIN);
    project = join(temporaryFolder(), 'project');
    mkdirSync(join(project, '.git'), { recursive: true });
    linkCore(project);
    writeFiles(project, { 'package.json': { name: 'their-project' } });
    cpSync(join(maker.folder, 'node_modules/structum-plugin-theirs'), join(project, 'node_modules/structum-plugin-theirs'), {
      recursive: true, filter: (file) => !file.endsWith('was-loaded'),
    });
  });

  beforeEach(() => { home = temporaryFolder(); });

  const run = (...args: string[]): Promise<Finished> =>
    cli.run(args, { cwd: project, env: { STRUCTUM_CONFIG_HOME: home, STRUCTUM_CACHE_HOME: home, STRUCTUM_DATA_HOME: home } });

  it('loads none of them before the user trusts it, and says how to', async () => {
    const { code, stdout, stderr } = await run('theirs');
    expect([code, stdout]).to.deep.equal([3, '']);
    expect(stderr).to.contain('trusted_projects').and.contain(JSON.stringify(project));
    expect((await run('--help')).stdout).not.to.contain('Of a project');
    writeFiles(project, { '.structum.yaml': 'plugin_policy: { trusted_projects: [.], folders: [node_modules] }' });
    expect((await run('theirs')).code).to.equal(3);
    expect(existsSync(join(project, 'node_modules/structum-plugin-theirs/was-loaded'))).to.equal(false);
  });

  it('tells in its help what is not trusted and what is disabled apart, and where to look', async () => {
    const told = async (): Promise<string> => (await run('--help')).stdout.replaceAll(/\s+/g, ' ');
    cli.link('plugins');
    expect(await told()).to.contain('One plugin is not loaded, because nobody said that the project is to be trusted: "structum plugins list" says what to do.').and.not.contain('is disabled');
    writeFiles(home, { 'config.yaml': 'plugin_policy: { enabled: { theirs: false } }' });
    expect(await told()).to.contain('One plugin is disabled: "structum plugins list" says').and.not.contain('trusted');
  });

  it('says in the help of a command that it cannot be run, why, and what to do', async () => {
    const text = (await run('theirs', '--help')).stdout.replaceAll(/\s+/g, ' ');
    expect(text).to.contain('Cannot be run: Plugin "theirs" is not loaded').and.contain('trusted_projects').and.contain('Usage: structum theirs');
    const { unusable } = JSON.parse((await run('help', 'theirs', '--json')).stdout) as { unusable: { code: string } };
    expect(unusable.code).to.equal('PLUGIN_UNTRUSTED');
    writeFiles(home, { 'config.yaml': `plugin_policy: { trusted_projects: [${JSON.stringify(project)}], enabled: { theirs: false } }` });
    expect((await run('theirs', '--help')).stdout).to.contain('Cannot be run: Plugin "theirs" is disabled');
    writeFiles(home, { 'config.yaml': `plugin_policy: { trusted_projects: [${JSON.stringify(project)}] }` });
    expect((await run('theirs', '--help')).stdout).not.to.contain('Cannot be run');
  });

  it('loads them as soon as the user trusts it', async () => {
    writeFiles(home, { 'config.yaml': `plugin_policy: { trusted_projects: [${JSON.stringify(project)}] }` });
    expect(await run('theirs')).to.include({ code: 0, stdout: 'theirs ran\n' });
    expect(existsSync(join(project, 'node_modules/structum-plugin-theirs/was-loaded'))).to.equal(true);
  });

  it('finds those in the folders that the user names', async () => {
    writeFiles(home, { 'config.yaml': `plugin_policy: { folders: [${JSON.stringify(join(project, 'node_modules/structum-plugin-theirs'))}] }` });
    expect(await run('theirs')).to.include({ code: 0, stdout: 'theirs ran\n' });
  });

  it('records what they do once the user trusts it', async () => {
    const log = join(cli.folder, 'home/state/audit.jsonl');
    writeFiles(home, { 'config.yaml': `plugin_policy: { trusted_projects: [${JSON.stringify(project)}] }\nsecurity: { sandbox_mode: 'off' }\n` });
    rmSync(log, { force: true });
    expect((await run('theirs')).code).to.equal(0);
    const { time: _time, execution: _execution, duration: _duration, ...record } = JSON.parse(readFileSync(log, 'utf8')) as Record<string, unknown>;
    expect(record).to.deep.equal({ event: 'run', command: 'theirs', plugin: 'theirs', version: '1.2.3', tier: 'installed', executor: 'inline', outcome: 'done', exitCode: 0 });
  });
});
