import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation } from '../../support/cli-installation.js';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

describe('structum plugins manifest', () => {
  let cli: CliInstallation;
  before(() => { cli = new CliInstallation().link('plugins'); });

  /** The package of a plugin without a manifest yet. */
  const plugin = (description = 'Say hello'): string => {
    const folder = temporaryFolder();
    linkCore(folder);
    writeFiles(folder, {
      'package.json': { name: 'structum-plugin-hello', version: '0.3.0', type: 'module', exports: './plugin.js' },
      'plugin.js': code(description),
    });
    return folder;
  };
  const code = (description: string): string => `
    import { defineCommand, definePlugin } from '@structum/core';
    export default definePlugin({ name: 'hello', description: 'Greetings',
      commands: [defineCommand({ path: 'hello', description: '${description}', execute: () => 'hello' })] });`;
  const manifestIn = (folder: string): { commands: { description: string }[] } =>
    JSON.parse(readFileSync(join(folder, 'structum.manifest.json'), 'utf8')) as { commands: { description: string }[] };

  it('writes the manifest of the plugin in the folder, and nothing else', async () => {
    const cwd = plugin();
    expect(await cli.run(['plugins', 'manifest'], { cwd })).to.include({ code: 0, stdout: 'Wrote structum.manifest.json\n', stderr: '' });
    expect(manifestIn(cwd)).to.deep.include({ name: 'hello', version: '0.3.0', entry: './plugin.js' });
    expect(readdirSync(cwd)).to.have.members(['node_modules', 'package.json', 'plugin.js', 'structum.manifest.json']);
  });

  it('leaves a manifest alone that is right', async () => {
    const cwd = plugin();
    await cli.run(['plugins', 'manifest'], { cwd });
    expect((await cli.run(['plugins', 'manifest', '.'], { cwd })).stdout).to.equal('structum.manifest.json describes "hello" as it is\n');
    expect(await cli.run(['plugins', 'manifest', '--check'], { cwd })).to.include({ code: 0 });
  });

  it('takes a folder, and gives data', async () => {
    const folder = plugin();
    const { stdout } = await cli.run(['plugins', 'manifest', folder, '--json']);
    expect(JSON.parse(stdout)).to.deep.equal({ plugin: 'hello', file: join(folder, 'structum.manifest.json'), differences: [], state: 'written' });
  });

  it('--check fails where the manifest is stale, says what differs, and writes nothing', async () => {
    const cwd = plugin();
    await cli.run(['plugins', 'manifest'], { cwd });
    writeFileSync(join(cwd, 'plugin.js'), code('Say hello loudly'));
    const { code: exitCode, stdout } = await cli.run(['plugins', 'manifest', '--check'], { cwd });
    expect(exitCode).to.equal(1);
    expect(stdout).to.include('structum.manifest.json no longer describes "hello": commands.hello.description\n');
    expect(manifestIn(cwd).commands[0]?.description).to.equal('Say hello');
    expect((await cli.run(['plugins', 'manifest'], { cwd })).stdout).to.equal('Wrote structum.manifest.json, changed: commands.hello.description\n');
    expect(manifestIn(cwd).commands[0]?.description).to.equal('Say hello loudly');
  });

  it('--check fails where there is no manifest, or one that cannot be read', async () => {
    const cwd = plugin();
    const missing = await cli.run(['plugins', 'manifest', '--check'], { cwd });
    expect(missing).to.include({ code: 1 });
    expect(missing.stdout).to.include('There is no structum.manifest.json');
    expect(existsSync(join(cwd, 'structum.manifest.json'))).to.equal(false);
    writeFileSync(join(cwd, 'structum.manifest.json'), '{ not JSON');
    const damaged = await cli.run(['plugins', 'manifest', '--check'], { cwd });
    expect(damaged).to.include({ code: 1 });
    expect(damaged.stdout).to.include('no longer describes "hello": the whole file');
  });

  it('explains a folder that is none, or without a package', async () => {
    const cwd = temporaryFolder();
    for (const [args, problem] of [[[], 'it has no package.json'], [['nowhere'], 'there is no such folder']] as const) {
      const { code: exitCode, stderr } = await cli.run(['plugins', 'manifest', ...args], { cwd });
      expect(exitCode).to.equal(2);
      expect(stderr).to.match(/^error: No manifest can be made in /).and.contain(problem).and.not.contain('ENOENT');
    }
  });

  it('says what to run where a plugin is not built', async () => {
    const cwd = plugin();
    rmSync(join(cwd, 'plugin.js'));
    const { code: exitCode, stderr } = await cli.run(['plugins', 'manifest', '--json'], { cwd });
    expect(exitCode).to.equal(2);
    expect(stderr).to.contain('PLUGIN_ENTRY_MISSING').and.contain('npm run build');
  });
});
