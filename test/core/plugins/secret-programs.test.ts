import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { definePlugin, Structum, StructumError, type ConfigSources, type StructumOptions } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

/** A host with a plugin "mail", which keeps what it was given as its token. */
function hostWith(options: StructumOptions, tokens: unknown[] = []): Promise<Structum> {
  const mail = definePlugin({ name: 'mail', version: '1.0.0', description: 'Sends', onActivate: ({ config }) => { tokens.push(config['token']); } });
  return Structum.create({ plugins: [mail], env: process.env, ...options });
}

async function tokenOf(options: StructumOptions): Promise<unknown> {
  const tokens: unknown[] = [];
  await using structum = await hostWith(options, tokens);
  await structum.activate('mail');
  return tokens[0];
}

describe('${exec:…}', () => {
  let folder: string;

  beforeEach(() => { folder = temporaryFolder(); });

  /** A reference to what a program prints; its words stand behind it. */
  function program(text: string, words = ''): string {
    writeFiles(folder, { 'program.cjs': text });
    return `\${exec:"${process.execPath}" "${join(folder, 'program.cjs')}" ${words}}`;
  }

  const allowed = (token: string): StructumOptions => ({ config: { secrets: { allow_exec: true }, plugins: { mail: { token } } } });

  it('gives what a program prints, but for the line break at its end', async () => {
    expect(await tokenOf(allowed(program('console.log("hunter2\\n")')))).to.equal('hunter2\n');
    expect(await tokenOf(allowed(`Bearer ${program('process.stdout.write("hunter2\\r\\n"); console.error("noise");')}`))).to.equal('Bearer hunter2');
  });

  it('splits words at blanks but within quotes, and no shell sees them', async () => {
    const tell = 'console.log(JSON.stringify(process.argv.slice(2)))';
    expect(JSON.parse(String(await tokenOf(allowed(program(tell, `a  "b c" 'd "e"' --f="g h"i \\ $HOME * ; ""`)))))).to.deep.equal(['a', 'b c', 'd "e"', '--f=g hi', '\\', '$HOME', '*', ';', '']);
  });

  it('runs with the environment of its host, and in the folder of its configuration', async () => {
    const reference = program('console.log(process.cwd(), process.env.MARK)');
    writeFiles(folder, { 'config.yaml': `plugins: { mail: { token: ${JSON.stringify(reference)} } }\nsecrets: { allow_exec: true }` });
    expect(await tokenOf({ configSources: { global: folder }, env: { ...process.env, MARK: 'here' } })).to.equal(`${folder} here`);
  });

  describe('is refused', () => {
    const token = (): string => program('console.log("hunter2")');
    const section = (): string => `plugins: { mail: { token: ${JSON.stringify(token())} } }`;

    it('unless the user, one more file, a variable or the host allows it', async () => {
      const { details, hint } = await failure('SECRET_REFUSED', tokenOf({ config: { plugins: { mail: { token: token() } } } }));
      expect(details).to.include({ path: 'plugins.mail.token', place: 'host' });
      expect(hint).to.contain('allow_exec: true');
      await failure('SECRET_REFUSED', tokenOf({ config: { secrets: { allow_exec: false }, plugins: { mail: { token: token() } } } }));
      writeFiles(folder, { 'global/config.yaml': 'secrets: { allow_exec: true }', 'more.yaml': 'secrets: { allow_exec: true }' });
      const config = { plugins: { mail: { token: token() } } };
      for (const configSources of [{ global: join(folder, 'global') }, { file: join(folder, 'more.yaml') }, { variables: { STRUCTUM_SECRETS__ALLOW_EXEC: 'true' } }, { set: ['secrets.allow_exec=true'] }]) {
        expect(await tokenOf({ config, configSources }), JSON.stringify(configSources)).to.equal('hunter2');
      }
    });

    for (const file of ['.structum.yaml', '.structum.production.yaml', '.structum.local.yaml']) {
      const sources = (): ConfigSources => ({ project: folder, environment: 'production' });
      const trusting = (): Readonly<Record<string, unknown>> => ({ plugin_policy: { trusted_projects: [folder] } });

      it(`where ${file} of a trusted project allows it, which is told`, async () => {
        writeFiles(folder, { '.git/HEAD': '', [file]: 'secrets: { allow_exec: true }' });
        const notices: unknown[] = [];
        const structum = await hostWith({ config: { ...trusting(), plugins: { mail: { token: token() } } }, configSources: sources(), on: { warning: ({ error }) => { if (StructumError.is(error)) notices.push([error.code, error.details?.['settings']]); } } });
        await failure('SECRET_REFUSED', structum.activate('mail'));
        await structum.dispose();
        expect(notices).to.deep.equal([['CONFIG_IGNORED', ['secrets.allow_exec']]]);
      });

      it(`where ${file} of a trusted project holds the reference, whatever the user allows, and whatever is known`, async () => {
        writeFiles(folder, { '.git/HEAD': '', [file]: section() });
        const config = { ...trusting(), secrets: { allow_exec: true } };
        const { details } = await failure('SECRET_REFUSED', tokenOf({ config, configSources: sources() }));
        expect(details).to.include({ place: `${join(folder, file)}:1:20` });
        const news = definePlugin({ name: 'news', version: '1.0.0', description: 'Tells' });
        await using structum = await Structum.create({ plugins: [news, definePlugin({ name: 'mail', version: '1.0.0', description: 'Sends' })], env: process.env, config: { ...config, plugins: { news: { token: token() } } }, configSources: sources() });
        await structum.activate('news');
        await failure('SECRET_REFUSED', structum.activate('mail'));
      });

      it(`where ${file} of a trusted project forbids it`, async () => {
        writeFiles(folder, { '.git/HEAD': '', [file]: 'secrets: { allow_exec: false }', 'global/config.yaml': `secrets: { allow_exec: true }\n${section()}` });
        await failure('SECRET_REFUSED', tokenOf({ config: trusting(), configSources: { ...sources(), global: join(folder, 'global') } }));
      });
    }
  });

  it('says why it gives nothing, and nothing of what the program said', async () => {
    const problem = async (token: string): Promise<string> => {
      const { message } = await failure('SECRET_UNAVAILABLE', tokenOf(allowed(token)));
      expect(message).not.to.contain('hunter2');
      return message;
    };
    expect(await problem(program('console.error("hunter2"); console.log("hunter2"); process.exitCode = 3'))).to.match(/ended with 3\.$/);
    expect(await problem('${exec:no-such-program-anywhere}')).to.contain('there is no program no-such-program-anywhere');
    expect(await problem('${exec:echo "hello}')).to.contain('a quote in it has no end');
    expect(await problem(program('process.stdout.write(Buffer.from([0xff]))'))).to.contain('no text in UTF-8');
    expect(await problem(program('process.stdout.write("x".repeat(3 * 1024 * 1024)); setInterval(() => {}, 1000)'))).to.contain('prints more than 256 KB');
  });

  it('is run once for all who need it', async () => {
    const counter = program(`const fs = require('node:fs'); fs.appendFileSync(${JSON.stringify(join(folder, 'runs'))}, '.'); console.log(fs.readFileSync(${JSON.stringify(join(folder, 'runs'))}, 'utf8'))`);
    expect(await tokenOf(allowed(`${counter}${counter}`))).to.equal('..');
  });

  it('has a time limit', async () => {
    await failure('SECRET_TIMED_OUT', tokenOf({ ...allowed(program('setInterval(() => {}, 1000)')), limits: { secret: 20 } }));
  });

  it('is killed when the host goes down, whatever it does about that', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    try {
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const structum = await hostWith(allowed(program(`process.on('SIGTERM', () => {}); require('node:net').connect(${String(port)}, '127.0.0.1'); setInterval(() => {}, 1000)`)));
      const activation = failure('DISPOSED', structum.activate('mail'));
      const [socket] = (await once(server, 'connection')) as [Socket];
      const ended = new Promise((resolve) => { socket.on('error', () => undefined).once('close', resolve).resume(); });
      await structum.dispose();
      await Promise.all([activation, ended]);
    } finally {
      server.close();
    }
  });
});
