import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Structum, type ExecutorKind, type PluginClass } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../../support/errors.js';
import { linkCore, temporaryFolder, writeFiles } from '../../../support/folder.js';
import { PATH } from './support.js';

/** A plugin that can be loaded elsewhere: it fetches, and runs programs, as it is told. */
async function probe(permissions: object): Promise<PluginClass> {
  const folder = temporaryFolder();
  linkCore(folder);
  writeFiles(folder, {
    'package.json': { name: 'structum-plugin-probe', version: '1.0.0', type: 'module' },
    'index.js': `
      import { defineCommand, definePlugin } from '@structum/core';
      export default definePlugin({
        name: 'probe', description: 'Asks', module: import.meta.url, permissions: ${JSON.stringify(permissions)},
        commands: [
          defineCommand({ path: 'ask', description: 'Asks a server', arguments: { url: { description: 'Whom to ask', type: 'string' } }, execute: async ({ url }, context) => {
            const response = await context.fetch(url, { method: 'PUT', body: new Uint8Array([1, 2, 255]), headers: { 'x-probe': 'yes' } });
            return { status: response.status, ok: response.ok, type: response.headers['content-type'], json: response.json(), size: response.body.length };
          } }),
          defineCommand({ path: 'start', description: 'Runs a program', execute: async (_input, context) => {
            const { exitCode, stdout } = await context.exec('node', ['-p', '6 * 7']);
            return { exitCode, text: new TextDecoder().decode(stdout) };
          } }),
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

      async function hostWith(permissions: object): Promise<Structum> {
        const host = await Structum.create({ plugins: [await probe(permissions)], env: { PATH }, config: { plugin_policy: { executor: { probe: executor } } } });
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

      it('runs a program that they name, where it can be confined as its plugin is', async () => {
        const host = await hostWith({ run: ['node'] });
        if (executor === 'process') await failure('EXEC_FAILED', host.run('start'));
        else expect(await host.run('start')).to.deep.equal({ exitCode: 0, text: '42\n' });
      });

      it('says what is wrong with what it is asked', async () => {
        await failure('OPTION_INVALID', (await hostWith({ run: ['node'] })).run('wrong'));
      });
    });
  }
});
