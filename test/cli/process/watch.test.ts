import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation, finished, type Finished } from '../../support/cli-installation.js';

/** A plugin with a quick command and one that runs until a file says so. */
function source(version: string): string {
  return `
    const { existsSync } = require('node:fs');
    const { setTimeout: sleep } = require('node:timers/promises');
    const { defineCommand, definePlugin } = require('@structum/core');
    module.exports = definePlugin({
      name: 'edited', description: 'A plugin that is edited',
      commands: [
        defineCommand({ path: 'edited', description: 'Tells its version', execute: () => 'version ${version}' }),
        defineCommand({ path: 'edited long', description: 'Runs until the file "end" is there', async execute(input, { logger, cwd, signal }) {
          logger.info('began ${version}');
          while (!existsSync(cwd + '/end')) await sleep(5, undefined, { signal });
          return 'ended ${version}';
        } }),
      ],
    });
  `;
}

/** A process that goes on, and what it prints, each text awaited after the one before it. */
class Session {
  readonly end: Promise<Finished>;
  readonly #child: ChildProcess;
  readonly #unread = { stdout: '', stderr: '' };

  constructor(child: ChildProcess) {
    this.#child = child;
    this.end = finished(child);
    for (const stream of ['stdout', 'stderr'] as const) child[stream]?.on('data', (chunk: Buffer) => { this.#unread[stream] += chunk.toString(); });
  }

  async printed(stream: 'stdout' | 'stderr', text: string): Promise<void> {
    for (let at = -1; at === -1; at = this.#unread[stream].indexOf(text)) {
      if (this.#child.exitCode !== null) throw new Error(`It ended without printing ${JSON.stringify(text)} but ${JSON.stringify(this.#unread)}.`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    this.#unread[stream] = this.#unread[stream].slice(this.#unread[stream].indexOf(text) + text.length);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

describe('structum --watch', () => {
  let cli: CliInstallation;
  let file: string;

  beforeEach(async () => {
    cli = await new CliInstallation().add('edited', source('one'));
    file = join(cli.folder, 'node_modules/structum-plugin-edited/index.cjs');
  });

  it('runs the command, and again when the plugin was edited; errors are told, and the next good save is taken', async () => {
    const session = new Session(cli.start(['--watch', 'edited']));
    await session.printed('stdout', 'version one\n');
    await session.printed('stderr', 'Waiting for changes');
    writeFileSync(file, source('two'));
    await session.printed('stdout', 'version two\n');
    await session.printed('stderr', 'Waiting for changes');
    writeFileSync(file, 'module.exports = {{');
    await session.printed('stderr', 'could not be reloaded');
    writeFileSync(file, source('three'));
    await session.printed('stdout', 'version three\n');
    await session.printed('stderr', 'Waiting for changes');
    session.kill('SIGINT');
    const { code, stdout } = await session.end;
    if (process.platform !== 'win32') expect(code).to.equal(130);
    expect(stdout).to.equal('version one\nversion two\nversion three\n');
  });

  it('lets a command that is running end on its version, then runs the new one', async () => {
    const session = new Session(cli.start(['edited', 'long', '--watch']));
    await session.printed('stderr', 'began one');
    writeFileSync(file, source('two'));
    await session.printed('stderr', 'Reloaded plugin');
    writeFileSync(join(cli.folder, 'end'), '');
    await session.printed('stdout', 'ended one\n');
    await session.printed('stdout', 'ended two\n');
    session.kill('SIGTERM');
    const { code, stderr } = await session.end;
    if (process.platform !== 'win32') expect(code).to.equal(143);
    expect(stderr).to.include('ends on the version it began on');
  });

  it('cancels the command that is running at Ctrl-C', async function () {
    if (process.platform === 'win32') this.skip();
    const session = new Session(cli.start(['--watch', 'edited', 'long']));
    await session.printed('stderr', 'began one');
    session.kill('SIGINT');
    expect(await session.end).to.include({ code: 130, stdout: '' });
  });

  it('goes on when the command fails, and when a command is gone', async () => {
    writeFileSync(file, source('one').replace(`() => 'version one'`, `() => { throw new Error('broken'); }`));
    const session = new Session(cli.start(['--watch', 'edited']));
    await session.printed('stderr', 'broken');
    await session.printed('stderr', 'Waiting for changes');
    writeFileSync(file, source('two').replaceAll(`path: 'edited`, `path: 'renamed`));
    await session.printed('stderr', 'There is no command');
    await session.printed('stderr', 'Waiting for changes');
    writeFileSync(file, source('three'));
    await session.printed('stdout', 'version three\n');
    session.kill('SIGINT');
    await session.end;
  });

  it('does not wait when the command line is wrong', async () => {
    expect((await cli.run(['--watch', 'edited', '--unknown'])).code).to.equal(2);
    expect((await cli.run(['--watch', 'nothing'])).code).to.equal(2);
    expect((await cli.run(['--watch', '--help'])).stdout).to.include('--watch');
  });

  it('says what it does on standard error only, and nothing of it with --quiet', async () => {
    const session = new Session(cli.start(['--watch', '--quiet', 'edited']));
    await session.printed('stdout', 'version one\n');
    await new Promise((resolve) => setTimeout(resolve, 300));
    session.kill('SIGINT');
    expect(await session.end).to.include({ stdout: 'version one\n', stderr: '' });
  });
});
