import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation, environment, finished, type Finished } from '../../support/cli-installation.js';
import { writeFiles } from '../../support/folder.js';

describe('a command line of one\'s own, with runCli()', () => {
  let cli: CliInstallation;
  before(() => {
    cli = new CliInstallation().link('completion');
    writeFiles(cli.folder, {
      'acme.cjs': `
        const { runCli } = require('@structum/cli');
        const { defineCommand, definePlugin } = require('@structum/core');
        const deploy = defineCommand({ path: 'deploy', description: 'Ship it', arguments: { target: { type: 'string', description: 'Where to' } },
          execute: ({ target }) => target, render: (target, out) => out.line('shipped to ' + target) });
        const acme = definePlugin({ name: 'acme', version: '1.0.0', category: 'utility', description: 'Tools of Acme', commands: [deploy] });
        runCli({ name: 'acme', version: '9.8.7', description: 'Tools of Acme.', plugins: [acme], from: __filename, discover: process.env.DISCOVER === '1' })
          .then((code) => { process.exitCode = code; });`,
    });
  });

  const acme = (args: readonly string[], env: Record<string, string> = {}): Promise<Finished> =>
    finished(spawn(process.execPath, [join(cli.folder, 'acme.cjs'), ...args], { env: { ...environment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] }));

  it('has its own name, version and description', async () => {
    expect(await acme(['--version'])).to.include({ code: 0, stdout: '9.8.7\n' });
    expect((await acme([])).stdout).to.match(/^acme 9\.8\.7 {2}Tools of Acme\.\n\nUsage: acme <command>/).and.include('Ship it');
    expect((await acme(['deploy'])).stderr).to.equal('error: The argument <target> is missing.\nusage: acme deploy <target>\n');
  });

  it('runs its own plugins', async () => {
    expect(await acme(['deploy', 'moon'])).to.deep.equal({ code: 0, signal: null, stdout: 'shipped to moon\n', stderr: '' });
  });

  it('finds installed plugins when it wants to', async () => {
    expect((await acme([])).stdout).not.to.include('completion');
    expect((await acme([], { DISCOVER: '1' })).stdout).to.include('completion');
    expect((await acme(['completion', 'bash', '--program', 'acme'], { DISCOVER: '1' })).stdout).to.include('command acme __complete');
  });
});
