import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Structum, type ExecutorKind, type PluginClass } from '@structum/core';
import { expect } from 'chai';
import { programLaunchOf } from '#internal/core/security/sandbox/index.js';
import { failure } from '../../../support/errors.js';
import { linkCore, temporaryFolder, writeFiles } from '../../../support/folder.js';
import { PATH } from './support.js';

/** Whether this machine confines programs at all. */
const canConfine = await confines();

async function confines(): Promise<boolean> {
  const launch = await programLaunchOf(process.execPath, [], { read: [], write: [], cwd: '/', env: {}, limits: {} }, undefined);
  launch?.release();
  launch?.dispose();
  return launch !== undefined;
}

/** A plugin that can be loaded elsewhere: it fetches, and runs programs, as it is told; and while it comes up, where there is a server. */
async function probe(permissions: object, server?: string): Promise<PluginClass> {
  const folder = temporaryFolder();
  linkCore(folder);
  writeFiles(folder, {
    'package.json': { name: 'structum-plugin-probe', version: '1.0.0', type: 'module' },
    'index.js': `
      import { defineCommand, definePlugin } from '@structum/core';
      const remembered = {};
      export default definePlugin({
        onActivate: ${server === undefined ? 'undefined' : `async (context) => {
          remembered.asked = (await context.fetch('http://${server}/')).json().asked;
          remembered.printed = new TextDecoder().decode((await context.exec('node', ['-p', '6 * 7'])).stdout).trim();
          remembered.denied = await context.exec('git').catch(({ code }) => code);
          context.fetch('http://${server}/hang').catch(() => undefined);
        }`},
        name: 'probe', description: 'Asks', module: import.meta.url, permissions: ${JSON.stringify(permissions)},
        commands: [
          defineCommand({ path: 'ask', description: 'Asks a server', arguments: { url: { description: 'Whom to ask', type: 'string' } }, execute: async ({ url }, context) => {
            const response = await context.fetch(url, { method: 'PUT', body: new Uint8Array([1, 2, 255]), headers: { 'x-probe': 'yes' } });
            return { status: response.status, ok: response.ok, type: response.headers['content-type'], json: response.json(), size: response.body.length };
          } }),
          defineCommand({ path: 'start', description: 'Runs a script', arguments: { script: { description: 'What to run', default: '0' }, cwd: { description: 'Where', default: '.' } }, execute: async ({ script, cwd }, context) => {
            const { exitCode, signal, stdout, stderr } = await context.exec('node', ['-e', script], { cwd });
            return { exitCode, signal, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
          } }),
          defineCommand({ path: 'start all', description: 'Runs scripts, one after the other', arguments: { scripts: { description: 'What to run', type: 'array', items: { type: 'string' } } }, execute: async ({ scripts }, context) => {
            const printed = [];
            for (const script of scripts) printed.push(new TextDecoder().decode((await context.exec('node', ['-e', script])).stdout));
            return printed;
          } }),
          defineCommand({ path: 'remembered', description: 'Says what it did on its way up', execute: () => remembered }),
          defineCommand({ path: 'leave', description: 'Does not wait for a program', execute: (_input, context) => {
            remembered.left = context.exec('node', ['-e', 'setInterval(() => 0, 1000)'], { timeout: 3600000 }).catch(({ code }) => code);
          } }),
          defineCommand({ path: 'left', description: 'Says how that ended', execute: () => remembered.left }),
          defineCommand({ path: 'wrong', description: 'Says nonsense', execute: (_input, context) => context.exec('node', [], null) }),
        ],
      });`,
  });
  return ((await import(pathToFileURL(join(folder, 'index.js')).href)) as { default: PluginClass }).default;
}

