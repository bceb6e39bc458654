import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createRawServer, type AddressInfo, type Socket } from 'node:net';
import { Structum, defineCommand, definePlugin } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../../support/errors.js';
import { brokerOf } from './support.js';

/** What a test's server was asked. */
interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

describe('fetching for a plugin', () => {
  const closing: (() => void)[] = [];

  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  async function listening(server: Server | ReturnType<typeof createRawServer>): Promise<number> {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => { sockets.add(socket); });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    closing.push(() => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    return (server.address() as AddressInfo).port;
  }

  const serving = (answer: RequestListener): Promise<number> => listening(createServer(answer));

  /** A server that tells what it was asked, and gives what it is told to. */
  async function recording(answer: RequestListener = (_request, response) => { response.end('done'); }): Promise<{ port: number; asked: Asked[] }> {
    const asked: Asked[] = [];
    const port = await serving((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
      request.on('end', () => {
        asked.push({ method: request.method, url: request.url, headers: request.headers, body });
        answer(request, response);
      });
    });
    return { port, asked };
  }

  const here = (port: number): string => `127.0.0.1:${String(port)}`;

  it('fails where the server wants to speak something else, or nothing', async () => {
    for (const answer of ['HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n', '']) {
      const port = await listening(createRawServer((socket) => { socket.on('error', () => undefined).once('data', () => socket.end(answer)); }));
      await failure('FETCH_FAILED', brokerOf({ net: [here(port)] }).fetch(`http://${here(port)}/`));
    }
  });

  it('gives status, headers and body as they come', async () => {
    const { port, asked } = await recording((_request, response) => {
      response.writeHead(418, 'Short and stout', { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] }).end('{"tea":"ä"}');
    });
    const response = await brokerOf({ net: [here(port)] }).fetch(`http://${here(port)}/pot?x=1#part`, { method: 'post', headers: { 'X-Own': 'yes' }, body: 'ü' });
    expect(response).to.include({ status: 418, statusText: 'Short and stout', ok: false, url: `http://${here(port)}/pot?x=1#part` });
    expect(response.headers).to.include({ 'content-type': 'application/json', 'set-cookie': 'a=1, b=2' });
    expect([response.text(), response.json(), response.body]).to.deep.equal(['{"tea":"ä"}', { tea: 'ä' }, new Uint8Array(Buffer.from('{"tea":"ä"}'))]);
    expect(asked).to.have.lengthOf(1);
    expect(asked[0]).to.include({ method: 'POST', url: '/pot?x=1', body: 'ü' });
    expect(asked[0]?.headers).to.include({ 'x-own': 'yes', 'content-length': '2', 'host': here(port) });
  });

  it('asks nobody whom the permissions do not name, and says what to add', async () => {
    const { port, asked } = await recording();
    for (const net of [[], ['example.org:443'], [`127.0.0.1:${String(port + 1)}`], ['*.0.0.1:80']]) {
      const denied: unknown[] = [];
      const error = await failure('PERMISSION_DENIED', brokerOf({ net, onDenied: (told) => { denied.push(told); } }).fetch(`http://${here(port)}/`));
      expect(error.details).to.deep.equal({ plugin: 'probe', permission: 'net', wanted: here(port) });
      expect([error.exitCode, error.hint?.includes(`net: ["${here(port)}"]`)]).to.deep.equal([3, true]);
      expect(denied).to.deep.equal([error]);
    }
    expect(asked).to.deep.equal([]);
  });

  it('says where a configuration takes a server away', async () => {
    const asked = { net: ['*.example.org:443'], run: [], env: [] };
    const hintOf = async (url: string): Promise<string | undefined> => (await failure('PERMISSION_DENIED', brokerOf({ net: [], asked }).fetch(url))).hint;
    expect(await hintOf('https://a.example.org/')).to.equal('Add "a.example.org:443" to security.plugins.probe.permissions.net of your configuration, or leave that out.');
    expect(await hintOf('https://other.org/')).to.contain('description');
  });

  it('looks up no name that the permissions do not name', async () => {
    const looked: string[] = [];
    const broker = brokerOf({ net: ['*.example.org:443', 'other.org:80'], resolve: (name) => { looked.push(name); return Promise.resolve(['127.0.0.1']); } });
    for (const url of ['https://example.org/', 'https://a.example.org:444/', 'http://a.example.org/', 'https://example.org.evil.net/', 'https://evilexample.org/', 'https://other.org/', 'http://sub.other.org/']) {
      await failure('PERMISSION_DENIED', broker.fetch(url));
    }
    expect(looked).to.deep.equal([]);
    for (const url of ['https://a.b.example.org/', 'http://other.org/', 'http://other.org./']) await failure('PERMISSION_DENIED', broker.fetch(url));
    expect(looked).to.deep.equal(['a.b.example.org', 'other.org', 'other.org']);
  });

  it('does not go where a name leads that is no public address, unless that is named itself', async () => {
    const { port, asked } = await recording();
    const name = `api.example.org:${String(port)}`;
    for (const address of ['127.0.0.1', '::1', '169.254.169.254', '10.1.2.3', '::ffff:127.0.0.1', '64:ff9b::7f00:1', 'fe80::1%lo']) {
      for (const net of [[name], [`*:${String(port)}`], ['*:*'], ['*.example.org:*']]) {
        const error = await failure('PERMISSION_DENIED', brokerOf({ net, resolve: () => Promise.resolve(['8.8.8.8', address]) }).fetch(`http://${name}/`));
        expect(error.details).to.include({ permission: 'net' }).and.to.have.property('reason');
      }
    }
    expect(asked).to.deep.equal([]);
    const response = await brokerOf({ net: [name, here(port)], resolve: () => Promise.resolve(['127.0.0.1']) }).fetch(`http://${name}/`);
    expect(response.text()).to.equal('done');
    expect(asked[0]?.headers.host).to.equal(name);
  });

  it('takes no pattern for the name of an address that is not public', async () => {
    const { port } = await recording();
    for (const net of ['*:*', `*:${String(port)}`, '127.0.0.1:*']) await failure('PERMISSION_DENIED', brokerOf({ net: [net] }).fetch(`http://${here(port)}/`));
  });

  it('sees through every way to write an address', async () => {
    for (const url of ['http://2130706433/', 'http://0x7f.1/', 'http://017700000001/', 'http://127.1/', 'http://[::ffff:127.0.0.1]/', 'http://[::1]/', 'http://0/', 'http://[::]/', 'http://①②⑦.⓪.⓪.①/']) {
      await failure('PERMISSION_DENIED', brokerOf({ net: ['*:*'] }).fetch(url));
    }
  });

  it('takes localhost, where that is named, for this machine', async () => {
    const { port } = await recording();
    const net = [`localhost:${String(port)}`];
    expect((await brokerOf({ net, resolve: () => Promise.resolve(['127.0.0.1']) }).fetch(`http://localhost:${String(port)}/`)).text()).to.equal('done');
    await failure('PERMISSION_DENIED', brokerOf({ net, resolve: () => Promise.resolve(['10.0.0.1']) }).fetch(`http://localhost:${String(port)}/`));
  });

  it('connects to what was checked, wherever the name leads a moment later', async () => {
    const { port, asked } = await recording();
    let times = 0;
    const broker = brokerOf({ net: [`rebinding.org:${String(port)}`, here(port)], resolve: () => { times += 1; return Promise.resolve(times === 1 ? ['127.0.0.1'] : ['10.0.0.1']); } });
    expect((await broker.fetch(`http://rebinding.org:${String(port)}/`)).status).to.equal(200);
    expect([times, asked.length]).to.deep.equal([1, 1]);
  });

  it('speaks nothing but http and https, and as the host says', async () => {
    const broker = brokerOf({ net: ['*:*', '127.0.0.1:80'] });
    for (const url of ['ftp://example.org/', 'file:///etc/passwd', 'data:text/plain,x', 'unix:/var/run/docker.sock', 'no url', 'http://user:password@example.org/', 'http://']) await failure('FETCH_FAILED', broker.fetch(url));
    for (const headers of [{ Host: 'internal' }, { 'transfer-encoding': 'chunked' }, { 'Content-Length': '3' }, { connection: 'upgrade' }, { 'x-a': 'b\r\nx-c: d' }]) await failure('FETCH_FAILED', broker.fetch('http://127.0.0.1/', { headers }));
    for (const method of ['CONNECT', 'TRACE', 'GET /x HTTP/1.1\r\n']) await failure('FETCH_FAILED', broker.fetch('http://127.0.0.1/', { method }));
    await failure('OPTION_INVALID', broker.fetch('http://127.0.0.1/', { timeout: -1 }));
    await failure('OPTION_INVALID', broker.fetch('http://127.0.0.1/', { agent: {} } as object));
  });

  describe('that is sent elsewhere', () => {
    const sending = (status: number, location: string): RequestListener => (_request, response) => { response.writeHead(status, { location }).end(); };

    it('follows, and asks as it should', async () => {
      const { port, asked } = await recording((request, response) => {
        if (request.url === '/end') response.end('there');
        else response.writeHead(Number(request.url?.slice(1)), { location: '/end' }).end();
      });
      const broker = brokerOf({ net: [here(port)] });
      for (const status of [301, 302, 303, 307, 308]) {
        const response = await broker.fetch(`http://${here(port)}/${String(status)}`, { method: 'POST', body: 'data', headers: { 'content-type': 'text/plain', 'authorization': 'secret' } });
        expect([response.text(), response.url]).to.deep.equal(['there', `http://${here(port)}/end`]);
      }
      expect(asked.filter(({ url }) => url === '/end').map(({ method, body, headers }) => [method, body, headers['content-type'], headers.authorization])).to.deep.equal([
        ...[1, 2, 3].map(() => ['GET', '', undefined, 'secret']), ...[1, 2].map(() => ['POST', 'data', 'text/plain', 'secret']),
      ]);
    });

    it('checks each address anew', async () => {
      const inner = await recording();
      for (const location of [`http://${here(inner.port)}/`, 'http://169.254.169.254/latest/meta-data/', `http://[::1]:${String(inner.port)}/`, `//localhost:${String(inner.port)}/`]) {
        const port = await serving(sending(302, location));
        await failure('PERMISSION_DENIED', brokerOf({ net: [here(port), '*:*'] }).fetch(`http://${here(port)}/`));
      }
      const port = await serving(sending(302, 'file:///etc/passwd'));
      const error = await failure('FETCH_FAILED', brokerOf({ net: [here(port)] }).fetch(`http://${here(port)}/`));
      expect(error.details).to.include({ url: 'file:///etc/passwd' });
      expect(inner.asked).to.deep.equal([]);
    });

    it('tells another server nothing that says who asks', async () => {
      const other = await recording();
      const port = await serving(sending(307, `http://${here(other.port)}/`));
      const headers = { 'Authorization': 'Bearer x', 'cookie': 'a=1', 'X-Api-Key': 'k', 'x-trace': 't' };
      await brokerOf({ net: [here(port), here(other.port)] }).fetch(`http://${here(port)}/`, { headers });
      expect(other.asked[0]?.headers).to.include({ 'x-trace': 't' }).and.not.have.any.keys('authorization', 'cookie', 'x-api-key');
    });

    it('goes on five times, and not for ever', async () => {
      const port = await serving((request, response) => {
        const left = Number(request.url?.slice(1));
        if (left === 0) response.end('there');
        else response.writeHead(302, { location: `/${String(left - 1)}` }).end();
      });
      const broker = brokerOf({ net: [here(port)] });
      expect((await broker.fetch(`http://${here(port)}/5`)).text()).to.equal('there');
      await failure('FETCH_FAILED', broker.fetch(`http://${here(port)}/6`));
    });

    it('gives the answer itself, or fails, where that is wanted', async () => {
      const port = await serving(sending(302, 'http://169.254.169.254/'));
      const broker = brokerOf({ net: [here(port)] });
      expect(await broker.fetch(`http://${here(port)}/`, { redirect: 'manual' })).to.have.property('status', 302);
      await failure('FETCH_FAILED', broker.fetch(`http://${here(port)}/`, { redirect: 'error' }));
    });
  });

  it('ends at the time limit, whoever is silent: the server, its answer, or who knows names', async () => {
    const silent = await serving(() => undefined);
    const slow = await serving((_request, response) => { response.write('some'); });
    for (const port of [silent, slow]) {
      const error = await failure('FETCH_TIMED_OUT', brokerOf({ net: [here(port)] }).fetch(`http://${here(port)}/?token=x`, { timeout: 50 }));
      expect(error.details).to.include({ timeout: 50, url: `http://${here(port)}/` });
    }
    await failure('FETCH_TIMED_OUT', brokerOf({ net: ['a.org:80'], resolve: () => new Promise(() => undefined) }).fetch('http://a.org/', { timeout: 50 }));
  });

  it('has few names looked up at once, also when nobody waits for them any more', async () => {
    const looking: (() => void)[] = [];
    const resolve = (): Promise<readonly string[]> => new Promise((found) => { looking.push(() => { found(['10.0.0.1']); }); });
    const broker = brokerOf({ net: ['*.example.org:80'], resolve });
    const fetching = ['a', 'b', 'c', 'd', 'e'].map((name) => broker.fetch(`http://${name}.example.org/`, { timeout: 50 }));
    for (const each of fetching) await failure('FETCH_TIMED_OUT', each);
    expect(looking).to.have.lengthOf(2);
    const next = broker.fetch('http://f.example.org/');
    looking[0]?.();
    while (looking.length < 3) await new Promise((done) => { setImmediate(done); });
    looking[2]?.();
    await failure('PERMISSION_DENIED', next);
  });

  it('ends where more comes than may', async () => {
    const port = await serving((_request, response) => { response.end('x'.repeat(1001)); });
    const endless = await serving((_request, response) => {
      const write = (): void => { while (response.write('x'.repeat(65_536))); };
      response.on('drain', write);
      write();
    });
    const broker = brokerOf({ net: [here(port), here(endless)] });
    expect((await broker.fetch(`http://${here(port)}/`, { maxBytes: 1001 })).body).to.have.lengthOf(1001);
    expect((await failure('FETCH_TOO_LARGE', broker.fetch(`http://${here(port)}/`, { maxBytes: 1000 }))).details).to.include({ limit: 1000 });
    expect((await failure('FETCH_TOO_LARGE', broker.fetch(`http://${here(endless)}/`, { maxBytes: Infinity }))).details).to.include({ limit: 16 * 1024 * 1024 });
  });

  it('ends with the execution, for its reason', async () => {
    const port = await serving((_request, response) => { response.write('some'); });
    const controller = new AbortController();
    const fetching = brokerOf({ net: [here(port)], signal: controller.signal }).fetch(`http://${here(port)}/`);
    const reason = new Error('nobody wants it any more');
    controller.abort(reason);
    expect(await fetching.catch((error: unknown) => error)).to.equal(reason);
  });

  it('fails where there is no server, or none that speaks http', async () => {
    const port = await serving(() => undefined);
    for (const close of closing.splice(0)) close();
    const raw = await listening(createRawServer((socket) => { socket.end('220 mail ready\r\n'); }));
    await failure('FETCH_FAILED', brokerOf({ net: [here(port)] }).fetch(`http://${here(port)}/`));
    for (const scheme of ['http', 'https']) await failure('FETCH_FAILED', brokerOf({ net: [here(raw)] }).fetch(`${scheme}://${here(raw)}/`));
    await failure('FETCH_FAILED', brokerOf({ net: ['a.org:80'], resolve: () => Promise.reject(new Error('ENOTFOUND')) }).fetch('http://a.org/'));
  });

  it('is done through no proxy that the environment names', async () => {
    const { port } = await recording();
    const proxy = await recording();
    const variables = { http_proxy: `http://${here(proxy.port)}`, HTTP_PROXY: `http://${here(proxy.port)}`, NODE_USE_ENV_PROXY: '1' };
    const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, variables);
    try {
      expect((await brokerOf({ net: [here(port)] }).fetch(`http://${here(port)}/`)).text()).to.equal('done');
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
    expect(proxy.asked).to.deep.equal([]);
  });

  it('is what commands do with their context, by their own manifest and what a configuration narrows of it', async () => {
    const { port } = await recording();
    const plugin = (name: string, net: string[]) => definePlugin({
      name, version: '1.0.0', description: 'Asks', permissions: { net },
      commands: [defineCommand({ path: `${name} ask`, description: 'Asks', execute: async (_input, context) => (await context.fetch(`http://${here(port)}/`)).text() })],
    });
    const structum = await Structum.create({ plugins: [plugin('one', [here(port)]), plugin('two', []), plugin('three', [here(port)])], config: { security: { plugins: { three: { permissions: { net: [] } } } } } });
    try {
      expect(await structum.run('one ask')).to.equal('done');
      for (const name of ['two', 'three']) expect((await failure('PERMISSION_DENIED', structum.run(`${name} ask`))).details).to.include({ plugin: name });
    } finally {
      await structum.dispose();
    }
  });
});
