import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation } from '../../../support/cli-installation.js';
import { writeFiles } from '../../../support/folder.js';
import { commandOf, manifestFileIn, writePackage } from '../../../support/plugin-package.js';

describe('structum plugins info, of plugins that others have a say in', () => {
  let cli: CliInstallation;
  let project: string;

  before(() => {
    cli = new CliInstallation().link('plugins');
    project = join(cli.folder, 'project');
    writeFiles(cli.folder, {
      'home/config/config.yaml': [
        'plugin_policy:', '  enabled: { off: false }', '  renames: { mover: { mover: moved away } }',
        '  aliases: { m: moved away, gone: nothing }', `  folders: [${JSON.stringify(join(cli.folder, 'more'))}]`, '',
      ].join('\n'),
      'project/package.json': { name: 'project', private: true },
    });
    const add = (name: string, more: Parameters<typeof writePackage>[2] = {}): void => { writePackage(join(cli.folder, 'node_modules', `structum-plugin-${name}`), `structum-plugin-${name}`, { ...more, name }); };
    add('off');
    add('user-of-off', { requires: { off: '*' } });
    add('mover', { commands: [commandOf('mover')] });
    add('twice', { provides: ['acme.search'] });
    add('seeker', { requiresServices: ['acme.search', 'acme.other'] });
    writePackage(join(cli.folder, 'more/twice'), 'structum-plugin-twice', { name: 'twice', version: '0.9.0' });
    writePackage(join(project, 'node_modules/structum-plugin-stranger'), 'structum-plugin-stranger', { name: 'stranger' });
  });

  const info = async (name: string, cwd = cli.folder): Promise<string> => (await cli.run(['plugins', 'info', name], { cwd })).stdout;

  it('say that one is disabled, and how to enable it, also where another needs it', async () => {
    expect(await info('off')).to.match(/^State: +disabled$/m).and.match(/^Why it cannot be used\n.*\[PLUGIN_DISABLED\]\n +-> .*enable/m);
    expect(await info('user-of-off')).to.match(/^State: +rejected$/m).and.match(/^ {4}.*\[PLUGIN_DISABLED\]$/m);
  });

  it('say whom a project must be trusted by', async () => {
    expect(await info('stranger', project)).to.match(/^State: +rejected$/m).and.match(/^Trust: +found$/m).and.match(/\(project\)$/m).and.contain('[PLUGIN_UNTRUSTED]');
  });

  it('show where commands were moved to, and the aliases that the policy gives them', async () => {
    expect(await info('mover')).to.match(/^Commands\n {2}moved away \("mover" in its manifest\)/m).and.match(/^Aliases of the policy\n {2}m: moved away$/m).and.not.contain('gone');
  });

  it('show the services that it needs, and who provides them', async () => {
    expect(await info('seeker')).to.match(/^Needs services\n {2}acme\.other: nobody provides it\n {2}acme\.search: twice 1\.0\.0$/m);
  });

  it('show the file of the manifest, and the packages of that name that do not count', async () => {
    expect(await info('twice')).to.contain(`Manifest:    ${manifestFileIn(cli.folder, 'structum-plugin-twice')}\n`)
      .and.contain(`Hidden by it\n  0.9.0  ${join(cli.folder, 'more/twice')} (configured)\n`);
  });

  it('give the same as data', async () => {
    const { stdout } = await cli.run(['plugins', 'info', 'twice', '--json']);
    expect(JSON.parse(stdout)).to.deep.include({
      manifestFile: manifestFileIn(cli.folder, 'structum-plugin-twice'), aliases: {},
      shadowed: [{ version: '0.9.0', source: { kind: 'package', label: join(cli.folder, 'more/twice'), origin: 'configured' } }],
    });
  });

  it('use no colours in a pipe', async () => {
    for (const command of [['list'], ['info', 'off'], ['why', 'off'], ['graph']]) expect((await cli.run(['plugins', ...command])).stdout, command[0]).to.not.contain('\u001b');
    expect((await cli.run(['plugins', 'graph'], { env: { FORCE_COLOR: '1' } })).stdout).to.contain('\u001b[2m[disabled]\u001b[22m');
  });
});
