import type { ChildProcess } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation, finished, type Finished } from '../../support/cli-installation.js';
import { EARLY } from '../../support/early-plugin.js';
import { writeFiles } from '../../support/folder.js';

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
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) throw new Error(`It ended without printing ${JSON.stringify(text)} but ${JSON.stringify(this.#unread)}.`);
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
  const sessions: Session[] = [];

  function start(...args: readonly string[]): Session {
    const session = new Session(cli.start(args));
    sessions.push(session);
    return session;
  }

  // What failed half-way would run for ever.
  afterEach(() => {
    for (const session of sessions.splice(0)) session.kill('SIGKILL');
  });

  beforeEach(async () => {
    cli = await new CliInstallation().add('edited', source('one'));
    file = join(cli.folder, 'node_modules/structum-plugin-edited/index.cjs');
  });

  it('gives the plugin settings that change', async () => {
    await cli.add('moody', `
      const { defineCommand, definePlugin, defineSettings } = require('@structum/core');
      module.exports = definePlugin({ name: 'moody', description: 'x', settings: defineSettings({ mood: { description: 'x', default: 'good' } }),
        commands: [defineCommand({ path: 'moody', description: 'x', execute: (_input, { config }) => 'mood ' + config.mood })] });`);
    const session = start('--watch', 'moody');
    await session.printed('stdout', 'mood good');
    await session.printed('stderr', 'Waiting for changes');
    writeFiles(cli.folder, { 'home/config/config.yaml': 'plugins: { moody: { mood: bad } }' });
    await session.printed('stdout', 'mood bad');
    session.kill('SIGINT');
    await session.end;
  });

  it('runs the command again when a secret that was missing comes, and when it is rotated', async () => {
    await cli.add('moody', `
      const { defineCommand, definePlugin, defineSettings } = require('@structum/core');
      module.exports = definePlugin({ name: 'moody', description: 'x', settings: defineSettings({ mood: { description: 'x', default: 'good' } }),
        commands: [defineCommand({ path: 'moody', description: 'x', execute: (_input, { config }) => 'mood of ' + config.mood.length })] });`);
    writeFiles(cli.folder, { 'home/config/config.yaml': 'plugins: { moody: { mood: "${file:mood}" } }' });
    const session = start('--watch', 'moody');
    await session.printed('stderr', 'there is no file');
    await session.printed('stderr', 'Waiting for changes');
    for (const mood of ['good', 'better']) {
      writeFiles(cli.folder, { 'home/config/mood': mood });
      await session.printed('stderr', 'The configuration has changed.');
      await session.printed('stdout', `mood of ${String(mood.length)}`);
      await session.printed('stderr', 'Waiting for changes');
    }
    session.kill('SIGINT');
    await session.end;
  });

  it('tells once what is wrong with the configuration, goes on with what it was, and takes what mends it', async () => {
    const write = (config: string): void => { writeFiles(cli.folder, { 'home/config/config.yaml': config }); };
    const session = start('--watch', 'edited');
    await session.printed('stderr', 'Waiting for changes');
    write('plugins: {');
    await session.printed('stderr', 'error The configuration has changed and is not heeded');
    write('plugins: {}');
    await session.printed('stderr', 'info The configuration is valid again.');
    write('plugin_policy: { aliases: { e: edited } }');
    await session.printed('stderr', 'The configuration has changed.');
    await session.printed('stdout', 'version one');
    session.kill('SIGINT');
    const { stderr } = await session.end;
    expect(stderr.match(/is not heeded/g)).to.have.lengthOf(1);
  });

  it('runs the command, and again when the plugin was edited; errors are told, and the next good save is taken', async () => {
    const session = start('--watch', 'edited');
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
    const session = start('edited', 'long', '--watch');
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
    const session = start('--watch', 'edited', 'long');
    await session.printed('stderr', 'began one');
    session.kill('SIGINT');
    expect(await session.end).to.include({ code: 130, stdout: '' });
  });

  it('goes on when the command fails, and when a command is gone', async () => {
    writeFileSync(file, source('one').replace(`() => 'version one'`, `() => { throw new Error('broken'); }`));
    const session = start('--watch', 'edited');
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
    const session = start('--watch', '--quiet', 'edited');
    await session.printed('stdout', 'version one\n');
    await new Promise((resolve) => setTimeout(resolve, 300));
    session.kill('SIGINT');
    expect(await session.end).to.include({ stdout: 'version one\n', stderr: '' });
  });

  it('does not run the command again for ever because of what it writes beside its own code', async () => {
    const writing = (version: string): string => source(version).replace(`() => 'version ${version}'`, `() => {
      const state = __dirname + '/state.json';
      const count = require('node:fs').existsSync(state) ? JSON.parse(require('node:fs').readFileSync(state, 'utf8')).count + 1 : 1;
      require('node:fs').writeFileSync(state, JSON.stringify({ count }));
      require('node:fs').writeFileSync(__dirname + '/out-' + count + '.js', '');
      return 'run ' + count + ' of ${version}';
    }`);
    writeFileSync(file, writing('one'));
    const session = start('--watch', 'edited');
    await session.printed('stderr', 'that changes whenever the plugin comes up, or is at work');
    writeFileSync(file, writing('two'));
    await session.printed('stdout', 'of two\n');
    await session.printed('stderr', 'Waiting for changes');
    session.kill('SIGINT');
    const { stdout } = await session.end;
    expect(stdout.match(/of one/g)).to.have.lengthOf.within(1, 4);
    expect(stdout.match(/of two/g)).to.have.lengthOf(1);
  });

  it('does not reload a plugin for ever that writes beside its own code when it comes up', async () => {
    writeFileSync(file, source('one').replace(`name: 'edited',`, `name: 'edited', onActivate() {
      require('node:fs').writeFileSync(__dirname + '/started.json', JSON.stringify(performance.now()));
    },`));
    const session = start('--watch', 'edited');
    await session.printed('stderr', 'that changes whenever the plugin comes up, or is at work');
    session.kill('SIGINT');
    expect((await session.end).stdout.match(/version one/g)).to.have.lengthOf.within(1, 4);
  });

  it('loses no save that comes while the command runs, again and again', async () => {
    const session = start('--watch', 'edited', 'long');
    const end = join(cli.folder, 'end');
    for (const [now, next] of [['one', 'two'], ['two', 'three']] as const) {
      await session.printed('stderr', `began ${now}`);
      writeFileSync(file, source(next));
      await session.printed('stderr', 'Reloaded plugin');
      writeFileSync(end, '');
      await session.printed('stdout', `ended ${now}\n`);
      rmSync(end, { force: true });
    }
    await session.printed('stderr', 'began three');
    session.kill('SIGINT');
    await session.end;
  });

  it('tells once what a plugin throws outside of its command, and waits for the next save', async () => {
    writeFileSync(file, source('one').replace(`() => 'version one'`, `() => { setInterval(() => { throw new Error('late'); }, 20); return 'version one'; }`));
    const session = start('--watch', 'edited');
    await session.printed('stdout', 'version one\n');
    await session.printed('stderr', 'late');
    await new Promise((resolve) => setTimeout(resolve, 300));
    writeFileSync(file, source('two'));
    await session.printed('stdout', 'version two\n');
    session.kill('SIGINT');
    const { stdout, stderr } = await session.end;
    expect(stdout).to.equal('version one\nversion two\n');
    expect(stderr.split('Reloaded')[0]?.match(/late/g)).to.have.lengthOf(1);
  });

  it('tells once of a plugin that cannot be imported, and waits for the save that mends it', async () => {
    writeFileSync(file, `throw new Error('no start');`);
    const session = start('--watch', 'edited');
    await session.printed('stderr', 'no start');
    await session.printed('stderr', 'Waiting for changes');
    writeFileSync(file, source('two'));
    await session.printed('stdout', 'version two\n');
    session.kill('SIGINT');
    const { stderr } = await session.end;
    expect(stderr.match(/no start/g)).to.have.lengthOf(1);
  });

  it('heeds who is enabled from when that changes, in the user\'s and in the project\'s file', async () => {
    const session = start('--watch', 'edited');
    await session.printed('stdout', 'version one\n');
    writeFiles(cli.folder, { 'home/config/config.yaml': 'plugin_policy: { enabled: { edited: false } }' });
    await session.printed('stderr', 'Plugin "edited" is disabled');
    writeFileSync(file, source('two'));
    rmSync(join(cli.folder, 'home/config/config.yaml'));
    await session.printed('stdout', 'version two\n');
    // As editors do it.
    writeFiles(cli.folder, { 'new.yaml': 'plugin_policy: { enabled: { edited: false } }' });
    renameSync(join(cli.folder, 'new.yaml'), join(cli.folder, '.structum.yaml'));
    await session.printed('stderr', 'Plugin "edited" is disabled');
    writeFiles(cli.folder, { '.structum.yaml': 'plugin_policy: {}' });
    await session.printed('stdout', 'version two\n');
    writeFiles(cli.folder, { 'home/config/config.yaml': 'plugin_policy: { enabled: [] }' });
    await session.printed('stderr', 'config.yaml');
    writeFileSync(file, source('three'));
    await session.printed('stdout', 'version three\n');
  });

  it('heeds what commands are called from when that changes', async () => {
    writeFiles(cli.folder, { 'home/config/config.yaml': 'plugin_policy: { aliases: { e: edited } }' });
    const session = start('--watch', 'e');
    await session.printed('stdout', 'version one\n');
    writeFiles(cli.folder, { 'home/config/config.yaml': 'plugin_policy: {}' });
    await session.printed('stderr', 'There is no command "e"');
    writeFiles(cli.folder, { 'home/config/config.yaml': 'plugin_policy: { aliases: { e: edited } }' });
    await session.printed('stdout', 'version one\n');
  });

  it('watches what the plugin needs by now, and that only', async () => {
    const base = (version: string): string => source(version).replaceAll("path: 'edited", "path: 'base").replace("name: 'edited'", "name: 'base'");
    await cli.add('base', base('one'));
    const baseFile = file.replace('edited', 'base');
    const session = start('--watch', 'edited');
    await session.printed('stdout', 'version one\n');
    await session.printed('stderr', 'Waiting for changes');
    writeFileSync(file, source('two').replace(`name: 'edited',`, `name: 'edited', requires: { base: '*' },`));
    await session.printed('stdout', 'version two\n');
    await session.printed('stderr', 'Waiting for changes');
    writeFileSync(baseFile, base('two'));
    await session.printed('stderr', 'Reloaded plugin "base"');
    await session.printed('stdout', 'version two\n');
    writeFileSync(file, source('three'));
    await session.printed('stdout', 'version three\n');
    await session.printed('stderr', 'Waiting for changes');
    writeFileSync(baseFile, base('three'));
    writeFileSync(file, source('four'));
    await session.printed('stdout', 'version four\n');
    await session.printed('stderr', 'Waiting for changes');
    session.kill('SIGINT');
    const { stderr } = await session.end;
    if (process.platform !== 'win32') expect(stderr.match(/Reloaded plugin "base"/g)).to.have.lengthOf(1);
  });

  it('takes the save that mends what a new version needs', async () => {
    const base = `const { definePlugin } = require('@structum/core'); module.exports = definePlugin({ name: 'base', description: 'x' });`;
    await cli.add('base', base);
    const baseFile = join(cli.folder, 'node_modules/structum-plugin-base/index.cjs');
    writeFileSync(baseFile, `${base}\nthrow new Error('base is broken');`);
    const session = start('--watch', 'edited');
    await session.printed('stdout', 'version one');
    await session.printed('stderr', 'Waiting for changes');
    writeFileSync(file, source('two').replace(`name: 'edited',`, `name: 'edited', requires: { base: '*' },`));
    await session.printed('stderr', 'base is broken');
    writeFileSync(baseFile, `${base}\nthrow new Error('base is broken still');`);
    await session.printed('stderr', 'base is broken still');
    writeFileSync(baseFile, base);
    await session.printed('stdout', 'version two');
    session.kill('SIGINT');
    expect((await session.end).code).to.equal(130);
  });

  it('starts plugins that ask for the start once, however often the command runs', async () => {
    await cli.add('early', EARLY);
    const session = start('--watch', 'edited');
    for (const version of ['two', 'three']) {
      await session.printed('stderr', 'Waiting for changes');
      writeFileSync(file, source(version));
      await session.printed('stdout', `version ${version}\n`);
    }
    session.kill('SIGINT');
    const { stderr } = await session.end;
    expect(stderr.match(/early up/g)).to.have.lengthOf(1);
    if (process.platform !== 'win32') expect(stderr.match(/early down/g)).to.have.lengthOf(1);
  });

  it('leaves nothing behind with each run', async function () {
    this.timeout(120_000);
    const counting = (version: string): string => source(version).replace(`() => 'version ${version}'`, `() => {
      const listeners = process.eventNames().map((name) => String(name) + ' ' + process.listenerCount(name)).sort();
      // Immediates, and requests under way, come and go; timers wait for what was saved just now.
      const resources = process.getActiveResourcesInfo().filter((name) => /FSEvent|Signal|Worker|Port|Server/.test(name)).sort();
      return 'version ${version}: ' + [...listeners, ...resources, process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length > 5].join();
    }`);
    writeFileSync(file, counting('0'));
    const session = start('--watch', 'edited');
    const runs = 100;
    for (let run = 1; run <= runs; run += 1) {
      await session.printed('stderr', 'Waiting for changes');
      writeFileSync(file, counting(String(run)));
      await session.printed('stdout', `version ${String(run)}: `);
    }
    await session.printed('stderr', 'Waiting for changes');
    session.kill('SIGINT');
    const { stdout } = await session.end;
    const told = stdout.trimEnd().split('\n').map((line) => line.replace(/^version \d+: /, ''));
    expect(told).to.have.lengthOf(runs + 1);
    expect(told.at(-1)).to.include('SIGINT 1').and.include('FSEventWrap');
    // What is opened once, like the hooks of the loader, is open from the first reload on.
    expect(new Set(told.slice(2))).to.have.lengthOf(1);
  });
});
