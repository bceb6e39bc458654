import { spawn } from 'node:child_process';
import { AssertionError } from 'node:assert';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createPipeServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { definePlugin, type PluginContext } from '@structum/core';
import { expectNoLeaks, testHost } from '@structum/core/testing';
import { temporaryFolder } from '../../support/folder.js';

/** What the check says of a plugin that does `work` when it comes up; nothing where that is well. */
async function leaksOf(work: (context: PluginContext) => unknown, patience = 100): Promise<string | undefined> {
  const leaky = definePlugin({ name: 'leaky', description: 'Leaks', onActivate: async (context) => { await work(context); } });
  const host = await testHost(leaky);
  await host.activate();
  try {
    await expectNoLeaks(host, { patience });
    return undefined;
  } catch (error) {
    expect(error).to.be.an.instanceOf(AssertionError);
    return (error as Error).message;
  }
}

describe('expectNoLeaks', () => {
  const ends: (() => void)[] = [];

  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  it('is silent where nothing is left', async () => {
    const owned = (context: PluginContext): void => {
      const timer = setInterval(() => undefined, 1_000);
      context.own(() => { clearInterval(timer); }, 'a timer');
      const listener = (): void => undefined;
      process.on('SIGUSR2', listener);
      context.own(() => { process.off('SIGUSR2', listener); }, 'a listener');
    };
    expect(await leaksOf(owned)).to.equal(undefined);
  });

  it('names a timer and where it was started, also one that does not keep the process alive', async () => {
    const message = await leaksOf(function poll() {
      const timer = setInterval(() => undefined, 60_000);
      timer.unref();
      ends.push(() => { clearInterval(timer); });
    });
    expect(message).to.match(/^Plugin "leaky" was taken down, and left something behind:\n- a timer, from .*leaks\.test\.[jt]s:\d+:\d+\)?\nHand what the plugin starts to context\.own/);
  });

  it('names the line that started a child process for its pipes too', async () => {
    const message = await leaksOf(() => {
      const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
      ends.push(() => { child.kill(); });
    });
    const origins = [...(message ?? '').matchAll(/^- (a child process|a pipe|a socket), from (.*)$/gm)].map(([, , origin]) => origin);
    expect(origins.length).to.be.greaterThan(1);
    for (const origin of origins) expect(origin).to.match(/leaks\.test\.[jt]s:\d+:\d+\)?$/);
  });

  it('names servers, watchers, child processes and listeners of the process', async () => {
    const message = await leaksOf(async () => {
      const server = createServer().listen(0);
      const watcher = watch(temporaryFolder());
      const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      const listener = (): void => undefined;
      process.on('SIGUSR2', listener);
      ends.push(() => { server.close(); watcher.close(); child.kill(); process.off('SIGUSR2', listener); });
      await new Promise((resolve) => { server.once('listening', resolve); });
    });
    for (const what of ['a server', 'a watcher of files', 'a child process', 'a listener of process for "SIGUSR2"']) expect(message).to.include(`- ${what}, from `);
  });

  it('names workers, sockets, and listeners of any event of the process', async () => {
    const message = await leaksOf(async () => {
      const worker = new Worker('setInterval(() => {}, 1000)', { eval: true });
      const pipe = createPipeServer().listen(process.platform === 'win32' ? `\\\\.\\pipe\\structum-${String(process.pid)}` : join(temporaryFolder(), 'pipe'));
      const socket = createSocket('udp4').bind(0);
      const listener = (): void => undefined;
      process.on('exit', listener);
      await Promise.all([once(worker, 'online'), once(socket, 'listening'), once(pipe, 'listening')]);
      ends.push(() => { void worker.terminate(); pipe.close(); socket.close(); process.off('exit', listener); });
    });
    for (const what of ['a worker', 'a server on a pipe', 'a socket', 'a listener of process for "exit"']) expect(message).to.include(`- ${what}, from `);
    expect(message?.match(/^- .*leaks\.test/gm)).to.have.length.greaterThan(3);
  });

  it('waits for what is about to end', async () => {
    expect(await leaksOf(() => { setTimeout(() => undefined, 50); }, 2_000)).to.equal(undefined);
  });

  it('finds what was started later, by what the plugin started', async () => {
    const message = await leaksOf(async () => {
      await new Promise<void>((resolve) => {
        setTimeout(() => {
          const timer = setInterval(() => undefined, 60_000);
          ends.push(() => { clearInterval(timer); });
          resolve();
        }, 1);
      });
    });
    expect(message).to.include('- a timer, from ');
  });

  it('does not mind what others start meanwhile, nor what Node keeps for later', async () => {
    const others = setInterval(() => undefined, 60_000);
    const server = createServer((_request, response) => { response.end('answer'); }).listen(0);
    ends.push(() => { clearInterval(others); server.closeAllConnections(); server.close(); });
    await new Promise((resolve) => { server.once('listening', resolve); });
    const { port } = server.address() as AddressInfo;
    const fetched = await leaksOf(async () => (await fetch(`http://localhost:${String(port)}`)).text());
    expect(fetched).to.equal(undefined);
  });

  it('tells of a deactivation that failed', async () => {
    expect(await leaksOf((context) => { context.own(() => { throw new Error('it is stuck'); }, 'a door'); })).to.include('it is stuck');
  });

  it('finds what a command left behind', async () => {
    const { defineCommand } = await import('@structum/core');
    const command = defineCommand({ path: 'start', description: 'Start', execute() { const timer = setInterval(() => undefined, 60_000); ends.push(() => { clearInterval(timer); }); } });
    const host = await testHost(definePlugin({ name: 'starter', description: 'Starts', commands: [command] }));
    await host.run(command, {});
    const error = await expectNoLeaks(host, { patience: 50 }).then(() => undefined, (thrown: unknown) => thrown as Error);
    expect(error?.message).to.include('Plugin "starter" was taken down').and.include('- a timer, from ');
  });
});
