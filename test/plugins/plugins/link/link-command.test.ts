import { existsSync, mkdirSync, readFileSync, readdirSync, readlinkSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { LinkResult } from '@structum/plugin-plugins';
import { CliInstallation, finished, printed, type Finished } from '../../../support/cli-installation.js';
import { linkCore, temporaryFolder, writeFiles } from '../../../support/folder.js';
import { KITCHEN } from '../../../support/kitchen-plugin.js';
import { hasPseudoTerminals, startOnTerminal } from '../../../support/pseudo-terminal.js';

describe('structum plugins link', () => {
  let cli: CliInstallation;
  let data: string;
  before(async () => { cli = (await new CliInstallation().add('kitchen', KITCHEN)).link('plugins'); });
  beforeEach(() => { data = temporaryFolder(); });

  const link = (...args: readonly string[]): Promise<Finished> => run('link', ...args);
  const unlink = (...args: readonly string[]): Promise<Finished> => run('unlink', ...args);
  const run = (...args: readonly string[]): Promise<Finished> => cli.run(['plugins', ...args], { env: { STRUCTUM_DATA_HOME: data } });
  const linkOf = (name: string): string => readlinkSync(join(data, 'links', name)).replace(/[\\/]$/, '');

  /** The package of a plugin without a manifest. */
  const plugin = (name = 'hello', packageName = `structum-plugin-${name}`, command = name, permissions: object = {}): string => {
    const folder = temporaryFolder();
    linkCore(folder);
    writeFiles(folder, {
      'package.json': { name: packageName, version: '0.3.0', type: 'module', exports: './plugin.js', keywords: ['structum-plugin'], structum: { manifest: './structum.manifest.json' } },
      'plugin.js': `
        import { defineCommand, definePlugin } from '@structum/core';
        export default definePlugin({ name: '${name}', description: 'Greetings', permissions: ${JSON.stringify(permissions)},
          commands: [defineCommand({ path: '${command}', description: 'Say hello', execute: () => 'hello' })] });`,
    });
    return folder;
  };

  it('links a plugin, whose manifest it makes where there is none', async () => {
    const folder = plugin('team/hello', '@team/hello', 'hello');
    const { code, stdout, stderr } = await link(folder, '--json');
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(JSON.parse(stdout) as LinkResult).to.deep.equal({
      plugin: 'team/hello', version: '0.3.0', package: '@team/hello', folder, link: join(data, 'links/@team/hello'), state: 'linked',
      isDescribed: true, commands: ['hello'], permissions: {}, usable: true,
    });
    expect(linkOf('@team/hello')).to.equal(folder);
    expect(JSON.parse(readFileSync(join(folder, 'structum.manifest.json'), 'utf8'))).to.include({ name: 'team/hello' });
  });

  it('takes the folder that it runs in, and changes nothing the second time', async () => {
    const folder = plugin();
    const options = { cwd: folder, env: { STRUCTUM_DATA_HOME: data } };
    expect((await cli.run(['plugins', 'link'], options)).stdout).to.equal(`Wrote structum.manifest.json\nLinked "hello" 0.3.0: ${folder}\nTry: structum hello --help\n`);
    expect((await cli.run(['plugins', 'link'], options)).stdout).to.equal(`Already linked "hello" 0.3.0: ${folder}\nTry: structum hello --help\n`);
  });

  it('says what the plugin asks to be allowed', async () => {
    const folder = plugin('nosy', 'structum-plugin-nosy', 'nosy', { services: ['structum.config'] });
    expect((await link(folder)).stdout).to.contain('It may have: services: ["structum.config"]\n');
  });

  it('follows links to the folder itself', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = plugin();
    const alias = join(temporaryFolder(), 'alias');
    symlinkSync(folder, alias);
    await link(alias);
    expect(linkOf('structum-plugin-hello')).to.equal(folder);
  });

  it('leads to another folder when a package of the same name is linked', async () => {
    const [one, two] = [plugin(), plugin()];
    await link(one);
    expect(JSON.parse((await link(two, '--json')).stdout)).to.include({ state: 'changed', folder: two, before: one });
    expect(linkOf('structum-plugin-hello')).to.equal(two);
    expect((await link(one)).stdout).to.contain(`Linked "hello" 0.3.0: ${one} (before: ${two})\n`);
  });

  it('says when the host uses a plugin of its own instead', async () => {
    const sameName = await link(plugin('kitchen', 'my-kitchen'));
    expect(sameName).to.include({ code: 0 });
    expect(sameName.stdout).to.match(/^It cannot be used: Two plugins are named "kitchen": .*structum-plugin-kitchen and .* because plugins beside the host come before linked plugins\.$/m).and.not.contain('Try:');
    const sameCommand = await link(plugin('hello', 'structum-plugin-hello', 'echo'));
    expect(sameCommand.stdout).to.match(/^It cannot be used: .*"echo".*"kitchen"/m).and.match(/^ {2}-> .*renames/m);
    const other = plugin('hello', 'other-hello');
    const twice = JSON.parse((await link(other, '--json')).stdout) as LinkResult;
    expect(twice).to.deep.include({ state: 'linked', usable: true });
    expect((JSON.parse((await link(plugin('hello', 'yet-another'), '--json')).stdout) as LinkResult).reason).to.deep.include({ code: 'PLUGIN_DUPLICATE' });
  });

  it('says why a plugin that is linked cannot be used', async () => {
    const folder = plugin();
    await run('manifest', folder);
    const file = join(folder, 'structum.manifest.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...manifest, engine: '^9.0.0' }));
    const result = JSON.parse((await link(folder, '--json')).stdout) as LinkResult;
    expect(result).to.deep.include({ state: 'linked', usable: false });
    expect(result.reason).to.deep.include({ code: 'ENGINE_MISMATCH' });
  });

  it('goes on where importing the plugin hangs, or ends its process', async () => {
    const folder = plugin();
    writeFileSync(join(folder, 'plugin.js'), 'for (;;);');
    const hangs = await link(folder, '--import-limit', '1500');
    expect(hangs).to.include({ code: 124, stdout: '' });
    expect(hangs.stderr).to.contain('was not imported within 1500 ms').and.contain('--import-limit');
    writeFileSync(join(folder, 'plugin.js'), 'process.exit(7);');
    const ends = await link(folder);
    expect(ends).to.include({ code: 1, stdout: '' });
    expect(ends.stderr).to.contain('exit code 7');
    writeFileSync(join(folder, 'plugin.js'), 'throw new Error("out of order");');
    expect((await link(folder)).stderr).to.contain('out of order');
    for (const missing of ['import "not-installed";', 'import "./not-built.js";']) {
      writeFileSync(join(folder, 'plugin.js'), missing);
      expect((await link(folder)).stderr).to.match(/not-(?:installed|built)/).and.contain(`Run "npm install" in ${folder}, and build it`);
    }
    expect(existsSync(join(data, 'links'))).to.equal(false);
    expect(existsSync(join(folder, 'structum.manifest.json'))).to.equal(false);
  });

  it('explains what cannot be linked, and links nothing', async () => {
    const file = (packageJson: string | object): string => {
      const folder = temporaryFolder();
      writeFiles(folder, { 'package.json': packageJson });
      return folder;
    };
    for (const [folder, message] of [
      [join(data, 'nowhere'), 'there is no such folder'],
      [join(file('{}'), 'package.json'), 'it is a file, and no folder'],
      [temporaryFolder(), 'it has no package.json'],
      [file('{'), 'its package.json cannot be read'],
      [file({ version: '1.0.0' }), 'its package.json has no name'],
      [file({ name: '../../outside' }), 'which npm does not take'],
      [file({ name: '@team/..' }), 'which npm does not take'],
      [file({ name: 'hello', exports: './dist/index.js' }), 'says nothing of being a plugin'],
      [file({ name: 'hello', exports: './dist/index.js', keywords: ['structum-plugin'] }), 'has no manifest, and is not built'],
      [file({ name: 'hello', exports: './dist/index.js', peerDependencies: { '@structum/core': '^2.0.0' } }), 'has no manifest, and is not built'],
      [file({ name: 'hello', structum: { manifest: './dist/structum.manifest.json' } }), 'hosts look for ./structum.manifest.json only'],
    ] as const) {
      const { code, stderr } = await link(folder);
      expect(stderr).to.include(message);
      expect(code).to.equal(2);
    }
    expect(readdirSync(data)).to.deep.equal([]);
  });

  it('says what to run where a plugin is not built', async () => {
    const folder = plugin();
    renameSync(join(folder, 'plugin.js'), join(folder, 'plugin.ts'));
    expect((await link(folder)).stderr).to.include('Run "npm install" and "npm run build" there first.');
  });

  it('does not import a plugin that has its manifest', async () => {
    const folder = plugin();
    await run('manifest', folder);
    writeFileSync(join(folder, 'plugin.js'), 'throw new Error("imported");');
    expect(await link(folder)).to.include({ code: 0 });
  });

  it('says that the manifest is damaged', async () => {
    const folder = plugin();
    writeFiles(folder, { 'structum.manifest.json': '{' });
    const { code, stderr } = await link(folder, '--json');
    expect(stderr).to.include('MANIFEST_UNREADABLE');
    expect(code).not.to.equal(0);
    expect(existsSync(join(data, 'links'))).to.equal(false);
  });

  it('says that there is nowhere to keep links for a user without a home', async function () {
    if (process.platform === 'win32') this.skip();
    const { code, stderr } = await cli.run(['plugins', 'link', plugin()], { env: { HOME: 'relative', XDG_DATA_HOME: '', STRUCTUM_DATA_HOME: '' } });
    expect(stderr).to.include('STRUCTUM_DATA_HOME');
    expect(code).to.equal(2);
  });

  describe('structum plugins unlink', () => {
    const both = async (): Promise<readonly [string, string]> => {
      const folders = [plugin('team/hello', '@team/greetings', 'hello'), plugin('bye')] as const;
      for (const folder of folders) await link(folder);
      return folders;
    };
    const linked = (): readonly string[] => readdirSync(join(data, 'links')).sort();

    it('takes the name of a plugin, or of its package', async () => {
      const [hello] = await both();
      expect(await unlink('team/hello')).to.deep.include({ code: 0, stdout: `Unlinked "team/hello": ${hello}\n` });
      expect(linked()).to.deep.equal(['structum-plugin-bye']);
      expect(await unlink('structum-plugin-bye')).to.include({ code: 0 });
      expect(linked()).to.deep.equal([]);
      expect(existsSync(join(hello, 'plugin.js'))).to.equal(true);
    });

    it('takes the folder of a plugin, also one that is gone', async () => {
      const [hello, bye] = await both();
      expect((await cli.run(['plugins', 'unlink', '.'], { cwd: hello, env: { STRUCTUM_DATA_HOME: data } })).stdout).to.equal(`Unlinked "team/hello": ${hello}\n`);
      renameSync(bye, `${bye}-moved`);
      expect((await unlink(bye)).stdout).to.contain(`: ${bye}, which is gone\n`);
      expect(linked()).to.deep.equal([]);
    });

    it('gives what it removed as data', async () => {
      const [folder] = await both();
      expect(JSON.parse((await unlink('@team/greetings', '--json')).stdout)).to.deep.equal([{ package: '@team/greetings', plugin: 'team/hello', folder, isGone: false }]);
    });

    it('guesses what an unknown name was meant to be, or names what is linked', async () => {
      await both();
      const misspelt = await unlink('byee');
      expect(misspelt.code).to.equal(2);
      expect(misspelt.stderr).to.include('There is no plugin "byee".').and.include('Did you mean "bye"?');
      expect((await unlink('something-else')).stderr).to.include('Linked are team/hello, bye.');
      const installed = await unlink('kitchen');
      expect(installed.code).to.equal(2);
      expect(installed.stderr).to.include('The plugin "kitchen" is not linked').and.include('structum plugins disable kitchen');
    });

    it('removes the link to a folder that is gone', async () => {
      const [, bye] = await both();
      renameSync(bye, `${bye}-moved`);
      expect((await unlink('structum-plugin-bye')).stdout).to.equal(`Unlinked "structum-plugin-bye": ${bye}, which is gone\n`);
    });

    it('does not break what requires a plugin, unless forced, and says then what cannot be used any more', async () => {
      const [hello, bye] = await both();
      const guest = plugin('guest');
      const file = join(guest, 'plugin.js');
      writeFileSync(file, readFileSync(file, 'utf8').replace("description: 'Greetings',", "description: 'Greetings', requires: { 'team/hello': '*' },"));
      await link(guest);
      const refused = await unlink('team/hello');
      expect(refused.code).to.equal(1);
      expect(refused.stderr).to.include('Plugin "team/hello" is required by "guest".').and.include('--force');
      expect(linked()).to.have.lengthOf(3);
      expect(await unlink('bye')).to.include({ code: 0, stdout: `Unlinked "bye": ${bye}\n` });
      expect(await unlink('team/hello', '--force')).to.include({ code: 0, stdout: `Unlinked "team/hello": ${hello}\n  "guest" requires it, and cannot be used any more.\n` });
      expect(await link(hello)).to.include({ code: 0 });
      expect(JSON.parse((await unlink('team/hello', '--force', '--json')).stdout)).to.deep.equal([{ package: '@team/greetings', plugin: 'team/hello', folder: hello, isGone: false, broken: ['guest'] }]);
      expect(await unlink('guest')).to.include({ code: 0 });
    });

    it('takes away together what requires each other', async () => {
      const [, bye] = await both();
      const file = join(bye, 'structum.manifest.json');
      const manifest = JSON.parse(readFileSync(file, 'utf8')) as object;
      writeFileSync(file, JSON.stringify({ ...manifest, requires: { 'team/hello': '*' } }));
      expect(await unlink('--yes')).to.include({ code: 0 });
      expect(linked()).to.deep.equal([]);
    });

    it('removes all only when told to', async () => {
      await both();
      const refused = await unlink();
      expect(refused).to.include({ code: 2 });
      expect(refused.stderr).to.include('--yes');
      expect(linked()).to.have.lengthOf(2);
      expect(await unlink('--yes')).to.include({ code: 0 });
      expect(linked()).to.deep.equal([]);
      expect((await unlink()).stdout).to.equal('Nothing was unlinked.\n');
    });

    it('removes all when somebody at a terminal agrees', async function () {
      if (!hasPseudoTerminals()) this.skip();
      await both();
      for (const [answer, left] of [['n', 2], ['y', 0]] as const) {
        const child = startOnTerminal([process.execPath, cli.bin, 'plugins', 'unlink'], { cwd: temporaryFolder(), env: { STRUCTUM_DATA_HOME: data } });
        const end = finished(child);
        await printed(child, 'stdout', 'Unlink team/hello, bye? [y/N] ');
        child.stdin?.write(`${answer}\r`);
        expect(await end).to.include({ code: 0 });
        expect(linked()).to.have.lengthOf(left);
      }
    });

    it('leaves alone what is no link', async () => {
      mkdirSync(join(data, 'links/hello'), { recursive: true });
      expect(await unlink('hello')).to.include({ code: 2 });
      expect(linked()).to.deep.equal(['hello']);
    });
  });
});
