import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { CliInstallation, environment } from '../../support/cli-installation.js';
import { temporaryFolder } from '../../support/folder.js';
import { KITCHEN } from '../../support/kitchen-plugin.js';

describe('structum: help and version', () => {
  let cli: CliInstallation;
  before(async () => { cli = await new CliInstallation().add('kitchen', KITCHEN); });

  for (const args of [[], ['--help'], ['-h'], ['help'], ['--'], ['--', '--help']]) {
    it(`shows all commands for "${['structum', ...args].join(' ')}"`, async () => {
      const { code, stdout, stderr } = await cli.run(args);
      expect(stdout).to.match(/^structum 2\.\d+\.\d+ /).and.include('Usage: structum <command>').and.include('Utility\n').and.include('--cwd <folder>');
      expect(stdout).to.match(/^ {2}echo +Give the input back$/m).and.match(/^ {2}box open +Open the box$/m).and.include('$ structum echo word --times 2');
      expect(stdout).not.to.include('hidden-door').and.not.to.include('\u001b');
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    });
  }

  for (const args of [['echo', '--help'], ['--help', 'echo'], ['help', 'echo'], ['say', '-h'], ['echo', '--times', '--help'], ['echo', '--nonsense', '--help']]) {
    it(`explains a command for "structum ${args.join(' ')}"`, async () => {
      const { code, stdout, stderr } = await cli.run(args);
      expect(stdout).to.include('Usage: structum echo [options] <first> [more...]').and.include('Every kind of option there is.');
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    });
  }

  it('keeps the word "help" to itself, whatever a plugin or an alias says, and tells how to rename the command', async () => {
    const greedy = (await new CliInstallation().add('kitchen', KITCHEN)).link('plugins');
    await greedy.add('greedy', `
      const { defineCommand, definePlugin } = require('@structum/core');
      module.exports = definePlugin({ name: 'greedy', description: 'Greedy', commands: [defineCommand({ path: 'help', description: 'Mine', execute: () => 'mine' })] });`);
    for (const more of [[], ['--set', 'plugin_policy.aliases.help=echo']]) {
      expect((await greedy.run(['help', ...more])).stdout).to.include('Usage: structum <command>');
      expect((await greedy.run(['help', 'echo', ...more])).stdout).to.include('Usage: structum echo');
    }
    const { stdout } = await greedy.run(['plugins', 'doctor']);
    expect(stdout).to.include('COMMAND_RESERVED').and.include('plugin_policy: { renames: { "greedy": { "help": "greedy help" } } }');
    expect(await greedy.run(['greedy', 'help', '--json', '--set', 'plugin_policy.renames.greedy.help=greedy help'])).to.include({ code: 0, stdout: '"mine"\n', stderr: '' });
  });

  it('says of an option what there is to say, and nothing of hidden ones', async () => {
    const { stdout } = await cli.run(['echo', '--help']);
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(text).to.include('-n, --times <number> How many times (at least 1; env: ECHO_TIMES)');
    expect(text).to.include('--[no-]frame With a frame (default: on)');
    expect(text).to.include('-l, --loud Loudly');
    expect(text).to.include('--style <choice> The style (one of plain, fancy; default: plain)');
    expect(text).to.include('-t, --tag <value> Tags (repeatable, or separated by ",")');
    expect(text).to.include('--ancient <value> The old way (deprecated: use --style)');
    expect(text).to.include('-f, --file <file> A file');
    expect(text).to.include('Aliases structum say structum repeat it');
    expect(text).not.to.include('--secret');
  });

  for (const args of [['box'], ['box', '--help'], ['help', 'box']]) {
    it(`lists a group for "structum ${args.join(' ')}"`, async () => {
      const { code, stdout } = await cli.run(args);
      expect(stdout).to.include('Usage: structum box <command>').and.match(/^ {2}box close +Close the box\n {2}box open +Open the box$/m);
      expect(stdout).not.to.include('echo');
      expect(code).to.equal(0);
    });
  }

  it('shows examples and global options of a group too', async () => {
    const { stdout } = await cli.run(['box']);
    expect(stdout).to.match(/^Examples\n {2}\$ structum box open --quiet$/m).and.include('Every command also takes --cwd,');
  });

  for (const args of [['--json'], ['--json', '--help'], ['help', '--json']]) {
    it(`gives all of it as data for "structum ${args.join(' ')}"`, async () => {
      const { code, stdout } = await cli.run(args);
      const { name, version, commands } = JSON.parse(stdout) as { name: string; version: string; commands: { path: string; input: { properties: object } }[] };
      expect(code).to.equal(0);
      expect(name).to.equal('structum');
      expect(version).to.match(/^2\./);
      expect(commands.map(({ path }) => path)).to.include.members(['box close', 'box open', 'echo']).and.not.include('hidden-door');
      const echo = commands.find(({ path }) => path === 'echo');
      expect(echo).to.deep.include({ path: 'echo', description: 'Give the input back', plugin: 'kitchen', category: 'utility', aliases: ['say', 'repeat it'] });
      expect(echo?.input.properties).to.include.keys('first', 'times');
    });
  }

  it('gives a group and a command as data', async () => {
    const group = JSON.parse((await cli.run(['box', '--json'])).stdout) as { commands: { path: string }[] };
    expect(group.commands.map(({ path }) => path)).to.deep.equal(['box close', 'box open']);
    expect(JSON.parse((await cli.run(['echo', '--help', '--json'])).stdout)).to.include({ path: 'echo', plugin: 'kitchen' });
  });

  it('needs no folder to work in', async function () {
    if (process.platform === 'win32') this.skip();
    const inDeletedFolder = (...args: string[]): [number | null, string, string] => {
      const { status, stdout, stderr } = spawnSync('sh', ['-c', 'cd "$0" && rmdir "$0" && exec "$@"', temporaryFolder(), process.execPath, cli.bin, ...args], { encoding: 'utf8', env: environment() });
      return [status, stdout.split('\n')[0] ?? '', stderr];
    };
    const gone = 'error: The current folder is not there any more.\nhint: Change to another one, or give one with --cwd.\n';
    expect(inDeletedFolder('where')).to.deep.equal([2, '', gone]);
    expect(inDeletedFolder('where', '--cwd', '/')).to.deep.equal([0, '/', '']);
    expect(inDeletedFolder('where', '--help')).to.deep.equal([0, 'Show the folder', '']);
    expect(inDeletedFolder('box')).to.deep.equal([0, 'Usage: structum box <command> [arguments] [options]', '']);
    expect(inDeletedFolder('__complete', 'wher')).to.deep.equal([0, 'none', '']);
  });

  for (const args of [['--version'], ['echo', '--version'], ['--json', '--version'], ['box', '--version']]) {
    it(`prints the version for "structum ${args.join(' ')}"`, async () => {
      const { code, stdout, stderr } = await cli.run(args);
      expect(stdout).to.match(/^2\.\d+\.\d+\n$/);
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    });
  }

  it('runs no plugin code for help', async () => {
    const explosive = await new CliInstallation().add('kitchen', KITCHEN);
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`${explosive.folder}/node_modules/structum-plugin-kitchen/index.cjs`, 'throw new Error("loaded")');
    expect(await explosive.run(['echo', '--help'])).to.include({ code: 0, stderr: '' });
    expect((await explosive.run(['--help'])).stdout).to.include('Give the input back');
    const { code, stderr } = await explosive.run(['echo', 'word']);
    expect(code).to.equal(1);
    expect(stderr).to.match(/^error: Plugin "kitchen" failed to load from .*: loaded$/m);
  });

  it('says so where there is no plugin', async () => {
    const { code, stdout } = await new CliInstallation().run([]);
    expect(stdout).to.include('No plugin offers a command.');
    expect(code).to.equal(0);
  });
});