describe('what the host does for a plugin, wherever that runs', () => {
  for (const executor of ['inline', 'worker', 'process'] as const satisfies readonly ExecutorKind[]) {
    describe(executor, () => {
      const hosts: Structum[] = [];
      const server = createServer((request, response) => {
        if (request.url === '/hang') return;
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
          response.setHeader('content-type', 'application/json').end(JSON.stringify({ asked: request.method, own: request.headers['x-probe'], body: [...Buffer.concat(chunks)] }));
        });
      });

      before((done) => { server.listen(0, '127.0.0.1', done); });

      after(async () => {
        server.close();
        await Promise.all(hosts.map((host) => host.dispose()));
      });

      const address = (): string => `127.0.0.1:${String((server.address() as AddressInfo).port)}`;

      async function hostWith(permissions: object, server?: string): Promise<Structum> {
        const host = await Structum.create({ plugins: [await probe(permissions, server)], env: { PATH }, config: { plugin_policy: { executor: { probe: executor } } } });
        hosts.push(host);
        return host;
      }

      it('fetches what the permissions name, and gives the same answer', async () => {
        const host = await hostWith({ net: [address()] });
        expect(await host.run('ask', { url: `http://${address()}/` })).to.deep.equal({
          status: 200, ok: true, type: 'application/json', json: { asked: 'PUT', own: 'yes', body: [1, 2, 255] }, size: 44,
        });
      });

      it('refuses what they do not name, by the same error', async () => {
        const host = await hostWith({});
        const error = await failure('PERMISSION_DENIED', host.run('ask', { url: `http://${address()}/` }));
        expect(error.details).to.include({ plugin: 'probe', permission: 'net', wanted: address() });
        expect((await failure('PERMISSION_DENIED', host.run('start'))).details).to.include({ permission: 'run', wanted: 'node' });
      });

      it('runs a program that they name, which may start others, and tells how it ended', async function () {
        if (executor === 'process' && !canConfine) this.skip();
        const host = await hostWith({ run: ['node'] });
        const script = "const { execFileSync } = require('node:child_process'); console.log(execFileSync(process.execPath, ['-p', '6 * 7']).toString().trim()); process.exit(3)";
        expect(await host.run('start', { script })).to.deep.equal({ exitCode: 3, signal: null, stdout: '42\n', stderr: '' });
        for (const exitCode of [129, 130, 143]) expect(await host.run('start', { script: `process.exit(${String(exitCode)})` })).to.include({ exitCode, signal: null });
        expect(await host.run('start', { script: "process.kill(process.pid, 'SIGKILL')" })).to.deep.equal({ exitCode: null, signal: 'SIGKILL', stdout: '', stderr: '' });
      });

      it('does the same while it comes up, and ends what is under way when it goes down', async function () {
        if (executor === 'process' && !canConfine) this.skip();
        const asked: string[] = [];
        const hanging = new Promise<ServerResponse>((resolve) => {
          server.prependListener('request', ({ url }: IncomingMessage, response: ServerResponse) => {
            asked.push(url ?? '');
            if (url === '/hang') resolve(response);
          });
        });
        const host = await hostWith({ net: [address()], run: ['node'] }, address());
        expect(await host.run('remembered', {})).to.deep.equal({ asked: 'GET', printed: '42', denied: 'PERMISSION_DENIED' });
        const response = await hanging;
        const closed = once(response, 'close');
        await host.deactivate('probe');
        await closed;
        expect(asked).to.deep.equal(['/', '/hang']);
      });

      it('ends what a command did not wait for with that command', async function () {
        if (executor === 'process' && !canConfine) this.skip();
        const host = await hostWith({ run: ['node'] });
        await host.run('leave', {});
        expect(await host.run('left', {})).to.equal('DISPOSED');
      });

      it('says what is wrong with what it is asked', async () => {
        await failure('OPTION_INVALID', (await hostWith({ run: ['node'] })).run('wrong'));
      });
    });
  }

  describe('a program that runs for a confined plugin', () => {
    const tried = async (permissions: object, script: string, limits: object = {}): Promise<{ stdout: string; stderr: string }> => {
      const host = await Structum.create({ plugins: [await probe({ run: ['node'], ...permissions })], env: { PATH, SECRET: 's' }, config: { plugin_policy: { executor: { probe: 'process' } }, security: { limits } } });
      try {
        return (await host.run('start', { script })) as { stdout: string; stderr: string };
      } finally {
        await host.dispose();
      }
    };

    it('is not run where it cannot be confined', async function () {
      if (canConfine) this.skip();
      await failure('EXEC_FAILED', tried({}, '0'));
    });

    it('may do what its plugin may, and nothing else', async function () {
      if (!canConfine) this.skip();
      const folder = temporaryFolder();
      writeFiles(folder, { 'may/file': 'granted', 'secret': 'hidden' });
      const script = `
        const fs = require('node:fs');
        const attempt = (work) => { try { return work() ?? 'done'; } catch (error) { return error.code; } };
        const results = [
          attempt(() => fs.readFileSync(${JSON.stringify(join(folder, 'may/file'))}, 'utf8')),
          attempt(() => fs.readFileSync(${JSON.stringify(join(folder, 'secret'))}, 'utf8')),
          attempt(() => fs.writeFileSync(${JSON.stringify(join(folder, 'may/file'))}, 'changed')),
          process.env.SECRET ?? 'absent',
        ];
        const socket = require('node:net').connect(1, '127.0.0.1');
        socket.on('error', ({ code }) => console.log(JSON.stringify([...results, code])));`;
      const { stdout, stderr } = await tried({ read: [join(folder, 'may')] }, script);
      expect(JSON.parse(stdout === '' ? JSON.stringify(stderr) : stdout)).to.deep.equal(['granted', 'ENOENT', 'EROFS', 'absent', 'EPERM']);
    });

    it('reads nothing more where one before it put a link in the place of what it may read', async function () {
      if (!canConfine) this.skip();
      const folder = temporaryFolder();
      writeFiles(folder, { 'own/below/file': 'granted', 'secret/file': 'hidden' });
      const swapping = `
        const fs = require('node:fs');
        fs.renameSync('below', 'moved');
        fs.mkdirSync('below');
        fs.symlinkSync(${JSON.stringify(join(folder, 'secret'))}, 'below/file');
        console.log('swapped');`;
      const reading = `
        const fs = require('node:fs');
        const attempt = (path) => { try { return fs.readFileSync(path, 'utf8'); } catch (error) { return error.code; } };
        console.log(attempt('moved/file'), attempt('below/file/file'), attempt(${JSON.stringify(join(folder, 'secret/file'))}));`;
      const permissions = { run: ['node'], read: [join(folder, 'own/below/file')], write: [join(folder, 'own')] };
      const host = await Structum.create({ plugins: [await probe(permissions)], env: { PATH }, config: { plugin_policy: { executor: { probe: 'process' } } } });
      try {
        expect(await host.run('start all', { scripts: [swapping, reading] }, { cwd: join(folder, 'own') })).to.deep.equal(['swapped\n', 'granted ENOENT ENOENT\n']);
      } finally {
        await host.dispose();
      }
    });

    it('runs only where its plugin may look, which is not told what else there is', async function () {
      if (!canConfine) this.skip();
      const folder = temporaryFolder();
      writeFiles(folder, { 'may/file': '', 'secret/file': '', 'own/.keep': '' });
      symlinkSync(join(folder, 'secret'), join(folder, 'own/to-secret'));
      symlinkSync(join(folder, 'none'), join(folder, 'own/to-none'));
      const permissions = { run: ['node'], read: [join(folder, 'may')], write: [join(folder, 'own')] };
      const host = await Structum.create({ plugins: [await probe(permissions)], env: { PATH }, config: { plugin_policy: { executor: { probe: 'process' } } } });
      const start = (cwd: string): Promise<unknown> => host.run('start', { script: 'console.log(process.cwd())', cwd }, { cwd: folder });
      try {
        for (const cwd of ['.', 'may', 'own', '/tmp']) expect(await start(cwd)).to.include({ stdout: `${resolve(folder, cwd)}\n` });
        for (const cwd of ['secret', 'secret/none', 'none', 'own/to-secret', 'own/to-none', dirname(folder)].map((path) => resolve(folder, path)).filter((path) => path !== '/tmp')) {
          expect((await failure('PERMISSION_DENIED', start(cwd))).details).to.include({ permission: 'read', wanted: cwd });
        }
        await failure('EXEC_FAILED', start('may/none'));
      } finally {
        await host.dispose();
      }
    });

    it('is ended where it starts more processes than it may, itself not counted twice', async function () {
      if (!canConfine) this.skip();
      const starting = (count: number): string => `
        const { spawn } = require('node:child_process');
        for (let each = 0; each < ${String(count)}; each += 1) spawn(process.execPath, ['-e', ${JSON.stringify("setTimeout(() => 0, 600)")}], { stdio: 'ignore' });`;
      expect(await tried({}, starting(2), { processes: 3 })).to.include({ exitCode: 0 });
      const error = await failure('LIMIT_EXCEEDED', tried({}, starting(60), { processes: 3 }));
      expect(error.details).to.deep.equal({ plugin: 'probe', command: 'node', limit: 'processes', allowed: 3 });
    });
  });
});
