import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Structum, StructumError, defineCommand, definePlugin, type CommandContext } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';
import { brokerOf, PATH } from './support.js';

const node = process.execPath;
const name = basename(node);

/** What Windows and macOS give every process. */
const OF_SYSTEM = new Set(['SystemRoot', '__CF_USER_TEXT_ENCODING']);

function printed(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** Whether a process is still there. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that ended and that nobody waited for yet is not there any more, for anybody but the system.
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Resolves when a process is gone. */
async function gone(pid: number): Promise<void> {
  while (isThere(pid)) await new Promise((resolve) => { setTimeout(resolve, 5); });
}

describe('running a program for a plugin', () => {
  it('gives what it wrote, and how it ended', async () => {
    const { exitCode, signal, stdout, stderr } = await brokerOf({ run: [name] }).exec(name, ['-e', 'process.stdout.write("out"); process.stderr.write("err"); process.exitCode = 7']);
    expect([exitCode, signal, printed(stdout), printed(stderr)]).to.deep.equal([7, null, 'out', 'err']);
  });

  it('tells the signal that ended it', async function () {
    if (process.platform === 'win32') this.skip();
    expect(await brokerOf({ run: [node] }).exec(node, ['-e', 'process.kill(process.pid, "SIGTERM"); setInterval(() => 0, 1000)'])).to.include({ exitCode: null, signal: 'SIGTERM' });
  });

  it('gives it what it is to read, and nothing of the host', async () => {
    const copying = 'process.stdin.pipe(process.stdout)';
    const broker = brokerOf({ run: [node] });
    const input = 'x'.repeat(300_000);
    expect(printed((await broker.exec(node, ['-e', copying], { input })).stdout)).to.equal(input);
    expect(printed((await broker.exec(node, ['-e', copying])).stdout)).to.equal('');
    expect(await broker.exec(node, ['-e', '0'], { input })).to.have.property('exitCode', 0);
  });

  it('runs none that the permissions do not name as it is named, and says what to add', async () => {
    for (const run of [[], ['git'], [`${node}x`], [join(node, '..')]]) {
      for (const program of [node, name]) {
        const error = await failure('PERMISSION_DENIED', brokerOf({ run }).exec(program, ['-e', '0']));
        expect(error.details).to.deep.equal({ plugin: 'probe', permission: 'run', wanted: program });
        expect(error.hint).to.include(`run: [${JSON.stringify(program)}]`);
      }
    }
    await failure('PERMISSION_DENIED', brokerOf({ run: [name] }).exec(node));
    const taken = await failure('PERMISSION_DENIED', brokerOf({ run: [], asked: { net: [], run: [name], env: [] } }).exec(name));
    expect([taken.details?.['remedy'], taken.hint]).to.deep.equal(['configuration', `Add ${JSON.stringify(name)} to security.plugins.probe.permissions.run of your configuration, or leave that out.`]);
    expect(await brokerOf({ run: ['*'] }).exec(node, ['-e', '0'])).to.have.property('exitCode', 0);
  });

  it('finds it where PATH leads, by absolute folders, and never in the folder where something works', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = temporaryFolder();
    writeFiles(folder, { 'bin/probe-tool': '#!/bin/sh\necho right', 'work/probe-tool': '#!/bin/sh\necho wrong', 'bin/probe-text': 'no program', 'empty/file': '' });
    for (const file of ['bin/probe-tool', 'work/probe-tool']) chmodSync(join(folder, file), 0o755);
    mkdirSync(join(folder, 'first/probe-tool'), { recursive: true });
    const broker = (path: string) => brokerOf({ run: ['*'], cwd: join(folder, 'work'), env: { PATH: path } });
    expect(printed((await broker(`:.:../work:${folder}/none:${folder}/first:${folder}/bin:/bin`).exec('probe-tool')).stdout)).to.equal('right\n');
    for (const program of ['probe-tool', './probe-tool', '../work/probe-tool', '', 'probe-text', join(folder, 'bin')]) await failure('EXEC_FAILED', broker('.:../work').exec(program));
    symlinkSync(join(folder, 'bin/probe-tool'), join(folder, 'empty/linked'));
    expect(printed((await broker(`${folder}/empty:/bin`).exec('linked')).stdout)).to.equal('right\n');
  });

  it('hands no argument to a shell', async () => {
    const folder = temporaryFolder();
    const args = ['$HOME', '; touch x', '`touch x`', '%PATH%', '*', '"', "'", 'a b', '', '\\', '&& touch x', '-v'];
    const { stdout } = await brokerOf({ run: [node], cwd: folder }).exec(node, ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...args]);
    expect(JSON.parse(printed(stdout))).to.deep.equal(args);
    expect(existsSync(join(folder, 'x'))).to.equal(false);
    await failure('EXEC_FAILED', brokerOf({ run: [node] }).exec(node, ['a\0b']));
  });

  it('shows it of the environment what its plugin may see, where programs are, and nothing else', async () => {
    const env = { PATH, PROBE_TOKEN: 't', PROBE_OTHER: 'o', SECRET: 's', NODE_OPTIONS: '--no-warnings', LD_PRELOAD: '/tmp/x.so' };
    const seen = async (permitted: readonly string[], given?: Readonly<Record<string, string>>): Promise<Record<string, string>> => {
      const { stdout } = await brokerOf({ run: [node], env, seen: permitted }).exec(node, ['-p', 'JSON.stringify(process.env)'], given === undefined ? {} : { env: given });
      const variables = Object.entries(JSON.parse(printed(stdout)) as Record<string, string>);
      expect(variables).to.deep.include(['PATH', PATH]);
      return Object.fromEntries(variables.filter(([variable]) => variable !== 'PATH' && !OF_SYSTEM.has(variable)));
    };
    expect(await seen([])).to.deep.equal({});
    expect(await seen(['PROBE_TOKEN', 'NODE_OPTIONS', 'LD_PRELOAD', 'MISSING'])).to.deep.equal({ PROBE_TOKEN: 't' });
    expect(await seen(['PROBE_*', 'LC_ALL'], { LC_ALL: 'C', PROBE_OTHER: 'mine' })).to.deep.equal({ PROBE_TOKEN: 't', PROBE_OTHER: 'mine', LC_ALL: 'C' });
    for (const given of [{ SECRET: 'x' }, { PATH: '/tmp' }, { LD_PRELOAD: '/tmp/x.so' }]) {
      const error = await failure('PERMISSION_DENIED', brokerOf({ run: [node], seen: ['LD_PRELOAD', 'PROBE_*'] }).exec(node, ['-e', '0'], { env: given }));
      expect(error.details).to.include({ permission: 'env', wanted: Object.keys(given)[0] });
      expect(error.hint?.includes('No permission allows that')).to.equal(Object.hasOwn(given, 'LD_PRELOAD'));
    }
  });

  it('runs it where the command was called, or in a folder from there', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'sub'));
    const where = async (cwd?: string): Promise<string> => printed((await brokerOf({ run: [node], cwd: folder }).exec(node, ['-p', 'process.cwd()'], cwd === undefined ? {} : { cwd })).stdout).trim();
    expect([await where(), await where('sub'), await where(join(folder, 'sub'))]).to.deep.equal([folder, join(folder, 'sub'), join(folder, 'sub')]);
    writeFiles(folder, { file: '' });
    for (const cwd of ['none', 'file']) {
      const error = await failure('EXEC_FAILED', brokerOf({ run: [node], cwd: folder }).exec(node, ['-e', '0'], { cwd }));
      expect(error.details?.['reason']).to.include(join(folder, cwd));
    }
  });

  describe('ends it with all that it started', () => {
    /** Starts another one that heeds nothing, tells both, and goes on as it is told. */
    const starting = (goOn: string): string[] => ['-e', `
      const { spawn } = require('node:child_process');
      const other = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => 0); process.on("SIGHUP", () => 0); console.log("up"); setInterval(() => 0, 1000)'], { stdio: ['ignore', 'pipe', 'inherit'] });
      process.on('SIGTERM', () => 0);
      other.stdout.once('data', () => { require('node:fs').writeFileSync('pids', process.pid + ' ' + other.pid); ${goOn} });`];

    async function bothGone(folder: string): Promise<void> {
      for (const pid of readFileSync(join(folder, 'pids'), 'utf8').split(' ')) await gone(Number(pid));
    }

    it('at the time limit', async () => {
      const folder = temporaryFolder();
      // Again with more time, where it had not even begun.
      for (let timeout = 500; !existsSync(join(folder, 'pids')); timeout *= 2) {
        const error = await failure('EXEC_TIMED_OUT', brokerOf({ run: [node], cwd: folder }).exec(node, starting('setInterval(() => 0, 1000)'), { timeout }));
        expect(error.details).to.include({ program: node, timeout });
      }
      await bothGone(folder);
    });

    it('where it writes more than it may', async () => {
      const folder = temporaryFolder();
      const error = await failure('EXEC_TOO_LARGE', brokerOf({ run: [node], cwd: folder }).exec(node, starting('setInterval(() => process.stdout.write("x".repeat(65536)), 1)'), { maxBytes: 100_000 }));
      expect(error.details).to.include({ limit: 100_000 });
      await bothGone(folder);
    });

    it('where it consists of more processes than it may', async function () {
      // Windows does not say who started whom.
      if (process.platform === 'win32') this.skip();
      const folder = temporaryFolder();
      // Again where it was seen before it had told both.
      while (!existsSync(join(folder, 'pids'))) {
        const error = await failure('LIMIT_EXCEEDED', brokerOf({ run: [node], cwd: folder, limits: { processes: 1 } }).exec(node, starting('setInterval(() => 0, 1000)')));
        expect(error.details).to.deep.equal({ plugin: 'probe', command: node, limit: 'processes', allowed: 1 });
      }
      await bothGone(folder);
    });

    it('where that takes more memory together than it may', async function () {
      // Windows does not say who started whom.
      if (process.platform === 'win32') this.skip();
      const folder = temporaryFolder();
      const memory = 256 * 1024 * 1024;
      const filling = 'globalThis.kept = Buffer.alloc(128 * 1024 * 1024, 1); console.log("up"); setInterval(() => 0, 1000)';
      const others = `for (let each = 0; each < 2; each += 1) spawn(process.execPath, ['-e', ${JSON.stringify(filling)}], { stdio: 'ignore' }); setInterval(() => 0, 1000);`;
      const error = await failure('LIMIT_EXCEEDED', brokerOf({ run: [node], cwd: folder, limits: { memory } }).exec(node, starting(others)));
      expect(error.details).to.deep.equal({ plugin: 'probe', command: node, limit: 'memory', allowed: memory });
      await bothGone(folder);
    });

    it('with the execution, for its reason', async () => {
      const folder = temporaryFolder();
      const controller = new AbortController();
      const reason = new Error('nobody wants it any more');
      const running = brokerOf({ run: [node], cwd: folder, signal: controller.signal }).exec(node, starting('setInterval(() => 0, 1000)'));
      while (!existsSync(join(folder, 'pids'))) await new Promise((resolve) => { setTimeout(resolve, 5); });
      controller.abort(reason);
      expect(await running.catch((error: unknown) => error)).to.equal(reason);
      await bothGone(folder);
    });

    it('when it ends by itself', async function () {
      if (process.platform === 'win32') this.skip();
      const folder = temporaryFolder();
      expect(await brokerOf({ run: [node], cwd: folder }).exec(node, starting('process.exit(3)'))).to.have.property('exitCode', 3);
      await bothGone(folder);
    });
  });

  it('starts what confines it in its place, and lets go of that when it is done', async () => {
    let released = 0;
    const broker = brokerOf({
      run: [name],
      confine: (program, args, { env }) => Promise.resolve({ program, args: ['-p', `JSON.stringify({ program: process.env.PROGRAM, args: ${JSON.stringify(args)} })`], env: { ...env, PROGRAM: program }, stdio: [], release: () => { released += 1; } }),
    });
    expect(JSON.parse(printed((await broker.exec(name, ['a'])).stdout))).to.deep.equal({ program: node, args: ['a'] });
    await failure('EXEC_FAILED', brokerOf({ run: [node], confine: () => Promise.resolve({ program: '/nowhere/at/all', args: [], env: {}, stdio: [], release: () => { released += 1; } }) }).exec(node));
    expect(released).to.equal(2);
    const unavailable = new StructumError({ code: 'SANDBOX_UNAVAILABLE', message: 'There is no sandbox.' });
    await failure('SANDBOX_UNAVAILABLE', brokerOf({ run: [node], confine: () => Promise.reject(unavailable) }).exec(node));
  });

  it('waits where as many run for the plugin as may', async () => {
    const folder = temporaryFolder();
    const alone = `
      const fs = require('node:fs');
      fs.mkdirSync('taken');
      setTimeout(() => { fs.rmdirSync('taken'); }, 50);`;
    const broker = brokerOf({ run: [node], cwd: folder, limits: { processes: 1 } });
    const ends = await Promise.all([1, 2, 3].map(() => broker.exec(node, ['-e', alone])));
    expect(ends.map(({ exitCode }) => exitCode)).to.deep.equal([0, 0, 0]);
  });

  it('is what commands do with their context, in the folder that they were called in', async () => {
    const folder = temporaryFolder();
    const plugin = definePlugin({
      name: 'probe', version: '1.0.0', description: 'Runs', permissions: { run: [name], env: ['PROBE_*'] },
      commands: [defineCommand({ path: 'where', description: 'Says where', execute: async (_input, context) => printed((await context.exec(name, ['-p', 'process.cwd() + process.env.PROBE_END'])).stdout).trim() })],
    });
    const structum = await Structum.create({ plugins: [plugin], env: { PATH, PROBE_END: '!' } });
    try {
      expect(await structum.run('where', {}, { cwd: folder })).to.equal(`${folder}!`);
    } finally {
      await structum.dispose();
    }
  });

  it('ends with the command that asked for it, also where that did not wait for it, and before a host is gone', async () => {
    const folder = temporaryFolder();
    const running = "require('node:fs').writeFileSync('pid', String(process.pid)); setInterval(() => 0, 1000)";
    const left: { context?: CommandContext; failed?: Promise<unknown> } = {};
    const plugin = definePlugin({
      name: 'probe', version: '1.0.0', description: 'Runs', permissions: { run: [name] },
      commands: [defineCommand({
        path: 'leave', description: 'Leaves a program',
        execute: async (_input, context) => {
          left.context = context;
          left.failed = context.exec(name, ['-e', running], { timeout: 3_600_000 }).catch((error: unknown) => error);
          // Of this one nobody looks at what becomes of it.
          void context.exec(name, ['-e', 'setInterval(() => 0, 1000)']);
          while (!existsSync(join(folder, 'pid')) || readFileSync(join(folder, 'pid'), 'utf8') === '') await new Promise((resolve) => { setTimeout(resolve, 5); });
        },
      })],
    });
    const structum = await Structum.create({ plugins: [plugin], env: { PATH } });
    await structum.run('leave', {}, { cwd: folder });
    await gone(Number(readFileSync(join(folder, 'pid'), 'utf8')));
    expect(await left.failed).to.have.property('code', 'DISPOSED');
    await failure('DISPOSED', left.context?.exec(name, ['-e', '0']) ?? Promise.resolve());
    await structum.dispose();
  });
});
